"""The house of the design: floors, folders, files and names. Each message says what a newcomer has to do."""

from __future__ import annotations

import ast
import configparser
import fnmatch
import re
import subprocess
import sys
import tomllib

import pytest

from tests.support.source_tree import (
    IMPORTS,
    PACKAGE,
    PATHS,
    ROOT,
    TEXTS,
    TREES,
    assigned_names,
    circles,
    words_of,
)

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
EXCEL_KNOWS = ("icsassess.excel", "icsassess.support", "icsassess.version")
MOST_LINES, MANY_LINES = 300, 200
MOST_FILES_OF_MANY_LINES = 0.075
"""The share of files that may have more than ``MANY_LINES``: lower it whenever it has fallen, never raise it."""
MOST_MODULES = 20
VAGUE = set("found said told given made kept known now then there left beside moved theirs ours".split())  # noqa: SIM905
MOST_VAGUE_NAMES = 0.005
DATA_FRAME_LIBRARIES = ("pandas", "pandera", "polars", "pyarrow", "numpy")
WITHOUT_DATA_FRAMES = ("icsassess.returns.checking.rules",)


def floor(module: str) -> int:
    name = max((name for name in FLOORS if f"{module}.".startswith(f"{name}.")), key=len)
    return FLOORS[name]


def assert_none(faults: list[str], what_to_do: str) -> None:
    if faults:
        pytest.fail("\n".join([what_to_do, *(f"  {fault}" for fault in faults)]), pytrace=False)


# --- Floors ----------------------------------------------------------------------------------------------------------


def test_every_module_has_a_floor() -> None:
    homeless = [module for module in PATHS if floor(module) == FLOORS["icsassess"] and module != "icsassess"]
    assert_none(homeless, "Put each of these into a package of the house, or give its package a line in FLOORS:")


def test_a_module_imports_from_its_own_floor_and_those_below_only() -> None:
    upwards = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in sorted(names)
        if floor(name) > floor(module)
    ]
    assert_none(upwards, "What both need belongs on the lower floor: move it there, or hand it over as an argument:")


def test_what_knows_workbooks_knows_nothing_of_the_nhs() -> None:
    knowing = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in sorted(names)
        if module.startswith("icsassess.excel") and not name.startswith(EXCEL_KNOWS)
    ]
    assert_none(knowing, "excel/ is for any workbook: hand over what it needs, or move the function to its caller:")


def test_the_view_has_no_spreadsheet_in_it() -> None:
    knowing = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in sorted(names)
        if module.startswith("icsassess.view") and name.startswith("icsassess.excel")
    ]
    assert_none(knowing, "Page and paper use the view too: give numbers and sentences, formulas belong in workbook/:")


def test_a_rule_knows_nothing_of_workbooks() -> None:
    knowing = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in sorted(names)
        if module.startswith("icsassess.returns.checking.rules") and name.startswith("icsassess.excel")
    ]
    assert_none(knowing, "A rule is a predicate over a record: let the reading put what it needs into the record:")


def test_rules_are_imported_without_a_data_frame_library() -> None:
    modules = [module for module in PATHS if module.startswith(WITHOUT_DATA_FRAMES)]
    script = f"import sys, {', '.join(modules)}; print(*sorted({set(DATA_FRAME_LIBRARIES)} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert_none(loaded.stdout.split(), "The rules also run where there is no data frame library; they loaded:")


def test_there_are_no_circles_not_even_through_imports_for_types() -> None:
    groups = [", ".join(group) for group in circles(IMPORTS)]
    assert_none(groups, "These import one another: move what both sides need into a module below them:")


