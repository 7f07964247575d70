"""Word package (Word 文档的压缩包): its parts, opened only after the limits are known to hold."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from luoshi.kernel.errors import UnreadableError

_LARGEST_PART = 64 * 1024 * 1024
_LARGEST = 512 * 1024 * 1024
_HIGHEST_RATIO = 200
_MOST_PARTS = 10_000
_SMALL = 8 * 1024 * 1024
"""Bytes up to which a part may be packed as tightly as it likes."""


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a document that are read, by name; a part that is not there is None."""

    archive: zipfile.ZipFile

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part's XML, or None.

        Raises:
            UnreadableError: It is damaged (C121), or declares entities (C123).
        """
        try:
            data = self.archive.read(name)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as fault:
            raise UnreadableError("C121") from fault
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableError("C123")
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise UnreadableError("C121") from fault
        if root.getroottree().docinfo.internalDTD is not None:  # in another encoding
            raise UnreadableError("C123")
        return root


def opened(data: bytes) -> Package:
    """Open the zip archive of a Word document.

    Raises:
        UnreadableError: It is damaged (C121), locked by a password (C120), or unpacks beyond all measure (C122).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as fault:
        raise UnreadableError("C121") from fault
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("C120")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise UnreadableError("C122")
    for part in parts:
        is_tight = part.file_size > _SMALL and part.file_size > _HIGHEST_RATIO * max(part.compress_size, 1)
        if is_tight or (part.file_size > _LARGEST_PART and part.filename.endswith((".xml", ".rels"))):
            raise UnreadableError("C122")
    return Package(archive)
