"""Reading bytes (读取): the form is decided by content, then the text taken out."""

from __future__ import annotations

from luoshi.compiler.source import text
from luoshi.compiler.source.delivered import Delivered
from luoshi.plan.model import Medium


def read(data: bytes, *, name: str) -> Delivered:
    """Read a report's text from `data`.

    Args:
        data: Content of the file.
        name: Its name, for messages.

    Raises:
        UnreadableError: The bytes cannot be read as a report (C1xx).
    """
    return Delivered(text.decode(data), Medium.TEXT)
