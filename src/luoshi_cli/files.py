"""Files that commands read and write (文件读写): a clear sentence for what cannot be, and nothing half-written."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi_cli.speech import either

if TYPE_CHECKING:
    from luoshi.kernel.diagnostic import Diagnostic
    from luoshi.plan.model import Plan, Source

STREAM = "-"
"""Name that stands for standard input or output."""
_HEAD = 4096


class FileError(click.ClickException):
    """A file cannot be read or written; the message says why and what would help."""


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Raises:
        FileError: It cannot be read.
    """
    if path == STREAM:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise FileError(_unreadable(path, error)) from None


def write(path: str, data: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. ``-`` is standard output.

    Raises:
        FileError: It cannot be written.
    """
    if path == STREAM:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    temporary = ""
    try:
        # A link is written through, not replaced.
        target = target.resolve()
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _give_rights(temporary, target)
        os.replace(temporary, target)
    except OSError as error:
        raise FileError(_unwritable(path, error)) from None
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _give_rights(temporary: str, target: Path) -> None:
    """Give the new file the rights of the one that it replaces, else those of any new file."""
    if target.exists():
        os.chmod(temporary, target.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(temporary, 0o666 & ~mask)


def check_output(path: str, *inputs: str) -> None:
    """Refuse to write over an input or into a folder that is not there, before any work is done.

    Raises:
        FileError: The result could not be written there.
    """
    if path == STREAM:
        return
    target = Path(path)
    if any(
        name != STREAM and target.exists() and Path(name).exists() and target.samefile(name)
        for name in inputs
    ):
        raise FileError(
            either(
                f"输出文件 {path} 就是输入文件。请换一个名字。",
                f"The output {path} is the input itself. Choose another name.",
            )
        )
    if target.is_dir():
        raise FileError(either(f"{path} 是文件夹。请写出文件名。", f"{path} is a folder. Name a file in it."))
    if not target.parent.is_dir():
        raise FileError(
            either(
                f"没有文件夹 {target.parent}。请先建立。",
                f"There is no folder {target.parent}. Make it first.",
            )
        )


def is_plan(data: bytes) -> bool:
    """Tell whether the bytes are a plan file rather than a report: the name of the format stands near their beginning or end."""
    return b"luoshi.plan/" in data[:_HEAD] or b"luoshi.plan/" in data[-_HEAD:] or _has_schema(data)


def _has_schema(data: bytes) -> bool:
    # Canonical JSON sorts its keys, so "schema" stands between lists that may be long.
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"luoshi.plan/' in data


def read_plan(path: str) -> Plan:
    """Return the plan in a file, JSON or YAML.

    Raises:
        FileError: The file cannot be read.
        PlanError: It is not a plan, or not a sound one.
    """
    from luoshi.plan.document import read

    return read(read_bytes(path))


def read_source(path: str, number: int = 1) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Return the report in a file as the plan's source document, and what its reading had to say.

    Raises:
        FileError: There is no such file.
        UnreadableError: It cannot be read as a report.
    """
    from luoshi.compiler.source import document, read_limited

    place = Path(path)
    try:
        with place.open("rb"):
            pass
    except OSError as error:
        raise FileError(_unreadable(path, error)) from None
    delivered = read_limited(place, name=place.name)
    return document(delivered, name=place.name, source_id=f"S{number}"), delivered.diagnostics


def _unreadable(path: str, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return either(f"没有文件 {path}。请核对文件名。", f"There is no file {path}. Check its name.")
        case IsADirectoryError():
            return either(f"{path} 是文件夹，不是文件。", f"{path} is a folder, not a file.")
        case PermissionError():
            return either(f"没有读取 {path} 的权限。", f"You have no right to read {path}.")
        case _:
            return either(f"{path} 读不出来：{error.strerror}。", f"{path} cannot be read: {error.strerror}.")


def _unwritable(path: str, error: OSError) -> str:
    return either(
        f"{path} 写不进去：{error.strerror}。原有的文件没有改动。",
        f"{path} cannot be written: {error.strerror}. What was there is unchanged.",
    )
