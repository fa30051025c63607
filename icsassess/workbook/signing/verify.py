"""Is it what was signed? A signed workbook, its manifest and what they rest on, compared with what they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.appearance.out_of_sight import Obscured, out_of_sight
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import count
from icsassess.workbook.layout import SIGN_OFF
from icsassess.workbook.sheets.sign_off import CODE_CELL, CODE_LABEL, PARTICULARS_CELL
from icsassess.workbook.signing import manifest as manifests
from icsassess.workbook.signing.accepted import accepted_conditions, accepted_on_sheet
from icsassess.workbook.signing.companion_files import (
    NO_FOLDER,
    check_signature,
    files_changed,
    find_manifest,
    folder_of,
    read_strictly,
)
from icsassess.workbook.signing.content import (
    Content,
    Difference,
    code_of,
    content,
    differences,
    digest,
    read_code,
    without,
)
from icsassess.workbook.signing.package import ONE_MEANING, PackageReport, report_on_package
from icsassess.workbook.signing.places import Places
from icsassess.workbook.signing.signed_sheet import signatory_on_sheet, text_on_sheet, texts_on_sheet
from icsassess.workbook.signing.verdict import AS_SIGNED, CHANGED, NOT_SIGNED, Verdict

HOW_IT_LOOKS = "how the workbook looks: a file of this kind does not tell it"
OTHER_LOOKS = (
    "other number formats, colours, fonts and sizes; conditional formats; single words in another colour; the titles "
    "of charts; where links within the workbook lead; hints that show when a cell is chosen; print areas; properties"
)
MINUTED = "code from the minutes"
_DIGEST_LENGTH = 64


def verify(path: Path, code: str | None = None, public_key: Path | None = None) -> Verdict:
    """Verify a workbook (or the workbook of a manifest), against the code from the minutes where it is given.

    Raises ``Refusal`` where the file cannot be read at all, or the code is none.
    """
    if path.suffix == ".json":
        path = path.with_suffix(".xlsx")
    opened = open_file(path, limits=GENEROUS_LIMITS)
    if opened.workbook is None:
        detail = opened.problem.finding if opened.problem else "it cannot be read"
        raise Refusal(make_problem("not-a-workbook-to-verify", sheet=path.name, detail=detail))
    minuted = read_code(code) if code is not None else None
    if code is not None and minuted is None:
        raise Refusal(make_problem("code-on-command-line", found=code))
    comparison = _Comparison(path, opened.workbook, minuted)
    verdict = comparison.verdict()
    if verdict.verdict != NOT_SIGNED:
        data = path.read_bytes()
        changed = bool(verdict.changed)
        comparison.look_at_package(
            report_on_package(data, opened.workbook, GENEROUS_LIMITS, comparison.marking, cells_changed=changed)
        )
        comparison.look_at_appearance(out_of_sight(data, opened.workbook, GENEROUS_LIMITS))
        comparison.check_signature(public_key)
        comparison.name_places()
        verdict.verdict = CHANGED if verdict.changed else AS_SIGNED
    return verdict


class _Comparison:
    """A workbook with all that stands beside it."""

    def __init__(self, path: Path, workbook: Workbook, minuted: str | None) -> None:
        self.path = path
        self.minuted = minuted
        self.whole = content(workbook)
        self.cells = without(self.whole, SIGN_OFF, CODE_CELL)
        self.on_sheet = text_on_sheet(self.whole, CODE_CELL)
        self.sheet_code = read_code(self.on_sheet)
        self.sheet_particulars = text_on_sheet(self.whole, PARTICULARS_CELL)
        self.manifest_path = find_manifest(path, self.sheet_code)
        self.signed_cells = self.cells
        self.marking = ""
        as_at = workbook.custom_properties.get("icsassess.as_at")
        self.result = Verdict(path, code=self.sheet_code, as_at=as_at)

    def verdict(self) -> Verdict:
        if self.manifest_path is None:
            return self._from_the_workbook_alone()
        self._read_sheet()
        try:
            document = read_strictly(self.manifest_path)
            core, cells = manifests.core_of(document), dict(document["cells"])
            digests = manifests.digests_of(core, cells)
            code = code_of(digests["workbook"], digests["particulars"])
            self._name_signatory({**core["signed"], "code": document["code"]})
            self.result.as_at = str(core["locality"]["as_at"])
            self.marking = str(core["locality"]["marking"])
            self.result.accepted = accepted_conditions(core["conditions"])
            self._compare(document, core, cells, digests, code)
            self.signed_cells = cells
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._differs("manifest", self.manifest_path.name, "the file", "a manifest", "cannot be read as one")
            self._fits_its_own_code()
        return self.result

    def _read_sheet(self) -> None:
        """Take from the sheet what it says of the signing: the manifest, where it can be read, has it too."""
        self._name_signatory(signatory_on_sheet(self.whole))
        self.result.accepted = accepted_on_sheet(texts_on_sheet(self.whole))

    def _name_signatory(self, particulars: dict[str, Any]) -> None:
        result = self.result
        result.signed_by, result.role, result.signed_at = (particulars.get(key) for key in ("by", "role", "at"))
        result.version = particulars.get("version")
        result.code = particulars.get("code") or result.code

    def _differs(self, part: str, sheet: str, cell: str, was: str | None, current: str | None) -> None:
        self.result.changed.append(Difference(part, sheet, cell, was, current))

    def look_at_package(self, report: PackageReport) -> None:
        """Take in what can be read in two ways, acts or lies over the cells."""
        self.result.changed += report.changes
        self.result.not_looked_at += report.not_looked_at
        if not report.not_looked_at:
            self.result.looked_at.append(ONE_MEANING)

    def look_at_appearance(self, obscured: list[Obscured] | None) -> None:
        """Take in what is not seen as it is: of what the program writes that is nothing, so each is a change."""
        result = self.result
        for place in obscured or ():
            self._differs("appearance", place.sheet, place.place, None, place.why)
        if obscured is None:
            result.not_looked_at.append(HOW_IT_LOOKS)
        else:
            result.looked_at.append("whether every cell can be seen and shows what it holds")
            result.not_looked_at.append(OTHER_LOOKS)
        if self.minuted is None:
            result.remarks.append(
                "The code was taken from the file itself. Compare it with the minutes, or give it with --code: whoever "
                "can make a workbook can make its code too."
            )

    def name_places(self) -> None:
        """Say in words where each difference is."""
        places = Places(self.signed_cells)
        self.result.places = [places.of(change) for change in self.result.changed]
        self.result.changed = [
            change._replace(was=places.rows(change, change.was), current=places.rows(change, change.current))
            for change in self.result.changed
        ]

    def check_signature(self, public_key: Path | None) -> None:
        """Check the detached signature, where a key is given; say that there is one, where none is."""
        result, manifest = self.result, self.manifest_path
        if public_key is None:
            if manifest is not None and manifest.with_suffix(".sig").is_file():
                result.remarks.append("There is a signature made with a key: check it with --public-key FILE.")
            return
        result.signature, difference = check_signature(manifest, public_key)
        if difference is not None:
            result.changed.append(difference)
        else:
            result.looked_at.append("the signature made with the key")

    # --- With the manifest

    def _compare(self, document: dict[str, Any], core: dict[str, Any], cells: Content, digests: Any, code: str) -> None:
        assert self.manifest_path is not None
        name, workbook_digest = self.manifest_path.name, digest(self.cells)
        whole_core = digests["particulars"] in (self.sheet_particulars, text_on_sheet(cells, PARTICULARS_CELL))
        # The manifest's cells are to be believed unless the workbook fits the code and they do not.
        manifest_is_at_fault = digests["workbook"] != workbook_digest and self._fits(
            workbook_digest, digests["particulars"], document
        )
        # The same digest means the very same content: there is no need to look cell by cell.
        for difference in differences(cells, self.cells) if digests["workbook"] != workbook_digest else ():
            if manifest_is_at_fault:
                self._differs(
                    "manifest",
                    difference.sheet,
                    f"{difference.cell} (in the manifest)",
                    difference.current,
                    difference.was,
                )
            else:
                self.result.changed.append(difference)
        self._in_manifest(name, document, core, digests, whole_core)
        self._codes(name, document, code, workbook_digest, digests["particulars"])
        self.result.looked_at.append(_cells_counted(self.cells))
        self._compare_files(core)

    def _fits(self, workbook: str, particulars: str, document: dict[str, Any]) -> bool:
        code = code_of(workbook, particulars)
        other = code_of(workbook, self.sheet_particulars)
        return bool({code, other} & {self.minuted, self.sheet_code, document.get("code")})

    def _in_manifest(
        self, name: str, document: dict[str, Any], core: dict[str, Any], digests: Any, whole_core: bool
    ) -> None:
        """Name the sections of the manifest that are not as they were written."""
        recorded = document.get("digests")
        if recorded != digests:
            sections = recorded.get("sections", {}) if isinstance(recorded, dict) else {}
            named = False
            for section in sorted({*sections, *digests["sections"]}):
                if sections.get(section) != digests["sections"].get(section):
                    named = True
                    self._differs("manifest", name, section, None, _short(core.get(section)))
            if not named and not self.result.changed:
                self._differs("manifest", name, "digests", None, None)
        elif not whole_core:
            self._differs("manifest", name, "all of it", self.sheet_particulars or None, digests["particulars"])

    def _codes(self, name: str, document: dict[str, Any], code: str, workbook_digest: str, particulars: str) -> None:
        """Compare the code on the sheet, in the manifest and in the minutes with what the content makes."""
        true = code_of(workbook_digest, particulars)
        if document.get("code") != code and not self._manifest_named():
            self._differs("code", name, "code", code, str(document.get("code")))
        if self.on_sheet != document.get("code"):
            self._differs("code", SIGN_OFF, CODE_CELL, str(document.get("code")), self.on_sheet or None)
        if self.minuted is not None and self.minuted != true:
            self._differs("code", self.path.name, MINUTED, self.minuted, true)

    def _manifest_named(self) -> bool:
        return any(difference.part == "manifest" for difference in self.result.changed)

    def _compare_files(self, core: dict[str, Any]) -> None:
        """Look at the returns, the history and the version before, where the locality's folder is there."""
        assert self.manifest_path is not None
        folder = folder_of(self.manifest_path)
        if folder is None:
            self.result.not_looked_at.append(NO_FOLDER)
            return
        self.result.changed.extend(files_changed(folder, core))
        returns, records = len(core["returns"]), len(core["history"])
        history = count(records, "record")
        self.result.looked_at.append(f"{count(returns, 'return')} and {history} of the history")

    # --- Without

    def _from_the_workbook_alone(self) -> Verdict:
        result = self.result
        has_sheet = text_on_sheet(self.whole, "A" + CODE_CELL[1:]) == CODE_LABEL
        if self.sheet_code is None and not (has_sheet and len(self.sheet_particulars) == _DIGEST_LENGTH):
            result.verdict = NOT_SIGNED
            result.remarks.append("There is no sign-off code on its sheet Sign-off, and no manifest beside it.")
            return result
        self._read_sheet()
        self._fits_its_own_code()
        result.remarks.append(
            "There is no manifest beside it: the cells were compared with the code alone. That shows whether anything "
            "in the workbook was changed, but not what."
        )
        result.not_looked_at.append(NO_FOLDER)
        return result

    def _fits_its_own_code(self) -> None:
        code = code_of(digest(self.cells), self.sheet_particulars)
        expected = self.minuted or self.sheet_code
        if code != expected:
            self._differs("workbook", "", "something in the workbook, or its code", expected, code)
        elif self.on_sheet != code:
            self._differs("code", SIGN_OFF, CODE_CELL, code, self.on_sheet or None)
        self.result.looked_at.append(_cells_counted(self.cells))


def _cells_counted(cells: Content) -> str:
    number = sum(len(sheet["cells"]) for sheet in cells["sheets"])
    return f"{number:,} cells on {len(cells['sheets'])} sheets"


def _short(section: object) -> str:
    text = json.dumps(section, ensure_ascii=False) if not isinstance(section, str) else section
    return text if len(text) <= 120 else text[:119] + "…"
