"""An observation (数据): a figure, how it was computed, and who attests it (核实方式)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from luoshi.kernel.label import Labelled


class Computed(Labelled):
    """How a figure came about (计算方式)."""

    MEASURED = "measured", "自动测得", "measured"
    COUNTED = "counted", "清单计数", "counted"
    IMPORTED = "imported", "统计导入", "imported"
    REPORTED = "reported", "人工填报", "reported"

    @property
    def mark(self) -> str:
        """One character for lists: 测, 数, 导 or 报."""
        return {"measured": "测", "counted": "数", "imported": "导", "reported": "报"}[self.value]


class Attestation(Labelled):
    """Who stands for a figure (核实方式), from the least to the most independent."""

    UNIT = "unit", "填报单位自报", "attested by the unit itself"
    HEAD = "head", "单位负责人审核", "attested by the unit's head"
    SAMPLE = "sample", "督查抽样核实", "attested by a supervisor's check of a drawn sample"
    THIRD_PARTY = "third_party", "第三方核实", "attested by a third party"

    @property
    def rank(self) -> int:
        """0 for the unit itself, rising with independence."""
        return list(Attestation).index(self)


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a target or an indicator.

    Attributes:
        day: Last day that the figure covers.
        value: The figure, in the unit of the target.
        computed: How it came about.
        attestation: Who stands for it.
        is_accepted: Whether the supervisor has accepted it.
        entry: Number of the ledger entry that it rests on.
        known: Day on which it was known.
    """

    day: date
    value: Decimal
    computed: Computed
    attestation: Attestation
    is_accepted: bool
    entry: int
    known: date
