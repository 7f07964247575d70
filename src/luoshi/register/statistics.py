"""Imported statistics (统计导入): figures of indicators by name and period, from a spreadsheet of the statistics office.

A figure that is imported again with another value corrects the earlier one; the same file twice changes nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.cadence.cycle import Frequency, periods_of
from luoshi.catalogue.indicator import find
from luoshi.catalogue.measure import dimension_of
from luoshi.kernel.diagnostic import Diagnostic
from luoshi.kernel.quantity import base_amount
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.observation import Attestation, Computed, Observation
from luoshi.register.sheet import Sheet, SheetRow, decimal_in, sheet_of

INDICATOR, PERIOD, VALUE, UNIT, COLUMN_SOURCE = "指标", "时期", "数值", "单位", "出处"
COLUMNS = (INDICATOR, PERIOD, VALUE, UNIT, COLUMN_SOURCE)
"""Columns of the sheet; the last may be left out."""


class ImportedFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure of a file: series, last day of its period, value, unit, row of the file, where it was published."""

    series: str
    day: date
    value: Decimal
    unit: str
    row: int
    origin: str = ""


class StatisticsImported(Fact, frozen=True, kw_only=True, tag="statistics_imported"):
    """A file of statistics was taken in: those of its figures that were new or different."""

    file: str
    name: str
    figures: tuple[ImportedFigure, ...]


class KnownFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as known: value, unit, where it was published, its entry, day on which it was known, entries before."""

    value: Decimal
    unit: str
    origin: str
    entry: int
    known: date
    earlier: tuple[int, ...] = ()


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one indicator by the last day of their periods."""

    name: str
    figures: Mapping[date, KnownFigure] = {}


def profile_of(series: Series, year: int) -> tuple[Decimal, ...]:
    """Return what share of a year's total had come by the end of each month; empty where a month is missing or the total is nothing.

    Args:
        series: The figures, each counted from the start of its year.
        year: The year.
    """
    ends = [period.end for period in periods_of(year, Frequency.MONTH)]
    known = [series.figures[end].value for end in ends if end in series.figures]
    if len(known) < len(ends) or known[-1] <= 0:
        return ()
    return tuple((value / known[-1]).quantize(Decimal("0.0001")) for value in known)


def applied(
    all_series: Mapping[str, Series], fact: StatisticsImported, entry: Entry, on: date
) -> dict[str, Series]:
    """Return every series after a file was taken in."""
    after = dict(all_series)
    for figure in fact.figures:
        series = after.get(figure.series) or Series(name=figure.series)
        before = series.figures.get(figure.day)
        known = KnownFigure(
            value=figure.value,
            unit=figure.unit,
            origin=figure.origin or fact.name,
            entry=entry.number,
            known=on,
            earlier=(*before.earlier, before.entry) if before else (),
        )
        after[figure.series] = Series(name=figure.series, figures={**series.figures, figure.day: known})
    return after


def series_of(name: str) -> str:
    """Return the series that an indicator's name stands for: that of the catalogue's indicator, or the name itself.

    Example:
        >>> series_of("全市地区生产总值"), series_of("大棚面积")
        ('地区生产总值', '大棚面积')
    """
    plain = re.sub(r"\s", "", name)
    for form in (plain, re.sub(r"^(?:全市|全县|全区|全省|全州|我市|我县)", "", plain)):
        match = find(form)
        if match is not None and match.how == "whole":
            return match.indicator.name
    return plain


_MONTH = re.compile(r"(\d{4})[-/.年](?:1[-—至~]|1月?[-—至~])?(\d{1,2})月?(?:份|累计)?")
_QUARTER = re.compile(r"(\d{4})年?(?:第?([一二三四1-4])季度|[-/ ]?Q([1-4])|(上半年|前三季度|全年|年度)?)")


def period_end(text: str) -> date | None:
    """Return the last day of a period: 2026-03, 2026年3月, 2026年1-3月, 2026年一季度, 2026Q1, 2026年上半年, 2026年.

    Example:
        >>> period_end("2026年1-3月"), period_end("2026年一季度"), period_end("2026年")
        (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), datetime.date(2026, 12, 31))
    """
    plain = re.sub(r"\s", "", text)
    month = _MONTH.fullmatch(plain)
    if month:
        return _month_end(int(month[1]), int(month[2]))
    quarter = _QUARTER.fullmatch(plain)
    if not quarter:
        return None
    digit = quarter[2] or quarter[3]
    if digit:
        number = "一二三四".find(digit) + 1 or int(digit)
        return _month_end(int(quarter[1]), 3 * number)
    last = {"上半年": 6, "前三季度": 9}.get(quarter[4] or "", 12)
    return _month_end(int(quarter[1]), last)


