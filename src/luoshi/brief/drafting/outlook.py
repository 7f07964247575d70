"""Parts of a brief about figures (专报的数据部分): forecasts, the chart, projects, targets, what has reached half."""

from __future__ import annotations

from decimal import Decimal

from luoshi.brief.course import chart_of
from luoshi.brief.drafting.composer import Composer, attested_by, known_of
from luoshi.brief.drafting.parts import observations_behind
from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.drafting.situation import Item
from luoshi.brief.official.model import Column, Known
from luoshi.brief.official.numbering import day_written
from luoshi.brief.wording import figure_text, number_text
from luoshi.delivery.judging import forecasts_of, observations_of
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Course, ProjectStage, Target
from luoshi.status.forecast import Forecast
from luoshi.status.light import Colour
from luoshi.status.rule import rule_on

_MOST = 10
"""Rows of the list of forecasts: the least likely first; all are counted."""
_HALF = Decimal("0.5")


def _targets(composer: Composer) -> list[tuple[Item, Target]]:
    targets = composer.situation.ground.targets
    return [
        (item, targets[name])
        for item in composer.situation.items
        for name in item.issued.targets
        if name in targets
    ]


def _known(composer: Composer, item: Item, target: Target) -> tuple[Observation, ...]:
    situation = composer.situation
    rule = rule_on(situation.as_of)
    return observations_of(situation.year, target, item.issued.lineage, situation.as_of, rule)


def _named(composer: Composer, item: Item, target: Target) -> str:
    return composer.passage(target.indicator or target.text, lineage=item.issued.lineage)


def forecasts(composer: Composer) -> None:
    """Add the targets that are less likely than not to be met, by what is foretold, and the chart of the one farthest behind."""
    situation = composer.situation
    told = forecasts_of(situation.year, situation.ground, on=situation.as_of)
    found: list[tuple[Decimal, Item, Target, Forecast]] = []
    for item, target in _targets(composer):
        foretold = told.get(target.id)
        if foretold is None or foretold.chance is None or item.colour is Colour.DONE:
            continue
        if foretold.chance < _HALF:
            found.append((foretold.chance, item, target, foretold))
    found.sort(key=lambda one: one[0])
    composer.heading(1, phrase("forecast"))
    if not found:
        composer.paragraph(phrase("forecast_none"))
    else:
        _unlikely(composer, found)
    _chart(composer, told)


def _unlikely(composer: Composer, found: list[tuple[Decimal, Item, Target, Forecast]]) -> None:
    entries = [one.entry for _chance, item, target, _f in found for one in _known(composer, item, target)]
    source = composer.source(phrase("what_forecasts"), entries, known=(Known.FORETOLD,))
    composer.paragraph(phrase("forecast_text", count=composer.figure(len(found), source)))
    rows = []
    for chance, item, target, foretold in found[:_MOST]:
        known = _known(composer, item, target)
        own = composer.source(
            phrase("what_forecast", title=target.indicator or target.text),
            [one.entry for one in known],
            known=(*known_of(known), Known.FORETOLD),
            attested=attested_by(known),
            method=foretold.method,
        )
        newest = max(known, key=lambda one: (one.day, one.entry))
        value, low, high = (
            number_text(one or Decimal(0)) for one in (foretold.value, foretold.low, foretold.high)
        )
        rows.append(
            (
                _named(composer, item, target),
                composer.passage(item.unit),
                composer.passage(figure_text(target, "zh"), lineage=item.issued.lineage),
                composer.figure(number_text(newest.value) + target.unit, own),
                composer.figure(f"{value}（{low}—{high}）", own),
                composer.figure(f"{number_text(chance * 100)}%", own),
            )
        )
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("indicator"), width_mm=36),
        Column(label=phrase("unit"), width_mm=22, is_centred=True),
        Column(label=phrase("promised"), width_mm=20, is_centred=True),
        Column(label=phrase("now"), width_mm=18, is_centred=True),
        Column(label=phrase("foretold"), width_mm=32, is_centred=True),
        Column(label=phrase("chance"), width_mm=17, is_centred=True),
    )
    composer.table(columns, rows)


