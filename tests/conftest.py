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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that say ``begins_early`` first: else one process works through them while the others wait."""
    items.sort(key=lambda item: item.get_closest_marker("begins_early") is None)
