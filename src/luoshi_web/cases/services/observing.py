"""Count the registers behind targets (登记簿计数) and write what they give into the year's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from luoshi.delivery.coverage import proposed_for, with_stated_limits
from luoshi.delivery.source import SourceKind
from luoshi.ledger.entry import Entry
from luoshi.packs import packs
from luoshi.register import observed
from luoshi.register.case.model import Case
from luoshi.register.observed import CountedFigure, parts_of
from luoshi.register.pack import Pack, Window
from luoshi.register.procedure.model import Procedure
from luoshi_web.audit.action import Action
from luoshi_web.cases import selectors
from luoshi_web.cases.services.handling import rejudge
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.plans.store import together
from luoshi_web.reporting import services as reporting
from luoshi_web.reporting.selectors import ground_of, version_of, year_of
from luoshi_web.reporting.services.writing import writing
from luoshi_web.rights import Actor, Right, machine
from luoshi_web.workdays.selectors import calendar


def adopt(actor: Actor, plan_year: int, *, pack: str, procedure: str) -> Procedure:
    """Keep a procedure of a pack as a draft, with the limits that the report itself promises, for the supervisor to complete.

    Raises:
        RefusedError: The person is no supervisor there.
        KeyError: There is no such pack or procedure.
    """
    from luoshi_web.cases.services.procedures import draft

    known = packs()[pack]
    year = year_of(plan_year)
    targets = ground_of(version_of(plan_year, year.version)).targets.values() if year.version else ()
    found = with_stated_limits(known.procedures[procedure], targets, known)
    draft(actor, plan_year, found)
    return found


def observe(plan_year: int, *, day: date | None = None) -> Entry | None:
    """Count every register that stands behind a target and keep what is new.

    Args:
        plan_year: Identity of the plan-year.
        day: Day as of which it is counted; yesterday where None is given.

    Returns:
        The entry; None where no register says anything new.
    """
    year = year_of(plan_year)
    wanted = sorted({source.name for source in year.sources.values() if source.kind is SourceKind.REGISTER})
    row = plan_year_with_id(plan_year)
    if row is None or not wanted or not year.version:
        return None
    with writing(machine("luoshi registers"), plan_year) as ledger:
        as_of = day or ledger.on - timedelta(days=1)
        window = Window(date(row.year, 1, 1), as_of, calendar())
        figures = _counted(plan_year, wanted, window)
        proposal = observed.observe(ledger.year.observed, figures, day=as_of, on=ledger.on)
        if proposal is None:
            return None
        (entry,) = ledger.add(proposal, action=Action.REGISTERS_OBSERVED, about=as_of.isoformat())
    return entry


def _counted(plan_year: int, wanted: Iterable[str], window: Window) -> list[CountedFigure]:
    known = selectors.published(plan_year)
    heads = {book.procedure: book.digest for book in selectors.books_of(plan_year)}
    cases: dict[str, list[Case]] = {}
    figures = []
    for name in wanted:
        pack_key, indicator_key, parameter = parts_of(name)
        pack: Pack | None = packs().get(pack_key)
        indicator = pack.indicators.get(indicator_key) if pack else None
        if pack is None or indicator is None or indicator.procedure not in known:
            continue
        key = indicator.procedure
        if key not in cases:
            cases[key] = list(selectors.every_case(plan_year, key))
        figure = pack.figure(indicator_key, cases[key], known[key][1], window, parameter)
        if figure.value is None:
            continue
        figures.append(
            CountedFigure(
                source=name,
                value=_short(figure.value),
                unit=indicator.unit,
                cases=figure.cases,
                numerator=figure.numerator,
                denominator=figure.denominator,
                head=heads.get(key, ""),
            )
        )
    return figures


def _short(value: Decimal) -> Decimal:
    return value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))


def bind_registers(actor: Actor, plan_year: int, targets: Sequence[str]) -> int:
    """Bind targets to the registers and series that are proposed for them; return how many were bound.

    Raises:
        RefusedError: The person is no supervisor there.
        DeliveryError: A target is not in force (L264).
    """
    actor.require(Right.SUPERVISE, plan_year)
    year = year_of(plan_year)
    ground = ground_of(version_of(plan_year, year.version))
    done = 0
    with together():
        for target in targets:
            if target not in ground.targets or target in year.sources:
                continue
            proposal = proposed_for(ground.targets[target], packs())
            if proposal.kind not in (SourceKind.REGISTER, SourceKind.IMPORT):
                continue
            reporting.bind_source(
                actor, plan_year, target=target, kind=proposal.kind, name=proposal.name, method=method_of(proposal.name, proposal.kind),
            )  # fmt: skip
            done += 1
    return done


def method_of(name: str, kind: SourceKind) -> str:
    """Return how a proposed source is computed, for people."""
    if kind is not SourceKind.REGISTER:
        return "按统计数据导入"
    pack, indicator, _parameter = parts_of(name)
    return packs()[pack].indicators[indicator].rule


def catch_up(plan_year: int) -> int:
    """Count the registers, give the lights of the days that have ended, and reckon every clock anew once a day ended; return for how many days."""
    observe(plan_year)
    days = reporting.catch_up(plan_year)
    if days:
        rejudge(plan_year)
    return days
