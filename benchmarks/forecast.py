"""How good are the forecasts? On real series that public packages ship, each judged by tables that the others made.

Floors: for what adds up, the figure so far × 12 / months, and last year's remaining months on top of this year's; for what holds, nothing better than the
newest figure is known, so only coverage is told. ``--write`` puts the tables of all series into the package. Needs ``pip install statsmodels pmdarima``.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import yaml
from measuring import ROOT, machine

from luoshi.status.forecast import methods, share_below, step_of

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
BINS = (3, 6, 12)
TARGET = ROOT / "src" / "luoshi" / "status" / "forecast.yaml"


@dataclass(frozen=True)
class Series:
    """A real series: name, where from, whether its values add up over a year, periods a year, whole years of values."""

    name: str
    origin: str
    adds_up: bool
    periods: int
    years: list[list[float]]


def whole_years(values: object, periods: int) -> list[list[float]]:
    kept = [float(value) for value in values]  # type: ignore[attr-defined]
    years = [kept[at : at + periods] for at in range(0, len(kept) - periods + 1, periods)]
    return [year for year in years if all(value == value for value in year)]


def series() -> list[Series]:
    """Return every series."""
    try:
        import statsmodels.api as sm
        from pmdarima import datasets
    except ImportError:
        sys.exit("This benchmark needs real series: pip install statsmodels pmdarima")
    macro = sm.datasets.macrodata.load_pandas().data
    elnino = sm.datasets.elnino.load_pandas().data
    flows = [
        ("airline passengers, monthly, 1949–1960", "pmdarima", 12, datasets.load_airpassengers()),
        ("Australian wine sales, monthly, 1980–1994", "pmdarima", 12, datasets.load_wineind()),
        ("Australian beer production, quarterly, 1956–2008", "pmdarima", 4, datasets.load_ausbeer()),
        ("Australian woollen yarn production, quarterly, 1965–1994", "pmdarima", 4, datasets.load_woolyrnq()),
        ("US consumption, quarterly, 1959–2009", "statsmodels", 4, macro["realcons"]),
        ("US investment, quarterly, 1959–2009", "statsmodels", 4, macro["realinv"]),
        ("US government spending, quarterly, 1959–2009", "statsmodels", 4, macro["realgovt"]),
        ("US disposable income, quarterly, 1959–2009", "statsmodels", 4, macro["realdpi"]),
    ]
    levels = [
        ("US unemployment rate, quarterly, 1959–2009", "statsmodels", 4, macro["unemp"]),
        ("US inflation, quarterly, 1959–2009", "statsmodels", 4, macro["infl"]),
        ("US treasury bill rate, quarterly, 1959–2009", "statsmodels", 4, macro["tbilrate"]),
        ("US real interest rate, quarterly, 1959–2009", "statsmodels", 4, macro["realint"]),
        (
            "sea surface temperature, monthly, 1950–2010",
            "statsmodels",
            12,
            elnino.iloc[:, 1:].to_numpy().ravel(),
        ),
        ("sunspots, monthly, 1749–1983", "pmdarima", 12, datasets.load_sunspots()),
        ("US money stock M1, quarterly, 1959–2009", "statsmodels", 4, macro["m1"]),
        ("Australian residents, quarterly, 1971–1993", "pmdarima", 4, datasets.load_austres()),
    ]
    found = [
        Series(name, origin, True, periods, whole_years(values, periods))
        for name, origin, periods, values in flows
    ]
    found += [
        Series(name, origin, False, periods, whole_years(values, periods))
        for name, origin, periods, values in levels
    ]
    return found


@dataclass(frozen=True)
class Case:
    """A forecast that can be judged: months left, the forecast, its scale, the truth, the floors, last year's end."""

    left: float
    point: float
    scale: float
    truth: float
    even: float
    last_year: float
    before: float


