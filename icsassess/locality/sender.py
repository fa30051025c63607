"""Who sends the reminders and where they go: e-mail addresses, the greeting, and how a mail is signed."""

import re
from typing import Annotated

from pydantic import AfterValidator

from icsassess.support.data_model import DataModel

_E_MAIL = re.compile(r"""[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}""")


def addresses_of(text: str) -> list[str]:
    """Give the e-mail addresses of a text that separates them by commas or semicolons."""
    return [address for part in text.replace(";", ",").split(",") if (address := part.strip())]


def valid_addresses(text: str) -> str:
    """Give the text back where it holds no address, one or several. Raises ``ValueError`` with what is expected."""
    for address in addresses_of(text):
        _one_address(address)
    return text


def _one_address(text: str) -> str:
    if text and not _E_MAIL.fullmatch(text):
        raise ValueError("An e-mail address such as quality@example.org; several are separated by commas.")
    return text


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("One line of text, in quotation marks.")
    return text


class Sender(DataModel):
    """Who sends the reminders, and how they begin and end; ``{partner}`` in the greeting is the partner's name."""

    name: Annotated[str, AfterValidator(_one_line)] = ""
    role: Annotated[str, AfterValidator(_one_line)] = ""
    email: Annotated[str, AfterValidator(_one_address)] = ""
    greeting: Annotated[str, AfterValidator(_one_line)] = "To colleagues at {partner},"
    closing: Annotated[str, AfterValidator(_one_line)] = "With thanks and kind regards,"
