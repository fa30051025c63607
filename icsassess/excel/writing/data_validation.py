"""What a sheet asks of whoever fills it in: drop-down lists, dates, and prompts beside a chosen cell."""

import datetime
from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from icsassess.excel.writing.model.values import Column


class DataValidation:
    """The rules for what is typed into a sheet; rows and columns count from 1."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet

    def offer(self, first_row: int, last_row: int, columns: Sequence[Column]) -> None:
        """Give the cells of a table, and the room below it, the drop-down lists and prompts of its columns."""
        for offset, column in enumerate(columns):
            if column.choices:
                self.choices(first_row, last_row, 1 + offset, column.choices, column.title, column.prompt)
            elif column.is_date:
                self.dates(first_row, last_row, 1 + offset, column.title, column.prompt)
            elif column.prompt:
                self.prompt(first_row, last_row, 1 + offset, column.title, column.prompt)

    def choices(
        self, first_row: int, last_row: int, column: int, choices: Sequence[str], title: str, prompt: str
    ) -> None:
        """Offer a drop-down list; another answer is asked about and then accepted."""
        message = f"Please choose one of: {', '.join(choices)}."
        rule = {"validate": "list", "source": list(choices), "error_message": message}
        self._add(first_row, last_row, column, title, prompt, rule)

    def dates(self, first_row: int, last_row: int, column: int, title: str, prompt: str) -> None:
        """Ask for a date between 2000 and 2099; another answer is asked about and then accepted."""
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": datetime.date(2000, 1, 1),
            "maximum": datetime.date(2099, 12, 31),
            "error_message": "Please type a date, day first, for example 14/11/2023.",
        }
        self._add(first_row, last_row, column, title, prompt, rule)

    def prompt(self, first_row: int, last_row: int, column: int, title: str, prompt: str) -> None:
        """Show a prompt when a cell is chosen."""
        self._add(first_row, last_row, column, title, prompt, {"validate": "any"})

    def _add(self, first_row: int, last_row: int, column: int, title: str, prompt: str, rule: dict[str, Any]) -> None:
        input_texts = {"input_title": title[:32], "input_message": prompt[:255]} if prompt else {}
        error_texts = {"error_title": title[:32], "error_type": "warning"} if "error_message" in rule else {}
        options = {**rule, **error_texts, **input_texts}
        self._worksheet.data_validation(first_row - 1, column - 1, last_row - 1, column - 1, options)
