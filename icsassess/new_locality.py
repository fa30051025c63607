"""Making a locality folder: its sub-folders, and its settings with every default and what it is for."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from icsassess.data_files import templates_folder
from icsassess.locality import (
    SETTINGS,
    SUB_FOLDERS,
    GapReason,
    Locality,
    Partner,
    Rules,
    Settings,
    SignOff,
    open_locality,
)
from icsassess.problems import Refusal, point
from icsassess.saving import replace_file
from icsassess.toml_files import load


class _Partners(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    partners: tuple[Partner, ...] = Field(alias="partner")


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

    With ``earlier``, the partners, rules and other settings of that round are taken over. Raises ``Refusal`` where the
    folder already has settings or cannot be written, where the earlier one is faulty, and where there is no such
    framework or template; nothing is left behind then.
    """
    if (folder / SETTINGS).exists():
        raise Refusal(point("folder-exists", sheet=str(folder)))
    before = open_locality(earlier).settings if earlier else None
    partners = before.partners if before else load(templates_folder() / "partners.toml", _Partners).partners
    values: dict[str, Any] = before.model_dump(exclude={"as_at", "sign_off", "rules", "partners"}) if before else {}
    values |= {"name": name, "deadline": deadline}
    values |= {key: value for key, value in (("framework", framework), ("template", template)) if value}
    if before and framework and framework != before.framework:
        partners = tuple(partner.model_copy(update={"statements": None}) for partner in partners)
    values["partner"] = partners
    values["sign_off"] = before.sign_off if before else SignOff()
    values["rules"] = before.rules if before else Rules()
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise _refused(error) from error
    with tempfile.TemporaryDirectory() as scratch:
        # Opened there first: what a locality's settings cannot be is refused before anything is made.
        (Path(scratch) / SETTINGS).write_text(settings_text(settings), encoding="utf-8")
        open_locality(Path(scratch))
    replace_file(folder / SETTINGS, settings_text(settings).encode("utf-8"))
    locality = open_locality(folder)
    for sub_folder in SUB_FOLDERS:
        locality.sub_folder(sub_folder)
    return locality


def _refused(error: ValidationError) -> Refusal:
    details = error.errors()[0]
    expected = details["msg"].removeprefix("Value error, ")
    setting = str(details["loc"][0]) if details["loc"] else SETTINGS
    return Refusal(point("setting-wrong", found=setting, value=f"‘{details['input']}’", expected=f"{expected}."))


def settings_text(settings: Settings) -> str:
    """Give ``locality.toml``: every setting with its value and a comment."""
    rules = settings.rules
    return f"""# The settings of this locality's self-assessment. Lines that begin with # are comments.
# Text stands in quotation marks, dates do not: deadline = 2024-01-31

# The locality, as it stands on every sheet, and the integrated care system it belongs to.
name = {_text(settings.name)}
system = {_text(settings.system)}

# The framework assessed against, and the template of the returns.
framework = {_text(settings.framework)}
template = {_text(settings.template)}

# The day by which the signed self-assessment is due.
deadline = {settings.deadline.isoformat()}

# The day everything is reckoned from, where it is not to be today: for an example or a round that is over.
# as_at = 2024-01-10

# The protective marking, in words on every sheet and page.
marking = {_text(settings.marking)}

[sign_off]
# The role that signs.
role = {_text(settings.sign_off.role)}

[rules]
# How partners' ratings of a line combine into the suggested rating:
#   "worst"     the worst of them
#   "majority"  the most frequent; where two are as frequent, the worse of them
combine = {_text(rules.combine)}

# Evidence older than this many months at the as-at date is stale.
evidence_max_age_months = {rules.evidence_max_age_months}

# The reasons for a gap that demand an action plan, of:
#   {", ".join(f'"{reason}"' for reason in get_args(GapReason))}
# A Red and Green disagreement is settled by the group (moderated), not by a plan.
action_plan_required_for = {_texts(rules.action_plan_required_for)}

# The partners asked for a return. For each:
#   code        a short name, used in file names and as a column's heading
#   name        its full name
#   aliases     what else it is called on covers and in file names
#   statements  the quality statements it is asked for; all of them where the line is left out
#   expected    false for a partner that is invited but not waited for; true where the line is left out
#   returns     "many" where several organisations answer for the partner and each return counts; else "one"
{"".join(_partner(partner) for partner in settings.partners)}"""


def _partner(partner: Partner) -> str:
    lines = [f"code = {_text(partner.code)}", f"name = {_text(partner.name)}"]
    if partner.aliases:
        lines.append(f"aliases = {_texts(partner.aliases)}")
    if partner.statements is not None:
        lines.append(f"statements = {_texts(partner.statements)}")
    if not partner.expected:
        lines.append("expected = false")
    if partner.returns != "one":
        lines.append(f"returns = {_text(partner.returns)}")
    return "\n[[partner]]\n" + "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """Give a TOML basic string: JSON's escapes are a part of TOML's, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"
