"""Plain text (纯文本): UTF-8, GB18030 or UTF-16 bytes to characters, strictly."""

from __future__ import annotations

import codecs
import re

from luoshi.compiler.source.delivered import Delivered
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_RUN = re.compile(
    rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|[\x00-\x7f]|\xef[\xbc\xbd][\x80-\xbf]|\xe3\x80[\x80-\xbf]){24,}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ENOUGH = 60
"""Bytes of Chinese in UTF-8 that are no accident."""
_LOST = "\ufffd"


def read(data: bytes) -> Delivered:
    """Return the text of a plain text file.

    Raises:
        UnreadableError: See `decode`.
    """
    return Delivered(decode(data), Medium.TEXT)


def decode(data: bytes) -> str:
    """Return the characters of `data` with lines ending in a line feed, the byte order mark left out.

    UTF-8 is tried before GB18030: Chinese text in GB18030 is practically never valid UTF-8. The other way
    round it often is, as rare characters; so a file that is not quite UTF-8 is not read as GB18030.

    Raises:
        UnreadableError: The bytes are in none of the encodings or damaged (C110), in two encodings (C111), or
            characters were lost in an earlier conversion (C112).
    """
    text = _lines(_characters(data))
    if text.count(_LOST) > max(3, len(text) // 200):
        raise UnreadableError("C112", {"count": text.count(_LOST)})
    return text


def _characters(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, skipped=len(mark))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _gb18030(data, fault.start)


def _gb18030(data: bytes, not_utf8_at: int) -> str:
    """Decode what is not UTF-8 because of the byte at `not_utf8_at`."""
    if _utf8_bytes(data) >= _ENOUGH:
        bad = data.decode("utf-8", errors="replace").count(_LOST)
        raise UnreadableError("C110" if bad <= max(4, len(data) // 200) else "C111", {"byte": not_utf8_at})
    text = _strict(data, "gb18030", skipped=0)
    others = [character for character in text if character > "\x7f"]
    common = "".join(others).encode("gb2312", errors="ignore")
    if len(common) < len(others):  # two bytes each: fewer than half of them are in the common set
        raise UnreadableError("C110", {"byte": not_utf8_at})
    return text


def _utf8_bytes(data: bytes) -> int:
    """Count the bytes of `data` that stand in long stretches of Chinese in UTF-8."""
    return sum(len(_NOT_ASCII.findall(match.group())) for match in _UTF8_RUN.finditer(data))


def _strict(data: bytes, encoding: str, *, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnreadableError("C110", {"byte": fault.start + skipped}) from None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
