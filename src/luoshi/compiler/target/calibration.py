"""Confidence as measured (校准): how often a field with that much doubt of its own was right on unread passages.

The share is (right + 1) / (judged + 2), so that few passages never give certainty (Laplace's rule of succession).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

STATED = "stated"
_FEWEST = 8
"""Passages below which the reading's own confidence stands."""


@cache
def _measured() -> dict[tuple[str, str], float]:
    text = resources.files("luoshi.compiler.target").joinpath("calibration.yaml").read_text(encoding="utf-8")
    return {
        (field, str(own)): (right + 1) / (judged + 2)
        for field, rows in yaml.safe_load(text).items()
        for own, (right, judged) in rows.items()
        if judged >= _FEWEST
    }


def calibrated(field: str, own: float | None) -> float:
    """Return the measured confidence of a field.

    Args:
        field: Name of the target's field.
        own: Confidence that the reading states; None where it states no doubt.

    Returns:
        The measured share of right ones, to two places; where nothing was measured, `own`, or 1.
    """
    key = STATED if own is None else format(own, "g")
    share = _measured().get((field, key))
    if share is None:
        return 1.0 if own is None else own
    return round(share, 2)
