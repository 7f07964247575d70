"""Shares of deliverables (成果权重): all deliverables of a commitment together make 1."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

import msgspec

from luoshi.plan.model import Deliverable, ReviewState

STEP = Decimal("0.0001")


def balanced(deliverables: Sequence[Deliverable]) -> tuple[Deliverable, ...]:
    """Return the deliverables with the weights of those not rejected scaled to 1, to four places.

    Their proportions stay; where all weigh nothing, each gets the same. What rounding leaves over goes to the last.
    """
    counted = [d for d in deliverables if d.state is not ReviewState.REJECTED]
    total = sum((d.weight for d in counted), Decimal(0))
    if not counted or total == 1:
        return tuple(deliverables)
    shares = [
        (d.weight / total if total else Decimal(1) / len(counted)).quantize(STEP, ROUND_DOWN) for d in counted
    ]
    shares[-1] += 1 - sum(shares, Decimal(0))
    weights = {d.id: share for d, share in zip(counted, shares, strict=True)}
    return tuple(msgspec.structs.replace(d, weight=weights.get(d.id, d.weight)) for d in deliverables)
