"""Parts of a brief (专报各部分): each adds its blocks to the composer, every figure with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from luoshi.brief.drafting.composer import Composer, attested_by, known_of
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Item, Situation, grouped
from luoshi.brief.official.model import Column
from luoshi.brief.official.numbering import day_written
from luoshi.delivery.handling import HandlingState
from luoshi.delivery.judging import observations_of
from luoshi.ledger.observation import Observation
from luoshi.status.light import Colour, Light, latest
from luoshi.status.rollup import ORDER, tally
from luoshi.status.rule import rule_on

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Part = Callable[[Composer], None]


def day_of(situation: Situation) -> str:
    """Return the day of the document as it is written."""
    return day_written(situation.as_of)


def counts_of(composer: Composer, items: Iterable[Item], source: str) -> str:
    """Return the counts of lights by colour as a phrase, colours that none has left out."""
    found = tally(item.colour for item in items if item.colour is not None)
    parts = [
        phrase("count", colour=colour.label("zh"), count=composer.figure(found.count(colour), source))
        for colour in ORDER
        if found.count(colour)
    ]
    return phrase("between").join(parts)


def overall(composer: Composer) -> None:
    """Add all lights counted, by section and by lead unit."""
    situation = composer.situation
    items = situation.items
    source = composer.lights_source(phrase("what_all"), items)
    composer.heading(1, phrase("overall"))
    text = phrase(
        "overall_text",
        day=day_of(situation),
        place=situation.plan.place.name,
        year=f"{situation.plan.year}",
        total=composer.figure(len(items), source),
        counts=counts_of(composer, items, source),
    )
    unjudged = sum(item.colour is None for item in items)
    if unjudged:
        text += phrase("unjudged", count=composer.figure(unjudged, source))
    overridden = [item for item in items if item.override is not None]
    if overridden:
        own = composer.source(phrase("what_override"), [one for item in overridden for one in item.entries])
        text += phrase("overridden", count=composer.figure(len(overridden), own))
    composer.paragraph(text)
    for name, by_unit in (("section", False), ("unit", True)):
        _tally_table(composer, items, name, by_unit=by_unit)


def _tally_table(composer: Composer, items: Iterable[Item], name: str, *, by_unit: bool) -> None:
    groups = grouped(items, by_unit=by_unit)
    tallies = {key: tally(one.colour for one in group if one.colour) for key, group in groups.items()}
    order = list(groups)
    if by_unit:
        order.sort(key=lambda key: (tallies[key].rank, -tallies[key].total, key))
    rows = []
    for key in order:
        label = key or phrase("no_section")
        source = composer.lights_source(phrase("what_group", name=label), groups[key])
        numbers = [len(groups[key]), *(tallies[key].count(colour) for colour in ORDER)]
        rows.append((composer.passage(label), *(composer.figure(number, source) for number in numbers)))
    columns = [
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase(name), width_mm=50),
        Column(label=phrase("total"), width_mm=13, is_centred=True),
        *(Column(label=colour.label("zh"), width_mm=14, is_centred=True) for colour in ORDER),
    ]
    composer.table(columns, rows, title=phrase(f"table_{name}s"))


def observations_behind(situation: Situation, item: Item) -> dict[str, Observation]:
    """Return the newest figure of each target of a commitment that counts on the day, by target."""
    rule = rule_on(situation.as_of)
    found = {}
    for name in item.issued.targets:
        target = situation.ground.targets.get(name)
        if target is None:
            continue
        known = observations_of(situation.year, target, item.issued.lineage, situation.as_of, rule)
        newest = latest(known, situation.as_of)
        if newest is not None:
            found[name] = newest
    return found


def reason_of(composer: Composer, item: Item) -> str:
    """Return why a commitment has its light: the light's own words, with the entries of light and figures behind it."""
    situation = composer.situation
    newest = observations_behind(situation, item)
    entries = (*item.entries, *(one.entry for one in newest.values()))
    source = composer.source(
        phrase("what_light", title=item.issued.title),
        entries or (situation.year.issue_entry,),
        known=known_of(newest.values()) or (),
        attested=attested_by(newest.values()),
        method=item.given.light.rule if item.given is not None else "",
    )
    lines = []
    if item.given is not None:
        lines = [composer.figure(text, source) for text in _reasons(situation, item, item.given.light)]
    if item.override is not None:
        text = situation.notes.get(item.override.reason.digest, "") or "—"
        told = composer.passage(text, lineage=item.issued.lineage, entries=(item.override.entry,))
        lines.append(phrase("override_reason", text=told))
    return "\n".join(lines) or "—"


def _reasons(situation: Situation, item: Item, light: Light) -> list[str]:
    """Return the reasons of the parts that make a light what it is, each with the name of its target or deliverable where there are several."""
    worst = [part for part in light.parts if part.colour is light.colour]
    if len(light.parts) < 2 or not worst:
        return [_with_written_days(light.describe("zh"))]
    names = {name: target.indicator or target.text for name, target in situation.ground.targets.items()}
    names |= {one.id: one.done_when for one in item.issued.deliverables}
    return [
        f"{names.get(part.subject, part.subject)}：{_with_written_days(part.describe('zh'))}"
        for part in worst
    ]


def _with_written_days(text: str) -> str:
    return _DAY.sub(lambda found: day_written(date.fromisoformat(found.group())), text)


