"""Form of a file (文件形式), decided by its content; the name only tells old formats of one container apart."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from luoshi.kernel.errors import UnreadableError

LARGEST_MB = 20
LARGEST = LARGEST_MB * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|table|span|meta|title|br)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_WORD_XML = re.compile(rb"progid=\"Word\.Document\"|<pkg:package|<w:wordDocument", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?content-type:\s*multipart/related", re.IGNORECASE
)
_BOM_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")


class Form(Enum):
    """What the bytes are, of what can be read."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


def of(data: bytes, *, name: str) -> Form:
    """Return the form of `data`.

    Args:
        data: Content of the file.
        name: Its name; only its ending is looked at, to name an old format.

    Raises:
        UnreadableError: It is too large, empty, or of a form that cannot be read (C104, C106, C113–C120, C141).
    """
    if len(data) > LARGEST:
        raise too_large(len(data))
    if not data.strip(b" \t\r\n\v\f\x00\xef\xbb\xbf\xfe\xff"):
        raise UnreadableError("C106")
    if b"%PDF-" in data[:1024]:
        return Form.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    _refuse_other_formats(data, name)
    head = data[: 64 * 1024].replace(b"\0", b"") if data.startswith(_BOM_16) else data[: 64 * 1024]
    if not data.startswith(_BOM_16) and _is_binary(data):
        raise UnreadableError("C113")
    if _WORD_XML.search(head[:4096]):
        raise UnreadableError("C115", {"format": "Word XML"})
    if _WEB_ARCHIVE.match(head):
        raise UnreadableError("C141")
    return Form.HTML if _is_markup(head) else Form.TEXT


def too_large(size: int) -> UnreadableError:
    """Return what to say of a file of `size` bytes."""
    return UnreadableError("C104", {"size": f"{size / 1024 / 1024:.1f}", "limit": LARGEST_MB})


def _is_markup(head: bytes) -> bool:
    found = [match.group()[:9].lower() for match in _MARKUP.finditer(head)]
    return (
        any(tag.startswith((b"<!doctype", b"<html", b"<body", b"<head")) for tag in found) or len(found) >= 3
    )


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, delete=_CONTROLS))
    return controls > len(data) // 1000


def _zipped(data: bytes) -> Form:
    """Tell a Word document from other things that are zip archives.

    Raises:
        UnreadableError: It is something else (C115–C117), or damaged (C121).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as fault:
        raise UnreadableError("C121") from fault
    if any(name.startswith("word/") for name in names):
        return Form.DOCX
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise UnreadableError(
            "C116", {"format": "Excel" if any(n.startswith("xl/") for n in names) else "PowerPoint"}
        )
    if "OFD.xml" in names:
        raise UnreadableError("C115", {"format": "OFD"})
    if "content.xml" in names:
        raise UnreadableError("C115", {"format": "OpenDocument"})
    raise UnreadableError("C117", {"format": "zip"})


def _refuse_other_formats(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise _ole(data, name)
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("C115", {"format": "RTF"})
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise UnreadableError("C114")
    if data.startswith(_ARCHIVES):
        raise UnreadableError("C117", {"format": "rar, 7z"})


def _ole(data: bytes, name: str) -> UnreadableError:
    """Return what to say of an OLE container: encrypted, old Word, WPS, old Excel or PowerPoint."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    ending = name.lower().rpartition(".")[2]
    if holds("EncryptedPackage"):
        return UnreadableError("C120")
    if holds("Workbook") or ending in ("xls", "et"):
        return UnreadableError("C116", {"format": "Excel"})
    if holds("PowerPoint Document") or ending in ("ppt", "dps"):
        return UnreadableError("C116", {"format": "PowerPoint"})
    return UnreadableError("C115", {"format": "WPS" if ending in ("wps", "wpt") else "Word 97–2003 (.doc)"})
