"""Limits of the process that reads a file (隔离限制): no network, no writing, no other program, little memory.

Two fences. An audit hook refuses what Python code might try, on every system; `resource` limits
bind native code too, where the system has them (Linux; macOS in part; not Windows).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

MEGABYTES = 1024
SECONDS = 60
_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "os.remove", "os.rename",
    "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate", "os.utime", "os.putenv", "os.kill", "shutil.",
    "tempfile.", "urllib.", "ftplib.", "http.client.", "smtplib.", "ctypes.dlopen", "winreg.", "pty.", "signal.pthread_kill", "webbrowser.",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class ForbiddenError(RuntimeError):
    """The reading process tried what it must not do."""


def limit() -> None:
    """Bound memory, processor time and the size of written files of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = MEGABYTES * 1024 * 1024
    bounds: Iterable[tuple[str, int]] = (
        ("RLIMIT_AS", size),
        ("RLIMIT_CPU", SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    )
    for name, bound in bounds:
        try:
            resource.setrlimit(getattr(resource, name), (bound, bound))
        except (AttributeError, ValueError, OSError):  # macOS refuses some
            continue


def arm() -> None:
    """Refuse from now on, for the rest of the process: connections, writing, other programs, loading libraries."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        if isinstance(flags, int) and flags & _WRITES:
            raise ForbiddenError(f"writing to {arguments[0]!r}")
    elif event.startswith(_REFUSED):
        raise ForbiddenError(event)
