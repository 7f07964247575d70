from datetime import date

from luoshi.compiler import link
from luoshi.kernel.span import Span
from luoshi.plan.model import Commitment, Deadline, Project, ProjectKind, ProjectStage

DUE = Deadline(day=date(2031, 12, 31))


def row(name: str, *ranges: tuple[int, int]) -> Commitment:
    spans = tuple(Span("S1", start, end) for start, end in ranges)
    return Commitment(id=name, spans=spans, text=name, title=name, deadline=DUE)


def project(start: int, end: int, *, clause: tuple[int, int] | None = None, source: str = "S1") -> Project:
    return Project(
        id="p",
        spans=(Span(source, start, end),),
        text="甲桥",
        name="甲桥",
        kind=ProjectKind.PROJECT,
        action="",
        stage=ProjectStage.UNSTATED,
        deadline=DUE,
        clause=Span(source, *clause) if clause else None,
    )


def holder_of(item: Project, *rows: Commitment) -> str:
    (linked,) = link.attach((), (item,), rows).projects
    return linked.commitment


def test_the_commitment_that_covers_it() -> None:
    assert holder_of(project(12, 14), row("a", (0, 10)), row("b", (10, 20))) == "b"


def test_the_smallest_of_those_that_cover_it() -> None:
    assert holder_of(project(12, 14), row("whole", (0, 30)), row("part", (10, 20))) == "part"


def test_a_place_between_two_parts_of_a_split_commitment() -> None:
    assert holder_of(project(22, 24), row("whole", (0, 30)), row("part", (10, 20))) == "whole"


def test_the_clause_counts_before_the_name() -> None:
    assert holder_of(project(2, 4, clause=(12, 18)), row("a", (0, 10)), row("b", (10, 20))) == "b"


def test_one_that_reaches_over_the_end_belongs_where_it_begins() -> None:
    assert holder_of(project(8, 12), row("a", (0, 10)), row("b", (10, 20))) == "a"


def test_a_second_span_of_a_commitment_holds_too() -> None:
    assert holder_of(project(42, 44), row("a", (0, 10), (40, 50)), row("b", (10, 20))) == "a"


def test_an_orphan_is_reported_and_stays_without() -> None:
    linked = link.attach((), (project(60, 62),), (row("a", (0, 10)),))
    assert linked.projects[0].commitment == ""
    assert [(note.code, note.item) for note in linked.diagnostics] == [("C292", "p")]


def test_another_source_is_another_place() -> None:
    assert holder_of(project(2, 4, source="S2"), row("a", (0, 10))) == ""
