"""What a file of evidence is, told by its bytes and never by its name (佐证材料类型).

Only kinds that show no running content are taken. The name that people see is the one given, made harmless.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from luoshi.kernel.label import Labelled


class Medium(Labelled):
    """Kinds of files that are taken as evidence."""

    PDF = "pdf", "PDF 文档", "PDF document"
    PNG = "png", "PNG 图片", "PNG image"
    JPEG = "jpg", "JPEG 照片", "JPEG photograph"
    DOCX = "docx", "Word 文档", "Word document"
    XLSX = "xlsx", "Excel 表格", "Excel workbook"
    OFD = "ofd", "OFD 版式文件", "OFD document"
    TEXT = "txt", "纯文本", "plain text"

    @property
    def media_type(self) -> str:
        """Type by which it is handed out."""
        return {
            "pdf": "application/pdf",
            "png": "image/png",
            "jpg": "image/jpeg",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ofd": "application/ofd",
            "txt": "text/plain; charset=utf-8",
        }[str(self.value)]

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self in (Medium.PNG, Medium.JPEG)


_PARTS = {"word/document.xml": Medium.DOCX, "xl/workbook.xml": Medium.XLSX, "OFD.xml": Medium.OFD}
_MACROS = re.compile(r"vbaProject|macros?/|activeX|\.exe$|\.js$", re.IGNORECASE)
_MARKUP = re.compile(rb"^\s*(?:<|\xef\xbb\xbf<)")
_HARMLESS = re.compile(r"[^\w\-.（）()、，·\u3000-\u303f]+")


def medium_of(data: bytes) -> Medium | None:
    """Return what the bytes are; None where that is not a kind that is taken.

    Example:
        >>> medium_of(b"%PDF-1.7 ...").value, medium_of(b"<html>")
        ('pdf', None)
    """
    if data.startswith(b"%PDF-"):
        return Medium.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Medium.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Medium.JPEG
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if not data or b"\x00" in data or _MARKUP.match(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Medium.TEXT


def _in_zip(data: bytes) -> Medium | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return None
    if any(_MACROS.search(name) for name in names):
        return None
    return next((medium for part, medium in _PARTS.items() if part in names), None)


def harmless_name(name: str, medium: Medium) -> str:
    """Return a file name without folders and control characters, with the ending that its bytes ask for.

    Example:
        >>> harmless_name("../../开工 现场.PNG.exe", Medium.PNG)
        '开工_现场.PNG.png'
    """
    plain = _HARMLESS.sub("_", PurePosixPath(name.replace("\\", "/")).name)
    stem = plain.rpartition(".")[0] or plain
    ending = plain.rpartition(".")[2].lower()
    keeps = ending == medium.value or (medium is Medium.JPEG and ending == "jpeg")
    return f"{(plain.rpartition('.')[0] if keeps else stem).strip('._') or 'file'}.{medium.value}"[-120:]


def without_place(data: bytes, medium: Medium) -> bytes:
    """Return a picture without what a camera notes about place and device; other kinds as they are.

    Of a JPEG the segments APP1 to APP15 and comments go (Exif, GPS, XMP; APP14 stays, for it says how colours are coded); of a PNG
    the chunks eXIf, tEXt, zTXt, iTXt and tIME. The picture itself is not coded anew.

    Raises:
        ValueError: The file breaks off inside of a segment.
    """
    if medium is Medium.JPEG:
        return _jpeg_without(data)
    if medium is Medium.PNG:
        return _png_without(data)
    return data


def _jpeg_without(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a segment of the JPEG does not begin with its mark")
        mark = data[at + 1]
        if mark == 0xDA:  # the picture's own data follow up to the end
            kept.append(data[at:])
            return b"".join(kept)
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        if len(segment) < 2 + length:
            break
        is_note = mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)
        if not is_note:
            kept.append(segment)
        at += 2 + length
    raise ValueError("the JPEG breaks off")


_PNG_NOTES = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def _png_without(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            break
        if name not in _PNG_NOTES:
            kept.append(chunk)
        at += 12 + length
        if name == b"IEND":
            return b"".join(kept)
    raise ValueError("the PNG breaks off")
