"""Working days of very many days at once (批量工作日计算), as NumPy arrays.

The rules and the calendar are those of `luoshi.cadence.workday`; here its answers for every day of some years are laid out in two tables, so that a
million periods are two look-ups each.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from luoshi.cadence.workday import WorkCalendar

Days = NDArray[np.datetime64]
Counts = NDArray[np.int64]


class WorkdayTable:
    """Working days between two years, laid out for look-ups.

    Args:
        calendar: Working days of the place.
        first: First year.
        last: Last year.
    """

    def __init__(self, calendar: WorkCalendar, first: int, last: int) -> None:
        begin, end = date(first, 1, 1), date(last, 12, 31)
        self._begin = np.datetime64(begin, "D")
        length = (end - begin).days + 1
        every = [date.fromordinal(begin.toordinal() + step) for step in range(length)]
        worked = np.fromiter((calendar.is_workday(day) for day in every), dtype=bool, count=length)
        self._until = np.cumsum(worked, dtype=np.int64)
        self._workdays = np.flatnonzero(worked).astype(np.int64)

    def _places(self, days: Days) -> Counts:
        places: Counts = (days.astype("datetime64[D]") - self._begin).astype(np.int64)
        if places.size and (places.min() < 0 or places.max() >= self._until.size):
            raise ValueError("a day lies outside the years of the table")
        return places

    def count(self, since: Days, until: Days) -> Counts:
        """Return how many working days lie after each of `since` up to and with its `until`, as `WorkCalendar.count` does.

        Raises:
            ValueError: A day lies outside the years of the table.
        """
        first, last = self._places(since), self._places(until)
        counted: Counts = self._until[last] - self._until[first]
        is_back = last < first
        if is_back.any():
            # Back from a day, that day is left out and the earlier one counts.
            before = np.where(last > 0, self._until[last - 1], 0)
            at = np.where(first > 0, self._until[first - 1], 0)
            counted = np.where(is_back, before - at, counted)
        return counted

    def add(self, since: Days, working_days: Counts | int) -> Days:
        """Return the day on which each period that begins on `since` ends, as `WorkCalendar.add` does for lengths of 0 or more.

        Raises:
            ValueError: A length is negative, or a day lies outside the years of the table.
        """
        lengths = np.asarray(working_days, dtype=np.int64)
        if (lengths < 0).any():
            raise ValueError("a length is negative")
        places = self._places(since)
        wanted = self._until[places] + lengths - 1
        if wanted.size and wanted.max() >= self._workdays.size:
            raise ValueError("a day lies outside the years of the table")
        found = np.where(lengths == 0, places, self._workdays[np.maximum(wanted, 0)])
        ends: Days = self._begin + found.astype("timedelta64[D]")
        return ends