def test_a_circle_is_seen_and_a_chain_is_none() -> None:
    chain = {"a": {"b"}, "b": {"c"}, "c": set[str]()}
    assert circles(chain) == []
    assert circles({**chain, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert "icsassess.domain.problems" in IMPORTS["icsassess.locality.locality"]
    assert "icsassess.cli.output" in IMPORTS["icsassess.cli.merge"], "imports inside packages count"


def test_no_test_imports_another() -> None:
    importing = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in (ROOT / "tests").rglob("*.py")
        for line in re.findall(r"^ *from tests\.[\w.]*\btest_\w+ import .*", path.read_text(encoding="utf-8"), re.M)
    ]
    assert_none(importing, "Move what both tests need into tests/support:")


# --- Folders and files -----------------------------------------------------------------------------------------------


def test_a_folder_has_at_most_twenty_modules() -> None:
    folders = [folder for top in (PACKAGE, ROOT / "tests") for folder in (top, *top.rglob("*")) if folder.is_dir()]
    modules = {folder: len([path for path in folder.glob("*.py") if path.stem != "__init__"]) for folder in folders}
    full = [f"{folder.relative_to(ROOT)}: {number}" for folder, number in modules.items() if number > MOST_MODULES]
    assert_none(full, f"More than {MOST_MODULES} modules: group those of one kind in a folder of their own:")


def test_a_file_has_at_most_300_lines_and_most_have_far_fewer() -> None:
    lines = {module: len(text.splitlines()) for module, text in TEXTS.items()}
    long = [f"{module}: {number}" for module, number in lines.items() if number > MOST_LINES]
    assert_none(long, f"More than {MOST_LINES} lines: one idea a file, so give the second one its own:")
    many = [f"{module}: {number}" for module, number in lines.items() if number > MANY_LINES]
    if len(many) > MOST_FILES_OF_MANY_LINES * len(lines):
        assert_none(many, f"More files than before have over {MANY_LINES} lines: split the one you lengthened:")


def test_a_file_says_in_its_first_line_what_it_is_for() -> None:
    silent = [module for module, tree in TREES.items() if not ast.get_docstring(tree)]
    assert_none(silent, "Begin each of these with a docstring that says what the module is for:")


def test_setup_cfg_lists_every_package_and_what_templates_hold() -> None:
    """A package that is not listed is missing once the program is installed, though it runs from the checkout."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    templates = {path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    folders = {path.parent.relative_to(ROOT) for path in PATHS.values()}
    folders |= {"icsassess" / path.parent.relative_to(ROOT) for path in templates}
    packages = {".".join(folder.parts) for folder in folders}
    listed = set(setup["options"]["packages"].split())
    assert_none(sorted(packages ^ listed), "The packages of setup.cfg are all folders, no more; these differ:")
    patterns = setup["options.package_data"]
    outside = [
        path.relative_to(ROOT).as_posix()
        for path in templates
        for package in [".".join(("icsassess", *path.parent.relative_to(ROOT).parts))]
        if not any(fnmatch.fnmatch(path.name, pattern.strip()) for pattern in patterns.get(package, "").split(","))
    ]
    assert_none(outside, "Give each of these a pattern in [options.package_data] of setup.cfg, or it is not installed:")


def test_contributing_names_only_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = set(
        re.findall(
            r"(?:icsassess|templates|tests|docs|benchmarks|workbooks)/[\w./-]*\w/?", re.sub(r"\S*<\S*", "", text)
        )
    )
    floors = re.findall(r"^\| ((?:`\w+/`,? ?)+) \|", text, re.M)
    paths |= {f"icsassess/{name}" for floor in floors for name in re.findall(r"\w+/", floor)}
    assert len(floors) >= 9
    assert_none(
        [path for path in sorted(paths) if not (ROOT / path).exists()], "CONTRIBUTING.md names what is not there:"
    )


# --- Names and words -------------------------------------------------------------------------------------------------


def test_at_most_one_name_in_two_hundred_is_vague() -> None:
    names = [(module, line, name) for module, tree in TREES.items() for line, name in assigned_names(tree)]
    vague = [f"{PATHS[m].relative_to(ROOT)}:{line} {name}" for m, line, name in names if words_of(name) & VAGUE]
    share = len(vague) / len(names)
    advice = f"{share:.2%} of all names are vague, {MOST_VAGUE_NAMES:.1%} may be: name the thing (message, row, entry):"
    assert_none(vague if share > MOST_VAGUE_NAMES else [], advice)


def test_no_module_has_a_vague_name() -> None:
    vague = [module for module in PATHS if words_of(module.rpartition(".")[2]) & VAGUE]
    assert_none(vague, "Name a module for the one thing in it, in the field's own word:")


def test_words_of_a_name() -> None:
    assert words_of("_row_kept") == words_of("RowKept") == words_of("ROW_KEPT") == {"row", "kept"}
    assert words_of("XMLFound2") == {"xml", "found"}
    assert not words_of("foundation_known_as_unknown") & (VAGUE - {"known"})
    source = "def f(a, *b, c=1):\n  for d in a: e = d\nclass G: h: int = 1"
    assert sorted(name for _, name in assigned_names(ast.parse(source))) == ["G", "a", "b", "c", "d", "e", "f", "h"]


def organisations() -> list[str]:
    partners = tomllib.loads((ROOT / "templates" / "partners.toml").read_text(encoding="utf-8"))["partner"]
    return [name for partner in partners for name in (partner["code"], partner["name"], *partner["aliases"])]


def test_no_organisation_is_named_in_code() -> None:
    any_of_them = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, organisations()))})(?![\w-])")
    named = [f"{module}: {match}" for module, text in TEXTS.items() for match in sorted(set(any_of_them.findall(text)))]
    assert_none(named, "Organisations are data, in templates/partners.toml and in a locality's settings:")


def test_standard_output_is_written_to_by_the_command_line_only() -> None:
    printing = [module for module, text in TEXTS.items() if re.search(r"(?<!\w)print\(", text)]
    elsewhere = [module for module in printing if not module.startswith("icsassess.cli")]
    assert_none(elsewhere, "Give the text back, and let the command print it with cli/output.py:")
