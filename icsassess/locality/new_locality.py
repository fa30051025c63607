"""Making a locality folder: its sub-folders, and its settings with every default and what it is for."""

import datetime
import tempfile
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from icsassess.domain.combining import COMBINE
from icsassess.domain.framework import framework as framework_of
from icsassess.domain.framework import framework_ids
from icsassess.domain.line_mapping import Edition, map_statement
from icsassess.domain.problems import Refusal, make_problem
from icsassess.domain.states import GapReason
from icsassess.locality.locality import (
    SETTINGS,
    SUB_FOLDERS,
    Locality,
    Papers,
    Partner,
    Rules,
    Settings,
    SignOff,
    open_locality,
)
from icsassess.locality.sender import Sender
from icsassess.support.data_files import ADOPTED, ADOPTED_FILES, ADOPTED_TEMPLATE, adopted_ids, templates_folder
from icsassess.support.data_model import DataModel
from icsassess.support.saving import replace_file
from icsassess.support.toml_files import load, quoted, quoted_list


class _Partners(DataModel):
    partners: tuple[Partner, ...] = Field(alias="partner")


class _MadeFor(BaseModel):
    """What a template says about the framework it was made for."""

    model_config = ConfigDict(frozen=True)
    framework: str


def new_locality(
    folder: Path,
    *,
    name: str,
    deadline: datetime.date,
    framework: str | None = None,
    template: str | None = None,
    earlier: Path | None = None,
) -> Locality:
    """Make a locality folder and give it opened.

    With ``earlier``, the partners, rules and other settings of that round are taken over. A template that was adopted
    is copied into the folder, so that it holds all it needs; its framework is the locality's unless one is named. It is
    looked for in the current folder, the folder itself, the one that it lies in, and the earlier round's.

    Raises ``Refusal`` where the folder already has settings or cannot be written, where the earlier one is faulty,
    where there is no such framework or template, and where the template is for another framework; nothing is left
    behind then.
    """
    if (folder / SETTINGS).exists():
        raise Refusal(make_problem("folder-exists", sheet=str(folder)))
    before = open_locality(earlier).settings if earlier else None
    partners = before.partners if before else load(templates_folder() / "partners.toml", _Partners).partners
    values: dict[str, Any] = (
        before.model_dump(
            exclude={"as_at", "sign_off", "sender", "rules", "papers", "whose", "which_counts", "partners"}
        )
        if before
        else {}
    )
    values |= {"name": name, "deadline": deadline}
    values |= {key: value for key, value in (("framework", framework), ("template", template)) if value}
    adopted = _adopted(
        str(values.get("template", "")), [Path(), folder, folder.parent, *([earlier] if earlier else [])]
    )
    if adopted:
        values["framework"] = _framework_for(adopted, framework)
    if before and framework and framework != before.framework:
        partners = tuple(_asked_in(partner, before.framework, framework) for partner in partners)
    values["partner"] = partners
    values["sign_off"] = before.sign_off if before else SignOff()
    values["sender"] = before.sender if before else Sender()
    values["rules"] = before.rules if before else Rules()
    values["papers"] = before.papers if before else Papers()
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise _refused(error) from error
    with tempfile.TemporaryDirectory() as scratch:
        # Opened there first: what a locality's settings cannot be is refused before anything is made.
        (Path(scratch) / SETTINGS).write_text(settings_text(settings), encoding="utf-8")
        _copy_adopted(adopted, Path(scratch))
        open_locality(Path(scratch))
    _copy_adopted(adopted, folder)
    replace_file(folder / SETTINGS, settings_text(settings).encode("utf-8"))
    locality = open_locality(folder)
    for sub_folder in SUB_FOLDERS:
        locality.make_sub_folder(sub_folder)
    return locality


def _asked_in(partner: Partner, earlier: str, framework: str) -> Partner:
    """Give a partner asked for what its statements are in another framework; for all where that does not say it."""
    asked: list[str] = []
    if partner.statements and {earlier, framework} <= set(framework_ids()):
        previous, current = framework_of(earlier), framework_of(framework)
        edition = Edition(previous.id, previous.version)
        codes = {code for statement in partner.statements for code in map_statement(current, edition, statement)}
        asked = [code for code in current.statement_by_code if code in codes]
    return partner.model_copy(update={"statements": tuple(asked) or None})


