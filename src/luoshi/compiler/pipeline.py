"""The order of the passes: from sources to a draft plan (编译)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

import luoshi
from luoshi.compiler import (
    claim,
    commitment,
    deliverable,
    link,
    masthead,
    outline,
    procedure,
    project,
    reading,
    target,
    term,
    unit,
)
from luoshi.compiler.masthead import Masthead
from luoshi.kernel.diagnostic import Diagnostic
from luoshi.kernel.errors import UnreadableError
from luoshi.kernel.identity import Minter
from luoshi.kernel.label import Labelled
from luoshi.plan.model import Commitment, Place, Plan, Procedure, Source, Term

Progress = Callable[[str, float], None]
_ANY_YEAR = 2000
_CHINESE = re.compile(r"[一-鿿]{2}")


class Step(Labelled):
    """A step of compiling, as it is shown to the person who waits."""

    READING = "reading", "整理文本", "making the text regular"
    OUTLINE = "outline", "划分章节", "finding sections"
    TERMS = "terms", "读取用语", "reading the glossary"
    TARGETS = "targets", "识别指标", "finding targets"
    PROJECTS = "projects", "识别项目与机制", "finding projects and mechanisms"
    COMMITMENTS = "commitments", "梳理任务", "forming commitments"
    UNITS = "units", "建议单位", "suggesting units"
    DONE = "done", "完成", "done"


class NotAReportError(UnreadableError):
    """The text has no section or no commitment, so it is hardly a work report (C001)."""


class UnknownYearError(UnreadableError):
    """Nothing tells for which year the report is, and the caller did not say (C002)."""


def compile_report(
    source: Source,
    *,
    place: Place | None = None,
    year: int | None = None,
    force: bool = False,
    notes: Sequence[Diagnostic] = (),
    progress: Progress | None = None,
) -> Plan:
    """Compile one report into a draft plan. See `compile_sources`."""
    return compile_sources((source,), place=place, year=year, force=force, notes=notes, progress=progress)


def compile_sources(
    sources: Sequence[Source],
    *,
    place: Place | None = None,
    year: int | None = None,
    force: bool = False,
    notes: Sequence[Diagnostic] = (),
    progress: Progress | None = None,
) -> Plan:
    """Compile the documents of one plan-year into a draft plan.

    The same sources give the same plan, to the byte.

    Args:
        sources: The report, or its parts in their order; the first names place and year.
        place: Place, where the person knows better than the text.
        year: Year that the plan is for, likewise.
        force: Go on although the text does not look like a report.
        notes: What the reading of the files had to say (`Delivered.diagnostics`); it stands first in the plan.
        progress: Told the key of the `Step` that begins and the share done, 0 to 1.

    Returns:
        A plan with version 0, every item proposed.

    Raises:
        NotAReportError: No section with promises, or no commitment, was found, and `force` is not set.
        UnknownYearError: The text does not tell its year, and `year` is not given.
        ValueError: `sources` is empty.
    """
    if not sources:
        raise ValueError("a plan needs a source")
    minter = Minter()
    first: Masthead | None = None
    parts = []
    for number, source in enumerate(sources):
        tell = _Teller(progress, number, len(sources))
        part = _compile_one(source, first, place, year, minter, tell)
        first = first or part.masthead
        parts.append(part)
    plan = _join(parts, place or parts[0].masthead.place, year or parts[0].masthead.year)
    if not force and not _holds_promises(plan.commitments):
        raise NotAReportError("C001", {"name": sources[0].name, "sections": len(plan.sections)})
    if progress is not None:
        progress(Step.DONE.value, 1.0)
    return msgspec.structs.replace(plan, diagnostics=(*notes, *plan.diagnostics)) if notes else plan


@dataclass(frozen=True, slots=True)
class _Teller:
    progress: Progress | None
    number: int
    count: int

    def begin(self, step: Step) -> None:
        if self.progress is not None:
            steps = list(Step)
            self.progress(step.value, (self.number + steps.index(step) / (len(steps) - 1)) / self.count)


@dataclass(frozen=True, slots=True)
class _Part:
    masthead: Masthead
    plan: Plan


def _compile_one(
    source: Source,
    first: Masthead | None,
    place: Place | None,
    year: int | None,
    minter: Minter,
    tell: _Teller,
) -> _Part:
    tell.begin(Step.READING)
    text = reading.from_source(source)
    head = masthead.from_reading(text, source.name)
    if first is not None:
        # A second part (an annex, a task table) belongs to the plan-year of the first, whatever it says of itself.
        head = replace(head, place=first.place, year=first.year, diagnostics=())
    plan_year = year or head.year
    tell.begin(Step.OUTLINE)
    laid_out = outline.from_reading(text)
    if not plan_year:
        # Deadlines cannot be told without a year; but a text without promises is no report in the first place.
        if not _holds_promises(commitment.from_outline(laid_out, _ANY_YEAR, Minter()).commitments):
            raise NotAReportError("C001", {"name": source.name, "sections": len(laid_out.sections)})
        raise UnknownYearError("C002", {"name": source.name})
    tell.begin(Step.TERMS)
    terms = term.from_outline(laid_out, minter)
    tell.begin(Step.TARGETS)
    found = target.from_outline(laid_out, terms, plan_year, minter)
    claims = claim.from_outline(laid_out, plan_year, minter)
    tell.begin(Step.PROJECTS)
    procedures = procedure.from_outline(laid_out, terms, minter)
    projects = project.from_outline(laid_out, found.targets, plan_year, minter)
    tell.begin(Step.COMMITMENTS)
    figures = [item.number for item in found.targets if item.number is not None]
    rows = commitment.from_outline(laid_out, plan_year, minter, figures=figures)
    joined = link.attach(found.targets, projects, rows.commitments, terms)
    deliverables = deliverable.from_commitments(rows.commitments, joined.targets, text, minter)
    tell.begin(Step.UNITS)
    proposal = unit.propose(rows.commitments, laid_out.sections, place=place or head.place, year=plan_year)
    plan = Plan(
        place=place or head.place,
        year=plan_year,
        compiler=luoshi.__version__,
        sources=(_titled(source, head),),
        sections=laid_out.sections,
        units=proposal.units,
        commitments=proposal.commitments,
        deliverables=deliverables,
        targets=joined.targets,
        projects=joined.projects,
        procedures=procedures,
        terms=_with_procedures(terms, procedures),
        claims=claims,
        passages=rows.passages,
        numbers=found.numbers,
        diagnostics=_in_text_order(
            (*head.diagnostics, *found.diagnostics, *rows.diagnostics, *joined.diagnostics)
        ),
    )
    return _Part(head, plan)


def _holds_promises(commitments: Sequence[Commitment]) -> bool:
    """Tell whether there is a commitment in Chinese; sentences of another language are not read for promises."""
    return any(_CHINESE.search(row.text) for row in commitments)


def _titled(source: Source, head: Masthead) -> Source:
    return msgspec.structs.replace(
        source, title=head.title, body=head.body, session=head.session, day=head.day
    )


def _with_procedures(terms: Sequence[Term], procedures: Sequence[Procedure]) -> tuple[Term, ...]:
    made_from = {made.definition: made.id for made in procedures if made.definition is not None}
    return tuple(
        msgspec.structs.replace(item, procedure=made_from[item.spans[0]])
        if item.spans[0] in made_from
        else item
        for item in terms
    )


def _in_text_order(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    # What concerns the whole comes first; the sort is stable, so equal places keep the order of the passes.
    return tuple(sorted(diagnostics, key=lambda note: note.span.start if note.span else -1))


def _join(parts: Sequence[_Part], place: Place, year: int) -> Plan:
    first = parts[0].plan
    if len(parts) == 1:
        return first
    lists = [
        "sources",
        "sections",
        "units",
        "commitments",
        "deliverables",
        "targets",
        "projects",
        "procedures",
        "terms",
        "claims",
        "passages",
        "numbers",
        "diagnostics",
    ]
    together = {name: tuple(item for part in parts for item in getattr(part.plan, name)) for name in lists}
    together["units"] = tuple({unit.id: unit for unit in together["units"]}.values())
    return msgspec.structs.replace(first, place=place, year=year, **together)
