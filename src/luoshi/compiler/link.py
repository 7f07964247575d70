"""Joining targets and projects to the commitment that holds them (归属)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.span import Span
from luoshi.plan.model import Commitment, Item, Project, Target, Term


@dataclass(frozen=True, slots=True)
class Linked:
    """Targets and projects with their commitments, in the order in which they came.

    Attributes:
        targets: Targets; `commitment` is "" for one that no commitment holds.
        projects: Projects, likewise.
        diagnostics: One for each that is held by none.
    """

    targets: tuple[Target, ...]
    projects: tuple[Project, ...]
    diagnostics: tuple[Diagnostic, ...]


def attach(
    targets: Sequence[Target],
    projects: Sequence[Project],
    commitments: Sequence[Commitment],
    terms: Sequence[Term] = (),
) -> Linked:
    """Set the commitment of each target and project.

    An item belongs to the smallest commitment that covers its place; where none covers it whole, to the one
    that holds its first character. A target's place is its number, else its clause; a project's is its clause, else its
    name. A limit that the glossary sets belongs to the first commitment that uses its term. What belongs to none (a
    standard of the past that only the review names) is reported.

    Args:
        targets: Targets.
        projects: Projects.
        commitments: Commitments of the same plan.
        terms: Terms of the glossary.
    """
    holders = _Holders(commitments)
    entries = _Entries(terms)
    diagnostics: list[Diagnostic] = []
    linked_targets = [
        _joined(target, entries.widened(_places(target.number, target.spans)), holders, "C291", diagnostics)
        for target in targets
    ]
    linked_projects = [
        _joined(project, _places(project.clause, project.spans), holders, "C292", diagnostics)
        for project in projects
    ]
    return Linked(tuple(linked_targets), tuple(linked_projects), tuple(diagnostics))


_Linked = TypeVar("_Linked", Target, Project)


def _joined(
    item: _Linked, places: Sequence[Span], holders: _Holders, code: str, diagnostics: list[Diagnostic]
) -> _Linked:
    for place in places:
        holder = holders.of(place)
        if holder:
            return msgspec.structs.replace(item, commitment=holder)
    if places:
        diagnostics.append(
            Diagnostic(
                code=code,
                severity=Severity.NOTE,
                span=places[0],
                item=item.id,
                parameters={"name": _name(item)},
            )
        )
    return item


def _name(item: Item) -> str:
    if isinstance(item, Target):
        return item.indicator
    return item.name if isinstance(item, Project) else item.text


def _places(exact: Span | None, spans: Sequence[Span]) -> list[Span]:
    return ([exact] if exact is not None else []) + list(spans)


class _Entries:
    """Entries of the glossary by place."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._found = sorted(
            ((term.spans[0], term.uses) for term in terms if term.spans), key=lambda entry: entry[0]
        )
        self._starts = [(entry.source, entry.start) for entry, _uses in self._found]

    def widened(self, places: list[Span]) -> list[Span]:
        """Return the places, and after them the uses of the term in whose entry the first one stands."""
        if not places:
            return places
        index = bisect_right(self._starts, (places[0].source, places[0].start)) - 1
        if index >= 0 and self._found[index][0].covers(places[0]):
            return [*places, *self._found[index][1]]
        return places


class _Holders:
    """Commitments by place, asked in logarithmic time; spans may be nested but not otherwise overlap."""

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        self._pieces: dict[str, list[tuple[int, int, str]]] = {}
        found = [(span, made.id) for made in commitments for span in made.spans]
        for span, made_id in sorted(found, key=lambda pair: (pair[0].source, pair[0].start, -pair[0].end)):
            self._pieces.setdefault(span.source, []).append((span.start, span.end, made_id))
        self._starts = {source: [piece[0] for piece in pieces] for source, pieces in self._pieces.items()}

    def of(self, place: Span) -> str:
        """Return the commitment that holds a place, or ""."""
        pieces = self._pieces.get(place.source, [])
        index = bisect_right(self._starts.get(place.source, []), place.start) - 1
        first_character = ""
        # Nested commitments (a split one beside its parts) start before the inner one; a few steps back find them.
        for start, end, made_id in reversed(pieces[max(0, index - _DEPTH) : index + 1]):
            if start <= place.start and place.end <= end:
                return made_id
            if not first_character and start <= place.start < end:
                first_character = made_id
        return first_character


_DEPTH = 8