def _adopted(template: str, folders: list[Path]) -> Path | None:
    """Give the folder of an adopted template, from the first of these folders that has it."""
    matching = (ids[template].parent for folder in folders if template in (ids := adopted_ids(folder)))
    return next(matching, None)


def _framework_for(adopted: Path, asked: str | None) -> str:
    """Give the framework that an adopted template was made for. Raises ``Refusal`` where another one was asked for."""
    its = load(adopted / ADOPTED_TEMPLATE, _MadeFor).framework
    if asked and asked != its:
        raise Refusal(make_problem("template-of-another-framework", found=adopted.name, its=its, framework=asked))
    return its


def _copy_adopted(adopted: Path | None, folder: Path) -> None:
    """Copy what was adopted into a locality's folder, byte by byte.

    What was said about the other locality's workbook (the corrections file quotes it) and earlier versions stay behind.
    """
    target = folder / ADOPTED / adopted.name if adopted else folder
    if adopted is None or target.resolve() == adopted.resolve():
        return
    for name in ADOPTED_FILES:
        if (adopted / name).is_file():
            replace_file(target / name, (adopted / name).read_bytes())


def _refused(error: ValidationError) -> Refusal:
    details = error.errors()[0]
    expected = details["msg"].removeprefix("Value error, ")
    setting = str(details["loc"][0]) if details["loc"] else SETTINGS
    return Refusal(make_problem("setting-wrong", found=setting, value=f"‘{details['input']}’", expected=f"{expected}."))


def settings_text(settings: Settings) -> str:
    """Give ``locality.toml``: every setting with its value and a comment, as ``templates/settings.txt`` lays it out."""
    rules = settings.rules
    return Template((templates_folder() / "settings.txt").read_text(encoding="utf-8")).substitute(
        name=quoted(settings.name),
        system=quoted(settings.system),
        framework=quoted(settings.framework),
        template=quoted(settings.template),
        deadline=settings.deadline.isoformat(),
        marking=quoted(settings.marking),
        role=quoted(settings.sign_off.role),
        sender_name=quoted(settings.sender.name),
        sender_role=quoted(settings.sender.role),
        sender_email=quoted(settings.sender.email),
        greeting=quoted(settings.sender.greeting),
        closing=quoted(settings.sender.closing),
        ways_to_combine=_ways_to_combine(),
        combine=quoted(rules.combine),
        evidence_max_age_months=rules.evidence_max_age_months,
        gap_reasons=", ".join(f'"{reason}"' for reason in get_args(GapReason)),
        action_plan_required_for=quoted_list(rules.action_plan_required_for),
        indicative_scores=str(rules.indicative_scores).lower(),
        organisation=quoted(settings.papers.organisation),
        report_to=quoted(settings.papers.report_to),
        flash_to=quoted(settings.papers.flash_to),
        contact=quoted(settings.papers.contact),
        whose=_file_lines(settings.whose),
        which_counts=_file_lines(settings.which_counts),
        partners="".join(map(_partner, settings.partners)),
    )


def _ways_to_combine() -> str:
    """Give the ways in which ratings combine as comments, one below the other."""
    width = max(len(name) for name in COMBINE)
    return "\n".join(f"#   {quoted(name):{width + 2}}  {way.comment}" for name, way in COMBINE.items())


def _file_lines(lines: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{quoted(file)} = {quoted(text)}\n" for file, text in lines)


def _partner(partner: Partner) -> str:
    lines = [f"code = {quoted(partner.code)}", f"name = {quoted(partner.name)}"]
    if partner.short:
        lines.append(f"short = {quoted(partner.short)}")
    if partner.aliases:
        lines.append(f"aliases = {quoted_list(partner.aliases)}")
    if partner.statements is not None:
        lines.append(f"statements = {quoted_list(partner.statements)}")
    if not partner.expected:
        lines.append("expected = false")
    if partner.returns != "one":
        lines.append(f"returns = {quoted(partner.returns)}")
    lines.append(f"email = {quoted(partner.email)}")
    if partner.organisations:
        lines.append(f"organisations = [{', '.join(map(quoted_list, partner.organisations))}]")
    return "\n[[partner]]\n" + "\n".join(lines) + "\n"
