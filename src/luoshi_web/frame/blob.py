"""Files as they came, kept in the data folder under their digest (原件): reports in one room, evidence in another."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def digest_of(data: bytes) -> str:
    """Return ``sha256:`` and the hex digest of bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


SOURCES = "sources"
EVIDENCE = "evidence"
ROOMS = (SOURCES, EVIDENCE)
"""Folders in which files are kept."""


def keep(data: bytes, *, room: str = SOURCES) -> str:
    """Keep bytes and return their digest; the same bytes are kept once.

    Returns:
        ``sha256:`` and the hex digest.
    """
    digest = digest_of(data)
    name = digest.removeprefix("sha256:")
    target = _path(name, room)
    if not target.exists():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f"{name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        draft.replace(target)
    return digest


def path_of(digest: str, *, room: str = SOURCES) -> Path:
    """Return where the bytes with this digest lie.

    Raises:
        ValueError: This is no digest.
    """
    name = digest.removeprefix("sha256:")
    if len(name) != 64 or not all(c in "0123456789abcdef" for c in name):
        raise ValueError(f"{digest!r} is no digest")
    return _path(name, room)


def every(room: str) -> Iterator[Path]:
    """Return every file of a room, by name; what is still being written is left out."""
    for path in sorted((Path(settings.MEDIA_ROOT) / room).glob("??/*")):
        if len(path.name) == 64:
            yield path


def _path(name: str, room: str) -> Path:
    return Path(settings.MEDIA_ROOT) / room / name[:2] / name
