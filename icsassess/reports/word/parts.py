"""What python-docx has no words for: fields, numbered styles, the language of all text, and a font without a theme.

Names and order of the elements are those of ECMA-376, part 1, chapter 17 (WordprocessingML).
"""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

_HANGING = 0.5  # centimetres between a bullet and its text


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element to another and give it; the attributes are of the same namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field such as PAGE, which Word and LibreOffice fill in."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run()._r
        if kind == "instruction":
            child(run, "w:instrText").text = code
        elif kind == "shown":
            child(run, "w:t").text = "1"
        else:
            child(run, "w:fldChar", fldCharType=kind)


def set_font(style: Any, name: str) -> None:
    """Give a style a font of its own for all scripts, in place of its theme's."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def set_language(styles: Any, language: str) -> None:
    """Set the language of all text."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    element = defaults.find(qn("w:lang"))
    if element is None:
        element = child(defaults, "w:lang")
    for script in ("val", "eastAsia"):
        element.set(qn(f"w:{script}"), language)


def drop_thumbnail(document: Document) -> None:
    """Leave out the picture of somebody's empty document, which python-docx takes along from its template."""
    package = document.part.package
    relations = {} if package is None else package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def settle_settings(document: Document, language: str) -> None:
    """Set the language of the theme's fonts, and give the zoom its percentage, which the schema demands."""
    settings = document.settings.element
    for element in settings.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)
    for element in settings.iter(qn("w:zoom")):
        element.set(qn("w:percent"), "100")


def indent(style: Any, centimetres: float) -> None:
    """Move a list's text so far to the right, its bullets half a centimetre before it."""
    style.paragraph_format.left_indent = Cm(centimetres + _HANGING)
    style.paragraph_format.first_line_indent = Cm(-_HANGING)


def number_styles(document: Document, heading: str, paragraph: str) -> None:
    """Number the headings of a style 1, 2, 3, and the paragraphs of a new style below them 1.1, 1.2.

    Numbers are Word's own, so that they stay right when somebody adds a paragraph.
    """
    style: Any = document.styles.add_style(paragraph, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    numbering = document.part.numbering_part.element
    used_numbers = (int(element.get(qn("w:abstractNumId"))) for element in numbering.iter(qn("w:abstractNum")))
    identifier = str(1 + max(used_numbers))
    numbers = OxmlElement("w:abstractNum")
    numbers.set(qn("w:abstractNumId"), identifier)
    child(numbers, "w:multiLevelType", val="multilevel")
    names = [document.styles[heading].style_id, style.style_id]
    for level, (name, text) in enumerate(zip(names, ("%1.", "%1.%2"), strict=True)):
        described = child(numbers, "w:lvl", ilvl=str(level))
        for tag, value in (("start", "1"), ("numFmt", "decimal"), ("pStyle", name), ("lvlText", text)):
            child(described, f"w:{tag}", val=value)
        child(child(described, "w:pPr"), "w:ind", left="709", hanging="709")
    numbering.insert(list(numbering).index(numbering.find(qn("w:num"))), numbers)
    used = numbering.add_num(int(identifier))
    for level, name in enumerate((heading, paragraph)):
        properties = document.styles[name].element.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = used.numId
    style.paragraph_format.space_after = Pt(6)
