"""Files that hold a table and are no workbook, made from its rows: as programs write them."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from xml.sax.saxutils import escape

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Row = Sequence[str]


def delimited(rows: Sequence[Row], separator: str = ",", encoding: str = "utf-8-sig", ends: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(rows)
    return text.getvalue().encode(encoding)


def web_page(rows: Sequence[Row], before: str = "", style: str = "") -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in rows)
    head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
    return f"<html>{head}<body>{before}<table border=1>{cells}</table></body></html>".encode()


def _lines(cell: str) -> str:
    return html.escape(cell).replace("\n", "<br>")


def web_archive(pages: Sequence[bytes]) -> bytes:
    whole = MIMEMultipart("related")
    for number, page in enumerate(pages):
        part = MIMEText(page.decode(), "html", "utf-8")
        part["Content-Location"] = f"file:///C:/return_files/sheet{number:03}.htm"
        whole.attach(part)
    return whole.as_bytes()


def xml_spreadsheet(rows: Sequence[Row], title: str = "Integration", styles: str = "", more: str = "") -> bytes:
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="{title}"><Table>{cells}{more}</Table></Worksheet></Workbook>'
    ).encode()


def flat_ods(rows: Sequence[Row], title: str = "Integration") -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{oasis}:office:1.0" '
        f'xmlns:table="{oasis}:table:1.0" xmlns:text="{oasis}:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        "<office:meta><dc:date>2024-01-09T10:00:00</dc:date></office:meta>"
        f'<office:body><office:spreadsheet><table:table table:name="{title}">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    ).encode()


def word(tables: Sequence[Sequence[Row]], lines: Sequence[str] = (), fills: dict[str, str] | None = None) -> bytes:
    """Give a Word document; ``fills`` are colours behind cells by their text."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(len(rows), max(len(row) for row in rows))
        for number, row in enumerate(rows):
            for cell, text in zip(table.rows[number].cells, row, strict=False):
                cell.text = text
                if colour := (fills or {}).get(text):
                    shade = OxmlElement("w:shd")
                    shade.set(qn("w:val"), "clear")
                    shade.set(qn("w:fill"), colour)
                    cell._tc.get_or_add_tcPr().append(shade)
        document.add_paragraph("")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
