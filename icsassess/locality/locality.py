"""The locality folder: its sub-folders, its settings, its partners."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from icsassess.domain.combining import COMBINE
from icsassess.domain.framework import Framework, Line, framework, framework_ids
from icsassess.domain.problems import Refusal, did_you_mean, make_problem
from icsassess.domain.states import GapReason
from icsassess.locality.sender import Sender, valid_addresses
from icsassess.locality.settings_checks import check_names, no_settings
from icsassess.locality.sub_folders import check_sub_folders, files_below, place_of
from icsassess.locality.whose import FileLines, Organisations, Owner, faults, line_for, owner_of
from icsassess.support.data_files import adopted_ids, shipped_ids
from icsassess.support.data_model import DataModel
from icsassess.support.suggest import closest
from icsassess.support.system_files import is_of_the_system
from icsassess.support.text import fold, listing, words
from icsassess.support.toml_files import Place, line_of, load

SETTINGS = "locality.toml"
SUB_FOLDERS = ("issued", "returns", "feedback", "merged", "history", "signed-off")
FURTHER_FOLDERS = ("reports", "adopted", "borrowed")
"""Those that are made when they are needed."""
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class Partner(DataModel):
    """An organisation or group asked for a return.

    ``short`` is what running text calls it, such as the name that people say; the name where it is left out.
    ``statements`` are the codes it is asked for (all when left out). With ``returns = "many"`` several organisations
    answer for the partner, such as five primary care networks: each return counts, and the worst of their ratings is
    the partner's. ``organisations`` are these, each with its spellings, where the settings name them. With ``"one"``
    the newest return takes the place of the others.
    """

    code: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$", description="A short code of letters and digits.")
    ]
    name: Annotated[str, Field(min_length=1, description="The partner's name, in quotation marks.")]
    short: str = ""
    aliases: tuple[str, ...] = ()
    statements: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    expected: bool = True
    returns: Literal["one", "many"] = "one"
    email: Annotated[str, AfterValidator(valid_addresses)] = ""
    organisations: Organisations = ()


class SignOff(DataModel):
    """Who signs."""

    role: str = "Associate Director of Nursing and Quality"


class Papers(DataModel):
    """To whom the board paper and the flash report go, and who answers for them; what is empty the author fills in."""

    organisation: str = ""
    report_to: str = ""
    flash_to: str = "System Quality Group"
    contact: str = ""


def _a_way_to_combine(name: str) -> str:
    if name not in COMBINE:
        permitted = " or ".join(f"'{way}'" for way in COMBINE)
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": permitted})
    return name


class Rules(DataModel):
    """How partners' ratings combine, how old evidence may be, and which gaps need an action plan.

    With ``indicative_scores`` the group may type a score from 1 to 4 beside each line.
    """

    combine: Annotated[str, AfterValidator(_a_way_to_combine)] = "worst"
    evidence_max_age_months: Annotated[int, Field(ge=1, le=600)] = 12
    action_plan_required_for: tuple[GapReason, ...] = (
        "red",
        "amber",
        "not assessed",
        "no evidence",
        "green without evidence",
        "stale evidence",
        "stated by partner",
    )
    indicative_scores: bool = False


class Settings(DataModel):
    """What ``locality.toml`` holds."""

    name: Annotated[str, Field(min_length=1, description="The locality's name, in quotation marks.")]
    system: str = "NHS Greater Manchester"
    framework: str = "cqc-ics-2023"
    template: str = "stockport"
    deadline: Annotated[datetime.date, Field(description="A date such as 2024-01-31, without quotation marks.")]
    as_at: datetime.date | None = None
    marking: str = "OFFICIAL-SENSITIVE"
    sign_off: SignOff = SignOff()
    sender: Sender = Sender()
    rules: Rules = Rules()
    papers: Papers = Papers()
    whose: FileLines = ()
    which_counts: FileLines = ()
    partners: Annotated[
        tuple[Partner, ...], Field(alias="partner", min_length=1, description="At least one [[partner]].")
    ]


@dataclass(frozen=True)
class Locality:
    """A locality folder with its settings and the framework they name."""

    folder: Path
    settings: Settings
    framework: Framework

    @property
    def name(self) -> str:
        """The locality's name."""
        return self.settings.name

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners in the order of the settings."""
        return self.settings.partners

    @cached_property
    def partner_by_code(self) -> dict[str, Partner]:
        """The partners by their code."""
        return {partner.code: partner for partner in self.partners}

    @cached_property
    def name_by_code(self) -> dict[str, str]:
        """The partners' names by their code."""
        return {partner.code: partner.name for partner in self.partners}

    @cached_property
    def partner_by_name(self) -> dict[str, Partner]:
        """The partners by code, name and alias in comparable form (``text.words``), the longest first."""
        partners: dict[str, Partner] = {}
        for partner in self.partners:
            for name in (partner.code, partner.name, *partner.aliases):
                partners.setdefault(words(name), partner)
        return dict(sorted(partners.items(), key=lambda named: -len(named[0])))

    @cached_property
    def partner_names_by_first_word(self) -> dict[str, list[str]]:
        """The names of ``partner_by_name`` by their first word, so that a text is not searched for each of them."""
        names: dict[str, list[str]] = {}
        for name in self.partner_by_name:
            if name:
                names.setdefault(name.split()[0], []).append(name)
        return names

    def asked(self, partner: Partner) -> frozenset[str]:
        """Give the codes of the statements this partner is asked for."""
        return frozenset(self.framework.statement_by_code if partner.statements is None else partner.statements)

    def lines_of(self, partner: Partner) -> tuple[Line, ...]:
        """Give the lines this partner is asked for, in the framework's order."""
        return self.framework.lines_of(self.asked(partner))

    def owner_of(self, file: str) -> Owner | None:
        """Give whose return the settings say that a file is, None where they do not say."""
        text = line_for(file, self.settings.whose)
        return None if text is None else owner_of(text)

    def sub_folder(self, name: str) -> Path:
        """Give the path of one of the folder's sub-folders, such as ``merged``, whether it is there or not."""
        return self.folder / name

    def make_sub_folder(self, name: str) -> Path:
        """Make one of the folder's sub-folders where it is not there, and give its path."""
        path = self.sub_folder(name)
        path.mkdir(exist_ok=True)
        return path

    def relative(self, path: Path) -> str:
        """Give a path relative to the folder, with ``/`` between its parts on every system."""
        place = place_of(path)
        for folder in (self.folder.resolve(), self.folder.absolute()):
            if place.is_relative_to(folder):
                return place.relative_to(folder).as_posix()
        return path.as_posix()

    def as_at(self, asked: datetime.date | None) -> datetime.date:
        """Give the date everything is reckoned from: as asked, else as in the settings, else today."""
        return asked or self.settings.as_at or datetime.date.today()

    def return_files(self) -> list[Path]:
        """Give the files in ``returns/`` and its sub-folders in a fixed order, without temporary and lock files.

        Links and whatever else is no folder are among them: reading says that they are none. Raises ``Refusal`` where a
        sub-folder may not be read.
        """
        folder = self.folder / "returns"
        files = [path for path in files_below(folder) if not any(map(is_of_the_system, path.relative_to(folder).parts))]
        return sorted(files, key=lambda path: path.relative_to(folder).as_posix())


