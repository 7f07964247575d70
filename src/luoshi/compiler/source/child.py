"""Reading process (读取子进程): takes a file on its standard input and gives its text on its standard output.

Input: the file's name as one line of JSON, then its bytes. Output: one line of JSON, then the text in
UTF-8. The line is ``{"medium", "diagnostics"}``, or ``{"code", "parameters"}`` where the file
cannot be read. Run by `luoshi.compiler.source.limited` in an isolated interpreter.
"""

from __future__ import annotations

import json
import sys

from luoshi.compiler.source import form, guard
from luoshi.compiler.source.read import reader
from luoshi.kernel.errors import UnreadableError


def main() -> None:
    """Read one file under `guard` and answer."""
    sys.dont_write_bytecode = True
    name = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(form.LARGEST + 1)
    output = sys.stdout.buffer
    try:
        answer, text = _answer(data, name)
    except UnreadableError as error:
        answer, text = {"code": error.code, "parameters": error.parameters}, b""
    except MemoryError:
        answer, text = {"code": "C161", "parameters": {"megabytes": str(guard.MEGABYTES)}}, b""
    output.write(json.dumps(answer).encode("ascii") + b"\n" + text)
    output.flush()


def _answer(data: bytes, name: str) -> tuple[dict[str, object], bytes]:
    guard.limit()
    read = reader(form.of(data, name=name))
    guard.arm()
    delivered = read(data)
    diagnostics = [{"code": each.code, "parameters": each.parameters} for each in delivered.diagnostics]
    text = delivered.text.encode("utf-8", "surrogatepass")
    return {"medium": delivered.medium.value, "diagnostics": diagnostics}, text
