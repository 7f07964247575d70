"""Linking what a target measures to the catalogue of indicators (指标对应)."""

from __future__ import annotations

from luoshi.plan.model import TargetKind


def link(words: str, unit: str, kind: TargetKind) -> tuple[str, float]:
    """Return the key of the indicator that `words` name, or "", and how sure the link is."""
    return "", 1.0
