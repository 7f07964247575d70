"""Figures of investment promotion (招商引资指标); every formula is Luoshi's own rule, in ``docs/explanation/registers.md``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from luoshi.register.case.history import day_of_field
from luoshi.register.case.model import Case
from luoshi.register.pack import Compute, RegisterFigure, Window
from luoshi.register.procedure.model import Procedure
from luoshi.register.sheet import decimal_in


def _agreed(case: Case) -> Decimal:
    return decimal_in(case.fields.get("amount", "")) or Decimal(0)


def _signed(cases: Sequence[Case], window: Window) -> list[Case]:
    return [case for case in cases if window.holds(day_of_field(case, "signed"))]


def signed(cases: Sequence[Case], _procedure: Procedure, window: Window, least: str) -> RegisterFigure:
    """Return how many agreements were signed this year, of at least `least` (万元)."""
    found = [case for case in _signed(cases, window) if not least or _agreed(case) >= Decimal(least)]
    return RegisterFigure(Decimal(len(found)), len(found))


def _months(window: Window) -> tuple[str, str]:
    return f"{window.start:%Y-%m}", f"{window.on:%Y-%m}"


def money(cases: Sequence[Case], _procedure: Procedure, window: Window, _parameter: str) -> RegisterFigure:
    """Return the money in place in the months of this year, in 万元."""
    since, until = _months(window)
    telling = [
        case for case in cases if any(since <= month <= until for month in case.amounts.get("money", {}))
    ]
    if not telling:
        return RegisterFigure(None, 0)
    return RegisterFigure(
        sum((case.total_of("money", until, since) for case in telling), Decimal(0)), len(telling)
    )


def _share(part: Decimal, whole: Decimal, cases: int) -> RegisterFigure:
    if not whole:
        return RegisterFigure(None, 0)
    return RegisterFigure((100 * part / whole).quantize(Decimal("0.01")), cases, part, whole)


def start_rate(
    cases: Sequence[Case], _procedure: Procedure, window: Window, _parameter: str
) -> RegisterFigure:
    """Return the share of this year's agreements whose projects have started, in percent."""
    mine = _signed(cases, window)
    started = sum((day := day_of_field(case, "started")) is not None and day <= window.on for case in mine)
    return _share(Decimal(started), Decimal(len(mine)), len(mine))


def money_rate(
    cases: Sequence[Case], _procedure: Procedure, window: Window, _parameter: str
) -> RegisterFigure:
    """Return the money in place of this year's agreements as a share of what they agreed, in percent."""
    mine = _signed(cases, window)
    since, until = _months(window)
    put = sum((case.total_of("money", until, since) for case in mine), Decimal(0))
    return _share(put, sum(map(_agreed, mine), Decimal(0)), len(mine))


def kept_rate(
    cases: Sequence[Case], _procedure: Procedure, window: Window, _parameter: str
) -> RegisterFigure:
    """Return the share of this year's agreements that is not broken, in percent."""
    mine = _signed(cases, window)
    broken = sum(
        case.outcome == "broken" and case.closed is not None and case.closed.date() <= window.on
        for case in mine
    )
    return _share(Decimal(len(mine) - broken), Decimal(len(mine)), len(mine))


COMPUTES: dict[str, Compute] = {
    "signed": signed,
    "money": money,
    "start_rate": start_rate,
    "money_rate": money_rate,
    "kept_rate": kept_rate,
}
