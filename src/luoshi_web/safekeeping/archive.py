"""The archive of a backup (备份包): one tar file with a manifest first, whose digests are checked before anything is used.

Standard:
    POSIX.1-2001 pax tar, gzip. The manifest names every other member with its size and SHA-256; a member that it does not
    name, a link, a folder, or a name that leads elsewhere makes the archive invalid.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from luoshi_web.rights import RuleError

FORMAT = 1
MANIFEST = "manifest.json"
_NAMES = re.compile(
    r"(database\.(sqlite3|dump)|settings\.json|secret\.key|demo-users\.json|files/(sources|evidence)/[0-9a-f]{2}/[0-9a-f]{64})"
)
_CHUNK = 1024 * 1024


class KeptHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The end of a plan-year's ledger in the backup: scope, number and digest of the last entry."""

    scope: str
    number: int
    digest: str


class KeptFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member: size in bytes and hex SHA-256."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an archive holds.

    Attributes:
        format: Edition of this form.
        luoshi: Version of the software that made it.
        made_at: When, as ISO 8601 with the time zone.
        engine: ``sqlite`` or ``postgresql``.
        heads: Ends of the ledgers in it.
        files: Every other member by name.
    """

    format: int
    luoshi: str
    made_at: str
    engine: str
    heads: tuple[KeptHead, ...]
    files: dict[str, KeptFile]


def digest_of(path: Path) -> KeptFile:
    """Return size and digest of a file."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            found.update(block)
            size += len(block)
    return KeptFile(size=size, sha256=found.hexdigest())


def write(target: Path, members: Iterable[tuple[str, Path]], manifest: Manifest) -> None:
    """Write an archive that only its owner reads; it appears under its name when it is whole.

    Args:
        target: File to write.
        members: Name in the archive, and file.
        manifest: What they are.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(descriptor, "wb") as stream,
            tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.PAX_FORMAT) as tar,
        ):
            head = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
            _add(tar, MANIFEST, io.BytesIO(head), len(head))
            for name, path in members:
                with path.open("rb") as content:
                    _add(tar, name, content, manifest.files[name].size)
            tar.close()
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, content: object, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, content)  # type: ignore[arg-type]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """Open an archive and read its manifest.

    Raises:
        RuleError: It cannot be read (W700), is no archive of Luoshi (W701), or of an edition that is not known (W702).
    """
    try:
        tar = tarfile.open(path, mode="r:gz")  # noqa: SIM115 -- closed below
    except (OSError, tarfile.TarError, EOFError):
        raise RuleError("W700", {"name": path.name}) from None
    with tar:
        try:
            first = tar.next()
            content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
            if content is None:
                raise RuleError("W701", {"name": path.name})
            manifest = msgspec.json.decode(content.read(), type=Manifest)
        except (OSError, EOFError, tarfile.TarError, msgspec.ValidationError, msgspec.DecodeError):
            raise RuleError("W701", {"name": path.name}) from None
        if manifest.format != FORMAT:
            raise RuleError("W702", {"format": manifest.format, "wanted": FORMAT})
        yield manifest, tar


def unpack(path: Path, target: Path | None) -> Manifest:
    """Check an archive against its manifest, byte for byte, and unpack it where a folder is given.

    Args:
        path: The archive.
        target: Empty folder for its members; None checks only.

    Raises:
        RuleError: As for `opened`; or a member is no plain file of a known name (W703), is damaged (W704) or missing (W705).
    """
    with opened(path) as (manifest, tar):
        waiting = dict(manifest.files)
        try:
            for member in tar:
                if member.name == MANIFEST:
                    continue
                wanted = waiting.pop(member.name, None)
                if wanted is None or not member.isfile() or not _NAMES.fullmatch(member.name):
                    raise RuleError("W703", {"name": member.name})
                content = tar.extractfile(member)
                assert content is not None
                found = _copied(content, target / member.name if target is not None else None)
                if found != wanted:
                    raise RuleError("W704", {"name": member.name})
        except (OSError, EOFError, tarfile.TarError):
            raise RuleError("W704", {"name": path.name}) from None
        if waiting:
            raise RuleError("W705", {"name": min(waiting), "count": len(waiting)})
    return manifest


def _copied(content: object, target: Path | None) -> KeptFile:
    found, size = hashlib.sha256(), 0
    stream = None
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stream = os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        while block := content.read(_CHUNK):  # type: ignore[attr-defined]
            found.update(block)
            size += len(block)
            if stream is not None:
                stream.write(block)
    finally:
        if stream is not None:
            stream.close()
    return KeptFile(size=size, sha256=found.hexdigest())
