"""What all tests have in common: property tests that are quick and the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("icsassess", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("icsassess")

# Long random runs, and many round trips through LibreOffice or a browser: run with ``pytest -m slow``.
SLOW_FILES = (
    "test_carrying",
    "test_issue_libreoffice",
    "test_page_browser",
    "test_verify",
    "test_weekly_cycle",
    "test_workbook_live",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW_FILES:
            item.add_marker(pytest.mark.slow)
