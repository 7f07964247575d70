"""Make a backup, check one, and restore one (备份、检查、恢复)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from sqlite3 import connect

import msgspec
from django.conf import settings

from luoshi_web.environment import SETTINGS
from luoshi_web.frame import blob
from luoshi_web.frame.clock import now
from luoshi_web.rights import RuleError
from luoshi_web.safekeeping import archive, database
from luoshi_web.safekeeping.archive import FORMAT, Manifest

_BESIDE = ("secret.key", "demo-users.json")
"""Files of the data folder that are kept beside database and files."""


def back_up(target: Path, *, is_replacing: bool = False) -> Manifest:
    """Write everything that a site is made of into one file, while it goes on running.

    The database comes first: files only grow, so every file that it names is there when they are read after it.

    Args:
        target: File to write.
        is_replacing: Whether a file of that name may be replaced.

    Raises:
        RuleError: The file is there already (W709), the folder is missing (W710), or the database cannot be copied (W706, W707).
    """
    if target.exists() and not is_replacing:
        raise RuleError("W709", {"name": str(target)})
    if not target.parent.is_dir():
        raise RuleError("W710", {"name": str(target.parent)})
    with (
        tempfile.TemporaryDirectory(prefix=".luoshi-", dir=target.parent) as folder,
        database.snapshot(Path(folder)) as (name, copy, heads),
    ):
        written = Path(folder) / "settings.json"
        written.write_bytes(msgspec.json.format(msgspec.json.encode(_settings()), indent=1))
        members = [(name, copy), ("settings.json", written), *_members()]
        manifest = Manifest(
            format=FORMAT,
            luoshi=version("luoshi"),
            made_at=now().isoformat(timespec="seconds"),
            engine=database.engine(),
            heads=heads,
            files={name: archive.digest_of(path) for name, path in members},
        )
        archive.write(target, members, manifest)
    return manifest


def _members() -> Iterator[tuple[str, Path]]:
    for name in _BESIDE:
        if (path := Path(settings.DATA_DIR) / name).is_file():
            yield name, path
    for room in blob.ROOMS:
        for path in blob.every(room):
            yield f"files/{room}/{path.parent.name}/{path.name}", path


def _settings() -> dict[str, str]:
    """Return the settings that are set, without secrets, so that a person sees later how the site was run."""
    return {one.name: os.environ[one.name] for one in SETTINGS if one.name in os.environ and not one.secret}


def check(path: Path) -> Manifest:
    """Check a backup byte for byte, without restoring it.

    Raises:
        RuleError: It is damaged or no backup (W700–W705).
    """
    return archive.unpack(path, None)


def unpack_into(path: Path, target: Path) -> Manifest:
    """Unpack a backup into an empty or missing folder: all of it, checked, or nothing.

    Args:
        path: The backup.
        target: Data folder to be.

    Raises:
        RuleError: The folder is not empty (W711), or the backup is damaged or none (W700–W705).
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RuleError("W711", {"name": str(target)})
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".luoshi-", dir=target.parent) as folder:
        inner = Path(folder) / "data"
        inner.mkdir(mode=0o700)
        manifest = archive.unpack(path, inner)
        if (inner / database.SQLITE).exists():
            _own_name(inner)
        if target.exists():
            target.rmdir()
        inner.rename(target)
    return manifest


def _own_name(folder: Path) -> None:
    copy = folder / database.SQLITE
    with closing(connect(copy)) as opened:
        # The site writes with a journal of its own; the copy says so from the start.
        opened.execute("PRAGMA journal_mode=WAL")
    copy.rename(folder / "luoshi.sqlite3")
