"""Another locality's workbook becomes a template: read, understood, described, and written blank."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from icsassess.adopting.corrections_file import corrections_text
from icsassess.adopting.describe import as_toml, describe
from icsassess.adopting.layout.lay_out import lay_out, title_in_blank
from icsassess.adopting.layout.names_to_review import names_to_review
from icsassess.adopting.layout.removed import removed
from icsassess.adopting.layout.source_styles import SourceLooks
from icsassess.adopting.understanding.corrections import CORRECTIONS, Corrections, read_corrections
from icsassess.adopting.understanding.model import Understanding
from icsassess.adopting.understanding.understand import understand
from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.appearance.workbook import appearance_of
from icsassess.excel.writing.workbook import WorkbookWriter
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
    understood: Understanding
    removed: Mapping[str, int]
    styles_available: bool
    earlier: str | None = None
    """The version that the template had before, where it was in use."""
    names_to_review: tuple[str, ...] = ()
    """Texts that went over and may name the other locality."""


def adopt(path: Path, name: str, into: Path, framework_id: str | None = None) -> Adopted:
    """Make a template of another locality's workbook and write it into ``into/adopted/name``.

    What stands in the corrections file there counts, else in that of the current folder. In a locality's folder, a
    template that changes becomes a new version, and the one before is kept for the returns that were made with it.
    Raises ``Refusal`` where the name or the corrections are faulty, where the workbook cannot be read or holds no
    lines, and where nothing can be written.
    """
    if not _NAME.fullmatch(name) or name in shipped_ids("returns"):
        raise Refusal(make_problem("adopt-name", found=name, taken=", ".join(shipped_ids("returns"))))
    folder = into / ADOPTED / name
    own, drafted = folder / CORRECTIONS, Path() / ADOPTED / name / CORRECTIONS
    corrections = read_corrections(own if own.exists() else drafted)
    workbook, data = _read(path)
    appearance = appearance_of(data)
    understood = understand(workbook, appearance, corrections, framework_id)
    looks = SourceLooks(appearance)
    layout = lay_out(workbook, understood, corrections, looks)
    described = folder / ADOPTED_TEMPLATE
    before = load(described, ReturnTemplate) if described.is_file() else None
    version, earlier = before.version if before else "1", None
    template = describe(name, version, understood, layout, appearance)
    if before is not None and template != before and (into / SETTINGS).is_file():
        earlier = before.version
        template = describe(name, str(int(earlier) + 1), understood, layout, appearance)
    sheets = _sheets(workbook, understood, corrections, layout)
    text = corrections_text(understood, corrections, workbook, sheets)
    _write(folder, template, layout, text, understood, earlier)
    removed_counts = removed(workbook, appearance, layout, sheets)
    named = tuple(names_to_review(workbook, understood, layout))
    return Adopted(template, folder, understood, removed_counts, looks.styles_available, earlier, named)


def _read(path: Path) -> tuple[Workbook, bytes]:
    opened = open_file(path)
    if opened.workbook is None:
        assert opened.problem is not None
        raise Refusal(opened.problem)
    return opened.workbook, path.read_bytes()


def _sheets(workbook: Workbook, understood: Understanding, corrections: Corrections, layout: Layout) -> dict[str, str]:
    """Give the title in the blank of each sheet that goes over."""
    titles = {sheet.title: title_in_blank(sheet, corrections, understood.framework)[0] for sheet in workbook.sheets}
    written = {sheet.title for sheet in layout.sheets}
    return {old: new for old, new in titles.items() if new in written}


def _write(
    folder: Path,
    template: ReturnTemplate,
    layout: Layout,
    corrections: str,
    understood: Understanding,
    earlier: str | None,
) -> None:
    if earlier is not None:
        previous = (folder / ADOPTED_TEMPLATE).read_bytes()
        replace_file(folder / EARLIER / f"{earlier}.toml", previous)
    replace_file(folder / CORRECTIONS, corrections.encode("utf-8"))
    replace_file(folder / LAYOUT, layout.model_dump_json(indent=0, exclude_defaults=True).encode("utf-8"))
    replace_file(folder / BLANK, blank_workbook(template, layout, understood))
    replace_file(folder / ADOPTED_TEMPLATE, as_toml(template).encode("utf-8"))


def blank_workbook(template: ReturnTemplate, layout: Layout, understood: Understanding) -> bytes:
    """Write the blank with all of its lines, for nobody in particular. The same layout gives the same bytes."""
    title = f"{template.title} ({template.id})"
    book = WorkbookWriter(title, understood.framework.title, title, "", understood.framework.dated)
    write_layout(book, layout, AdoptedBlank(template, understood.framework))
    return book.to_bytes()
