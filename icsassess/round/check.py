"""Returns read and checked, and handed back marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from icsassess.assessment.merging.effective_return import select_effective_returns
from icsassess.domain.problems import Problem, Refusal, in_order, make_problem
from icsassess.domain.states import SUPERSEDED
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.returns.checking.check import Checked, check_all, check_files, needs_attention, outcome
from icsassess.returns.checking.settings_lines import lines_without_files
from icsassess.returns.feedback.recipient import may_be_handed_back
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import read_all
from icsassess.round.progress import ShowProgress, begin, stage


@dataclass(frozen=True)
class CheckResult:
    """The returns with their points, and the marked copies, by the return's file; none where they were not asked for.

    ``superseded`` says of each return in whose place another counts why that is, by file: only where all returns of a
    folder were read. ``settings_points`` are about lines of ``locality.toml`` that speak of files.
    """

    locality: Locality
    returns: tuple[ReadReturn, ...]
    feedback: Mapping[str, Path] = field(default_factory=dict)
    superseded: Mapping[str, str] = field(default_factory=dict)
    settings_points: tuple[Problem, ...] = ()

    @property
    def counted_problems(self) -> list[Problem]:
        """The points of all returns but those in whose place another counts."""
        return [problem for read in self.returns if read.file not in self.superseded for problem in read.problems]

    @property
    def questions(self) -> list[Problem]:
        """The points that ask what has to be settled first: whose a return is, and which of two counts."""
        return [problem for problem in self.counted_problems if problem.question]

    @property
    def needs_attention(self) -> bool:
        """Whether a point is a blocker."""
        return needs_attention(self.counted_problems)

    @property
    def feedback_names(self) -> tuple[str, ...]:
        """The marked copies, relative to the locality's folder."""
        return tuple(self.locality.relative(path) for path in self.feedback.values())

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``check``."""
        copies = {file: self.locality.relative(path) for file, path in self.feedback.items()}
        return {
            "to_settle": [
                {"file": point.file, "question": point.question, **point.as_json()} for point in self.questions
            ],
            "files": [
                {
                    "file": read.file,
                    "sha256": read.sha256 or None,
                    "partner": read.partner,
                    "came_in": read.came_in or None,
                    "outcome": outcome(read),
                    "entries": len(read.entries),
                    "problems": [problem.as_json() for problem in (*read.problems, *read.answered)],
                    **({"superseded": self.superseded[read.file]} if read.file in self.superseded else {}),
                    **({"feedback": copies[read.file]} if read.file in copies else {}),
                }
                for read in self.returns
            ],
        }


def check(paths: Sequence[Path], *, feedback: bool = False, progress: ShowProgress | None = None) -> CheckResult:
    """Read and check single files, or all returns of a locality folder; the current folder when there are no paths.

    With ``feedback`` each partner's own file is written into ``feedback/``, marked; none of a return of which it is not
    settled whose it is, or in whose place another counts. Raises ``Refusal`` where a path is not there, belongs to no
    locality, or a copy cannot be written.

    ``check([Path("trafford")]).as_json()["files"]``
    """
    locality, files = _meant(paths)
    is_whole = any(path.is_dir() for path in paths or [Path()])
    # A few files are checked record by record, by the same predicates: pandera takes longer to load.
    reads = read_all(files, locality, stage("Reading returns", progress))
    begin("Checking", progress)
    checked = (check_all if is_whole else check_files)(reads, locality)
    result = CheckResult(locality, tuple(checked.returns))
    if is_whole:
        result = _compared(result, checked)
    if feedback:
        from icsassess.returns.feedback.write import write_feedback

        pairs = [
            (locality.folder / read.file, read)
            for read in result.returns
            if may_be_handed_back(read) and read.file not in result.superseded
        ]
        copies = write_feedback(pairs, locality, stage("Writing marked copies", progress))
        result = replace(result, feedback={read.file: copy for (_, read), copy in zip(pairs, copies, strict=True)})
    return result


def _compared(result: CheckResult, checked: Checked) -> CheckResult:
    """Add what shows only where all returns of a folder are compared: which of several counts."""
    selection = select_effective_returns(checked, result.locality)
    returns = [
        replace(read, problems=in_order([*read.problems, *selection.points[read.file]])) for read in result.returns
    ]
    superseded = {file: status.remark for file, status in selection.status.items() if status.state == SUPERSEDED}
    points = tuple(lines_without_files(result.locality, returns))
    return replace(result, returns=tuple(returns), superseded=superseded, settings_points=points)


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
