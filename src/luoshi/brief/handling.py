"""The breakdown of responsibilities with its handling plans (责任分解方案): the office's first product of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.brief.decomposition import from_plan
from luoshi.brief.form import Form
from luoshi.brief.grid import Grid, GridColumn, to_docx, to_xlsx
from luoshi.brief.wording import word
from luoshi.delivery.handling import Handling, HandlingRecord
from luoshi.delivery.year import Year
from luoshi.kernel.label import Language
from luoshi.plan.model import Plan, Target

_COLUMNS = (
    ("number", 0.9, True),
    ("task", 4.6, False),
    ("targets", 3.4, False),
    ("lead", 1.9, True),
    ("supporting", 2.6, False),
    ("measures", 3.4, False),
    ("deliverables", 3.6, False),
    ("quarters", 4.2, False),
    ("persons", 1.6, True),
    ("handling_state", 1.3, True),
)


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document's bytes, with its name (without ending) and media type."""

    name: str
    data: bytes
    media_type: str


def handling_document(
    plan: Plan,
    year: Year,
    form: str,
    *,
    language: Language,
    as_of: date,
    persons: Mapping[str, str],
) -> MadeDocument:
    """Return the breakdown with the handling plans in force on a day.

    Args:
        plan: The version in force.
        year: The year as known on the day.
        form: ``docx`` or ``xlsx``.
        language: Language of the labels.
        as_of: The day.
        persons: Texts of the notes that name persons, by digest.

    Raises:
        UnknownFormError: There is no such form (B101).
    """
    wanted = Form.of_name(f"x.{form}")
    grid = grid_of(plan, year, language=language, as_of=as_of, persons=persons)
    name = word("handling_name", language, place=plan.place.name, year=plan.year, version=plan.version)
    data = to_xlsx(grid) if wanted is Form.XLSX else to_docx(grid)
    return MadeDocument(name, data, wanted.media_type)


def grid_of(plan: Plan, year: Year, *, language: Language, as_of: date, persons: Mapping[str, str]) -> Grid:
    """Return the document before it has a form."""
    rows = []
    targets: dict[str, list[Target]] = {}
    for target in plan.targets:
        targets.setdefault(target.commitment, []).append(target)
    for row, commitment in zip(from_plan(plan, language=language).rows, plan.commitments, strict=True):
        record = year.handling_of(commitment.lineage)
        handling = record.in_force or Handling()
        named = handling.persons
        rows.append(
            (
                "  ".join(row.section[:2]) or word("no_section", language),
                (
                    (str(row.number),),
                    (row.task,),
                    row.targets or ("—",),
                    (row.lead,),
                    _supporting(row.supporting, handling),
                    tuple(handling.measures.splitlines()) or ("—",),
                    _deliverables(handling, row.deliverables),
                    _quarters(handling, targets.get(commitment.id, []), language),
                    (persons.get(named.digest, "") if named else "—",),
                    _state(record, language),
                ),
            )
        )
    approved = sum(bool(record.approvals) for record in year.handling.values())
    return Grid(
        title=word("handling_title", language, place=plan.place.name, year=plan.year),
        status=word(
            "handling_status",
            language,
            version=plan.version,
            day=as_of.isoformat(),
            approved=approved,
            all=len(plan.commitments),
        ),
        warning=word("simulated", language) if year.is_simulated else "",
        columns=tuple(GridColumn(word(name, language), width, centred) for name, width, centred in _COLUMNS),
        rows=tuple(rows),
        language=language,
    )


def _supporting(names: str, handling: Handling) -> tuple[str, ...]:
    if not handling.shares:
        return (names or "—",)
    return tuple(f"{share.unit}：{share.task}" for share in handling.shares)


def _deliverables(handling: Handling, proposed: tuple[str, ...]) -> tuple[str, ...]:
    if not handling.deliverables:
        return proposed or ("—",)
    return tuple(
        f"{one.done_when}（{one.due.month}月{one.due.day}日前，{_percent(one.weight)}）"
        for one in handling.deliverables
    )


def _percent(weight: Decimal) -> str:
    return f"{format((weight * 100).normalize(), 'f')}%"


_QUARTER_NAMES = {"zh": ("一季度", "二季度", "三季度", "四季度"), "en": ("Q1", "Q2", "Q3", "Q4")}


def _quarters(handling: Handling, targets: list[Target], language: Language) -> tuple[str, ...]:
    lines = []
    for quarter in (1, 2, 3, 4):
        said = [step.text for step in handling.steps if step.quarter == quarter]
        for target in targets:
            said += [
                f"{target.indicator} {format(one.value.normalize(), 'f')}{target.unit}"
                for one in handling.milestones
                if one.target == target.id and (one.day.month - 1) // 3 + 1 == quarter
            ]
        if said:
            lines.append(f"{_QUARTER_NAMES[language][quarter - 1]}：{'；'.join(said)}")
    return tuple(lines) or ("—",)


def _state(record: HandlingRecord, language: Language) -> tuple[str, ...]:
    state = record.state.label(language)
    if len(record.approvals) > 1:
        return (state, word("amended", language, times=len(record.approvals) - 1))
    return (state,)
