"""What was delivered (送来的文件): its text, character by character, and the form in which it came."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.kernel.identity import digest
from luoshi.plan.model import Medium, Source


@dataclass(frozen=True, slots=True)
class Delivered:
    """Text of a document as delivered.

    Attributes:
        text: Every character as it stands in the file (of a web page, Word or PDF file, as extracted); lines end with a line feed.
        medium: Form in which it came.
        diagnostics: What a person should know of the reading, such as pages without text.
    """

    text: str
    medium: Medium
    diagnostics: tuple[Diagnostic, ...] = ()


def document(delivered: Delivered, *, name: str, source_id: str = "S1") -> Source:
    """Make the plan's source document (来源文件) of what was delivered.

    Args:
        delivered: What `read` gave.
        name: File name; folders, of any system, are left out.
        source_id: Identity inside the plan.
    """
    name = PureWindowsPath(PurePosixPath(name).name).name
    return Source(
        id=source_id, name=name, medium=delivered.medium, digest=digest(delivered.text), text=delivered.text
    )
