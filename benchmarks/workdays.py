"""Working days of a million periods: the table of `luoshi.cadence.array` beside numpy.busday_offset on the same days.

NumPy's calendar knows days off and no make-up days, so that its answers are wrong in China; it is the floor for the time alone.

    python benchmarks/workdays.py
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from time import perf_counter

import numpy as np

from luoshi.cadence.array import WorkdayTable
from luoshi.cadence.workday import WorkCalendar

PERIODS = 1_000_000
ROUNDS = 9


def timed(work) -> float:
    taken = []
    for _round in range(ROUNDS):
        begin = perf_counter()
        work()
        taken.append(perf_counter() - begin)
    return median(taken) * 1000


def main() -> None:
    calendar = WorkCalendar()
    random = np.random.default_rng(7)
    begin = np.datetime64("2020-01-01")
    days = begin + random.integers(0, 6 * 365, PERIODS).astype("timedelta64[D]")
    lengths = random.integers(1, 120, PERIODS)
    started = perf_counter()
    table = WorkdayTable(calendar, 2019, 2027)
    made = (perf_counter() - started) * 1000
    first = date(2019, 1, 1)
    off = [
        day
        for step in range(9 * 366)
        if (day := first + timedelta(days=step)).weekday() < 5 and not calendar.is_workday(day)
    ]
    plain = np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))
    ends = table.add(days, lengths)
    floor_ends = np.busday_offset(days, lengths, roll="backward", busdaycal=plain)
    rows = [
        ("add", timed(lambda: table.add(days, lengths)), timed(lambda: np.busday_offset(days, lengths, roll="backward", busdaycal=plain))),
        ("count", timed(lambda: table.count(days, ends)), timed(lambda: np.busday_count(days, floor_ends, busdaycal=plain))),
    ]  # fmt: skip
    print(f"{PERIODS} periods, median of {ROUNDS}; the table of 2019 to 2027 takes {made:.1f} ms to make")
    for name, ours, floor in rows:
        print(f"{name}: {ours:.1f} ms, numpy {floor:.1f} ms, ratio {ours / floor:.2f}")
    print(f"ends that differ because of make-up days: {int((ends != floor_ends).sum())}")


if __name__ == "__main__":
    main()
