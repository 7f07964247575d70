"""Turn a Word file into a PDF by LibreOffice, where the machine has it (转 PDF)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 90


def program() -> str | None:
    """Return the path of LibreOffice; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(docx: bytes) -> bytes | None:
    """Return a Word file as PDF; None where LibreOffice is not there or does not manage.

    It runs with a profile of its own in a temporary folder, so that two at once do not stand in each other's way.
    """
    found = program()
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(docx)
        command = [
            found,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)
        except (subprocess.SubprocessError, OSError):
            return None
        made = Path(folder) / "document.pdf"
        return made.read_bytes() if made.exists() else None
