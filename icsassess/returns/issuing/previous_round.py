"""What a new round takes over from the one before, to be confirmed: evidence into the blank returns, agreed ratings."""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from icsassess.domain.problems import Refusal, make_problem
from icsassess.support.saving import replace_file
from icsassess.support.text import count

FILE = "last-round.json"


@dataclass(frozen=True, slots=True)
class LastEvidence:
    """One piece of evidence of the last round: as typed then, with the rating its line had."""

    partner: str
    ref: str
    evidence: str
    kept: str
    evidence_date: str
    rating: str


@dataclass(frozen=True)
class LastRound:
    """The last round: its name and as-at date, its evidence, and the ratings agreed by line as (rating, date).

    The last field is what has no place in the current framework, as (earlier line, what it is, text).
    """

    name: str
    as_at: datetime.date
    evidence: tuple[LastEvidence, ...] = ()
    agreed: tuple[tuple[str, str, str], ...] = ()
    unplaced: tuple[tuple[str, str, str], ...] = ()

    def evidence_of(self, partner: str, ref: str) -> list[LastEvidence]:
        """Give a partner's evidence for a line."""
        return [entry for entry in self.evidence if entry.partner == partner and entry.ref == ref]

    @property
    def to_be_confirmed(self) -> dict[str, str]:
        """What the group agreed last time, by line, in words."""
        texts: dict[str, str] = {}
        for ref, rating, day in self.agreed:
            text = f"{rating}{f' ({day})' if day else ''}: to be confirmed"
            texts[ref] = f"{texts[ref]}\n{text}" if ref in texts else text
        return texts


def to_confirm(entry: LastEvidence, day: datetime.date | None, deadline: datetime.date) -> str:
    """Say what a line was rated last time, how old its evidence will be at the deadline, and to confirm it."""
    sentences = [f"Last round: {entry.rating or 'not rated'}."]
    if day is not None:
        months = (deadline.year - day.year) * 12 + deadline.month - day.month - (deadline.day < day.day)
        sentences.append(f"At {deadline:%d/%m/%Y} this evidence is {count(max(months, 0), 'month')} old.")
    return " ".join([*sentences, "To be confirmed."])


def save_last_round(folder: Path, last: LastRound) -> None:
    """Write what is taken over into a new locality's folder."""
    content = {
        "name": last.name,
        "as_at": last.as_at.isoformat(),
        "evidence": [asdict(entry) for entry in last.evidence],
        "agreed": last.agreed,
        "left": last.unplaced,
    }
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    replace_file(folder / FILE, text.encode("utf-8"))


def last_round(folder: Path) -> LastRound | None:
    """Give what a locality's folder took over from the round before, None where it took over nothing.

    Raises ``Refusal`` where the file cannot be read.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return LastRound(
            content["name"],
            datetime.date.fromisoformat(content["as_at"]),
            tuple(LastEvidence(**entry) for entry in content["evidence"]),
            tuple((ref, rating, day) for ref, rating, day in content["agreed"]),
            tuple((ref, what, text) for ref, what, text in content.get("left", ())),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(make_problem("data-file-faulty", sheet=FILE, detail=f"it cannot be read ({error})")) from error
