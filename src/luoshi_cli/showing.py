"""`luoshi show`: a plan as a tree, or the items that are asked for (显示)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from luoshi_cli.speech import either, reading_language

if TYPE_CHECKING:
    from luoshi.plan.items import Contents
    from luoshi.plan.model import Commitment, Item, Plan, Section
    from luoshi.plan.query import Query

KINDS = ("commitment", "target", "deliverable", "project", "procedure", "term", "claim")
_FAULTY = {"error": "red", "warning": "yellow", "note": "bright_black"}


@click.command(
    help=either(
        "按章节显示 PLAN（计划文件，或先编译的报告）：目标任务及其指标、成果、项目，机制，用语，提示。给出条件时，只列出符合的条目。\n\n"
        "\b\n示例：\n  luoshi show plan.json\n  luoshi show plan.json --find 学校 --kind commitment\n  luoshi show plan.json --unit 市教育局 --until 2026-06-30\n"
        "  luoshi show 报告.docx --in-doubt",
        "Show PLAN (a plan file, or a report, which is compiled first) by section: commitments with their targets, deliverables and projects, "
        "mechanisms, terms, notes. With conditions, list the items that meet them.\n\n"
        "\b\nExamples:\n  luoshi show plan.json\n  luoshi show plan.json --find 学校 --kind commitment\n  luoshi show plan.json --unit 市教育局 --until 2026-06-30\n"
        "  luoshi show report.docx --in-doubt",
    )
)
@click.argument("plan", type=click.Path())
@click.option(
    "--find", default="", metavar="WORDS", help=either("含有这些词的条目。", "Items that hold these words.")
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help=either("这些类型的条目。", "Items of these kinds."),
)
@click.option(
    "--unit",
    default="",
    metavar="NAME",
    help=either(
        "这个单位牵头或配合的；- 为没有牵头单位的。",
        "Led or supported by this unit; - for what nobody leads.",
    ),
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help=either("这一天（含）以前到期的。", "Due on this day or before."),
)
@click.option("--in-doubt", is_flag=True, help=either("有字段存疑的。", "With a field in doubt."))
@click.option("--notes", is_flag=True, help=either("逐条列出提示。", "List every note."))
def show(
    plan: str,
    find: str,
    kinds: tuple[str, ...],
    unit: str,
    until: datetime | None,
    in_doubt: bool,
    notes: bool,
) -> None:
    """Show a plan."""
    from luoshi.plan.items import ItemKind
    from luoshi.plan.query import Query
    from luoshi_cli.compiling import read_or_compile

    shown = read_or_compile(plan)
    query = Query(
        kinds=frozenset(ItemKind(kind) for kind in kinds),
        words=find,
        unit=_unit(shown, unit),
        due_until=until.date() if until is not None else None,
        in_doubt=True if in_doubt else None,
    )
    lines = _head(shown)
    if query == Query():
        lines = [*lines, *Tree(shown).lines(), *_notes(shown, every=notes)]
    else:
        lines = [*lines, *_found(shown, query)]
    for line in lines:
        click.echo(line)


def _unit(plan: Plan, name: str) -> str:
    """Return the identity of the unit that is named."""
    from luoshi.plan.query import NO_UNIT
    from luoshi_cli.files import FileError

    if name in ("", NO_UNIT):
        return name
    for unit in plan.units:
        if name in (unit.name, unit.id):
            return unit.id
    known = "、".join(unit.name for unit in plan.units[:20])
    raise FileError(
        either(
            f"计划里没有责任单位“{name}”。有：{known}。", f'The plan has no unit "{name}". It has: {known}.'
        )
    )


def _head(plan: Plan) -> list[str]:
    from luoshi.plan.items import ItemKind
    from luoshi.plan.query import summary

    glance = summary(plan)
    language = reading_language()
    status = (
        either(f"第{plan.version}版", f"version {plan.version}") if plan.version else either("草案", "draft")
    )
    counted = [f"{kind.label(language)} {glance.kinds[kind]}" for kind in ItemKind if glance.kinds[kind]]
    doubt = either(f"存疑 {glance.in_doubt}", f"in doubt {glance.in_doubt}")
    sources = either("、", ", ").join(source.name for source in plan.sources)
    return [
        click.style(f"{plan.place.name} {plan.year}", bold=True) + f"  {status}  {sources}",
        " · ".join((*counted, click.style(doubt, fg="yellow") if glance.in_doubt else doubt)),
        "",
    ]


class Tree:
    """A plan as lines, indented as the report is divided."""

    def __init__(self, plan: Plan) -> None:
        from luoshi.plan.items import Contents, commitment_of

        self._plan = plan
        self._contents: Contents = Contents(plan)
        self._units = {unit.id: unit.name for unit in plan.units}
        self._parts: dict[str, list[Item]] = {}
        for item in (*plan.targets, *plan.deliverables, *plan.projects):
            self._parts.setdefault(commitment_of(item), []).append(item)

    def lines(self) -> Iterator[str]:
        """Yield the lines: commitments by section, what belongs to none, mechanisms, terms."""
        above: tuple[Section, ...] = ()
        for number, commitment in enumerate(self._plan.commitments, 1):
            # The report itself is a section without number or title.
            path = tuple(s for s in self._contents.path(commitment.section) if s.number or s.title)
            for depth, section in enumerate(path):
                if section not in above[: depth + 1]:
                    yield "  " * depth + click.style(f"{section.number}{section.title}", fg="blue", bold=True)
            above = path
            yield from self._commitment(number, commitment, "  " * len(path))
        yield from self._group(either("未归入目标任务", "In no commitment"), self._parts.get("", []))
        yield from self._group(either("机制流程", "Mechanisms"), self._plan.procedures)
        yield from self._group(either("用语", "Terms"), self._plan.terms)

    def _commitment(self, number: int, commitment: Commitment, indent: str) -> Iterator[str]:
        lead = self._units.get(commitment.lead_unit, "") or either("（无牵头单位）", "(no lead unit)")
        supporting = [self._units.get(unit, "") for unit in commitment.supporting_units]
        who = lead + (f"（{'、'.join(supporting)}）" if supporting else "")
        due = f"{commitment.deadline.day}"
        yield f"{indent}{number}. {commitment.title}  {click.style(f'{who}  {due}', fg='bright_black')}{mark(commitment)}"
        for item in self._parts.get(commitment.id, ()):
            yield f"{indent}   {described(item)}{mark(item)}"

    def _group(self, title: str, items: list[Item] | tuple[Item, ...]) -> Iterator[str]:
        if items:
            yield ""
            yield click.style(title, fg="blue", bold=True)
        for item in items:
            yield f"  {described(item)}{mark(item)}"


def mark(item: Item) -> str:
    """Return what a reader should see at once: rejected, in doubt."""
    if item.state.value == "rejected":
        return click.style(f"  [{item.state.label(reading_language())}]", fg="red")
    if item.state.value == "proposed" and not item.is_sure:
        return click.style(f"  ? {round(item.confidence * 100)}%", fg="yellow")
    return ""


def described(item: Item) -> str:
    """Return an item in one line."""
    from luoshi.brief.wording import figure_text, limit_text, number_text, plain
    from luoshi.plan.items import kind_of, label_of
    from luoshi.plan.model import Claim, Deliverable, Procedure, Project, Target, Term

    language = reading_language()
    name = plain(label_of(item))
    sign = click.style(kind_of(item).label(language), fg="cyan")
    match item:
        case Target():
            return f"{sign} {name} {figure_text(item, language)}"
        case Deliverable():
            return f"{sign} {name}"
        case Project():
            money = f" {number_text(item.amount)}{item.amount_unit}" if item.amount is not None else ""
            return f"{sign} {name} {item.action}{money}"
        case Procedure():
            steps = " → ".join(plain(part.name) for part in (item.stages or item.members))
            limits = " ".join(f"{limit.subject}{limit_text(limit, language)}" for limit in item.limits)
            beats = " ".join(f"{x.beat.label(language)}{x.act}" for x in item.strikes)
            return " ".join(
                part for part in (f"{name}（{item.kind.label(language)}）", steps, limits, beats) if part
            )
        case Term():
            return f"{name}：{_cut(plain(item.definition))}"
        case Claim():
            figure = f" {number_text(item.value)}{item.unit}" if item.value is not None else ""
            return f"{sign} {name}{figure}"
        case _:
            return f"{sign} {name}"


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _found(plan: Plan, query: Query) -> Iterator[str]:
    from luoshi.plan.items import Contents, path_label
    from luoshi.plan.model import SURE
    from luoshi.plan.query import search

    rows = search(plan, query).rows
    contents = Contents(plan)
    for row in rows:
        where = path_label(contents.path(row.sections[-1])) if row.sections else ""
        due = f"  {row.due}" if row.due is not None else ""
        yield f"{described(row.item)}  {click.style(f'{where}{due}', fg='bright_black')}{mark(row.item)}"
        if query.in_doubt:
            for basis in row.item.bases:
                if basis.field not in row.item.reviewed and basis.confidence < SURE:
                    yield f"    {basis.field} {round(basis.confidence * 100)}% {basis.describe(reading_language())}"
    yield either(f"共 {len(rows)} 项。", f"{len(rows)} items.")


def _notes(plan: Plan, *, every: bool) -> Iterator[str]:
    """Yield what the compiler has to say: its errors and warnings, or all."""
    said = [d for d in plan.diagnostics if every or d.severity.value != "note"]
    if said:
        yield ""
        yield click.style(either("提示", "Notes"), fg="blue", bold=True)
    for diagnostic in said:
        severity = click.style(
            diagnostic.severity.label(reading_language()), fg=_FAULTY[diagnostic.severity.value]
        )
        yield f"  {severity} {diagnostic.code} {diagnostic.describe(reading_language())}"
