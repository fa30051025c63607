"""The agenda as one self-contained page, to print or to project: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from html import escape

from icsassess.excel import looks
from icsassess.reports.agenda import Agenda, Item, Section

_STYLE = f"""
body {{ font: 16px/1.5 Arial, sans-serif; color: #212b32; max-width: 60rem; margin: 0 auto; padding: 1rem; }}
h1 {{ color: #{looks.NHS_DARK_BLUE}; font-size: 1.6rem; }}
h2 {{ color: #{looks.NHS_BLUE}; font-size: 1.25rem; border-bottom: 2px solid #{looks.NHS_BLUE}; margin-top: 2rem; }}
h3 {{ font-size: 1rem; margin: 1rem 0 0.25rem; }}
p, ul {{ margin: 0.25rem 0; }}
.marking {{ font-weight: bold; }}
@media print {{
  body {{ font-size: 11pt; max-width: none; }}
  h2, h3 {{ break-after: avoid; }}
  ul {{ break-inside: avoid; }}
}}
"""


def as_page(found: Agenda, marking: str) -> str:
    """Give the agenda as an HTML document."""
    standing = "".join(f"<p>{escape(told)}</p>" for told in found.standing)
    sections = "".join(_section(number, section) for number, section in enumerate(found.sections, 1))
    nothing = "" if found.sections else "<p>There is nothing to decide.</p>"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(found.title)}</title><style>{_STYLE}</style></head><body>"
        f'<p class="marking">{escape(marking)}</p><main><h1>{escape(found.title)}</h1>{standing}{sections}{nothing}'
        f'</main><p class="marking">{escape(marking)}</p></body></html>\n'
    )


def _section(number: int, section: Section) -> str:
    items = "".join(_item(item) for item in section.items)
    title = escape(f"{number}. {section.title} ({len(section.items)})")
    return f"<section><h2>{title}</h2><p>{escape(section.do)}</p>{items}</section>"


def _item(item: Item) -> str:
    details = "".join(f"<li>{escape(detail)}</li>" for detail in item.details if detail)
    return f"<h3>{escape(item.heading)}</h3>" + (f"<ul>{details}</ul>" if details else "")
