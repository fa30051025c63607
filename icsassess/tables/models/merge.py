"""What a merge gives: partners' lines, lines, gaps, returns and points."""

from __future__ import annotations

import re
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from icsassess.domain.fields import DATE_TITLES
from icsassess.domain.problems import Severity
from icsassess.domain.rag import NO_RETURN, NOT_APPLICABLE
from icsassess.domain.states import ActionState, Agreement, GapReason, PlanPart, PlanState, ReturnState
from icsassess.tables.models.table import RATING_OR_NONE, Table, all_among, each, empty_or

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _are_pairs(stated: object) -> bool:
    """Tell whether it is a tuple of pairs of texts, none of which is empty."""
    return isinstance(stated, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) and text for text in pair)
        for pair in stated
    )


class PartnerLines(Table):
    """One row for each line and partner asked for it: the partner's own rating of the line."""

    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner.")
    ref: Series[str] = pa.Field(title="Ref", description="The line.")
    rating: Series[str] = pa.Field(
        isin=[*RATING_OR_NONE, NO_RETURN],
        title="Rating",
        description="The partner's rating; empty for left blank; or No return.",
    )
    settled: Series[bool] = pa.Field(
        title="Settled", description="False for Not applicable without a reason: it stays in denominators."
    )
    rows: Series[int] = pa.Field(
        ge=0, title="Rows", description="Rows of the return that stand for the line, filled in or not."
    )
    evidence: Series[int] = pa.Field(ge=0, title="Evidence", description="Entries with evidence.")
    green_without_evidence: Series[bool] = pa.Field(
        title="Green without evidence", description="Rated Green, nothing behind it."
    )
    states_gap: Series[bool] = pa.Field(title="States a gap", description="The partner described a gap.")
    file: Series[str] = pa.Field(title="File", description="The return it was read from; empty where there is none.")
    sheet: Series[str] = pa.Field(title="Sheet", description="Sheet of the row that gave the rating.")
    cell: Series[str] = pa.Field(title="Cell", description="Cell of the rating, or of the row's Ref where it is blank.")
    understood: Series[bool] = pa.Field(
        title="Understood", description="False where a rating was typed that could not be understood."
    )
    organisations: Series[object] = pa.Field(
        title="Organisations",
        description="Tuple of (organisation, rating) where several organisations answer for the partner.",
    )

    @pa.check("cell", name="an address like B12")
    def _is_an_address(cls, cells: pd.Series[str]) -> pd.Series[bool]:
        return each(cells, empty_or(_ADDRESS))

    @pa.check("organisations", name="a tuple of organisations with the rating of each")
    def _are_organisations(cls, organisations: pd.Series[Any]) -> pd.Series[bool]:
        return each(organisations, _are_pairs)

    @pa.dataframe_check(name="only Not applicable can be unsettled")
    def _is_settled(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return table["settled"] | (table["rating"] == NOT_APPLICABLE)

    @pa.dataframe_check(name="a partner has a line once")
    def _stands_once(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return ~table.duplicated(["partner", "ref"])


class Lines(Table):
    """One row for each line of the framework: what partners and group make of it."""

    ref: Series[str] = pa.Field(unique=True, title="Ref", description="The line, such as Q1-PEX.")
    theme: Series[str] = pa.Field(title="Theme", description="The theme's title.")
    statement: Series[str] = pa.Field(title="Quality statement", description="The quality statement's title.")
    category: Series[str] = pa.Field(title="Evidence category", description="The evidence category's title.")
    suggested: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="Suggested RAG", description="What the rule makes of the partners' ratings."
    )
    agreed: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="Agreed RAG", description="What the group agreed; empty where it has not."
    )
    agreed_reason: Series[str] = pa.Field(title="Reason for agreed RAG", description="The group's reason.")
    agreed_on: Series[pd.Timestamp] = pa.Field(
        nullable=True, title="Agreed on", description="When the group agreed it."
    )
    rating: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="Rating", description="Agreed if there is one, else suggested."
    )
    agreement: Series[str] = pa.Field(
        isin=get_args(Agreement),
        title="Agreement",
        description="Whether partners agree.",
    )
    evidence: Series[int] = pa.Field(ge=0, title="Evidence", description="Number of entries with evidence.")
    newest_evidence: Series[pd.Timestamp] = pa.Field(nullable=True, title="Newest evidence", description="Its date.")
    changed_since_agreed: Series[bool] = pa.Field(
        title="Changed since agreed", description="Partners' ratings moved since."
    )

    @pa.dataframe_check(name="rating is the agreed one, else the suggested")
    def _rating_is_agreed_or_suggested(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return table["rating"] == table["agreed"].where(table["agreed"] != "", table["suggested"])


class Gaps(Table):
    """One row for each gap: a line that needs something, what and why, and how far its plan is."""

    id: Series[str] = pa.Field(unique=True, title="Gap", description="Name of the gap, such as G-Q1-PEX.")
    ref: Series[str] = pa.Field(title="Ref", description="The line.")
    rating: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="Rating", description="The line's rating; empty where nobody rated it."
    )
    stated: Series[object] = pa.Field(
        title="What is missing", description="Tuple of (partner, text): what each partner says is missing."
    )
    reasons: Series[object] = pa.Field(title="Why it is a gap", description="Tuple of the reasons, weightiest first.")
    partners: Series[object] = pa.Field(
        title="Partners", description="Tuple of the partners' codes that the reasons come from."
    )
    no_proposal_from: Series[object] = pa.Field(
        title="No proposal from", description="Tuple of the partners that say what is missing and propose no action."
    )
    actions: Series[object] = pa.Field(
        title="Actions", description="Tuple of the names of its actions; people see how many count."
    )
    late: Series[int] = pa.Field(ge=0, title="Late", description="How many of its actions are overdue.")
    plan: Series[str] = pa.Field(
        isin=get_args(PlanState), title="Plan", description="The state of the plan; empty where the rules demand none."
    )
    missing: Series[object] = pa.Field(title="Missing", description="Tuple of what the plan lacks.")
    covered: Series[str] = pa.Field(
        title="Covered",
        description="Yes where the group finds that the actions together cover what is missing; else as typed.",
    )

    @pa.check("reasons", name="a tuple of reasons")
    def _are_reasons(cls, reasons: pd.Series[Any]) -> pd.Series[bool]:
        return each(reasons, all_among(get_args(GapReason)))

    @pa.check("missing", name="a tuple of parts of a plan")
    def _are_parts(cls, missing: pd.Series[Any]) -> pd.Series[bool]:
        return each(missing, all_among(get_args(PlanPart)))

    @pa.check("stated", name="a tuple of partners with what each says")
    def _are_statements(cls, stated: pd.Series[Any]) -> pd.Series[bool]:
        return each(stated, _are_pairs)

    @pa.dataframe_check(name="who proposes nothing says what is missing, and what is late is an action")
    def _add_up(cls, table: pd.DataFrame) -> pd.Series[bool]:
        rows = zip(table["stated"], table["no_proposal_from"], table["actions"], table["late"], strict=True)
        return pd.Series(
            [
                set(silent) <= {pair[0] for pair in stated} and late <= len(actions)
                for stated, silent, actions, late in rows
            ],
            index=table.index,
            dtype=bool,
        )

    @pa.dataframe_check(name="a gap is named after its line")
    def _is_named_after_its_line(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return table["id"] == "G-" + table["ref"]


class Actions(Table):
    """One row for each action: one thing that will be done, proposed by one partner or by the group."""

    id: Series[str] = pa.Field(
        unique=True, title="No", description="Name of the action, the same in every merge, such as A-Q1-PEX-MFT."
    )
    gap: Series[str] = pa.Field(title="Gap", description="The gap it is about; empty where its line is none.")
    ref: Series[str] = pa.Field(title="Ref", description="The line; empty, or as typed, where it is none.")
    rating: Series[str] = pa.Field(isin=RATING_OR_NONE, title="Rating", description="The line's rating.")
    proposed_by: Series[str] = pa.Field(title="Proposed by", description="The partner's code, or group.")
    action: Series[str] = pa.Field(title="Action", description="What will be done.")
    owner: Series[str] = pa.Field(title="Owner", description="Who will do it.")
    accountable: Series[str] = pa.Field(title="Accountable role", description="Who answers for it.")
    due: Series[pd.Timestamp] = pa.Field(nullable=True, title=DATE_TITLES["due"], description="By when.")
    due_typed: Series[str] = pa.Field(title="Due date as typed", description="As typed where it is no day.")
    status: Series[str] = pa.Field(
        title="Delivery status", description="One of the template's words for a status, else as typed."
    )
    evidenced_by: Series[str] = pa.Field(title="Evidenced by", description="What shows that it was done.")
    evidenced_on: Series[pd.Timestamp] = pa.Field(
        nullable=True, title="Date evidenced", description="When that was seen."
    )
    update: Series[str] = pa.Field(title="Update", description="The latest word on it, with its date.")
    taken_up: Series[str] = pa.Field(
        title="Taken up", description="Yes or No, as the group decided; empty where it has not; else as typed."
    )
    why_not: Series[str] = pa.Field(title="Why not", description="The group's reason for a No.")
    state: Series[str] = pa.Field(isin=get_args(ActionState), title="State", description="How far it is.")
    missing: Series[object] = pa.Field(title="Missing", description="Tuple of what it lacks.")
    file: Series[str] = pa.Field(title="File", description="The return it stands in; empty where none does.")
    sheet: Series[str] = pa.Field(title="Sheet", description="Its sheet there.")
    row: Series[int] = pa.Field(ge=0, title="Row", description="Its row there, 0 where there is none.")
    cell: Series[str] = pa.Field(title="Cell", description="The cell of the action there.")

    @pa.check("missing", name="a tuple of parts of a plan")
    def _are_parts(cls, missing: pd.Series[Any]) -> pd.Series[bool]:
        return each(missing, all_among(tuple(part for part in get_args(PlanPart) if part != "action")))

    @pa.check("cell", name="an address like B12")
    def _is_an_address(cls, cells: pd.Series[str]) -> pd.Series[bool]:
        return each(cells, empty_or(_ADDRESS))

    @pa.dataframe_check(name="an action that is not taken up lacks nothing")
    def _lacks_nothing(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return (table["state"] != "not taken up") | (table["missing"].map(len) == 0)

    @pa.dataframe_check(name="a place in a return is whole, or there is none")
    def _has_a_place(cls, table: pd.DataFrame) -> pd.Series[bool]:
        has_file = table["file"] != ""
        others = (table["sheet"] != "", table["row"] > 0, table["cell"] != "")
        return (others[0] == has_file) & (others[1] == has_file) & (others[2] == has_file)

    @pa.dataframe_check(name="a name begins with A, and a gap is that of the line")
    def _is_named(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return table["id"].str.startswith("A-") & ((table["gap"] == "") | (table["gap"] == "G-" + table["ref"]))


class Returns(Table):
    """One row for each file received, and one for each partner of whom nothing was received."""

    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner; empty where it is not known.")
    name: Series[str] = pa.Field(
        title="Name", description="The partner's name; of those whose return it may be where that is not settled."
    )
    organisation: Series[str] = pa.Field(
        title="Organisation", description="Which of several organisations that answer for the partner; else empty."
    )
    state: Series[str] = pa.Field(
        isin=get_args(ReturnState),
        title="State",
        description="What became of the return.",
    )
    file: Series[str] = pa.Field(
        title="File", description="The file, relative to the locality folder; empty where none."
    )
    completed_on: Series[pd.Timestamp] = pa.Field(nullable=True, title="Completed on", description="From the cover.")
    completed_by: Series[str] = pa.Field(title="Completed by (role)", description="From the cover.")
    lines_asked: Series[int] = pa.Field(ge=0, title="Lines asked for", description="Lines the partner is asked for.")
    lines_to_rate: Series[int] = pa.Field(
        ge=0, title="Lines to be rated", description="Of these, all but those Not applicable with a reason."
    )
    lines_rated: Series[int] = pa.Field(
        ge=0, title="Lines rated", description="Of these, those rated Red, Amber or Green."
    )
    entries: Series[int] = pa.Field(ge=0, title="Entries", description="Rows of evidence.")
    blockers: Series[int] = pa.Field(ge=0, title="Blockers", description="Points of this severity.")
    warnings: Series[int] = pa.Field(ge=0, title="Warnings", description="Points of this severity.")
    notes: Series[int] = pa.Field(ge=0, title="Notes", description="Points of this severity.")
    remark: Series[str] = pa.Field(title="Remark", description="Why a return is outstanding, refused or superseded.")
    sha256: Series[str] = pa.Field(title="SHA-256", description="Fingerprint of the file's bytes; empty where none.")

    @pa.check("sha256", name="64 hexadecimal digits")
    def _is_a_fingerprint(cls, hashes: pd.Series[str]) -> pd.Series[bool]:
        return each(hashes, empty_or(_SHA256))

    @pa.dataframe_check(name="all but an outstanding return have a file")
    def _has_a_file(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return (table["file"] == "") == (table["state"] == "outstanding")


class Points(Table):
    """One row for each point to put right; those answered and of superseded files come last, counted nowhere."""

    severity: Series[str] = pa.Field(
        isin=[*map(str, Severity), "answered", "superseded"],
        title="Severity",
        description="How much it matters; answered by the partner; superseded: of a file that does not count any more.",
    )
    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner.")
    title: Series[str] = pa.Field(title="Point", description="What kind of point it is.")
    message: Series[str] = pa.Field(title="What we found", description="Where, what we found and what we expected.")
    suggestion: Series[str] = pa.Field(title="What to do", description="What to do about it.")
    answer: Series[str] = pa.Field(title="Answer", description="What the partner said of it, which settles it.")
    ref: Series[str] = pa.Field(title="Ref", description="The line, where there is one.")
    file: Series[str] = pa.Field(title="File", description="The return's file.")
    sheet: Series[str] = pa.Field(title="Sheet", description="The sheet, where there is one.")
    cell: Series[str] = pa.Field(title="Cell", description="The cell, where there is one.")
    code: Series[str] = pa.Field(title="Code", description="The point's code, as in the JSON.")

    @pa.check("cell", name="an address like B12")
    def _is_an_address(cls, cells: pd.Series[str]) -> pd.Series[bool]:
        return each(cells, empty_or(_ADDRESS))

    @pa.dataframe_check(name="what is answered has its answer, and nothing else has one but what is superseded")
    def _has_its_answer(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return ((table["severity"] == "answered") == (table["answer"] != "")) | (table["severity"] == "superseded")
