"""Figures of the ledger that a scheme may reckon with (考核取数), each with the entries that it rests on."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of


class FigureName(Labelled):
    """What is counted for a unit in a period (取数项)."""

    JUDGED = "judged", "亮灯的目标任务数", "commitments that have a light"
    DONE = "done", "完成（蓝灯）数", "lights: done"
    ON_COURSE = "on_course", "正常（绿灯）数", "lights: on course"
    BEHIND = "behind", "滞后（黄灯）数", "lights: behind"
    FAR_BEHIND = "far_behind", "严重滞后（红灯）数", "lights: far behind"
    SILENT = "silent", "未报（灰灯）数", "lights: not reported"
    REPORTS_DUE = "reports_due", "应报次数", "reports that were due"
    IN_TIME = "in_time", "按期报送次数", "reports in time"
    LATE = "late", "逾期报送次数", "reports after they were due"
    MISSING = "missing", "未报送次数", "reports that never came"
    FILED = "filed", "报出次数", "filings that left the unit"
    RETURNED = "returned", "退回次数", "filings that the supervisor returned"
    KNOWN = "known", "有数据的量化指标数", "targets with a figure"
    ATTESTED = (
        "attested",
        "经抽样或第三方核实的指标数",
        "targets whose figure a sample or a third party attests",
    )
    NOTICES = "notices", "督办单数", "supervision notices"
    NOTICES_OVERDUE = (
        "notices_overdue",
        "逾期回复的督办单数",
        "supervision notices answered late or not at all",
    )


GRANTED = "granted."
"""What the name of a figure begins with that a supervisor grants by hand: points of a bonus or a deduction, by the item's key."""


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure of a unit in a period.

    Attributes:
        name: A `FigureName`'s key, or `GRANTED` and the key of a bonus or deduction.
        value: The figure; None where the ledger is silent.
        entries: Entries of the ledger that it rests on; what was looked at and not counted belongs to them.
        code: Message code of why it is silent; "" where it is not.
        was: The figure before an objection was upheld; None where none was.
    """

    name: str
    value: Decimal | None
    entries: tuple[int, ...] = ()
    code: str = ""
    was: Decimal | None = None

    def describe(self, language: Language = "zh") -> str:
        """Return why it is silent, in `language`; "" where it is not."""
        return text_of(self.code, {"name": label_of(self.name, language)}, language) if self.code else ""


def label_of(name: str, language: Language = "zh") -> str:
    """Return how people call a figure; the name itself for one that is granted."""
    known = {str(one.value): one for one in FigureName}
    return known[name].label(language) if name in known else name
