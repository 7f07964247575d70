"""The reconciliation as a document (兑现核对表): every subject with its words, next year's words, and how they read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from itertools import groupby

from luoshi.brief.cell import for_delimited
from luoshi.brief.grid import Grid, GridColumn
from luoshi.brief.wording import number_text, plain, word
from luoshi.kernel.label import Language
from luoshi.settle.reconcile.model import Finding, Outcome, Pair, Reconciliation

_COLUMNS = (
    ("number", 1.0, True),
    ("kind", 1.7, True),
    ("promised_words", 5.6, False),
    ("promised_value", 2.0, True),
    ("claimed_words", 6.2, False),
    ("claimed_value", 2.0, True),
    ("outcome", 2.0, True),
    ("outcome_why", 5.0, False),
    ("ledger_verdict", 2.0, True),
    ("ruling", 3.0, False),
)
_PLACES = ("promised_place", "claimed_place")


def reconciliation_grid(
    result: Reconciliation, *, language: Language = "zh", rulings: Mapping[int, str] | None = None
) -> Grid:
    """Return the table before it has a form.

    Args:
        result: The reconciliation.
        language: Language of the labels; quotations stay as they were written.
        rulings: What a person ruled, by the place of the pair in the list; the column is empty for the others.
    """
    counts = result.counts()
    numbered = list(enumerate(result.pairs))
    said = rulings or {}
    return Grid(
        title=word(
            "reconciliation_title", language, place=result.place, year=result.year, next=result.year + 1
        ),
        status=word(
            "reconciliation_status",
            language,
            total=len(result.pairs),
            counts=("，" if language == "zh" else ", ").join(
                f"{outcome.label(language)} {counts[outcome]}" for outcome in Outcome
            ),
            rule=result.rule,
        ),
        warning="" if rulings is not None else word("reconciliation_unreviewed", language),
        columns=tuple(GridColumn(word(name, language), width, centred) for name, width, centred in _COLUMNS),
        rows=tuple(
            (heading or "—", _cells(pair, place + 1, language, said.get(place, "")))
            for heading, group in groupby(numbered, key=lambda one: one[1].subject.heading)
            for place, pair in group
        ),
        language=language,
    )


def _cells(pair: Pair, number: int, language: Language, ruling: str) -> tuple[tuple[str, ...], ...]:
    subject, finding = pair.subject, pair.finding
    verdict = pair.verdict.label(language) if pair.verdict is not None else "—"
    return (
        (str(number),),
        (subject.kind.label(language),),
        (plain(subject.text),),
        (number_text(subject.value) + subject.unit if subject.value is not None else "—",),
        (plain(finding.text) if finding is not None else "—",),
        (_value(finding),),
        (pair.outcome.label(language),),
        (pair.describe(language),),
        (verdict, word("reconciliation_differs", language)) if pair.differs else (verdict,),
        (ruling,),
    )


def _value(finding: Finding | None) -> str:
    return (
        number_text(finding.value) + finding.unit
        if finding is not None and finding.value is not None
        else "—"
    )


def reconciliation_csv(
    result: Reconciliation, *, language: Language = "zh", rulings: Mapping[int, str] | None = None
) -> bytes:
    """Return the table as CSV (UTF-8 with a mark, so that spreadsheets read it), with the places of both quotations."""
    grid = reconciliation_grid(result, language=language, rulings=rulings)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([column.label for column in grid.columns] + [word(name, language) for name in _PLACES])
    for (_heading, cells), pair in zip(grid.rows, result.pairs, strict=True):
        places = [_place(pair.subject), _place(pair.finding)]
        writer.writerow([for_delimited(" ".join(lines)) for lines in cells] + places)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _place(part: object) -> str:
    span = getattr(part, "span", None)
    return f"{span.start}-{span.end}" if span is not None else ""
