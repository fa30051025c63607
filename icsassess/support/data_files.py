"""The data files that ship with the program: frameworks, templates, ratings, partners and the words of every point."""

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

_TABLE = re.compile(r"^\[([\w-]+)\]$", re.MULTILINE)


@cache
def templates_folder() -> Path:
    """Give the folder of the data files: inside the installed package, or beside it in a source checkout."""
    inside = Path(str(resources.files("icsassess"))) / "templates"
    return inside if inside.is_dir() else inside.parent.parent / "templates"


@cache
def shipped_toml(name: str) -> dict[str, Any]:
    """Give the content of a data file that ships with the program, such as ``points.toml``."""
    return tomllib.loads((templates_folder() / name).read_text(encoding="utf-8"))


@cache
def shipped_sections(name: str) -> dict[str, str]:
    """Give the text of each table of a long data file of plain tables by its name, still to be parsed.

    Parsing a file whole takes longer than everything else that is done with the few tables that are needed.
    """
    text = (templates_folder() / name).read_text(encoding="utf-8")
    _, *parts = _TABLE.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def shipped_ids(kind: str) -> dict[str, Path]:
    """Give the data files of a kind (``frameworks``, ``returns``) by their id, which is the file's name."""
    return {path.stem: path for path in sorted((templates_folder() / kind).glob("*.toml"))}


ADOPTED = "adopted"
"""The folder, in the current one or in a locality's, whose sub-folders each hold a template that was adopted."""
ADOPTED_TEMPLATE = "template.toml"
ADOPTED_FILES = (ADOPTED_TEMPLATE, "layout.json", "blank.xlsx")
"""The files that make an adopted template: its description, how its sheets are laid out, and the blank to look at."""


def adopted_ids(folder: Path) -> dict[str, Path]:
    """Give the templates adopted in a folder, by their id: each lies in a folder of that name in ``adopted/``."""
    return {path.parent.name: path for path in sorted((folder / ADOPTED).glob(f"*/{ADOPTED_TEMPLATE}"))}
