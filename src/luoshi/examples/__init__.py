"""The bundled example: a government work report (政府工作报告) of a city that does not exist.

绫江市, its counties, rivers, companies and figures are invented; every sentence is written for Luoshi.
What a reader should find in it stands in ``tests/corpus/example/``, worked out by hand.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

__all__ = ["NAME", "path", "text"]

NAME = "lingjiang-2026.txt"
"""File name of the example."""


def path() -> Path:
    """Return where the example lies; wheels are installed unpacked, so it is always a file."""
    return Path(str(resources.files(__name__).joinpath(NAME)))


def text() -> str:
    """Return the example's characters exactly as they are stored: UTF-8, lines ended by a line feed."""
    return path().read_bytes().decode("utf-8")
