"""The package as it is written: its modules, what each of them imports, and the names it assigns."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import icsassess

PACKAGE = Path(icsassess.__file__).parent
ROOT = PACKAGE.parent


def module_of(path: Path) -> str:
    """Give the dotted name of a file of the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TEXTS = {module: path.read_text(encoding="utf-8") for module, path in PATHS.items()}
TREES = {module: ast.parse(text) for module, text in TEXTS.items()}


def imports_of(module: str) -> set[str]:
    """Give the modules of the package that a module names in its imports: on top, within functions, and for types."""
    names: set[str] = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively: write the whole name of the module"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in PATHS else str(node.module) for name in whole}
    return {name for name in names if name in PATHS and name != "icsassess"} - {module}


IMPORTS = {module: imports_of(module) for module in PATHS}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Give the groups of modules that import one another, each of them sorted."""
    reached = {module: _reachable(module, imports) for module in imports}
    groups = {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in imports
        if module in reached[module]
    }
    return sorted(sorted(group) for group in groups)


def _reachable(start: str, imports: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in imports[waiting.pop()] - reached:
            reached.add(name)
            waiting.append(name)
    return reached


def assigned_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and name of every variable, parameter, function and class where it is assigned or defined."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.lineno, node.name


def words_of(name: str) -> set[str]:
    """Give the words of a name in small letters: ``row_kept``, ``RowKept`` and ``ROW_KEPT`` give row and kept."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
