"""What returns hold: entries as typed, entries as understood, and the lines that they make together."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from icsassess.domain.fields import DATE_TITLES
from icsassess.domain.rag import RATINGS
from icsassess.tables.models.table import RATING_OR_NONE, Table, all_among, each, empty_or

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


class TypedEntries(Table):
    """Entries as typed: one row for each row of evidence in a return, every field the text that stood in the cell.

    A date cell is its ISO date; a note or a column of the partner's own is kept beside the entry.
    """

    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner whose return it is.")
    file: Series[str] = pa.Field(
        str_length={"min_value": 1},
        title="File",
        description="The return's file, relative to the locality folder where it lies in it.",
    )
    sheet: Series[str] = pa.Field(title="Sheet", description="Title of the sheet the entry stands on.")
    row: Series[int] = pa.Field(title="Row", ge=1, description="Row of the entry on that sheet.")
    ref: Series[str] = pa.Field(title="Ref", description="The line it belongs to, such as Q1-PEX.")
    evidence: Series[str] = pa.Field(title="Evidence", description="The evidence as described.")
    kept: Series[str] = pa.Field(title="Where it is kept", description="Where the evidence is kept.")
    evidence_date: Series[str] = pa.Field(
        title="Evidence date as typed", description="The date of the evidence as typed."
    )
    rag: Series[str] = pa.Field(title="RAG as typed", description="The rating as typed.")
    reason: Series[str] = pa.Field(title="Reason for rating", description="The partner's reason for its rating.")
    gap: Series[str] = pa.Field(title="Gap", description="What the partner says is missing.")
    action: Series[str] = pa.Field(title="Action", description="What the partner proposes to do.")
    owner: Series[str] = pa.Field(title="Owner", description="The role that will do it.")
    due: Series[str] = pa.Field(title="Due date as typed", description="The action's due date as typed.")
    action_status: Series[str] = pa.Field(title="Action status", description="How far the action is, as typed.")
    rag_fill: Series[str] = pa.Field(title="Colour", description="Fill of the rating's cell as RRGGBB; empty for none.")
    rag_doubt: Series[str] = pa.Field(
        title="Doubt about the rating",
        description="Why the rating may be meant otherwise; empty where nothing says so.",
    )
    own_columns: Series[str] = pa.Field(
        title="Partner's own columns", description="Other columns, as ‘title: text’ lines."
    )
    notes: Series[str] = pa.Field(
        title="Notes on cells", description="Notes on the entry's cells, as ‘address: text’ lines."
    )
    completed_on: Series[pd.Timestamp] = pa.Field(
        nullable=True, title="Return completed", description="From the cover."
    )
    place: Series[object] = pa.Field(title="Place", description="Gives the address of each of the entry's cells.")

    @pa.check("rag_fill", name="a colour as RRGGBB")
    def _is_a_colour(cls, fills: pd.Series[str]) -> pd.Series[bool]:
        return each(fills, empty_or(_COLOUR))


class Entries(Table):
    """Entries as understood: ratings are permitted words or ``""``, dates are dates or null."""

    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner whose return it is.")
    ref: Series[str] = pa.Field(title="Ref", description="The line it belongs to, such as Q1-PEX.")
    evidence: Series[str] = pa.Field(title="Evidence", description="The evidence as described.")
    kept: Series[str] = pa.Field(title="Where it is kept", description="Where the evidence is kept.")
    evidence_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, title=DATE_TITLES["evidence_date"], description="Date of the evidence."
    )
    rating: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="RAG", description="The rating as understood; empty where there is none."
    )
    reason: Series[str] = pa.Field(title="Reason for rating", description="The partner's reason for its rating.")
    gap: Series[str] = pa.Field(title="Gap", description="What the partner says is missing.")
    action: Series[str] = pa.Field(title="Action", description="What the partner proposes to do.")
    owner: Series[str] = pa.Field(title="Owner", description="The role that will do it.")
    due: Series[pd.Timestamp] = pa.Field(nullable=True, title=DATE_TITLES["due"], description="When the action is due.")
    status: Series[str] = pa.Field(
        title="Action status", description="One of the template's words for a status; empty for none."
    )
    evidence_date_typed: Series[str] = pa.Field(title="Evidence date as typed", description="As typed.")
    rag_typed: Series[str] = pa.Field(
        title="RAG as typed", description="As typed; the colour's name for a colour alone."
    )
    due_typed: Series[str] = pa.Field(title="Due date as typed", description="As typed.")
    status_typed: Series[str] = pa.Field(title="Action status as typed", description="As typed.")
    own_columns: Series[str] = pa.Field(
        title="Partner's own columns", description="Other columns, as ‘title: text’ lines."
    )
    notes: Series[str] = pa.Field(
        title="Notes on cells", description="Notes on the entry's cells, as ‘address: text’ lines."
    )
    same_as: Series[str] = pa.Field(
        title="Same words at", description="Where the same evidence stood before; empty if new."
    )
    like: Series[str] = pa.Field(title="Reads almost like", description="Where evidence almost the same stood before.")
    alike: Series[int] = pa.Field(
        in_range={"min_value": 0, "max_value": 100},
        title="Alike, per cent",
        description="How alike the two are; 0 for none.",
    )
    file: Series[str] = pa.Field(
        str_length={"min_value": 1},
        title="File",
        description="The return's file, relative to the locality folder where it lies in it.",
    )
    sheet: Series[str] = pa.Field(title="Sheet", description="Title of the sheet the entry stands on.")
    row: Series[int] = pa.Field(title="Row", ge=1, description="Row of the entry on that sheet.")
    completed_on: Series[pd.Timestamp] = pa.Field(
        nullable=True, title="Return completed", description="From the cover."
    )
    place: Series[object] = pa.Field(title="Place", description="Gives the address of each of the entry's cells.")

    @pa.dataframe_check(name="alike goes with what it is like")
    def _alike_has_its_like(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return (table["alike"] > 0) == (table["like"] != "")


class ReturnLines(Table):
    """One row for each line of a return, those it was asked for and those it answers: what its rows make together."""

    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner whose return it is.")
    file: Series[str] = pa.Field(
        str_length={"min_value": 1}, title="File", description="The return's file, relative to the locality folder."
    )
    ref: Series[str] = pa.Field(title="Ref", description="The line.")
    asked: Series[bool] = pa.Field(title="Asked for", description="Whether the partner is asked for the line.")
    rows: Series[int] = pa.Field(ge=0, title="Rows", description="Rows that stand for the line, filled in or not.")
    entries: Series[int] = pa.Field(ge=0, title="Entries", description="Rows that are filled in.")
    rating: Series[str] = pa.Field(
        isin=RATING_OR_NONE, title="RAG", description="The worst of its ratings; empty where there is none."
    )
    ratings: Series[object] = pa.Field(title="Ratings", description="Tuple of the different ratings of its rows.")
    understood: Series[bool] = pa.Field(title="Understood", description="False if a rating could not be understood.")
    has_reason: Series[bool] = pa.Field(title="Has a reason", description="A reason for the rating is given.")
    evidence: Series[int] = pa.Field(ge=0, title="Evidence", description="Entries that describe evidence.")
    newest_evidence: Series[pd.Timestamp] = pa.Field(
        nullable=True, title="Newest evidence", description="The newest date of its evidence, where any has one."
    )
    placed: Series[bool] = pa.Field(title="Placed", description="For some of its evidence it says where it is kept.")
    states_gap: Series[bool] = pa.Field(title="States a gap", description="The partner described a gap.")
    has_action: Series[bool] = pa.Field(title="Has an action", description="The partner proposes an action.")
    sheet: Series[str] = pa.Field(title="Sheet", description="Sheet of the row that gave the rating; empty for none.")
    place: Series[object] = pa.Field(
        nullable=True, title="Place", description="Gives the addresses of that row's cells."
    )

    @pa.check("ratings", name="a tuple of ratings")
    def _are_ratings(cls, ratings: pd.Series[Any]) -> pd.Series[bool]:
        return each(ratings, all_among(RATINGS))

    @pa.dataframe_check(name="a line stands once in a return")
    def _stands_once(cls, table: pd.DataFrame) -> pd.Series[bool]:
        return ~table.duplicated(["file", "ref"])
