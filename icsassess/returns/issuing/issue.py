"""Blank returns: one workbook for each partner, to be filled in and sent back."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import Locality, Partner, file_name
from icsassess.returns.issuing.adopted_sheets import AdoptedBlank, write_layout
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.issuing.cover_sheet import write_cover
from icsassess.returns.issuing.guidance_sheet import write_guidance
from icsassess.returns.issuing.previous_round import last_round
from icsassess.returns.issuing.theme_sheet import write_theme
from icsassess.returns.template.adopted_layout import layout_of
from icsassess.returns.template.sources import template_path
from icsassess.support.saving import replace_file

_LONGEST_NAME = 40  # characters of the locality's name in a file's name: code and partner have to fit as well


def blank_return(locality: Locality, partner: Partner, *, issued_on: datetime.date) -> bytes:
    """Make the blank return of one partner: a cover, a sheet for each theme it is asked for, and guidance.

    In a round that follows another, the evidence of that one is filled in, to be confirmed. The same arguments and the
    same folder give the same bytes. Raises ``Refusal`` where the template's file is faulty.
    """
    return write_return(Blank(locality, partner, issued_on, last_round(locality.folder)))


def write_return(blank: Blank) -> bytes:
    """Write a blank return: on sheets of our own or, where the template was adopted, on sheets that look like theirs.

    Raises ``Refusal`` where the template's file is faulty.
    """
    locality, issued_on = blank.locality, blank.issued_on
    book = WorkbookWriter(
        title=blank.title,
        subject=locality.framework.title,
        heading=blank.title,
        marking=locality.settings.marking,
        created=issued_on,
        custom=blank.properties,
    )
    if blank.template.adopted:
        layout = layout_of(template_path(locality).parent)
        write_layout(book, layout, AdoptedBlank(blank.template, locality.framework, blank))
        return book.to_bytes()
    write_cover(book, blank)
    for theme in blank.themes:
        write_theme(book, blank, theme)
    write_guidance(book, blank)
    return book.to_bytes()


def issued_name(locality: Locality, partner: Partner) -> str:
    """Give the file's name of a partner's return, such as ‘Borough - ABC - A partner.xlsx’."""
    place = file_name(locality.name)[:_LONGEST_NAME].strip()
    return file_name(f"{place} - {partner.code} - {partner.name}") + ".xlsx"


def issue(locality: Locality, partners: Iterable[Partner], issued_on: datetime.date) -> list[Path]:
    """Write the blank returns of these partners into ``issued/``, each in place of an earlier blank of that name.

    Gives the files in the partners' order. Raises ``Refusal`` where a file cannot be written, for example because it
    is open in Excel.
    """
    folder = locality.make_sub_folder("issued")
    paths = []
    for partner in partners:
        path = folder / issued_name(locality, partner)
        replace_file(path, blank_return(locality, partner, issued_on=issued_on))
        paths.append(path)
    return paths