def cases(one: Series, method: str) -> Iterator[Case]:
    """Stand at the end of every period but the last of every year that has a year before it."""
    months = 12 // one.periods
    for before, year in pairwise(one.years):
        for known in range(max(1, 3 // months), one.periods):
            left = float((one.periods - known) * months)
            if one.adds_up:
                so_far, truth = sum(year[:known]), sum(year)
                even = so_far * one.periods / known
                share = sum(before[:known]) / sum(before) if method == "profile-1" else known / one.periods
                point = so_far / share
                yield Case(left, point, point, truth, even, so_far + sum(before[known:]), sum(before))
            else:
                # This year's periods, with the last two of the year before where there are few.
                scale = step_of([*before[-2:], *year[:known]]) * (one.periods - known) ** 0.5
                if scale:
                    yield Case(
                        left, year[known - 1], scale, year[-1], year[known - 1], year[known - 1], before[-1]
                    )


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def error(case: Case, method: str) -> float:
    return (case.truth - case.point) / case.scale if method == "level-1" else case.truth / case.point


def bin_of(left: float) -> int:
    return next(most for most in BINS if left <= most)


Table = dict[str, float]


def tables(known: list[Series], method: str) -> dict[int, tuple[int, Table]]:
    """Return by most months left the number of cases and the quantiles of errors; every series weighs the same."""
    by_bin: dict[int, list[list[float]]] = {most: [] for most in BINS}
    for one in known:
        own: dict[int, list[float]] = {most: [] for most in BINS}
        for case in cases(one, method):
            own[bin_of(case.left)].append(error(case, method))
        for most, errors in own.items():
            if errors:
                by_bin[most].append(errors)
    found = {}
    for most, groups in by_bin.items():
        # As many points of every series, evenly over its own distribution.
        errors = [quantile(group, (place + 0.5) / 200) for group in groups for place in range(200)]
        quantiles = {f"{share:.2f}": round(quantile(errors, share), 4) for share in QUANTILES}
        found[most] = (sum(len(group) for group in groups), quantiles)
    return found


def told(known: list[Series], method: str) -> None:
    """Print coverage, errors and chances by months left, each series judged by what the others taught."""
    by_bin: dict[int, list[tuple[str, Case, Table]]] = {most: [] for most in BINS}
    for one in known:
        made = tables([other for other in known if other is not one], method)
        for case in cases(one, method):
            by_bin[bin_of(case.left)].append((one.name, case, made[bin_of(case.left)][1]))
    for most, found in by_bin.items():
        names = sorted({name for name, _case, _table in found})
        inside = mean_of(
            names, found, lambda case, table: table["0.10"] <= error(case, method) <= table["0.90"]
        )
        line = f"  up to {most:2} months left: {len(found):4} forecasts, {100 * inside:3.0f} % inside of the interval of 80 %"
        if method != "level-1":
            own = mean_of(names, found, lambda case, _table: abs(case.point / case.truth - 1))
            even = mean_of(names, found, lambda case, _table: abs(case.even / case.truth - 1))
            last = mean_of(names, found, lambda case, _table: abs(case.last_year / case.truth - 1))
            scores = mean_of(names, found, brier)
            line += f"; error {100 * own:.1f} %, even pace {100 * even:.1f} %, last year's rest {100 * last:.1f} %; Brier {scores:.3f} (one half always: 0.250)"
        print(line)


def mean_of(
    names: list[str], found: list[tuple[str, Case, Table]], of: Callable[[Case, Table], float]
) -> float:
    """Return the mean over series of the mean over their forecasts, so that a long series counts no more than a short one."""
    means = []
    for name in names:
        values = [float(of(case, table)) for other, case, table in found if other == name]
        means.append(sum(values) / len(values))
    return sum(means) / len(means)


def brier(case: Case, table: Table) -> float:
    """Return the Brier score of the chance to reach last year's total, 5 % less, 5 % and 10 % more."""
    spread = {key: case.point * (ratio - 1) for key, ratio in table.items()}
    scores = []
    for growth in (0.95, 1.0, 1.05, 1.10):
        goal = case.before * growth
        chance = min(0.98, max(0.02, 1 - share_below(goal - case.point, spread)))
        scores.append((chance - (case.truth >= goal)) ** 2)
    return sum(scores) / len(scores)


METHODS = {"pace-1": True, "profile-1": True, "level-1": False}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the tables into the package")
    arguments = parser.parse_args()
    print(machine())
    known = series()
    made, origins = {}, {}
    for method, adds_up in METHODS.items():
        kind = [one for one in known if one.adds_up == adds_up]
        made[method] = [
            {"months_left": most, "cases": count, "quantiles": quantiles}
            for most, (count, quantiles) in tables(kind, method).items()
        ]
        origins[method] = "; ".join(f"{one.name} ({one.origin})" for one in kind)
        print(f"\n{method}: {origins[method]}")
        told(kind, method)
    if arguments.write:
        write(made, origins)
    else:
        kept = {name: [table.quantiles for table in one.tables] for name, one in methods().items()}
        same = all(kept.get(name) == [table["quantiles"] for table in rows] for name, rows in made.items())
        print(
            "\nthe package holds these tables"
            if same
            else "\nthe package holds OTHER tables: run with --write"
        )


def write(made: dict[str, list[dict[str, object]]], origins: dict[str, str]) -> None:
    head = (
        "# How wrong the methods of forecasting were, by months left (预测误差), as `benchmarks/forecast.py --write` measured it on real series.\n"
        "# pace-1, profile-1: the true year-end divided by the forecast; level-1: the true move divided by its scale.\n"
    )
    document = {
        "methods": [
            {"name": name, "since": datetime.now(UTC).date(), "reference": origins[name], "tables": rows}
            for name, rows in made.items()
        ]
    }
    Path(TARGET).write_text(
        head + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140), encoding="utf-8"
    )
    print(f"written: {TARGET.name}")


if __name__ == "__main__":
    main()
