"""What all tests have in common: property tests that are quick and the same on every machine."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("icsassess", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("icsassess")

# Much as the command line sets them for itself (``icsassess.cli.main``): a tenth less time for the whole suite.
gc.set_threshold(100_000, 20, 20)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Long random runs, and many round trips through LibreOffice or a browser: run with ``pytest -m slow``.
SLOW_FILES = (
    "test_carrying",
    "test_issue_libreoffice",
    "test_page_browser",
    "test_verify",
    "test_weekly_cycle",
    "test_workbook_live",
)
# Files that take long begin first: else one process works through them at the end while the others wait.
BEGIN_WITH = (
    "test_readme",
    "test_adopt",
    "test_adopt_leaves_nothing",
    "test_feedback",
    "test_readiness",
    "test_sign_off",
    "test_maltreated_returns",
    "test_cli",
    "test_accessible",
    "test_rollup",
    "test_parallel",
    "test_paper",
    "test_workbook_sheets",
    "test_rules",
    "test_promises",
    "test_adopt_corrections",
    "test_history",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(BEGIN_WITH)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))
    for item in items:
        if item.path.stem in SLOW_FILES:
            item.add_marker(pytest.mark.slow)
