"""``icsassess sign-off``: says what stands in the way of signing, and signs when nothing does."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from icsassess.cli.command import Command
from icsassess.cli.output import Day, folder_argument, json_option, say, say_wrapped
from icsassess.cli.progress_bar import showing_progress

if TYPE_CHECKING:
    from icsassess.round.sign_off import SignOffResult


class Moment(click.ParamType[datetime.datetime]):
    """A date and time on the command line, such as 2024-01-31T14:05:00+00:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        """Read the time; one without a zone is this computer's."""
        try:
            read = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(str(value))
            return read if read.tzinfo else read.astimezone()
        except (ValueError, OverflowError, OSError):
            return self.fail(f"‘{value}’ is not a time such as 2024-01-31T14:05.", param, ctx)


@click.command("sign-off", cls=Command, short_help="Say what stands in the way of signing, and sign.")
@folder_argument
@click.option("--name", help="Who signs. Without it nothing is signed: only what stands in the way is told.")
@click.option("--role", help="The role in which they sign: the one in locality.toml, which is also taken without it.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CODE=REASON",
    help="Accept what stands in the way, with a reason of at least four words; may be given several times.",
)
@click.option(
    "--follow-up",
    multiple=True,
    metavar="CODE='ROLE, DAY'",
    help="Who follows up what is accepted, and until when; without CODE= for all that have none of their own. Where "
    "nobody is named, whoever signs follows it up by the deadline.",
)
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Also sign with this private key (PEM).")
@click.option("--signed-at", type=Moment(), metavar="TIME", help="When it is signed; now when left out.")
@click.option("--as-at", type=Day(), metavar="DATE", help="Sign only if the newest merge is as at this date.")
@json_option
def command(
    folder: Path,
    name: str | None,
    role: str | None,
    accepted: tuple[str, ...],
    follow_up: tuple[str, ...],
    key: Path | None,
    signed_at: datetime.datetime | None,
    as_at: datetime.date | None,
    as_json: bool,
) -> object:
    """Say what stands in the way of signing FOLDER's newest merge, and sign it when nothing does.

    It is signed as at its own date, on any day, as long as nothing has changed since. What is late or too old is
    looked at on the day of signing. Example of an acceptance:

    \b
      --accept returns-outstanding="Their director reports in March"
      --follow-up returns-outstanding="Deputy Director of Nursing, 31 March 2024"

    The signed workbook and its manifest are written into signed-off/; nothing there is ever overwritten. Read the
    sign-off code into the minutes: with it anybody can verify the workbook.
    """
    from icsassess.round.sign_off import sign_off

    with showing_progress() as show:
        result = sign_off(
            folder,
            name=name,
            role=role,
            accepted=accepted,
            follow_up=follow_up,
            key=key,
            ask_passphrase=_passphrase,
            signed_at=signed_at,
            as_at=as_at,
            progress=show,
        )
    if not as_json:
        _print(result)
    return result


def _passphrase() -> str | None:
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("Passphrase of the key", hide_input=True, err=True))


def _print(result: SignOffResult) -> None:
    for line in result.headlines:
        say(line)
    say()
    if result.summary:
        say(result.summary, bold=True)
    for condition in result.open_conditions:
        unacceptable = "" if condition.kind.can_be_accepted else " This cannot be accepted."
        _print_item(f"{condition.message}{unacceptable}", condition.kind.do, f"Code: {condition.code}")
    if result.accepted_conditions:
        say("Accepted with a reason:", bold=True)
    for condition in result.accepted_conditions:
        _print_item(condition.message, f"Because: {condition.accepted.in_words if condition.accepted else ''}")
    say(result.outcome, bold=True)
    if (signed := result.signed) is not None:
        say("Read the code into the minutes: with it anybody can verify the workbook.")
        for label, path in (
            ("Workbook", signed.workbook),
            ("Manifest", signed.manifest),
            ("Signature", signed.signature),
        ):
            if path is not None:
                say(f"{label}: {path}")


def _print_item(text: str, *details: str) -> None:
    say_wrapped(text, "  - ", "    ")
    for line in details:
        say_wrapped(line, "    ")