def _chart(composer: Composer, told: dict[str, Forecast]) -> None:
    """Add the chart of the target that lags farthest, of those with two figures or more."""
    situation = composer.situation
    worst: tuple[Decimal, Item, Target, tuple[Observation, ...]] | None = None
    for item, target in _targets(composer):
        if item.given is None:
            continue
        light = next((p for p in item.given.light.parts if p.subject == target.id), item.given.light)
        points = Decimal(light.parameters.get("points", "0"))
        if light.colour not in (Colour.FAR_BEHIND, Colour.BEHIND) or (
            worst is not None and points <= worst[0]
        ):
            continue
        known = _known(composer, item, target)
        if len({one.day for one in known}) > 1:
            worst = (points, item, target, known)
    if worst is None:
        return
    _points, item, target, known = worst
    chart = chart_of(
        situation.year,
        target,
        item.issued.lineage,
        situation.ground,
        as_of=situation.as_of,
        observations=known,
        foretold=told.get(target.id),
    )
    foretold = (Known.FORETOLD,) if chart.fan is not None else ()
    source = composer.source(
        phrase("what_chart", title=chart.title),
        [one.entry for one in known],
        known=(*known_of(known), *foretold),
        attested=attested_by(known),
    )
    composer.paragraph(phrase("chart_intro"))
    composer.chart(chart, source)


def projects(composer: Composer) -> None:
    """Add the projects that the report names, and those whose commitment is not on course."""
    situation = composer.situation
    by_commitment = {item.commitment.id: item for item in situation.items}
    named = [
        (one, by_commitment[one.commitment])
        for one in situation.plan.projects
        if one.commitment in by_commitment
    ]
    composer.heading(1, phrase("projects"))
    if not named:
        composer.paragraph(phrase("projects_none"))
        return
    good = [pair for pair in named if pair[1].colour in (Colour.DONE, Colour.ON_COURSE)]
    bad = [pair for pair in named if pair[1].colour in (Colour.FAR_BEHIND, Colour.SILENT, Colour.BEHIND)]
    source = composer.lights_source(phrase("what_projects"), [item for _project, item in named])
    numbers = {"count": len(named), "good": len(good), "bad": len(bad)}
    composer.paragraph(
        phrase("projects_text", **{key: composer.figure(number, source) for key, number in numbers.items()})
    )
    rows = []
    for project, item in bad:
        own = composer.lights_source(phrase("what_project", title=project.name), [item])
        stage = "—" if project.stage is ProjectStage.UNSTATED else project.stage.label("zh")
        colour = item.colour.label("zh") if item.colour else "—"
        rows.append(
            (
                composer.passage(project.name, lineage=item.issued.lineage),
                stage,
                composer.passage(item.unit),
                composer.figure(colour, own),
            )
        )
    if not rows:
        return
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("project"), width_mm=65),
        Column(label=phrase("stage"), width_mm=25, is_centred=True),
        Column(label=phrase("unit"), width_mm=30, is_centred=True),
        Column(label=phrase("light"), width_mm=25, is_centred=True),
    )
    composer.table(columns, rows)


def halfway(composer: Composer) -> None:
    """Add how many figures that add up through the year have reached half of what was promised."""
    values = []
    for item, target in _targets(composer):
        if target.course is not Course.CUMULATIVE or not target.value:
            continue
        newest = observations_behind(composer.situation, item).get(target.id)
        if newest is not None:
            values.append((newest, newest.value >= target.value * _HALF))
    entries = [newest.entry for newest, _reached in values] or [composer.situation.year.issue_entry]
    known = known_of(newest for newest, _reached in values) or (Known.COUNTED,)
    source = composer.source(phrase("what_halfway"), entries, known=known)
    reached = sum(is_reached for _newest, is_reached in values)
    composer.heading(1, phrase("halfway"))
    composer.paragraph(
        phrase(
            "halfway_text",
            count=composer.figure(len(values), source),
            reached=composer.figure(reached, source),
        )
    )


def target_table(composer: Composer) -> None:
    """Add every target with its newest figure, and how that is known."""
    situation = composer.situation
    rows = []
    for item, target in _targets(composer):
        newest = observations_behind(situation, item).get(target.id)
        value = until = known = phrase("no_data")
        if newest is not None:
            source = composer.source(
                phrase("what_target", title=target.indicator or target.text),
                (newest.entry,),
                known=known_of([newest]),
                attested=(newest.attestation,),
                as_of=newest.day,
            )
            value = composer.figure(number_text(newest.value) + target.unit, source)
            until, known = day_written(newest.day), newest.computed.mark
        rows.append(
            (
                _named(composer, item, target),
                composer.passage(item.unit),
                composer.passage(figure_text(target, "zh"), lineage=item.issued.lineage),
                value,
                until,
                known,
            )
        )
    columns = (
        Column(label=phrase("ordinal"), width_mm=11, is_centred=True, is_ordinal=True),
        Column(label=phrase("indicator"), width_mm=44),
        Column(label=phrase("unit"), width_mm=26, is_centred=True),
        Column(label=phrase("promised"), width_mm=24, is_centred=True),
        Column(label=phrase("now"), width_mm=22, is_centred=True),
        Column(label=phrase("until"), width_mm=16, is_centred=True),
        Column(label=phrase("known"), width_mm=13, is_centred=True),
    )
    composer.table(columns, rows)
