"""Of a web page's styles only what shows in a table: colours behind cells, text struck through, what is hidden."""

import re
from typing import NamedTuple

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIMPLE = re.compile(r"^([a-z0-9]*)(?:\.([\w-]+))?$", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)
_MOST_RULES = 20_000
# The sixteen colours of HTML 4.01, and those by which people call a rating (CSS Color Module Level 3, 4.3).
_NAMED = {
    **{"red": "FF0000", "lime": "00FF00", "green": "008000", "yellow": "FFFF00", "orange": "FFA500", "gold": "FFD700"},
    **{"maroon": "800000", "olive": "808000", "navy": "000080", "blue": "0000FF", "purple": "800080", "teal": "008080"},
    **{"aqua": "00FFFF", "fuchsia": "FF00FF", "silver": "C0C0C0", "gray": "808080", "grey": "808080"},
    **{"darkred": "8B0000", "darkgreen": "006400", "lightgreen": "90EE90", "crimson": "DC143C", "black": "000000"},
    **{"darkorange": "FF8C00", "limegreen": "32CD32", "tomato": "FF6347", "forestgreen": "228B22", "amber": "FFBF00"},
}


class Style(NamedTuple):
    """What shows of an element; None where its style does not say."""

    fill: str | None = None
    struck: bool | None = None
    hidden: bool | None = None

    def over(self, other: "Style") -> "Style":
        """Give this style, and of the other what it does not say."""
        return Style(
            self.fill if self.fill is not None else other.fill,
            self.struck if self.struck is not None else other.struck,
            self.hidden if self.hidden is not None else other.hidden,
        )


NO_STYLE = Style()


def colour(text: str) -> str | None:
    """Give a colour as 'RRGGBB'; None for none, for white, and for what is no colour."""
    text = text.strip().lower()
    value: str | None = None
    if match := _HEX.search(text):
        digits = match[1]
        value = digits.upper() if len(digits) == 6 else "".join(2 * digit for digit in digits).upper()
    elif match := _RGB.search(text):
        value = "".join(f"{min(int(part), 255):02X}" for part in match.groups())
    else:
        value = next((_NAMED[word] for word in re.findall(r"[a-z]+", text) if word in _NAMED), None)
    return None if value == "FFFFFF" else value


def declared(declarations: str) -> Style:
    """Give the style of declarations such as 'background:#C00000;mso-pattern:black none'."""
    style = NO_STYLE
    for declaration in declarations.split(";")[:200]:
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name in ("background", "background-color") and (value := value.split(" url(")[0]):
            style = style._replace(fill=colour(value))
        elif name in ("text-decoration", "text-decoration-line", "text-line-through"):
            style = style._replace(struck="line-through" in value or value == "single")
        elif name == "display":
            style = style._replace(hidden=value.startswith("none"))
        elif name == "visibility":
            style = style._replace(hidden=value.startswith(("hidden", "collapse")))
    return style


class StyleSheet:
    """The rules of a page for elements and classes; those for anything more particular are left aside."""

    def __init__(self, texts: list[str]) -> None:
        self._rules: dict[tuple[str, str], Style] = {}
        for match in _RULE.finditer(_COMMENT.sub(" ", "\n".join(texts))):
            if len(self._rules) > _MOST_RULES:
                return
            style = declared(match[2])
            if style == NO_STYLE:
                continue
            for selector in match[1].split(","):
                if simple := _SIMPLE.match(selector.strip()):
                    key = (simple[1].lower(), simple[2] or "")
                    self._rules[key] = style.over(self._rules.get(key, NO_STYLE))

    def style_of(self, tag: str, classes: str, own: str) -> Style:
        """Give the style of an element: its own counts before that of its classes, and this before that of its tag."""
        style = declared(own) if own else NO_STYLE
        for name in reversed(classes.split()):
            for key in ((tag, name), ("", name)):
                style = style.over(self._rules.get(key, NO_STYLE))
        return style.over(self._rules.get((tag, ""), NO_STYLE))
