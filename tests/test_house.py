"""The house of the design: each floor uses only those below it, no circles, small files, no organisation in code."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import icsassess

PACKAGE = Path(icsassess.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300

# From the ground up; a module is on the floor of the longest name that it begins with.
FLOORS = {
    "icsassess.version": 0,
    "icsassess.support": 0,
    "icsassess.domain": 0,
    "icsassess.tables": 1,
    "icsassess.locality": 2,
    "icsassess.excel": 3,
    "icsassess.returns": 4,
    "icsassess.adopting": 5,
    "icsassess.assessment": 5,
    "icsassess.view": 6,
    "icsassess.workbook": 7,
    "icsassess.borrowing": 8,
    "icsassess.rollup": 8,
    "icsassess.reports": 8,
    "icsassess.round": 9,
    "icsassess.cli": 10,
    "icsassess.__main__": 11,
    "icsassess": -1,
}
NHS = (
    "locality",
    "domain",
    "returns",
    "adopting",
    "assessment",
    "view",
    "workbook",
    "borrowing",
    "rollup",
    "reports",
    "round",
    "tables",
)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in FILES}


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports(module: str) -> set[str]:
    """Give the modules of the package that a module imports when it runs, also from inside its functions."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(MODULES[module].read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if is_for_types_only(node):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            found |= {
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in MODULES else str(node.module)
                for alias in node.names
            }
        waiting.extend(ast.iter_child_nodes(node))
    return {name for name in found if name in MODULES and name != "icsassess"} - {module}


GRAPH = {module: imports(module) for module in MODULES}


def floor(module: str) -> int:
    name = max((name for name in FLOORS if f"{module}.".startswith(f"{name}.")), key=len)
    return FLOORS[name]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_its_own_floor_and_those_below_only(module: str) -> None:
    assert [name for name in GRAPH[module] if floor(name) > floor(module)] == []


def test_every_module_has_a_floor() -> None:
    homeless = [module for module in MODULES if floor(module) == FLOORS["icsassess"] and module != "icsassess"]
    assert homeless == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("icsassess.excel")])
def test_what_knows_workbooks_knows_nothing_of_the_nhs(module: str) -> None:
    assert [name for name in GRAPH[module] if name.split(".")[1] in NHS] == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("icsassess.view")])
def test_the_view_has_no_spreadsheet_in_it(module: str) -> None:
    assert [name for name in GRAPH[module] if name.startswith("icsassess.excel")] == []


def test_there_are_no_circles() -> None:
    circles = set()
    for start in GRAPH:
        waiting, seen = [(start,)], set()
        while waiting:
            path = waiting.pop()
            for name in GRAPH[path[-1]]:
                if name == start:
                    circles.add(frozenset(path))
                elif name not in seen:
                    seen.add(name)
                    waiting.append((*path, name))
    assert sorted(map(sorted, circles)) == []


def test_a_circle_would_be_found() -> None:
    assert "icsassess.domain.problems" in GRAPH["icsassess.locality.locality"]
    assert "icsassess.cli.output" in GRAPH["icsassess.cli.merge"], "imports inside packages count"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def organisations() -> list[str]:
    partners = tomllib.loads((ROOT / "templates" / "partners.toml").read_text(encoding="utf-8"))["partner"]
    return [name for partner in partners for name in (partner["code"], partner["name"], *partner["aliases"])]


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_no_organisation_is_named_in_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = [name for name in organisations() if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]
    assert named == []


def test_standard_output_is_written_to_by_the_command_line_only() -> None:
    printing = [module for module, path in MODULES.items() if re.search(r"(?<!\w)print\(", path.read_text("utf-8"))]
    assert [module for module in printing if not module.startswith("icsassess.cli")] == []