def _month_end(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1949 <= year <= 2100):
        return None
    return date(year, month, monthrange(year, month)[1])


def read(data: bytes) -> tuple[tuple[ImportedFigure, ...], tuple[Diagnostic, ...]]:
    """Read a file of statistics.

    Returns:
        The figures; or what is wrong with every bad cell (R220 to R224), and then none is to be taken.

    Raises:
        RegisterError: The file cannot be read (R20x).
    """
    sheet = sheet_of(data, needed=(INDICATOR, PERIOD, VALUE))
    faults: list[Diagnostic] = []
    figures: list[ImportedFigure] = []
    seen: dict[tuple[str, date], int] = {}
    for row in sheet.rows:
        figure = _figure(sheet, row, faults)
        if figure is None:
            continue
        if (figure.series, figure.day) in seen:
            faults.append(sheet.fault("R224", row, INDICATOR, other=seen[figure.series, figure.day]))
        seen[figure.series, figure.day] = row.number
        figures.append(figure)
    return (tuple(figures) if not faults else (), tuple(faults))


def _figure(sheet: Sheet, row: SheetRow, faults: list[Diagnostic]) -> ImportedFigure | None:
    name, day, value = row.text(INDICATOR), period_end(row.text(PERIOD)), decimal_in(row.text(VALUE))
    wrong = []
    if not name:
        wrong.append(sheet.fault("R220", row, INDICATOR))
    if day is None:
        wrong.append(sheet.fault("R221", row, PERIOD))
    if value is None:
        wrong.append(sheet.fault("R222", row, VALUE))
    unit = row.text(UNIT)
    if unit and not dimension_of(unit):
        wrong.append(sheet.fault("R223", row, UNIT))
    faults += wrong
    if wrong or day is None or value is None:
        return None
    return ImportedFigure(
        series=series_of(name),
        day=day,
        value=value,
        unit=unit,
        row=row.number,
        origin=row.text(COLUMN_SOURCE),
    )


def take_in(
    all_series: Mapping[str, Series], figures: Sequence[ImportedFigure], *, file: str, name: str, on: date
) -> Proposal | None:
    """Return the entry that takes figures in; None where all of them are known already.

    Args:
        all_series: What is known.
        figures: Figures of the file.
        file: Its digest.
        name: Its name.
        on: Day.
    """
    fresh = tuple(figure for figure in figures if _is_new(all_series, figure))
    if not fresh:
        return None
    fact = StatisticsImported(file=file, name=name, figures=fresh)
    return Proposal(fact=fact, day=on, evidence=(file,))


def _is_new(all_series: Mapping[str, Series], figure: ImportedFigure) -> bool:
    series = all_series.get(figure.series)
    known = series.figures.get(figure.day) if series else None
    return known is None or (known.value, known.unit) != (figure.value, figure.unit)


def converted(value: Decimal, unit: str, into: str) -> Decimal | None:
    """Return a value in another unit of the same dimension; None where there is no way.

    Example:
        >>> converted(Decimal("30000"), "万元", "亿元")
        Decimal('3')
    """
    if unit in ("", into):
        return value
    plain, wanted = base_amount(Decimal(1), unit), base_amount(Decimal(1), into)
    if plain[1] != wanted[1] or not wanted[0]:
        return None
    result = (value * plain[0] / wanted[0]).normalize()
    return result.quantize(Decimal(1)) if result == result.to_integral_value() else result


def observations(series: Series, unit: str) -> tuple[Observation, ...]:
    """Return the figures of a series in a unit, the oldest period first; those that cannot be given in it are left out."""
    found = []
    for day in sorted(series.figures):
        known = series.figures[day]
        value = converted(known.value, known.unit, unit)
        if value is not None:
            found.append(
                Observation(
                    day=day,
                    value=value,
                    computed=Computed.IMPORTED,
                    attestation=Attestation.THIRD_PARTY,
                    is_accepted=True,
                    entry=known.entry,
                    known=known.known,
                )
            )
    return tuple(found)