def _troubled(composer: Composer, name: str, items: tuple[Item, ...]) -> None:
    composer.heading(1, phrase(name))
    if not items:
        composer.paragraph(phrase(f"{name}_none"))
        return
    source = composer.lights_source(phrase(f"what_{name}"), items)
    composer.paragraph(phrase(f"{name}_text", count=composer.figure(len(items), source)))
    rows = []
    for item in items:
        text, entry = composer.situation.obstacles(item.issued.lineage)
        told = (
            composer.passage(text, lineage=item.issued.lineage, entries=(entry,))
            if text
            else phrase("not_told")
        )
        rows.append((composer.title_of(item), composer.passage(item.unit), reason_of(composer, item), told))
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("task"), width_mm=43),
        Column(label=phrase("unit"), width_mm=24, is_centred=True),
        Column(label=phrase("reason"), width_mm=46),
        Column(label=phrase("obstacle"), width_mm=32),
    )
    composer.table(columns, rows)


def red(composer: Composer) -> None:
    """Add the red commitments, each with its reason and what blocks it."""
    _troubled(composer, "red", composer.situation.with_colour(Colour.FAR_BEHIND))


def undone(composer: Composer) -> None:
    """Add the commitments that are not done, what is worst first."""
    items = [item for item in composer.situation.items if item.colour is not Colour.DONE]
    ordered = sorted(items, key=lambda item: -(item.colour.severity if item.colour else 0))
    _troubled(composer, "undone", tuple(ordered))


def silent(composer: Composer) -> None:
    """Add the units that owe reports, and which."""
    situation = composer.situation
    owed = [
        (item, cycles)
        for item in situation.items
        if item.issued.lead_unit and (cycles := situation.owed(item.issued))
    ]
    composer.heading(1, phrase("silent"))
    if not owed:
        composer.paragraph(phrase("silent_none"))
        return
    units: dict[str, list[tuple[Item, int, str]]] = {}
    for item, cycles in owed:
        periods = phrase("between").join(cycle.period.label("zh") for cycle in cycles)
        units.setdefault(item.unit, []).append((item, len(cycles), periods))
    entries = [situation.year.issue_entry, *(one for item, _cycles in owed for one in item.entries)]
    source = composer.source(phrase("what_silent"), entries)
    total = sum(count for lines in units.values() for _item, count, _periods in lines)
    composer.paragraph(
        phrase("silent_text", units=composer.figure(len(units), source), count=composer.figure(total, source))
    )
    rows = []
    for unit, lines in sorted(
        units.items(), key=lambda pair: (-sum(count for _i, count, _p in pair[1]), pair[0])
    ):
        own = composer.source(
            phrase("what_owed", unit=unit),
            [situation.year.issue_entry, *(one for item, _count, _periods in lines for one in item.entries)],
        )
        number = composer.figure(sum(count for _item, count, _periods in lines), own)
        told = [
            phrase("owed_line", title=composer.title_of(item), periods=composer.passage(periods))
            for item, _count, periods in lines
        ]
        rows.append((composer.passage(unit), number, "\n".join(told)))
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("unit"), width_mm=34, is_centred=True),
        Column(label=phrase("owed_count"), width_mm=20, is_centred=True),
        Column(label=phrase("owed"), width_mm=91),
    )
    composer.table(columns, rows)


def changes(composer: Composer) -> None:
    """Add what changed since the brief before, by the lights as the rule gave them on both days."""
    situation = composer.situation
    composer.heading(1, phrase("changes"))
    if situation.since is None:
        composer.paragraph(phrase("no_since"))
        return
    since, days = situation.since, {"since": day_written(situation.since), "day": day_of(situation)}
    moved = []
    for item in situation.items:
        earlier = situation.year.light_on(item.issued.lineage, since)
        now = item.given
        if earlier is not None and now is not None and earlier.light.colour is not now.light.colour:
            moved.append((item, earlier, now))
    if not moved:
        composer.paragraph(phrase("changes_none", **days))
        return
    worse = [one for one in moved if one[2].light.colour.severity > one[1].light.colour.severity]
    entries = [entry for _item, earlier, now in moved for entry in (earlier.entry, now.entry)]
    source = composer.source(phrase("what_changes", **days), entries)
    composer.paragraph(
        phrase(
            "changes_text",
            **days,
            worse=composer.figure(len(worse), source),
            better=composer.figure(len(moved) - len(worse), source),
        )
    )
    rows = []
    ordered = sorted(moved, key=lambda one: (one not in worse, -one[2].light.colour.severity))
    for item, earlier, now in ordered:
        own = composer.source(
            phrase("what_change", title=item.issued.title), (earlier.entry, now.entry), method=now.light.rule
        )
        rows.append(
            (
                composer.title_of(item),
                composer.passage(item.unit),
                composer.figure(earlier.light.colour.label("zh"), own),
                composer.figure(now.light.colour.label("zh"), own),
            )
        )
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("task"), width_mm=71),
        Column(label=phrase("unit"), width_mm=30, is_centred=True),
        Column(label=phrase("before"), width_mm=19, is_centred=True),
        Column(label=phrase("after"), width_mm=25, is_centred=True),
    )
    composer.table(columns, rows)


def handling(composer: Composer) -> None:
    """Add how far the handling plans have come."""
    situation = composer.situation
    records = [situation.year.handling_of(lineage) for lineage in situation.year.issued]
    entries = [record.history[-1] for record in records if record.history]
    source = composer.source(phrase("what_handling"), [situation.year.issue_entry, *entries])

    def counted(*states: HandlingState) -> str:
        return composer.figure(sum(record.state in states for record in records), source)

    composer.heading(1, phrase("handling"))
    composer.paragraph(
        phrase(
            "handling_text",
            approved=counted(HandlingState.APPROVED),
            waiting=counted(HandlingState.FILED),
            contested=counted(HandlingState.CONTESTED),
            missing=counted(HandlingState.WAITING, HandlingState.RETURNED),
        )
    )
