"""What a plan promised, as it is reconciled (承诺事项): targets, projects, and commitments that say more than these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.kernel.span import Span
from luoshi.plan.model import Commitment, Item, Plan, Project, ProjectStage, ReviewState, Section, Target
from luoshi.settle.reconcile.model import Subject, SubjectKind

_MOST = 0.6
"""Share of a commitment's words from which its targets and projects stand for the whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject with the item of the plan that it was made from."""

    subject: Subject
    target: Target | None = None
    project: Project | None = None
    commitment: Commitment | None = None


def subjects_of(plan: Plan) -> tuple[Asked, ...]:
    """Return what a plan promised in text order, each once; what a person rejected is left out.

    A commitment is reconciled by its targets and projects where these are most of its words, else also as a whole.
    """
    commitments = {one.id: one for one in plan.commitments}
    headings = {one.id: one for one in plan.sections}
    found = [*_targets(plan, commitments, headings), *_projects(plan, commitments, headings)]
    parts: dict[str, list[Span]] = defaultdict(list)
    for asked in found:
        if asked.subject.span is not None:
            parts[asked.subject.commitment].append(asked.subject.span)
    found += [
        Asked(_subject(one, SubjectKind.COMMITMENT, one, one.title, headings), commitment=one)
        for one in plan.commitments
        if one.state is not ReviewState.REJECTED and _is_more(one, parts[one.id])
    ]
    return tuple(sorted(found, key=lambda asked: _order(asked.subject)))


def _is_more(commitment: Commitment, parts: list[Span]) -> bool:
    """Tell whether a commitment says more than its targets and projects do together."""
    size = sum(span.end - span.start for span in commitment.spans)
    said = {
        (span.source, at)
        for span in parts
        for whole in commitment.spans
        if whole.overlaps(span)
        for at in range(max(span.start, whole.start), min(span.end, whole.end))
    }
    return len(said) < _MOST * size if size else not parts


def _order(subject: Subject) -> tuple[bool, str, int, int, str, str]:
    span = subject.span
    if span is None:
        return True, "", 0, 0, subject.kind.value, subject.id
    return False, span.source, span.start, span.end, subject.kind.value, subject.id


def _targets(plan: Plan, commitments: dict[str, Commitment], headings: dict[str, Section]) -> Iterator[Asked]:
    for target in plan.targets:
        if target.state is ReviewState.REJECTED:
            continue
        commitment = commitments.get(target.commitment)
        subject = _subject(target, SubjectKind.TARGET, commitment, target.indicator, headings)
        yield Asked(subject, target=target, commitment=commitment)


def _projects(
    plan: Plan, commitments: dict[str, Commitment], headings: dict[str, Section]
) -> Iterator[Asked]:
    for project in plan.projects:
        if project.state is ReviewState.REJECTED or (
            not project.action and project.stage is ProjectStage.UNSTATED
        ):
            continue
        commitment = commitments.get(project.commitment)
        subject = _subject(project, SubjectKind.PROJECT, commitment, project.name, headings)
        yield Asked(subject, project=project, commitment=commitment)


def _heading(commitment: Commitment | None, headings: dict[str, Section]) -> str:
    section = headings.get(commitment.section) if commitment else None
    return section.title if section else ""


def _subject(
    item: Item, kind: SubjectKind, commitment: Commitment | None, name: str, headings: dict[str, Section]
) -> Subject:
    target = item if isinstance(item, Target) else None
    return Subject(
        id=item.id,
        kind=kind,
        commitment=commitment.id if commitment else "",
        lineage=commitment.lineage if commitment else "",
        name=name,
        text=item.text,
        span=item.spans[0] if item.spans else None,
        value=target.value if target is not None else None,
        unit=target.unit if target is not None else "",
        heading=_heading(commitment, headings),
    )
