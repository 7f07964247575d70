"""Reading bytes (读取): the form is decided by content, then the text is taken out."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from luoshi.compiler.source import form
from luoshi.compiler.source.delivered import Delivered
from luoshi.compiler.source.form import Form

_MODULES = {Form.TEXT: "text", Form.HTML: "html", Form.DOCX: "docx", Form.PDF: "pdf"}


def read(data: bytes, *, name: str) -> Delivered:
    """Read a report's text from `data`.

    Args:
        data: Content of the file.
        name: Its name; only its ending is looked at, to name an old format.

    Raises:
        UnreadableError: The bytes cannot be read as a report (C1xx).
    """
    return reader(form.of(data, name=name))(data)


def reader(kind: Form) -> Callable[[bytes], Delivered]:
    """Load and return the reader of a form; each raises `UnreadableError` where it cannot read its bytes."""
    module = importlib.import_module(f"luoshi.compiler.source.{_MODULES[kind]}")
    read_bytes: Callable[[bytes], Delivered] = module.read
    return read_bytes
