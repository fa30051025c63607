"""What a point says to the partner: the words of ‘points.toml’ without the place, and what the partner itself can do.

The catalogue speaks to the quality lead (“Ask the partner to choose one”). Here stands what to say instead, by code.
``{done}`` is what the catalogue's message says was done (“The worse of the two, Red, was used.”). A code that is not
here means the same to both.
"""

from __future__ import annotations

import re

from icsassess import personal_data
from icsassess.problems import Problem

WHOLE_FILE = "The whole file"

_SEND_AGAIN = "Please send it again; it may have been cut short on its way."
_CURRENT = "Please fill in the return that was issued for this round, and send that."
_RATE = "Please rate it; Not assessed says that it was not looked at."
# Where the catalogue begins to say what the lead should do.
_FROM_HERE = re.compile(r"(?:^|(?<=[.;] ))(?=If |Ask |The first )")
_TO_THE_LEAD = re.compile(r"\b[Aa]sk\b|[Tt]he partner|returns/|locality\.toml")
_IN_GENERAL = "Please put it right, or tell us what is meant."

FOR_THE_PARTNER = {
    "file-empty": _SEND_AGAIN,
    "file-password": "Please remove the password (File, Info, Protect Workbook) and send it again.",
    "file-damaged": "Please open it in Excel, let Excel repair it, look that nothing is missing, and send that.",
    "file-not-a-workbook": "Please fill in the issued workbook, or export this one as an Excel workbook, and send it.",
    "file-unsafe": "Please copy your answers into the workbook that was issued and send that.",
    "file-too-large": "Please copy the table into a new issued workbook (not whole rows or columns) and send that.",
    "file-too-slow": "Please copy the table into a new issued workbook and send that.",
    "file-without-sheets": "Please send the return again.",
    "file-not-there": "Please send it again.",
    "not-a-return": "Please send the workbook that was issued, filled in; or restore its headings.",
    "return-blank": "This may be the empty return: please send the one that was filled in.",
    "locality-workbook-among-returns": "Please send your own return.",
    "wrong-framework": _CURRENT,
    "wrong-locality": "Please send the return that was issued for this locality.",
    "wrong-round": "Please check that this is the current return, not last year's; if it is the old one, send the new.",
    "wrong-template-version": "It was read all the same. Please use the current return next time.",
    "partner-unknown": "Please type your organisation on the return's Cover and send it again.",
    "partner-contradiction": "{done} If that is wrong, please correct the Cover and send it again.",
    "partner-not-one": "Please say whose return it is: type your organisation on its Cover.",
    "same-file-twice": "Nothing to do: it was counted once.",
    "same-partner-twice": "{done} If that is wrong, please tell us which one counts.",
    "same-partner-unclear": "Please tell us which one counts, and type the date it was completed on its Cover.",
    "date-completed-missing": "Please type it: the date decides which of two returns is the newer one.",
    "macros": "Please send a workbook without macros (.xlsx) next time.",
    "external-links": "The stored values were read; nothing was opened. Please paste values instead of links.",
    "hidden-content": "It was read all the same. Hiding protects nothing: please check that it was meant to be sent.",
    "sheet-not-read": "Nothing of it was used. If there are answers on it, please put them into the tables.",
    "line-unknown": "Please type the Ref in the row; until then it counts for no line.",
    "line-not-asked": "It was used. There is nothing to do.",
    "line-missing": f"Please add a row for it. {_RATE}",
    "line-left-blank": _RATE,
    "text-outside-table": "We have kept it. If it belongs to an answer, please put it into that row.",
    "column-of-their-own": "Nothing to do: its content is kept with each answer.",
    "column-missing": "If you renamed it, please give it its old title; if it was deleted, its answers are missing.",
    "heading-near": "{done} If that is wrong, please give the column its own heading again.",
    "column-guessed": "{done} If that is wrong, please give the column its own heading again.",
    "sheet-of-examples": "Nothing of it was used. If it holds answers, please move them to the sheets of the themes.",
    "cover-remark": "Nothing to do: we read it, but it is not merged.",
    "column-twice": "The first was used; the other is kept beside it. Please check that this is right.",
    "rating-left-blank": "Please choose one; until then the line counts as left blank.",
    "rating-between-two": "{done} Please choose one.",
    "rating-with-words": "{done}",
    "rating-from-colour": "{done} Please type the rating.",
    "rating-against-colour": "The word was used. Please say which is right: correct the word or the colour.",
    "ratings-differ": "{done} Please settle on one.",
    "not-applicable-without-reason": "Please say why it does not apply.",
    "green-without-evidence": "Please describe the evidence, or choose another rating.",
    "gap-not-described": "Please say what is missing and what will be done about it.",
    "action-without-owner": "Please say which role will do it.",
    "action-without-due-date": "Please say by when.",
    "status-not-understood": "It counts as not started. Please choose one of these.",
    "date-not-understood": "Please type the date. What was typed is kept.",
    "date-open": "Please give a day: what has none can never be overdue.",
    "date-impossible": "Please type the right date. What was typed is kept.",
    "date-wrong-century": "Probably a slip in the year: please type the right date. This one was not used.",
    "evidence-date-after-return": "Probably a slip in one of the two dates: please correct it.",
    "likely-the-same-evidence": "Nothing was merged. We shall agree with you who holds it.",
    "personal-data": "It is masked here. Take it out of your own file, delete copies and e-mails, and tell your "
    f"information governance lead. {personal_data.CANNOT_SEE}",
    "cell-error": "The formula behind it no longer works: please type the value.",
    "formula-not-calculated": "Please open the return in Excel and save it, or type the value.",
    "text-struck-through": "It was read all the same. Please delete it if it no longer holds.",
    "note-on-cell": "Nothing to do: it is kept with the answer.",
    "text-too-long": "Please shorten it, or attach the text as a document of its own.",
}  # fmt: skip


def where(point: Problem) -> str:
    """Give the place of a point in words: ‘Integration, L7’; without a sheet it is about the whole file."""
    return personal_data.mask(", ".join(part for part in (point.sheet, point.cell) if part)) or WHOLE_FILE


def found(point: Problem) -> str:
    """Give what we found and what we expected, without the place."""
    place = ", ".join(part for part in (point.sheet, point.cell) if part)
    said = point.message.removeprefix(f"{place}: ") if place else point.message
    return personal_data.mask(said[:1].upper() + said[1:])


def to_do(point: Problem) -> str:
    """Give what the partner can do about a point."""
    words = FOR_THE_PARTNER.get(point.code)
    if words is None and not _TO_THE_LEAD.search(point.suggestion):
        return point.suggestion
    done = _FROM_HERE.split(point.suggestion)[0].strip()
    return (words or f"{'' if _TO_THE_LEAD.search(done) else done} {_IN_GENERAL}").replace("{done}", done).strip()
