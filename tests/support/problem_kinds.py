"""Every kind of point that the program knows, by its code."""

from __future__ import annotations

from icsassess.domain.problems import Kind, kind_of
from icsassess.support.data_files import shipped_sections


def catalogue() -> dict[str, Kind]:
    """Give every kind of point of ``templates/points.toml`` by its code."""
    return {code: kind_of(code) for code in shipped_sections("points.toml")}
