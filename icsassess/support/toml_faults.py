"""Why a TOML file cannot be read, in a person's words: the line, what stands there, and what to write in its place."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from icsassess.support.data_files import shipped_toml
from icsassess.support.text import clip

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_ASSIGNED = re.compile(r"^\s*([^=]*?)\s*=\s*(.*?)\s*$")
_QUOTES = "\"'“”„‟‘’‚″ "
_LONGEST = 80


class Fault(NamedTuple):
    """A line (from 1; None where it is not known) that cannot be read: what stands there, and how to put it right."""

    line: int | None
    found: str
    expected: str
    do: str


_DATA = "settings_errors.toml"


def value_expected(kind: str) -> str | None:
    """Say what is expected of a value where pydantic names this kind of mistake, None where it says it well itself."""
    words = shipped_toml(_DATA)["value"].get(kind)
    return str(words) if words else None


def fault_of(text: str, error: tomllib.TOMLDecodeError) -> Fault:
    """Give the line at which a text stops being TOML, in words."""
    match = _AT_LINE.search(str(error))
    lines = text.splitlines()
    number = int(match[1]) if match else len(lines)
    repeated = _repeated(lines, number) if "overwrite" in str(error) or "declare" in str(error) else None
    if repeated is not None:
        return repeated
    # A list or text that is not closed is noticed further down: the line that began it is meant.
    for candidate in (number, *range(number - 1, max(0, number - 40), -1)):
        if candidate <= len(lines) and (fault := _in_line(candidate, lines[candidate - 1])) is not None:
            return fault
    shown = clip(lines[number - 1].strip(), _LONGEST) if 0 < number <= len(lines) else "the end of the file"
    return Fault(
        number,
        f"the line cannot be read: {shown}",
        'A name, an equals sign and a value, such as name = "Trafford".',
        "Correct it; often a quotation mark, a comma or a bracket is missing there or in the line above.",
    )


def _in_line(number: int, line: str) -> Fault | None:
    bare = _without_comment(line)
    if not bare.strip():
        return None
    assigned = _ASSIGNED.match(bare)
    name, value = (assigned[1], assigned[2].strip(_QUOTES)) if assigned else (bare.strip(), "")
    try:
        tomllib.loads(bare)
    except tomllib.TOMLDecodeError:
        for words in shipped_toml(_DATA)["line"]:
            if re.search(words["pattern"], bare):
                about = {"line": clip(bare.strip(), _LONGEST), "name": name, "value": value}
                return Fault(number, *(words[part].format(**about) for part in ("found", "expected", "do")))
    return None


def _without_comment(line: str) -> str:
    """Give a line without what stands behind a # that is not between quotation marks."""
    quoted = ""
    for place, letter in enumerate(line):
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "\"'":
            quoted = letter
        elif letter == "#":
            return line[:place]
    return line


def _repeated(lines: list[str], number: int) -> Fault | None:
    """Tell of a name or heading that stands twice, with the line on which it stands first."""
    here = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    if here.startswith("["):
        bare = here.strip("[] ")
        single = next((n for n, line in enumerate(lines, 1) if line.strip() == f"[{bare}]" and n != number), None)
        if here.startswith("[[") and single is not None:
            return Fault(
                single,
                f"the heading has one bracket: [{bare}]",
                f"Two on each side, as there may be several: [[{bare}]]",
                "Put the missing brackets in.",
            )
        first = next((n for n, line in enumerate(lines, 1) if line.strip() == here and n < number), None)
        doing = f"Put what belongs to {here} together, below one heading."
    else:
        assigned = _ASSIGNED.match(_without_comment(here))
        name = assigned[1] if assigned else here
        start = max((n for n in range(1, number) if lines[n - 1].lstrip().startswith("[")), default=0)
        same = re.compile(rf"^\s*{re.escape(name)}\s*=")
        first = next((n for n in range(start + 1, number) if same.match(lines[n - 1])), None)
        here, doing = name, "Take one of the two out."
    where = f"on line {first} already" if first else "further up already"
    return Fault(number, f"‘{here}’ stands {where}", "Each of them once.", doing)
