"""A Word document as committees file them: real headings, numbered paragraphs, page numbers, marking, language.

The same content gives the same bytes. What people typed is text: it becomes no field, no link and no markup.
"""

import datetime
import io
import math
import zipfile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from icsassess.excel.writing.model import styles as looks
from icsassess.reports.display_text import display_text
from icsassess.reports.word.parts import (
    add_field,
    child,
    drop_thumbnail,
    indent,
    number_styles,
    set_font,
    set_language,
    settle_settings,
)

LANGUAGE = "en-GB"
NUMBERED = "Numbered Paragraph"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest date an archive can hold
_A4 = Cm(21), Cm(29.7)
_LABEL_WIDTH = 5.5  # centimetres


class Paper:
    """A document that is being written, from its first paragraph to its last.

    Sizes and spaces are in points, ``margin`` in centimetres, and so is ``bullets``: how far lists stand to the right.
    """

    def __init__(
        self,
        title: str,
        *,
        marking: str,
        foot: str,
        author: str,
        as_at: datetime.date,
        size: float = 12,
        space: float = 6,
        margin: float = 2,
        bullets: float = 0,
    ):
        self.document = Document()
        self._size, self._space, self._bullets = size, space, bullets
        self._styles()
        settle_settings(self.document, LANGUAGE)
        drop_thumbnail(self.document)
        self._properties(title, author, as_at)
        section = self.document.sections[0]
        section.page_width, section.page_height = _A4
        self._margins(margin)
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(display_text(marking)).bold = True
        self._foot(marking, foot)

    def _styles(self) -> None:
        styles = self.document.styles
        set_language(styles, LANGUAGE)
        for name, size, colour in (
            ("Normal", self._size, looks.BLACK),
            ("Title", self._size * 1.6, looks.NHS_DARK_BLUE),
            ("Heading 1", self._size * 1.25, looks.NHS_DARK_BLUE),
            ("Heading 2", self._size + 2, looks.NHS_BLUE),
            ("Heading 3", self._size, looks.BLACK),
            ("Caption", max(self._size - 1, 10), looks.BLACK),
        ):
            style = styles[name]
            set_font(style, looks.FONT)
            style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
        for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
            styles[name].font.bold = True
            styles[name].paragraph_format.keep_with_next = True
        styles["Title"].paragraph_format.space_before = Pt(self._space * 2)
        styles["Title"].paragraph_format.space_after = Pt(self._space)
        styles["Normal"].paragraph_format.space_after = Pt(self._space)
        styles["Heading 1"].paragraph_format.space_before = Pt(self._space * 3)
        styles["Heading 1"].paragraph_format.space_after = Pt(self._space)
        number_styles(self.document, "Heading 1", NUMBERED)
        indent(styles["List Bullet"], self._bullets)

    def _properties(self, title: str, author: str, as_at: datetime.date) -> None:
        properties = self.document.core_properties
        moment = datetime.datetime.combine(as_at, datetime.time())
        properties.title, properties.language = display_text(title)[:255], LANGUAGE
        properties.author = properties.last_modified_by = display_text(author)[:255]
        properties.created = properties.modified = moment
        properties.comments, properties.revision = "", 1

    def _margins(self, centimetres: float) -> None:
        section = self.document.sections[-1]
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(centimetres)
        section.header_distance = section.footer_distance = Cm(centimetres / 2)

    def _foot(self, marking: str, foot: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(display_text(marking)).bold = True
        paragraph.add_run(f"\n{display_text(foot)}. Page ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        add_field(paragraph, "NUMPAGES")
        for run in paragraph.runs:
            run.font.size = Pt(10)

    def organisation(self, text: str, otherwise: str) -> None:
        """Write whose paper it is above everything else; without ``text`` room for the author."""
        paragraph = self.document.add_paragraph()
        if text:
            paragraph.add_run(display_text(text)).bold = True
        else:
            self._room(paragraph, otherwise)

    def title(self, text: str) -> None:
        """Write the title."""
        self.document.add_paragraph(display_text(text), style="Title")

    def heading(self, text: str, level: int = 1, *, numbered: bool = True) -> None:
        """Write a heading; those of the first level are numbered, and their paragraphs with them."""
        paragraph = self.document.add_paragraph(display_text(text), style=f"Heading {level}")
        if level == 1 and not numbered:
            properties = child(paragraph._p.get_or_add_pPr(), "w:numPr")
            child(properties, "w:numId", val="0")

    def paragraph(self, text: str, *, lead: str = "", style: str = "Normal") -> Paragraph:
        """Write a paragraph, its ``lead`` in bold."""
        paragraph = self.document.add_paragraph(style=style)
        if lead:
            paragraph.add_run(display_text(lead)).bold = True
            paragraph.add_run(" " if text else "")
        paragraph.add_run(display_text(text))
        return paragraph

    def numbered(self, text: str) -> None:
        """Write a paragraph with a number of its own below that of its heading."""
        self.paragraph(text, style=NUMBERED)

    def bullet(self, text: str, *, lead: str = "", level: int = 1) -> None:
        """Write an item of a list."""
        self.paragraph(text, lead=lead, style="List Bullet" if level == 1 else f"List Bullet {level}")

    def labelled(self, label: str, text: str, *, author: bool = False) -> None:
        """Write a label and what stands behind it; with ``author`` what the author is to put there."""
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{display_text(label)}:\t").bold = True
        paragraph.paragraph_format.left_indent = Cm(_LABEL_WIDTH)
        paragraph.paragraph_format.first_line_indent = Cm(-_LABEL_WIDTH)
        paragraph.paragraph_format.space_after = Pt(2)
        self._room(paragraph, text) if author else paragraph.add_run(display_text(text))

    def labels(self, *labels: tuple[str, str, str]) -> None:
        """Write labels in one line, each with its text, or else with what the author is to put there."""
        paragraph = self.document.add_paragraph()
        for number, (label, text, otherwise) in enumerate(labels):
            paragraph.add_run(f"{'   ' if number else ''}{display_text(label)}: ").bold = True
            if text:
                paragraph.add_run(display_text(text))
            else:
                self._room(paragraph, otherwise)

    def for_the_author(self, text: str, *, bullet: bool = False) -> None:
        """Leave a place for what only the author can say: marked in yellow and in brackets, so that none is missed."""
        self._room(self.document.add_paragraph(style="List Bullet" if bullet else "Normal"), text)

    @staticmethod
    def _room(paragraph: Paragraph, text: str) -> None:
        paragraph.add_run(f"[{text}]").font.highlight_color = WD_COLOR_INDEX.YELLOW

    def landscape(self) -> None:
        """Go on in landscape, on a new page."""
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_height, section.page_width = _A4

    def lines(self, characters: int) -> int:
        """Estimate how many lines of so many characters the text takes; a title or heading counts for two."""
        total = 0
        for paragraph in self.document.paragraphs:
            style = str(paragraph.style.name) if paragraph.style is not None else ""
            room = characters - 6 if "Bullet" in style else characters
            total += 2 if style.startswith(("Heading", "Title")) else max(1, math.ceil(len(paragraph.text) / room))
        return total

    def as_bytes(self) -> bytes:
        """Give the document as the bytes of its file, with fixed dates in its archive."""
        saved, packed = io.BytesIO(), io.BytesIO()
        self.document.save(saved)
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, _EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return packed.getvalue()
