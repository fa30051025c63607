"""Settings and data files in TOML: read, checked against a model, and refused with file, line and reason."""

import codecs
import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from icsassess.domain.problems import Refusal, did_you_mean, make_problem
from icsassess.support.suggest import closest
from icsassess.support.text import clip
from icsassess.support.toml_faults import fault_of, value_expected
from icsassess.support.typed_dates import with_plain_dates

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

_UNICODE = "the file was saved as what Notepad calls Unicode (UTF-16)"
_ANOTHER_LETTER = "a letter on it was not saved in UTF-8"
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_NAME = r"(?:\"[^\"]+\"|'[^']+'|[A-Za-z0-9_\-]+)"
_KEY = re.compile(rf"^\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


def load(path: Path, model: type[Model]) -> Model:
    """Read a TOML file into a pydantic model.

    Raises ``Refusal`` with the file's name, the line and the reason where the file is not TOML, holds a setting the
    model does not know, lacks one it needs, or gives one a value it cannot have.
    """
    text = _text(path)
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(text, error)
        place = {"sheet": path.name, "cell": f"line {fault.line}" if fault.line else None}
        words = {"found": fault.found, "expected": fault.expected, "do": fault.do}
        raise Refusal(make_problem("data-line-faulty", file=path.name, **place, **words)) from error
    except RecursionError as error:
        raise _faulty(path, "brackets are nested too deeply") from error
    except ValidationError as error:
        raise _refusal(path, text, _most_telling(error.errors()), model) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:200]:
            raise Refusal(make_problem("data-file-encoding", file=path.name, sheet=path.name, found=_UNICODE))
        return with_plain_dates(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        about = {"sheet": path.name, "cell": f"line {line}", "found": _ANOTHER_LETTER}
        raise Refusal(make_problem("data-file-encoding", file=path.name, **about)) from error
    except OSError as error:
        raise _faulty(path, f"the file cannot be opened ({error.strerror})") from error


def _faulty(path: Path, detail: str) -> Refusal:
    return Refusal(make_problem("data-file-faulty", file=path.name, sheet=path.name, detail=detail))


def _refusal(path: Path, text: str, error: ErrorDetails, model: type[BaseModel]) -> Refusal:
    place, setting = error["loc"], str(error["loc"][-1]) if error["loc"] else path.stem
    line = line_of(text, place)
    where = {"sheet": path.name, "cell": f"line {line}" if line else None, "found": setting}
    if error["type"] == "extra_forbidden":
        fields = _model_at(model, place[:-1]).model_fields
        settings = [field.alias or name for name, field in fields.items()]
        near = closest(setting, settings)
        hint = did_you_mean(f"‘{near}’" if near else None, "Take it out, or correct its name.")
        permitted = "The settings here are " + ", ".join(settings)
        return Refusal(make_problem("setting-unknown", permitted=permitted, hint=hint, **where))
    if error["type"] == "missing":
        return Refusal(make_problem("setting-missing", expected=_described(model, place), **where))
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    expected = value_expected(error["type"]) or said[:1].upper() + said[1:].rstrip(".") + "."
    return Refusal(make_problem("setting-wrong", value=_shown(error.get("input")), expected=expected, **where))


def _most_telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """Give the error to tell: a misspelt name explains best why the right one is missing."""
    return next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "what stands there"
    return f"‘{clip(value)}’" if isinstance(value, str) else f"{value}"


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel]:
    """Give the model that describes the table at this place of the file."""
    for step in place:
        if isinstance(step, int):
            continue
        field = next((field for name, field in model.model_fields.items() if step in (name, field.alias)), None)
        if field is None:
            return model
        inner = [
            part for part in (field.annotation, *getattr(field.annotation, "__args__", ())) if isinstance(part, type)
        ]
        model = next((part for part in inner if issubclass(part, BaseModel)), model)
    return model


def _described(model: type[BaseModel], place: Place) -> str:
    for name, field in _model_at(model, place[:-1]).model_fields.items():
        if place and place[-1] in (name, field.alias) and field.description:
            return field.description
    return "Every setting without a default."


def line_of(text: str, place: Place) -> int | None:
    """Give the line (from 1) on which a place of a TOML text stands, or its table's where the place is missing."""
    lines = _lines(text)
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _lines(text: str) -> dict[Place, int]:
    """Map every table and key of a TOML text to its line; ``tomllib`` keeps no positions."""
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = [part.strip().strip("\"'") for part in header.group(2).split(".")]
            table = ()
            for depth, name in enumerate(names):
                table = (*table, name)
                if depth == len(names) - 1 and header.group(1) == "[[":
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
            lines[table] = number
        elif key := _KEY.match(line):
            names = [name.strip("\"'") for name in re.findall(_NAME, key.group(1))]
            for depth in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:depth]), number)
    return lines


def quoted(text: str) -> str:
    """Give a text as TOML writes it: JSON's escapes are a part of TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def quoted_list(texts: Sequence[str]) -> str:
    """Give a list of texts as TOML writes it."""
    return "[" + ", ".join(quoted(text) for text in texts) + "]"
