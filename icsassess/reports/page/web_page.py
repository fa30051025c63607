"""Self-contained web pages: made from templates that escape everything, with one style sheet, fetching nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from icsassess.excel.writing.model import styles as looks
from icsassess.reports.display_text import display_text
from icsassess.reports.page.maps import letter
from icsassess.support.data_files import templates_folder
from icsassess.view.rating_words import fills


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder() / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else display_text(value),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["kind"] = kind
    environment.globals["letter"] = letter
    return environment


def page(template: str, *, script: str | None = None, **content: Any) -> str:
    """Give a page made from a template in ``templates/pages``; ``script`` is the file of its script, if it has one.

    Its policy lets a browser load nothing, and run and apply only the very script and styles that stand in it (Content
    Security Policy Level 3, ``hash-source``).
    """
    environment = _environment()
    style = environment.get_template("style.css").render(
        blue=looks.NHS_BLUE, dark_blue=looks.NHS_DARK_BLUE, fills={kind(word): fill for word, fill in fills().items()}
    )
    code = (templates_folder() / "pages" / script).read_text(encoding="utf-8") if script else ""
    policy = f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    if code:
        policy += f"; script-src '{_hash(code)}'"
    return environment.get_template(template).render(**content, policy=policy, style=Markup(style), script=Markup(code))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def kind(word: str) -> str:
    """Give the name of the style of a word that stands for a rating."""
    return "kind-" + "-".join(word.casefold().split())
