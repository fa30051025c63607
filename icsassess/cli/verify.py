"""``icsassess verify``: says whether a signed workbook is what was signed."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import WIDTH, json_option, print_json, say

if TYPE_CHECKING:
    from icsassess.workbook.signing.verify import Verdict


@click.command("verify", short_help="Say whether a signed workbook is what was signed.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", metavar="CODE", help="The sign-off code from the minutes.")
@click.option(
    "--public-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the signature too, with this public key or certificate (PEM).",
)
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path, code: str | None, public_key: Path | None, as_json: bool) -> None:
    """Say whether the signed workbook FILE is what was signed, and if not what differs, cell by cell.

    Needs no network and no folder: the workbook with its manifest beside it, or the workbook and the code from the
    minutes. Saving the workbook again without changing anything is no change.
    """
    from icsassess.workbook.signing.verify import AS_SIGNED, verify

    found = verify(file, code, public_key)
    if as_json:
        print_json(_as_json(found))
    else:
        _tell(found)
    if found.verdict != AS_SIGNED:
        ctx.exit(NEEDS_ATTENTION)


def _as_json(found: Verdict) -> dict[str, object]:
    from icsassess.domain.personal_data import mask

    return {
        "file": found.file.as_posix(),
        "verdict": found.verdict,
        "signed_by": found.signed_by,
        "role": found.role,
        "signed_at": found.signed_at,
        "version": found.version,
        "code": found.code,
        "signature": found.signature,
        "changed": [
            {
                "part": change.part,
                "sheet": change.sheet or None,
                "cell": change.cell or None,
                "was": None if change.was is None else mask(change.was),
                "is": None if change.now is None else mask(change.now),
            }
            for change in found.changed
        ],
        "looked_at": found.looked_at,
        "remarks": found.remarks,
    }


_VERDICTS = {
    "as signed": "As signed.",
    "changed": "CHANGED: this is not what was signed.",
    "not signed": "Not signed.",
}


def _tell(found: Verdict) -> None:
    from icsassess.domain.personal_data import mask
    from icsassess.support.text import clip, count

    say(_VERDICTS[found.verdict], bold=True)
    if found.signed_by:
        version = f"Version {found.version}, signed" if found.version else "Signed"
        say(f"{version} by {found.signed_by}, {found.role}, {found.signed_at}.")
    if found.code:
        say(f"Sign-off code: {found.code}")
    if found.changed:
        say(f"{count(len(found.changed), 'change')}:")
    for change in found.changed:
        where = ", ".join(part for part in (change.sheet, change.cell) if part)
        was, now = (clip(mask(text), 200) if text else "nothing" for text in (change.was, change.now))
        _wrapped(f"- {where}: was ‘{was}’, is ‘{now}’")
    if found.looked_at:
        _wrapped(f"Looked at: {'; '.join(found.looked_at)}.", indent="")
    for remark in found.remarks:
        _wrapped(remark, indent="")


def _wrapped(text: str, indent: str = "  ") -> None:
    say(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  "))
