"""Sentences of drafted documents (公文用语), from ``phrases.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml


@cache
def _phrases() -> dict[str, str]:
    entry = resources.files("luoshi.brief.drafting").joinpath("phrases.yaml")
    read: dict[str, str] = yaml.safe_load(entry.read_text(encoding="utf-8"))
    return read


def phrase(name: str, /, **values: object) -> str:
    """Return a sentence filled with values; references to figures and passages pass through as they are."""
    return _phrases()[name].format(**values)