def file_name(text: str) -> str:
    """Give the text as a file's name that Windows, macOS and Linux accept."""
    return " ".join(_NOT_IN_FILE_NAMES.sub(" ", text).split()).strip(" .")[:80] or "unnamed"


def open_locality(folder: Path) -> Locality:
    """Open a locality folder.

    Raises ``Refusal`` where it is none, or where its settings are faulty: with file, line and reason.
    """
    path = folder / SETTINGS
    try:
        is_locality = path.is_file()
    except OSError as error:
        raise Refusal(make_problem("folder-not-readable", sheet=str(folder))) from error
    if not is_locality:
        raise no_settings(folder, SETTINGS)
    settings = load(path, Settings)
    check_names(settings.partners, path)
    permitted = framework_ids()
    if settings.framework not in permitted:
        raise _unknown("framework", settings.framework, permitted, path)
    if settings.template not in (templates := [*shipped_ids("returns"), *adopted_ids(folder)]):
        raise _unknown("template", settings.template, templates, path)
    check_sub_folders(folder, (*SUB_FOLDERS, *FURTHER_FOLDERS))
    locality = Locality(folder, settings, framework(settings.framework))
    for number, partner in enumerate(locality.partners):
        for unknown in sorted(locality.asked(partner) - set(locality.framework.statement_by_code)):
            raise _wrong_statement(path, number, partner, unknown, locality.framework)
    codes = {fold(partner.code): (partner.code, partner.returns) for partner in locality.partners}
    for table, file, text, expected in faults(settings.whose, settings.which_counts, codes):
        where = _place_in(path, (table, file))
        raise Refusal(make_problem("setting-wrong", found=file, value=f"‘{text}’", expected=expected, **where))
    return locality


def _unknown(what: str, value: str, permitted: list[str], path: Path) -> Refusal:
    hint = did_you_mean(closest(value, permitted), "Correct the name.")
    place = _place_in(path, (what,))
    return Refusal(make_problem(f"{what}-unknown", found=value, permitted=listing(permitted), hint=hint, **place))


def _place_in(path: Path, place: Place) -> dict[str, str | None]:
    line = line_of(path.read_text(encoding="utf-8-sig"), place)
    return {"sheet": path.name, "cell": f"line {line}" if line else None}


def _wrong_statement(path: Path, number: int, partner: Partner, unknown: str, used: Framework) -> Refusal:
    expected = f"The statements of {used.id} are {listing(list(used.statement_by_code), most=40)}."
    value, place = f"‘{unknown}’ for the partner {partner.code}", _place_in(path, ("partner", number, "statements"))
    return Refusal(make_problem("setting-wrong", found="statements", value=value, expected=expected, **place))


def partner_with_code(locality: Locality, code: str) -> Partner:
    """Give the partner with this code, whatever its capitals; raises ``Refusal`` where there is none."""
    by_code = {fold(partner.code): partner for partner in locality.partners}
    if fold(code) not in by_code:
        permitted = [partner.code for partner in locality.partners]
        hint = did_you_mean(closest(code, permitted), "Add it to locality.toml, or correct the code.")
        raise Refusal(
            make_problem("partner-not-in-settings", found=code, permitted=listing(permitted, most=40), hint=hint)
        )
    return by_code[fold(code)]
