"""Reading .xls with xlrd and .xlsb with python-calamine, in a process that may fail without harm.

python-calamine aborts on some damaged files, and xlrd has no bounds: neither may take the command with it.
"""

import python_calamine
import xlrd

from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Limits, Meter, Remarks
from icsassess.excel.reading.protection import decrypt, is_protected_xls
from icsassess.excel.reading.xls.xls_sheets import XLRD_ERRORS, xls_sheets
from icsassess.excel.reading.xls.xlsb_sheets import CALAMINE_ERRORS, xlsb_sheets
from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.pool import NoWorkers, bounded_call
from icsassess.support.workers.worker import Lost
from icsassess.support.workers.worker import Reason as LostBy

_UNSEEN = {
    "xls": "links within formulas, colours by condition, headers and footers",
    "xlsb": "colours, hidden rows, Excel errors, notes, links and struck-through text",
}
_REASONS = {LostBy.TOO_SLOW: Reason.TOO_SLOW, LostBy.TOO_LARGE: Reason.TOO_LARGE}


def read_apart(data: bytes, kind: str, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an .xls or .xlsb (``kind`` says which). Raises Unreadable; what the libraries do ends only their process."""
    remarks.add(f"in this .{kind} file {_UNSEEN[kind]} could not be seen")
    limits = meter.limits
    try:
        result = bounded_call(answer, (data, kind, limits), Bounds(meter.seconds_remaining, limits.worker_bytes))
    except NoWorkers as error:
        raise Unreadable(Reason.DAMAGED, "the process that reads such files could not be started") from error
    if isinstance(result, Lost):
        result = _REASONS.get(result.reason, Reason.DAMAGED)
    if isinstance(result, Reason):
        details = {
            Reason.TOO_SLOW: f"it takes more than {limits.seconds:g} seconds to read",
            Reason.TOO_LARGE: "it takes more memory than one file may",
            Reason.DAMAGED: "a program that reads such files gave up on it",
        }
        raise Unreadable(result, details.get(result, ""))
    sheets = tuple(sheet for sheet in result if isinstance(sheet, Sheet))
    if not sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no worksheet")
    others = tuple(title for title in result if isinstance(title, str))
    return Workbook(kind, sheets, {}, {}, False, (), others, remarks.all())


def answer(request: tuple[bytes, str, Limits]) -> list[Sheet | str] | Reason:
    """Give the sheets of a file of a kind, of one that holds no cells its title; or why it cannot be read."""
    data, kind, limits = request
    if kind == "xls" and is_protected_xls(data):
        try:
            data = decrypt(data)
        except Exception:  # noqa: BLE001  # whatever the library makes of it: the usual password does not open it
            return Reason.PASSWORD
    try:
        return list((xls_sheets if kind == "xls" else xlsb_sheets)(data, Meter(limits)))
    except python_calamine.PasswordError:
        return Reason.PASSWORD
    except MemoryError:
        return Reason.TOO_LARGE
    except Unreadable as error:
        return error.reason
    except (*XLRD_ERRORS, *CALAMINE_ERRORS) as error:
        encrypted = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        return Reason.PASSWORD if encrypted else Reason.DAMAGED
