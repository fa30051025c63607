"""Reading .xls and .xlsb with python-calamine, which aborts on some damaged files: in a process of its own.

The answer is JSON, one object a line: one for each sheet, one for each row with a value, and a last one,
{"done": "yes"}.
"""

from __future__ import annotations

import datetime
import io
import json
from typing import TextIO

import python_calamine

Coded = list[str | int | float | bool]
_SECONDS_A_DAY = 86_400


def coded(value: object) -> Coded | None:
    """Give a value as [kind, value] that JSON can hold; None for a blank cell."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, int | float):
        return ["number", value]
    if isinstance(value, datetime.timedelta):
        return ["duration", value.total_seconds() / _SECONDS_A_DAY]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return ["date", value.isoformat()]
    return ["text", str(value)]


class TooMuchError(Exception):
    """There are more cells or characters than allowed."""


class Writer:
    """Writes what is found, as long as it is not too much."""

    def __init__(self, output: TextIO, cells: int, characters: int) -> None:
        self._output = output
        self._cells = cells
        self._characters = characters

    def line(self, content: dict[str, object], cells: int = 0) -> None:
        """Write one line. Raises TooMuchError."""
        text = json.dumps(content)
        self._cells -= cells
        self._characters -= len(text)
        if self._cells < 0 or self._characters < 0:
            raise TooMuchError
        self._output.write(text + "\n")


def write_workbook(data: bytes, writer: Writer) -> None:
    """Write all sheets of a workbook. Raises python-calamine's errors and TooMuchError."""
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, about in enumerate(workbook.sheets_metadata):
        is_worksheet = about.typ == python_calamine.SheetTypeEnum.WorkSheet
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        head: dict[str, object] = {"sheet": about.name, "hidden": hidden, "worksheet": is_worksheet}
        if not is_worksheet:
            writer.line(head)
            continue
        sheet = workbook.get_sheet_by_index(index)
        head["merged"] = [[*first, *last] for first, last in sheet.merged_cell_ranges or []][:100_000]
        writer.line(head)
        write_rows(sheet, writer)


def write_rows(sheet: python_calamine.CalamineSheet, writer: Writer) -> None:
    """Write the rows of a sheet that hold something. Rows and columns count from 0 here."""
    if sheet.start is None:
        return
    for row, values in enumerate(sheet.iter_rows()):
        cells = [[column, *code] for column, value in enumerate(values) if (code := coded(value)) is not None]
        if cells:
            writer.line({"row": row, "cells": cells}, len(cells))


def answer(request: tuple[bytes, int, int]) -> str:
    """Give the lines for a file, which may have so many cells, and so many characters in its lines."""
    data, cells, characters = request
    output = io.StringIO()
    try:
        write_workbook(data, Writer(output, cells, characters))
    except python_calamine.PasswordError:
        end = {"failed": "password"}
    except (TooMuchError, MemoryError):
        end = {"failed": "too much"}
    except (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError, OSError) as error:
        end = {"failed": str(error)[:200]}
    else:
        end = {"done": "yes"}
    return output.getvalue() + json.dumps(end)
