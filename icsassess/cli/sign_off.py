"""``icsassess sign-off``: says what stands in the way of signing, and signs when nothing does."""

from __future__ import annotations

import datetime
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import (
    WIDTH,
    as_at_option,
    folder_argument,
    json_option,
    print_json,
    problem_as_json,
    reading_returns,
    say,
)

if TYPE_CHECKING:
    from icsassess.domain.problems import Problem
    from icsassess.workbook.signing.sign import Looked, Sealed


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


@click.command("sign-off", short_help="Say what stands in the way of signing, and sign.")
@folder_argument
@click.option("--name", help="Who signs. Without it nothing is signed: only what stands in the way is told.")
@click.option("--role", help="The role in which they sign: the one in locality.toml, which is also taken without it.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CODE=REASON",
    help="Accept what stands in the way, with a reason that every reader will see; may be given several times.",
)
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Also sign with this private key (PEM).")
@click.option("--signed-at", type=Moment(), metavar="TIME", help="When it is signed; now when left out.")
@as_at_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    name: str | None,
    role: str | None,
    accepted: tuple[str, ...],
    key: Path | None,
    signed_at: datetime.datetime | None,
    as_at: datetime.date | None,
    as_json: bool,
) -> None:
    """Say what stands in the way of signing FOLDER's newest workbook, and sign it when nothing does.

    The signed workbook and its manifest are written into signed-off/; nothing there is ever overwritten. Read the
    sign-off code into the minutes: with it anybody can verify the workbook.
    """
    from icsassess.locality.locality import open_locality

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.workbook.signing.sign import look, read_accepted, seal, wrong_signatory
        from icsassess.workbook.signing.signature import signer

        looked = look(locality, locality.as_at(as_at), read_accepted(accepted), reading)
    wrong = wrong_signatory(locality, name, role) if name is not None else None
    made: Sealed | None = None
    if name is not None and looked.ready and wrong is None:
        sign = signer(key, _passphrase) if key else None
        made = seal(looked, name, signed_at or datetime.datetime.now().astimezone(), sign)
    if as_json:
        print_json(_as_json(looked, made, wrong))
    else:
        _tell(looked, made, wrong, name)
    if wrong is not None or not looked.ready:
        ctx.exit(NEEDS_ATTENTION)


def _passphrase() -> str | None:
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("Passphrase of the key", hide_input=True, err=True))


def _as_json(looked: Looked, made: Sealed | None, wrong: Problem | None) -> dict[str, object]:
    locality = looked.merged.locality
    return {
        "ready": looked.ready,
        "conditions": [condition.as_json() for condition in looked.conditions],
        "workbook": locality.relative(made.workbook) if made else None,
        "manifest": locality.relative(made.manifest) if made else None,
        "signature": locality.relative(made.signature) if made and made.signature else None,
        "code": made.code if made else None,
        "version": made.version if made else None,
        "problems": [problem_as_json(wrong)] if wrong else [],
    }


def _tell(looked: Looked, made: Sealed | None, wrong: Problem | None, name: str | None) -> None:
    from icsassess.assessment.output.headlines import headlines
    from icsassess.support.text import count

    for line in headlines(looked.merged):
        say(line)
    say()
    open_ones = [condition for condition in looked.conditions if condition.stands_in_the_way]
    if open_ones:
        say(f"{count(len(open_ones), 'thing')} in the way of signing, the weightiest first:", bold=True)
    for condition in open_ones:
        can = "" if condition.kind.can_be_accepted else " This cannot be accepted."
        _item(f"{condition.message}{can}", [condition.kind.do, f"Code: {condition.code}"])
    taken = [condition for condition in looked.conditions if condition.accepted is not None]
    if taken:
        say("Accepted with a reason:", bold=True)
    for condition in taken:
        _item(condition.message, [f"Because: {condition.accepted}"])
    if wrong is not None:
        say(str(wrong), bold=True)
    elif made is not None:
        _told_signed(made)
    elif open_ones:
        say("Nothing was signed. What can be accepted is accepted with --accept CODE=REASON.", bold=True)
    elif name is None:
        say("Nothing stands in the way. To sign it, run this again with --name.", bold=True)


def _item(text: str, beside: list[str]) -> None:
    say(textwrap.fill(text, WIDTH, initial_indent="  - ", subsequent_indent="    "))
    for line in beside:
        say(textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    "))


def _told_signed(made: Sealed) -> None:
    say(f"Signed, version {made.version}. Sign-off code: {made.code}", bold=True)
    say("Read the code into the minutes: with it anybody can verify the workbook.")
    for label, path in (("Workbook", made.workbook), ("Manifest", made.manifest), ("Signature", made.signature)):
        if path is not None:
            say(f"{label}: {path}")
