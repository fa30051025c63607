"""A merged view made up from a seed, for tests of what is written from one."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from icsassess.assessment.actions.action import ActionPlace, Source, make_action
from icsassess.assessment.actions.names import GROUP, base_name
from icsassess.assessment.gaps.gap import make_gap
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.framework import Line, framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality, Partner, Settings
from icsassess.returns.template.model import return_template
from icsassess.tables.records import Action, Entry, Gap, PartnerLine, ReturnRow
from icsassess.tables.records import Line as LineRow
from icsassess.tables.titles import ACTION_FIELDS

AS_AT = datetime.date(2024, 1, 10)
NO_DATE = None
RATINGS = [rag.RED, rag.AMBER, rag.GREEN, rag.NOT_APPLICABLE, rag.NOT_ASSESSED, ""]
STATUSES = ["", "Not started", "In progress", "Delivered"]
TEXTS = [
    "=1+1",
    '=HYPERLINK("http://example.org","Win a prize")',
    "+44 161 000 0000",
    "-2",
    "@SUM(A1)",
    "https://example.org/report.pdf",
    'Complaints & compliments <2023/24> "quarter 2", people\'s own words',
    "Line one\nline two\n\nline four",
    "👩‍⚕️ Emoji, naïve café, Zażółć",
    "\tstarts with a tab",
    " ",
    "#REF!",
    "{=A1}",
    "x" * 300,
    "A long paragraph about what people told us. " * 40,
    "Quarterly audit of handovers, 84 records, discussed at the quality committee.",
]


def sample_locality(
    seed: int = 1, *, partners: int = 9, framework_id: str = "cqc-ics-2023", name: str = "Trafford"
) -> Locality:
    """Give a locality of so many partners; some are asked for a few statements only."""
    dice = random.Random(seed)
    used = framework(framework_id)
    codes = list(used.statement_by_code)
    asked = []
    for number in range(partners):
        some = number % 4 == 3
        statements = tuple(sorted(dice.sample(codes, max(1, len(codes) // 2)), key=codes.index)) if some else None
        asked.append(Partner(code=f"P{number + 1:02}", name=f"Partner number {number + 1}", statements=statements))
    settings = Settings.model_validate(
        {"name": name, "framework": framework_id, "deadline": datetime.date(2024, 1, 31), "partner": asked}
    )
    return Locality(Path("sample"), settings, used)


def sample_view(
    seed: int = 1,
    *,
    partners: int = 9,
    framework_id: str = "cqc-ics-2023",
    returns: bool = True,
    all_green: bool = False,
) -> Merged:
    """Give a merged view: with ratings of every kind, with no returns at all, or with everything Green."""
    return Sample(
        sample_locality(seed, partners=partners, framework_id=framework_id), seed, returns, all_green
    ).merged()


class Sample:
    """Makes one merged view, table by table."""

    def __init__(self, locality: Locality, seed: int, returns: bool, all_green: bool) -> None:
        self.locality = locality
        self.dice = random.Random(seed)
        self.all_green = all_green
        self.received = [
            partner.code
            for number, partner in enumerate(locality.partners)
            if returns and (all_green or number % 9 != 8)
        ]

    def merged(self) -> Merged:
        ratings = {partner.code: self.ratings(partner) for partner in self.locality.partners}
        lines = [self.line(line, ratings) for line in self.locality.framework.lines]
        agreed = {str(row["ref"]): str(row["agreed"]) for row in lines}
        gaps = [gap for row in lines if (gap := self.gap(row, ratings))]
        open_gaps = {gap.ref for gap in gaps}
        actions = [action for row in lines for action in self.actions(row, ratings, row["ref"] in open_gaps)]
        merged = Merged(
            locality=self.locality,
            as_at=AS_AT,
            entries=[Entry(**row) for row in self.entries(ratings)],
            partner_lines=[PartnerLine(**row) for row in self.partner_lines(ratings)],
            lines=[LineRow(**row) for row in lines],
            gaps=gaps,
            actions=[*actions, *self.actions_without_a_line()],
            returns=[ReturnRow(**row) for row in self.returns(ratings)],
            problems=self.problems(),
            drift={ref: "P01: Amber → Red" for ref in list(agreed)[::2] if agreed[ref] in RATINGS[:3]},
        )
        return with_plans(merged)

    def ratings(self, partner: Partner) -> dict[str, str]:
        def one() -> str:
            if partner.code not in self.received:
                return rag.NO_RETURN
            return rag.GREEN if self.all_green else self.dice.choices(RATINGS, weights=[3, 6, 6, 1, 2, 2])[0]

        return {line.ref: one() for line in self.locality.lines_of(partner)}

    def text(self) -> str:
        return self.dice.choice(TEXTS)

    def day(self, *, often: float = 0.7) -> datetime.date | None:
        if self.dice.random() > often:
            return NO_DATE
        return AS_AT + datetime.timedelta(days=self.dice.randint(-400, 120))

    def partner_lines(self, ratings: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {
                "partner": code,
                "ref": ref,
                "rating": rating,
                "settled": rating != rag.NOT_APPLICABLE or self.dice.random() < 0.7,
                "rows": 1,
                "evidence": 1,
                "green_without_evidence": False,
                "states_gap": rating in (rag.RED, rag.AMBER),
                "file": f"returns/{code}.xlsx",
                "sheet": "Integration",
                "cell": "G5",
                "understood": True,
                "organisations": (),
            }
            for code, of_partner in ratings.items()
            for ref, rating in of_partner.items()
        ]

    def line(self, line: Line, ratings: dict[str, dict[str, str]]) -> dict[str, Any]:
        given = [of_partner[line.ref] for of_partner in ratings.values() if line.ref in of_partner]
        comparable = {rating for rating in given if rating in (rag.RED, rag.AMBER, rag.GREEN)}
        suggested = rag.vocabulary().worst(given) or next(
            (rating for rating in (rag.NOT_ASSESSED, rag.NOT_APPLICABLE) if rating in given), ""
        )
        agreement = "none"
        if sum(rating in comparable for rating in given) > 1:
            agreement = "all agree" if len(comparable) == 1 else "one step apart"
            agreement = "red and green" if {rag.RED, rag.GREEN} <= comparable else agreement
        decided = not self.all_green and self.received and self.dice.random() < 0.2
        agreed = self.dice.choice(RATINGS[:-1]) if decided else ""
        explained = suggested not in RATINGS[:3] or self.dice.random() < 0.6
        reason = (self.text().strip() or "Agreed") if agreed and explained else ""
        return {
            "ref": line.ref,
            "theme": line.theme.title,
            "statement": line.statement.title,
            "category": line.category.title,
            "suggested": suggested,
            "agreed": agreed,
            "agreed_reason": reason,
            "agreed_on": AS_AT if agreed else NO_DATE,
            "rating": agreed or suggested,
            "agreement": agreement,
            "evidence": len([rating for rating in given if rating not in ("", rag.NO_RETURN)]),
            "newest_evidence": self.day(),
            "changed_since_agreed": False,
        }

    def gap(self, line: dict[str, Any], ratings: dict[str, dict[str, str]]) -> Gap | None:
        reasons: list[Any] = [
            {"Red": "red", "Amber": "amber", "Not assessed": "not assessed", "": "not assessed"}.get(
                str(line["rating"])
            )
        ]
        if line["agreement"] == RED_AND_GREEN and not line["agreed"]:
            reasons.append(RED_AND_GREEN)
        if not self.all_green and self.dice.random() < 0.3:
            reasons.append(
                self.dice.choice(["no evidence", "stale evidence", "stated by partner", "green without evidence"])
            )
        found = [reason for reason in reasons if reason]
        if not found:
            return None
        partners = [code for code in self.received if line["ref"] in ratings[code]][:5]
        return make_gap(
            id=f"G-{line['ref']}",
            ref=line["ref"],
            rating=line["rating"],
            stated=[(code, self.text()) for code in partners if self.dice.random() < 0.6],
            reasons=found,
            partners=partners,
            actions=[],
            covered=self.dice.choice(["", "", "", "Yes", "No", "nearly"]),
            plan_required_for=(),
        )

    def actions(self, line: dict[str, Any], ratings: dict[str, dict[str, str]], is_gap: bool) -> list[Action]:
        ref, here = line["ref"], [code for code in self.received if line["ref"] in ratings[code]]
        proposing = [code for code in here if self.dice.random() < (0.3 if is_gap else 0.05)]
        if is_gap and self.received and not self.all_green and self.dice.random() < 0.15:
            proposing.append(GROUP)
        return [
            self.action(
                ActionPlace(
                    base_name(ref, code),
                    f"G-{ref}" if is_gap else "",
                    ref,
                    line["rating"],
                    code,
                    Source() if code == GROUP else Source(f"returns/{code} =return.xlsx", "Integration", 7, "J7"),
                )
            )
            for code in proposing
        ]

    def actions_without_a_line(self) -> list[Action]:
        return [] if self.all_green or not self.received else [self.action(ActionPlace("A-GROUP", "", "", "", GROUP))]

    def action(self, place: ActionPlace) -> Action:
        texts = {
            "action": self.text().strip(),
            "owner": self.dice.choice(["", "Head of Quality, =cmd"]),
            "accountable": self.dice.choice(["", "Associate Director"]),
            "due": "as soon as we can" if self.dice.random() < 0.1 else _typed(self.day()),
            "status": self.dice.choice(STATUSES),
            "evidenced_by": self.dice.choice(["", "Minutes"]),
            "evidenced_on": _typed(self.day(often=0.2)),
            "update": self.text(),
            "taken_up": self.dice.choice(["", "", "", "Yes", "No", "perhaps"]),
            "why_not": self.text().strip(),
        }
        return made_action(place, texts)

    def entries(self, ratings: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {
                "partner": code,
                "ref": ref,
                "evidence": self.text(),
                "kept": self.text(),
                "evidence_date": self.day(),
                "rating": ratings[code][ref],
                "reason": self.text(),
                "gap": self.text(),
                "action": self.text(),
                "owner": "Head of Quality",
                "due": self.day(),
                "status": self.dice.choice(STATUSES),
                "evidence_date_typed": "01/11/2023",
                "rag_typed": ratings[code][ref],
                "due_typed": "ASAP",
                "status_typed": "",
                "own_columns": "Risk score: =9",
                "notes": "",
                "same_as": "",
                "like": "",
                "alike": 0,
                "file": f"returns/{code} =return.xlsx",
                "sheet": "Integration",
                "row": 5 + number,
                "completed_on": AS_AT,
                "place": "",
            }
            for code in self.received
            for number, ref in enumerate(ratings[code])
        ]

    def returns(self, ratings: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
        def one(partner: Partner) -> dict[str, Any]:
            here = partner.code in self.received
            given = [
                rating
                for rating in ratings[partner.code].values()
                if rating not in ("", rag.NO_RETURN, rag.NOT_ASSESSED)
            ]
            return {
                "partner": partner.code,
                "name": partner.name,
                "organisation": "",
                "state": "received" if here else "outstanding",
                "file": f"returns/{partner.code}.xlsx" if here else "",
                "completed_on": AS_AT if here else NO_DATE,
                "completed_by": "=Head of Quality" if here else "",
                "lines_asked": len(ratings[partner.code]),
                "lines_to_rate": len(ratings[partner.code]),
                "lines_rated": len(given),
                "entries": len(ratings[partner.code]) if here else 0,
                "blockers": 0,
                "warnings": 1,
                "notes": 2,
                "remark": "" if here else "Nothing has been received.",
                "sha256": "0" * 64 if here else "",
            }

        return [one(partner) for partner in self.locality.partners]

    def problems(self) -> list[Problem]:
        return [
            make_problem(
                "rating-not-understood",
                file=f"returns/{code}.xlsx",
                sheet="Integration",
                cell="G5",
                partner=code,
                found="=Teal",
                permitted="Red",
                hint="Is it Red?",
                ref="I1-PEX",
            )
            for code in self.received
        ]


def _typed(day: datetime.date | None) -> str:
    return "" if day is None else day.isoformat()


def made_action(place: ActionPlace, texts: dict[str, str]) -> Action:
    """Make an action as the merge makes it."""
    return make_action(place, texts, return_template("stockport").statuses, AS_AT)


def with_typed(action: Action, typed: dict[str, Any]) -> Action:
    """Give an action with these fields typed over; a day as such."""
    texts = {name: getattr(action, name) for name in ACTION_FIELDS} | {"due": action.due or action.due_typed}
    texts = {name: _typed(value) if not isinstance(value, str) else value for name, value in (texts | typed).items()}
    place = ActionPlace(*(getattr(action, name) for name in ActionPlace._fields[:-1]))
    return made_action(place._replace(source=Source(action.file, action.sheet, action.row, action.cell)), texts)


def with_plans(merged: Merged) -> Merged:
    """Give the view with the plans of its gaps made anew of its actions, covers and agreed ratings."""
    lines = {line.ref: line for line in merged.lines}
    gaps = [
        make_gap(
            id=gap.id,
            ref=gap.ref,
            rating=lines[gap.ref].rating,
            stated=gap.stated,
            reasons=[reason for reason in gap.reasons if reason != RED_AND_GREEN or not lines[gap.ref].agreed],
            partners=gap.partners,
            actions=[action for action in merged.actions if action.gap == gap.id],
            covered=gap.covered,
            plan_required_for=merged.locality.settings.rules.action_plan_required_for,
        )
        for gap in merged.gaps
    ]
    return replace(merged, gaps=gaps)
