"""Rules of chasing (催办督办规则): when a unit is reminded, when a notice and a circulation are proposed, dated, from ``rules.yaml`` or of a place's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.kernel.label import Labelled


class OwedKind(Labelled):
    """What a unit can owe (待办类别)."""

    REPORT = "report", "填报", "report"
    HANDLING = "handling", "办理方案", "handling plan"
    RETURNED = "returned", "退回待改", "returned, to be mended"
    DELIVERABLE = "deliverable", "成果", "deliverable"
    NOTICE = "notice", "督办单回复", "answer to a supervision notice"
    TASK = "task", "交办事项", "task"


class ChasingRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of the rule; all days are working days.

    Attributes:
        name: Name and number; stored with every reminder sent by it.
        since: Day from which it is in force.
        reference: Where its numbers come from.
        handling: Days after the issue in which a handling plan is due.
        returned: Days after its return in which what was returned is due again.
        before: Days before the due day on which a unit is reminded, by kind.
        after: Days after it.
        notice_after: Days overdue from which a supervision notice is proposed, by kind; a kind that is missing gets none.
        notice_limit: Days in which a notice is to be answered.
        circulate_after: Days that a notice is overdue from which a circulation is proposed.
        look_back: Days after its close-out in which a supervisor looks back at a notice (回头看).
    """

    name: str
    since: date
    reference: str
    handling: int
    returned: int
    before: Mapping[OwedKind, tuple[int, ...]]
    after: Mapping[OwedKind, tuple[int, ...]]
    notice_after: Mapping[OwedKind, int]
    notice_limit: int
    circulate_after: int
    look_back: int

    def offsets(self, kind: OwedKind) -> tuple[int, ...]:
        """Return when a unit is reminded, in working days from the due day: negative before, positive after; in order."""
        before = (-days for days in self.before.get(kind, ()))
        return tuple(sorted({*before, *self.after.get(kind, ())}))


def rules_from(rows: Iterable[Any]) -> tuple[ChasingRule, ...]:
    """Return editions made from plain data, the oldest first.

    Raises:
        ValueError: A field is missing, unknown or of the wrong kind, or days are not above 0.
    """
    made = []
    for row in rows:
        rule = msgspec.convert(row, ChasingRule)
        days = [
            rule.handling,
            rule.returned,
            rule.notice_limit,
            rule.circulate_after,
            rule.look_back,
            *rule.notice_after.values(),
        ]
        days += [day for listed in (*rule.before.values(), *rule.after.values()) for day in listed]
        if min(days) < 1:
            raise ValueError(f"the days of {rule.name!r} are not all above 0")
        made.append(rule)
    return tuple(sorted(made, key=lambda rule: rule.since))


@cache
def rules() -> tuple[ChasingRule, ...]:
    """Return Luoshi's editions, the oldest first."""
    text = resources.files("luoshi.delivery.chasing").joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text)["editions"])


def rule_on(day: date, known: Iterable[ChasingRule] | None = None) -> ChasingRule:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [rule for rule in (known if known is not None else rules()) if rule.since <= day]
    if not in_force:
        raise ValueError(f"no rule of chasing is in force on {day}")
    return max(in_force, key=lambda rule: rule.since)
