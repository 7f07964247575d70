"""Reforms of institutions (机构改革): dated, with the document that decided them, from ``reforms.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform that renamed, founded or merged bureaus.

    Attributes:
        key: Name in the catalogue, such as ``offices-2018``.
        nation: Day from which the nation's bureaus bear the new names.
        local: Day from which those of provinces, cities and counties as a rule do.
        reference: Document, and where it is known how local governments followed.
    """

    key: str
    nation: date
    local: date
    reference: str


@cache
def reforms() -> dict[str, Reform]:
    """Return every reform by key, in order of time."""
    text = resources.files("luoshi.catalogue").joinpath("reforms.yaml").read_text(encoding="utf-8")
    return {entry["key"]: Reform(**entry) for entry in yaml.safe_load(text)}
