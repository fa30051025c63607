"""Returns read and checked, and handed back marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.returns.checking.check import check_all, check_files, needs_attention, outcome
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import read_all
from icsassess.round.progress import ShowProgress, begin, stage


@dataclass(frozen=True)
class CheckResult:
    """The returns with their points, and the marked copies by the return's file, where feedback was asked for.

    There is none of a return in whose place another one counts.
    """

    locality: Locality
    returns: tuple[ReadReturn, ...]
    feedback: Mapping[str, Path] = field(default_factory=dict)

    @property
    def needs_attention(self) -> bool:
        """Whether a point is a blocker."""
        return any(needs_attention(read.problems) for read in self.returns)

    @property
    def feedback_names(self) -> tuple[str, ...]:
        """The marked copies, relative to the locality's folder."""
        return tuple(self.locality.relative(path) for path in self.feedback.values())

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``check``."""
        return {
            "files": [
                {
                    "file": read.file,
                    "sha256": read.sha256 or None,
                    "partner": read.partner,
                    "came_in": read.came_in or None,
                    "outcome": outcome(read),
                    "entries": len(read.entries),
                    "problems": [problem.as_json() for problem in (*read.problems, *read.answered)],
                    **(
                        {"feedback": self.locality.relative(self.feedback[read.file])}
                        if read.file in self.feedback
                        else {}
                    ),
                }
                for read in self.returns
            ]
        }


def check(paths: Sequence[Path], *, feedback: bool = False, progress: ShowProgress | None = None) -> CheckResult:
    """Read and check single files, or all returns of a locality folder; the current folder when there are no paths.

    With ``feedback`` each partner's own file is written into ``feedback/``, marked. Raises ``Refusal`` where a path is
    not there, belongs to no locality, or a copy cannot be written.

    ``check([Path("trafford")]).as_json()["files"]``
    """
    locality, files = _meant(paths)
    # A few files are checked record by record, by the same predicates: pandera takes longer to load.
    check_returns = check_all if any(path.is_dir() for path in paths or [Path()]) else check_files
    reads = read_all(files, locality, stage("Reading returns", progress))
    begin("Checking", progress)
    checked = check_returns(reads, locality)
    copies: dict[str, Path] = {}
    if feedback:
        from icsassess.assessment.merging.effective_return import SUPERSEDED, select_effective_returns
        from icsassess.returns.feedback.write import write_feedback

        many = {partner.code for partner in locality.partners if partner.returns == "many"}
        status = select_effective_returns(checked.returns, many).status
        pairs = [
            (locality.folder / read.file, read) for read in checked.returns if status[read.file].state != SUPERSEDED
        ]
        written = write_feedback(pairs, locality, stage("Writing marked copies", progress))
        copies = {read.file: path for (_, read), path in zip(pairs, written, strict=True)}
    return CheckResult(locality, tuple(checked.returns), copies)


def _meant(paths: Sequence[Path]) -> tuple[Locality, list[Path]]:
    """Give the locality and the files that are meant by folders and files.

    A folder means all of its returns; nothing at all means the current folder. Raises ``Refusal`` for a path that is
    not there, or where no locality can be found.
    """
    files: list[Path] = []
    locality: Locality | None = None
    for path in paths or [Path()]:
        if path.is_dir():
            locality = open_locality(path)
            files.extend(locality.return_files())
        elif path.is_file() or any(above.is_file() for above in path.parents):
            files.append(path)
        else:
            raise Refusal(make_problem("file-not-there", sheet=str(path), detail="there is nothing of that name"))
    return locality or open_locality(_folder_above(files[0])), files


def _folder_above(file: Path) -> Path:
    folder = file.resolve().parent
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file():
            return candidate
    return Path()
