"""Breakdown of responsibilities (责任分解表): the rows that every form of the document shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from luoshi.brief.wording import day_text, plain, target_text, word
from luoshi.kernel.label import Language
from luoshi.plan.items import Contents, path_label
from luoshi.plan.model import Commitment, Deadline, Deliverable, Item, Plan, ReviewState, Target

COLUMNS = (
    "number",
    "task",
    "targets",
    "deliverables",
    "official",
    "lead",
    "supporting",
    "deadline",
    "source",
)
TARGET_COLUMNS = (
    "number",
    "task_number",
    "indicator",
    "comparator",
    "value",
    "upper",
    "unit",
    "kind",
    "base_period",
    "judged_as",
    "course",
    "deadline",
    "lead",
    "text",
    "source",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment, as a row.

    Attributes:
        number: 序号, from 1.
        task: 目标任务, in the report's words, or in a person's where one set the title.
        targets: 量化指标, one a line.
        deliverables: 成果, one a line.
        official: 牵头领导.
        lead: 牵头单位.
        supporting: 责任单位.
        deadline: 完成时限.
        source: 出处, by the report's own numbering.
        section: Headings under which the row stands, the outermost first.
        is_reviewed: Whether it is accepted.
    """

    number: int
    task: str
    targets: tuple[str, ...]
    deliverables: tuple[str, ...]
    official: str
    lead: str
    supporting: str
    deadline: str
    source: str
    section: tuple[str, ...]
    is_reviewed: bool

    def cells(self) -> tuple[int | str, ...]:
        """Return the cells in the order of `COLUMNS`; several entries stand on lines of their own."""
        lines = ("\n".join(self.targets), "\n".join(self.deliverables))
        people = (self.official, self.lead, self.supporting)
        return (self.number, self.task, *lines, *people, self.deadline, self.source)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The document before it has a form.

    Attributes:
        language: Language of labels; the report's words stay as they are.
        title: Place, year and name of the document.
        status: Version, or that it is a draft.
        is_draft: Whether it is one.
        rows: Commitments, in text order.
        targets: Targets, in the order of `TARGET_COLUMNS`.
    """

    language: Language
    title: str
    status: str
    is_draft: bool
    rows: tuple[Row, ...]
    targets: tuple[tuple[int | str | Decimal | None, ...], ...]

    def headings(self, columns: Sequence[str] = COLUMNS) -> tuple[str, ...]:
        """Return the labels of the columns."""
        return tuple(word(column, self.language) for column in columns)


def from_plan(plan: Plan, *, language: Language = "zh") -> Decomposition:
    """Return the breakdown of a plan: of a version all of it, of a draft all that was not rejected."""
    builder = _Builder(plan, language)
    commitments = [c for c in plan.commitments if c.state is not ReviewState.REJECTED]
    rows = tuple(builder.row(number, commitment) for number, commitment in enumerate(commitments, 1))
    numbers = {commitment.id: number for number, commitment in enumerate(commitments, 1)}
    targets = [t for t in plan.targets if t.state is not ReviewState.REJECTED]
    return Decomposition(
        language=language,
        title=word("title", language, place=plain(plan.place.name), year=plan.year),
        status=_status(plan, rows, language),
        is_draft=plan.version == 0,
        rows=rows,
        targets=tuple(
            builder.target_row(place, target, numbers.get(target.commitment))
            for place, target in enumerate(targets, 1)
        ),
    )


def _status(plan: Plan, rows: Sequence[Row], language: Language) -> str:
    if plan.version == 0:
        return word("draft", language, total=len(rows), reviewed=sum(row.is_reviewed for row in rows))
    name = "version_reason" if plan.reason else "version"
    return word(name, language, version=plan.version, reason=plain(plan.reason), total=len(rows))


class _Builder:
    def __init__(self, plan: Plan, language: Language) -> None:
        self._plan, self._language = plan, language
        self._contents = Contents(plan)
        self._units = {unit.id: plain(unit.name) for unit in plan.units}
        self._commitments = {commitment.id: commitment for commitment in plan.commitments}
        self._targets = _by_commitment(plan.targets)
        self._deliverables = _by_commitment(plan.deliverables)

    def row(self, number: int, commitment: Commitment) -> Row:
        path = self._contents.path(commitment.section)
        units = [self._units.get(unit, "") for unit in commitment.supporting_units]
        return Row(
            number=number,
            task=self._task(commitment),
            targets=tuple(
                target_text(target, self._language) for target in self._targets.get(commitment.id, ())
            ),
            deliverables=tuple(
                self._deliverable(deliverable, commitment)
                for deliverable in self._deliverables.get(commitment.id, ())
            ),
            official=plain(commitment.leading_official),
            lead=self._units.get(commitment.lead_unit, ""),
            supporting=word("between_units", self._language).join(unit for unit in units if unit),
            deadline=self._day(commitment.deadline),
            source=self._source(commitment),
            # A report that begins without a heading has a section without words around it.
            section=tuple(plain(f"{s.number}{s.title}") for s in path if s.number or s.title),
            is_reviewed=commitment.state is ReviewState.ACCEPTED,
        )

    def target_row(
        self, number: int, target: Target, task: int | None
    ) -> tuple[int | str | Decimal | None, ...]:
        owner = self._commitments.get(target.commitment)
        language = self._language
        return (
            number,
            task,
            plain(target.indicator),
            target.comparator.label(language),
            target.value if target.value is not None else plain(target.reference),
            target.upper,
            target.unit,
            target.kind.label(language),
            plain(target.base_period),
            target.judged_as.label(language),
            target.course.label(language),
            self._day(target.deadline),
            self._units.get(owner.lead_unit, "") if owner is not None else "",
            plain(target.text),
            self._source(target),
        )

    def _task(self, commitment: Commitment) -> str:
        """Return the sentence, or the title where a person worded it or there is no sentence."""
        if "title" in commitment.reviewed or not commitment.spans:
            return plain(commitment.title)
        return plain("".join(self._plan.quote(span) for span in commitment.spans))

    def _deliverable(self, deliverable: Deliverable, commitment: Commitment) -> str:
        text = plain(deliverable.done_when)
        if deliverable.due.day == commitment.deadline.day:
            return text
        return text + word("until", self._language, day=self._day(deliverable.due))

    def _day(self, deadline: Deadline) -> str:
        return day_text(deadline.day, self._language, year=self._plan.year)

    def _source(self, item: Item) -> str:
        path = self._contents.path(self._contents.section_of(item))
        return plain(path_label(path)) if item.spans else word("by_hand", self._language)


_Belonging = TypeVar("_Belonging", Target, Deliverable)


def _by_commitment(items: Sequence[_Belonging]) -> dict[str, list[_Belonging]]:
    grouped: dict[str, list[_Belonging]] = {}
    for item in items:
        if item.state is not ReviewState.REJECTED:
            grouped.setdefault(item.commitment, []).append(item)
    return grouped
