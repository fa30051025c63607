"""What all tests have in common: property tests that are quick and the same on every machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("icsassess", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("icsassess")
