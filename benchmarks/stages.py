"""One merge, stage by stage, in one process: prints a line of JSON with the seconds each took.

python stages.py LOCALITY_FOLDER [PROCESSES]
"""

import datetime
import json
import sys
import time
from pathlib import Path

began = time.perf_counter()

from icsassess.assessment.merging.merge import merge  # noqa: E402
from icsassess.locality.locality import open_locality  # noqa: E402
from icsassess.returns.checking.check import check_all  # noqa: E402
from icsassess.returns.reading.session import read_all  # noqa: E402
from icsassess.workbook.write import locality_workbook  # noqa: E402


def main(folder: Path, processes: int | None) -> None:
    """Merge the locality and print how long each stage took."""
    seconds = {"import": time.perf_counter() - began}
    last = time.perf_counter()

    def done(stage: str) -> None:
        nonlocal last
        moment = time.perf_counter()
        seconds[stage], last = moment - last, moment

    locality = open_locality(folder)
    reads = read_all(locality.return_files(), locality, None, processes)
    done("read")
    checked = check_all(reads, locality)
    done("check")
    merged = merge(checked, locality, datetime.date(2024, 1, 10))
    done("merge")
    data = locality_workbook(merged)
    done("write")
    print(json.dumps({**seconds, "entries": len(merged.entries), "points": len(merged.problems), "bytes": len(data)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
