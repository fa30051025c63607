"""Another locality's workbook becomes a template: read, understood, described, and written blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from icsassess.adopting.as_toml import as_toml
from icsassess.adopting.describe import describe
from icsassess.adopting.layout.lay_out import lay_out, title_in_blank
from icsassess.adopting.layout.names_to_review import names_kept
from icsassess.adopting.layout.removed import removed
from icsassess.adopting.layout.source_styles import SourceLooks
from icsassess.adopting.understanding.corrections import CORRECTIONS, Corrections, read_corrections
from icsassess.adopting.understanding.corrections_file import corrections_text
from icsassess.adopting.understanding.model import Found
from icsassess.adopting.understanding.understand import understand
from icsassess.domain.problems import Refusal, point
from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.appearance.workbook import appearance_of
from icsassess.excel.writing.workbook import Book
from icsassess.locality.locality import SETTINGS
from icsassess.returns.issuing.adopted_sheets import AdoptedBlank, write_layout
from icsassess.returns.reading.file.open_file import open_file
from icsassess.returns.template.adopted_layout import LAYOUT, Layout
from icsassess.returns.template.model import ReturnTemplate
from icsassess.returns.template.sources import EARLIER
from icsassess.support.data_files import ADOPTED, ADOPTED_TEMPLATE, shipped_ids
from icsassess.support.saving import replace_file
from icsassess.support.toml_files import load

BLANK = "blank.xlsx"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Adopted:
    """What adopting gave: the template, its folder, how the workbook was understood, and what stayed behind."""

    template: ReturnTemplate
    folder: Path
    found: Found
    removed: Mapping[str, int]
    looks_are_known: bool
    earlier: str | None = None
    """The version that the template had before, where it was in use."""
    names_kept: tuple[str, ...] = ()
    """Texts that went over and may name the other locality."""


def adopt(path: Path, name: str, into: Path, framework_id: str | None = None) -> Adopted:
    """Make a template of another locality's workbook and write it into ``into/adopted/name``.

    What stands in the corrections file there counts, else in that of the current folder. In a locality's folder, a
    template that changes becomes a new version, and the one before is kept for the returns that were made with it.
    Raises ``Refusal`` where the name or the corrections are faulty, where the workbook cannot be read or holds no
    lines, and where nothing can be written.
    """
    if not _NAME.fullmatch(name) or name in shipped_ids("returns"):
        raise Refusal(point("adopt-name", found=name, taken=", ".join(shipped_ids("returns"))))
    folder = into / ADOPTED / name
    own, drafted = folder / CORRECTIONS, Path() / ADOPTED / name / CORRECTIONS
    corrections = read_corrections(own if own.exists() else drafted)
    workbook, data = _read(path)
    appearance = appearance_of(data)
    found = understand(workbook, appearance, corrections, framework_id)
    looks = SourceLooks(appearance)
    layout = lay_out(workbook, found, corrections, looks)
    before = _before(folder / ADOPTED_TEMPLATE)
    version, earlier = before.version if before else "1", None
    template = describe(name, version, found, layout, appearance)
    if before is not None and template != before and (into / SETTINGS).is_file():
        earlier = before.version
        template = describe(name, str(int(earlier) + 1), found, layout, appearance)
    text = corrections_text(found, corrections, workbook, _sheets(workbook, found, corrections, layout))
    _write(folder, template, layout, text, found, earlier)
    left = removed(workbook, appearance, layout)
    named = tuple(names_kept(workbook, found, layout))
    return Adopted(template, folder, found, left, looks.looks_are_known, earlier, named)


def _read(path: Path) -> tuple[Workbook, bytes]:
    opened = open_file(path)
    if opened.workbook is None:
        assert opened.problem is not None
        raise Refusal(opened.problem)
    return opened.workbook, path.read_bytes()


def _before(path: Path) -> ReturnTemplate | None:
    return load(path, ReturnTemplate) if path.is_file() else None


def _sheets(workbook: Workbook, found: Found, corrections: Corrections, layout: Layout) -> dict[str, str]:
    """Give the title in the blank of each sheet that goes over."""
    titles = {sheet.title: title_in_blank(sheet, corrections, found.framework)[0] for sheet in workbook.sheets}
    there = {sheet.title for sheet in layout.sheets}
    return {old: new for old, new in titles.items() if new in there}


def _write(
    folder: Path, template: ReturnTemplate, layout: Layout, corrections: str, found: Found, earlier: str | None
) -> None:
    if earlier is not None:
        kept = (folder / ADOPTED_TEMPLATE).read_bytes()
        replace_file(folder / EARLIER / f"{earlier}.toml", kept)
    replace_file(folder / CORRECTIONS, corrections.encode("utf-8"))
    replace_file(folder / LAYOUT, layout.model_dump_json(indent=0, exclude_defaults=True).encode("utf-8"))
    replace_file(folder / BLANK, blank_workbook(template, layout, found))
    replace_file(folder / ADOPTED_TEMPLATE, as_toml(template).encode("utf-8"))


def blank_workbook(template: ReturnTemplate, layout: Layout, found: Found) -> bytes:
    """Write the blank with all of its lines, for nobody in particular. The same layout gives the same bytes."""
    title = f"{template.title} ({template.id})"
    book = Book(title, found.framework.title, title, "", found.framework.dated)
    write_layout(book, layout, AdoptedBlank(template, found.framework))
    return book.finished()
