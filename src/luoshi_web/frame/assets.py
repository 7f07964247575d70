"""Style sheets and scripts from installed packages, addressed by their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class DigestStorage(StaticFilesStorage):
    """Adds a digest of the content to every address, so that browsers may keep files for a year."""

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        mark = _digest(name or "")
        return f"{plain}?v={mark}" if mark else plain


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if found else ""
