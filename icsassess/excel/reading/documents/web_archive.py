"""Web pages saved as one file (.mht), as Excel and Word do (RFC 2557)."""

import email

from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.reading.documents.html_page import page_sheets
from icsassess.excel.reading.envelopes.mail import MAIL_ERRORS

_MOST_PAGES = 200


def read_web_archive(data: bytes, meter: Meter, remarks: Remarks) -> Workbook:
    """Read the tables of all pages of a web archive: Excel writes a page a sheet. Raises Unreadable."""
    try:
        message = email.message_from_bytes(data)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        contents = [bytes(part.get_payload(decode=True) or b"") for part in pages[:_MOST_PAGES]]
    except MAIL_ERRORS as error:
        raise Unreadable(Reason.DAMAGED, "the web archive cannot be taken apart") from error
    sheets: list[Sheet] = []
    counted = [0]
    for number, content in enumerate(contents, 1):
        meter.check_time()
        title = "Table" if len(contents) == 1 else f"Page {number}"
        try:
            sheets += page_sheets(content, meter, remarks, title, counted)
        except Unreadable as error:
            if error.reason is not Reason.NOT_A_WORKBOOK:  # a frame around the pages has no table
                raise
    if not sheets:
        raise Unreadable(Reason.NOT_A_WORKBOOK, "a web page without a table")
    titles: dict[str, int] = {}
    named = []
    for sheet in sheets:
        titles[sheet.title] = titles.get(sheet.title, 0) + 1
        again = titles[sheet.title]
        named.append(sheet if again == 1 else sheet._replace(title=f"{sheet.title} ({again})"))
    return Workbook("mht", tuple(named), {}, {}, False, (), (), remarks.all())
