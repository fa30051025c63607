"""A new locality folder, or the next round of an earlier one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import Locality, open_locality
from icsassess.locality.new_locality import new_locality
from icsassess.support.text import count

if TYPE_CHECKING:
    from icsassess.returns.issuing.previous_round import LastRound


_A_YEAR = 366
"""Days: a deadline longer ago is no slip of the year, but a round that is looked at again."""


@dataclass(frozen=True)
class NewResult:
    """The folder that was made, and what it took over from an earlier round, None where there is none."""

    locality: Locality
    previous: LastRound | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was made and taken over, and what has no place in the new round."""
        from icsassess.assessment.output.headlines import day_in_words

        locality, previous = self.locality, self.previous
        framework = locality.framework
        deadline = locality.settings.deadline
        sentences = [
            f"{locality.folder}: {len(locality.partners)} partners, {len(framework.lines)} lines, {framework.title}.",
            f"The deadline is {deadline:%A} {day_in_words(deadline)}: in a date the day comes before the month.",
        ]
        if previous is not None:
            evidence = count(len(previous.evidence), "piece")
            agreed = count(len(previous.agreed), "agreed rating")
            sentences.append(f"Taken over from {previous.name}, to be confirmed: {evidence} of evidence, {agreed}.")
        if previous is not None and previous.unplaced:
            without_place = count(len(previous.unplaced), "thing has", "things have")
            where = "see Kept from before in the first workbook"
            sentences.append(f"{without_place} no place in {framework.id} any more: {where}.")
        return tuple(sentences)


def new(
    folder: Path,
    *,
    name: str,
    deadline: datetime.date,
    framework: str | None = None,
    template: str | None = None,
    earlier: Path | None = None,
    today: datetime.date | None = None,
) -> NewResult:
    """Make a locality folder with its settings, its sub-folders and, from an earlier round, what is to be confirmed.

    ``framework`` and ``template`` are ids; the defaults, or the earlier round's, when left out. With ``today``, a
    deadline that passed within the twelve months before is taken for a slip of the year. Raises ``Refusal`` for that,
    where the folder has settings already, cannot be written, or one of these is unknown.

    ``new(Path("trafford"), name="Trafford", deadline=datetime.date(2024, 1, 31))``
    """
    from icsassess.assessment.output.headlines import day_in_words

    if today is not None and 0 < (today - deadline).days <= _A_YEAR:
        about = {"found": f"{deadline:%A} {day_in_words(deadline)}", "days": count((today - deadline).days, "day")}
        raise Refusal(make_problem("deadline-in-the-past", sheet=str(folder), **about))
    locality = new_locality(
        folder, name=name, deadline=deadline, framework=framework, template=template, earlier=earlier
    )
    if earlier is None:
        return NewResult(locality)
    from icsassess.workbook.merging.in_memory import merge_in_memory
    from icsassess.workbook.merging.next_round import take_over

    previous = open_locality(earlier)
    return NewResult(locality, take_over(merge_in_memory(previous, previous.as_at(None)), locality))
