"""What somebody has to say before anything else: whose a return is, and which of two counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.file_lines import write_file_line
from icsassess.locality.locality import Locality, open_locality, partner_with_code
from icsassess.locality.whose import RULINGS, WHICH_COUNTS, WHOSE

_MEANINGS = {
    "added": "It counts beside the earlier return: that one still counts for what this one leaves blank.",
    "instead": "It takes the place of the earlier return, also where it says less.",
    "not": "It does not count.",
}


@dataclass(frozen=True)
class SettledResult:
    """A line written into ``locality.toml``: the table it stands in, the file it is about, and what it says of it."""

    locality: Locality
    table: str
    file: str
    text: str
    sentence: str

    def as_json(self) -> dict[str, object]:
        """Give what was written."""
        return {"table": self.table, "file": self.file, "text": self.text, "sentence": self.sentence}


def settle_whose(folder: Path, file: str, partner: str, organisation: str = "") -> SettledResult:
    """Write whose return a file in ``returns/`` is; for a partner with several organisations also which one's.

    It counts before everything that the file itself says. Raises ``Refusal`` where there is no such partner or file, or
    the settings cannot be written.

    ``settle_whose(Path("trafford"), "Our return.xlsx", "AT").sentence``
    """
    locality = open_locality(folder)
    owner = partner_with_code(locality, partner)
    if organisation and owner.returns != "many":
        raise Refusal(make_problem("organisation-of-one", partner_code=owner.code, found=organisation, name=owner.name))
    text = f"{owner.code}: {' '.join(organisation.split())}" if organisation else owner.code
    whose = f"{organisation}, {owner.name}" if organisation else owner.name
    locality = write_file_line(locality, _files(locality), WHOSE, file, text)
    return SettledResult(locality, WHOSE, file, text, f"‘{file}’ counts as the return of {whose} ({owner.code}).")


def _files(locality: Locality) -> list[str]:
    """Give the returns that lie in the folder, also those within mails and archives, relative to ``returns/``."""
    from icsassess.returns.reading.file.places import return_places

    return [locality.relative(path).removeprefix("returns/") for path in return_places(locality.return_files())]


def settle_which_counts(folder: Path, file: str, ruling: str) -> SettledResult:
    """Write whether a file counts ``added`` to an earlier return of its sender, ``instead`` of it, or ``not``.

    Raises ``Refusal`` where there is no such file or ruling, or the settings cannot be written.

    ``settle_which_counts(Path("trafford"), "The rest.xlsx", "added").sentence``
    """
    locality = open_locality(folder)
    if ruling not in RULINGS:
        permitted = ", ".join(f"‘{one}’" for one in RULINGS)
        raise Refusal(
            make_problem("setting-wrong", sheet=WHICH_COUNTS, found=file, value=f"‘{ruling}’", expected=f"{permitted}.")
        )
    locality = write_file_line(locality, _files(locality), WHICH_COUNTS, file, ruling)
    return SettledResult(locality, WHICH_COUNTS, file, ruling, f"‘{file}’: {_MEANINGS[ruling]}")
