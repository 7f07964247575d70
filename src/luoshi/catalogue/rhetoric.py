"""Rhetoric (套话): sentences that frame, appeal or describe, and promise nothing of their own."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of rhetoric, each with the pattern of its sentences, first match wins."""
    data = yaml.safe_load(
        resources.files("luoshi.catalogue").joinpath("rhetoric.yaml").read_text(encoding="utf-8")
    )
    return tuple(
        (entry["kind"], re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])))
        for entry in data["kinds"]
    )
