"""Reading under limits (受限读取): the file is taken apart in a process of its own.

A reader of Word, PDF or web pages is a large target, and an upload may come from anyone. So the
work is done by a process without network, without the right to write, with an empty environment and
bounded memory and time (`luoshi.compiler.source.guard`); whatever becomes of it, the caller gets a
text or one `UnreadableError`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from luoshi.compiler.source import form, guard
from luoshi.compiler.source.delivered import Delivered
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.errors import UnreadableError
from luoshi.plan.model import Medium

_LONGEST_ANSWER = 64 * 1024 * 1024
_KEPT = ("SYSTEMROOT", "WINDIR")
"""Environment variables without which Python does not start on Windows."""

_START = "import sys; sys.path.extend(sys.argv[1:]); from luoshi.compiler.source.child import main; main()"
"""The isolated interpreter does not know where the package is installed (a user's own folder, say); it is told."""
_TIMED_OUT = 1_000_000


def read_limited(file: Path | str | bytes, *, name: str, seconds: float = guard.SECONDS) -> Delivered:
    """Read a report's text in a limited process.

    Args:
        file: Path of the file, or its content.
        name: Its name, for messages and for the plan.
        seconds: Time after which reading is given up.

    Raises:
        UnreadableError: It cannot be read, or not within the limits (C1xx).
    """
    data = file if isinstance(file, bytes) else _content(Path(file), name)
    if len(data) > form.LARGEST:
        raise form.too_large(len(data))
    answer, text, status = _ask(data, name, seconds)
    if not answer:
        raise _broken_off(status, seconds)
    if "code" in answer:
        raise UnreadableError(str(answer["code"]), answer["parameters"])
    diagnostics = tuple(
        Diagnostic(code=each["code"], severity=Severity.WARNING, parameters=each["parameters"])
        for each in answer["diagnostics"]
    )
    return Delivered(text.decode("utf-8", "surrogatepass"), Medium(answer["medium"]), diagnostics)


def _content(path: Path, name: str) -> bytes:
    """Return the content of a file.

    Raises:
        UnreadableError: It is not there, no file, closed to us, or too large (C101–C105).
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableError("C102", {"name": name})
        if state.st_size > form.LARGEST:
            raise form.too_large(state.st_size)
        with path.open("rb") as file:
            return file.read(form.LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableError("C101", {"name": name}) from None
    except NotADirectoryError:
        raise UnreadableError("C101", {"name": name}) from None
    except PermissionError:
        raise UnreadableError("C103", {"name": name}) from None
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the path
        raise UnreadableError(
            "C105", {"name": name, "reason": getattr(fault, "strerror", None) or fault}
        ) from None


def _ask(data: bytes, name: str, seconds: float) -> tuple[dict[str, Any], bytes, int]:
    """Let a process of its own read `data`.

    Returns:
        Its answer (empty where it gave none), the text, and how it ended: its exit status, or `_TIMED_OUT`.
    """
    paths = [path for path in sys.path if path and os.path.isabs(path)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={key: os.environ[key] for key in _KEPT if key in os.environ},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    writer = threading.Thread(
        target=_send, args=(process, json.dumps(name).encode("ascii") + b"\n" + data), daemon=True
    )
    with process:
        timer.start()
        writer.start()
        output = process.stdout.read(_LONGEST_ANSWER + 1) if process.stdout else b""
        if len(output) > _LONGEST_ANSWER:
            process.kill()
        status = process.wait()
        timer.cancel()
        writer.join()
    if timed_out.is_set():
        return {}, b"", _TIMED_OUT
    line, _, text = output.partition(b"\n")
    if status or not line or len(output) > _LONGEST_ANSWER:
        return {}, b"", status
    with contextlib.suppress(ValueError):
        answer: dict[str, Any] = json.loads(line)
        return answer, text, status
    return {}, b"", status


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    """Write the whole message; the process may end before it has read all of it."""
    if process.stdin:
        with contextlib.suppress(OSError), process.stdin:
            process.stdin.write(message)


def _broken_off(status: int, seconds: float) -> UnreadableError:
    """Return what to say of a process that ended without an answer."""
    if status == _TIMED_OUT or -status == getattr(signal, "SIGXCPU", None):
        return UnreadableError("C160", {"seconds": f"{seconds:g}"})
    if -status == getattr(signal, "SIGKILL", None):  # by the system, for want of memory
        return UnreadableError("C161", {"megabytes": guard.MEGABYTES})
    return UnreadableError("C162")
