"""Plain text (纯文本): UTF-8, GB18030 or UTF-16 bytes to characters, strictly."""

from __future__ import annotations

import codecs

from luoshi.kernel.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """Return the characters of `data` with lines ending in a line feed, the byte order mark left out.

    UTF-8 is tried before GB18030: Chinese text in GB18030 is practically never valid UTF-8.

    Raises:
        UnreadableError: The bytes are in none of the encodings, or damaged (C110).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lines(_strict(data[len(mark) :], encoding, skipped=len(mark)))
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as utf8:
        try:
            return _lines(data.decode("gb18030"))
        except UnicodeDecodeError as gb18030:
            raise UnreadableError("C110", {"byte": max(utf8.start, gb18030.start)}) from None


def _strict(data: bytes, encoding: str, *, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnreadableError("C110", {"byte": fault.start + skipped}) from None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
