from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.delivery.chasing.notice import NoticeState, SupervisionNotice, clock_of, look_backs_due
from luoshi.delivery.chasing.owing import Owed, owed_in
from luoshi.delivery.chasing.reminder import escalations_on, working_days_from
from luoshi.delivery.chasing.rule import OwedKind, rule_on
from luoshi.delivery.chasing.task import Task, TaskState
from luoshi.delivery.year import fact_of
from luoshi_web.ledger import selectors as ledger
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.rights import Right
from luoshi_web.supervision import selectors

_AHEAD = 30
_LOOK_BACK = "look-back"


def owed_to(delivery: Delivery, *, ahead: int) -> list[Owed]:
    """Return what is owed in the next days, by the units that the person may see."""
    rule, on = rule_on(delivery.day), delivery.day
    found = owed_in(delivery.year, delivery.ground, rule, on=on, until=on + timedelta(days=ahead))
    if delivery.actor.may(Right.VIEW_EVERY_UNIT, delivery.plan_year.pk):
        return list(found)
    return [one for one in found if one.unit in delivery.own_units]


def _own(delivery: Delivery) -> frozenset[str] | None:
    """Return the units whose notices and tasks the person sees; None for all."""
    every = delivery.actor.may(Right.VIEW_EVERY_UNIT, delivery.plan_year.pk)
    return None if every else frozenset(delivery.own_units)


@require_GET
def owed(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """Who owes what by when."""
    delivery = open_delivery(request, plan_year_id)
    every = owed_to(delivery, ahead=_AHEAD)
    calendar, on = delivery.ground.calendar, delivery.day
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    only_late = request.GET.get("late") == "1"
    shown = [
        (one, working_days_from(one.due, on, calendar))
        for one in every
        if (not kind or one.kind.value == kind)
        and (not unit or one.unit == unit)
        and (not only_late or one.due < on)
    ]
    may_supervise = request.actor.may(Right.SUPERVISE, plan_year_id) and not delivery.is_past
    escalations = (
        escalations_on(every, delivery.year.chasing, on=on, calendar=calendar, rule=rule_on(on))
        if may_supervise
        else ()
    )
    context = delivery.context(request) | {
        "rows": shown,
        "late_count": sum(one.due < on for one in every),
        "total": len(every),
        "kinds": [(one, sum(owed.kind is one for owed in every)) for one in OwedKind],
        "kind": kind,
        "unit": unit,
        "only_late": only_late,
        "units": sorted({one.unit for one in every}),
        "escalations": escalations,
        "ahead": _AHEAD,
        "feed": selectors.feed_of(plan_year_id, request.actor.id),
        "feed_address": request.session.pop("feed_address", "") if request.actor.id else "",
    }
    return render(request, "supervision/owed.html", context)


@require_GET
def notices(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    own = _own(delivery)
    found = [one for one in delivery.year.chasing.notices.values() if own is None or one.unit in own]
    state, on = request.GET.get("state", ""), delivery.day
    waiting = look_backs_due(
        {one.number: one for one in found}, rule_on(on), calendar=delivery.ground.calendar
    )
    rows = [one for one in reversed(found) if not state or one.state.value == state]
    if state == _LOOK_BACK:
        rows = [one for _due, one in waiting]
    context = delivery.context(request) | {
        "rows": rows,
        "look_backs": {one.number: due for due, one in waiting},
        "look_back_late": {one.number for due, one in waiting if due < on},
        "states": [(one, sum(notice.state is one for notice in found)) for one in NoticeState],
        "state": state,
        "total": len(found),
        "texts": ledger.texts_of(one.fact.request.digest for one in found),
        "units": sorted({one.lead_unit for one in delivery.year.issued.values() if one.lead_unit}),
        "late": {one.number for one in found if one.is_late(on)},
    }
    return render(request, "supervision/notices.html", context)


def _notes(plan_year_id: int, trail: tuple[int, ...]) -> tuple[list[Any], dict[str, str | None], list[str]]:
    """Return the entries of a notice or task, the words that stand in them, and the evidence."""
    entries = ledger.entries_of(plan_year_id, trail)
    steps, digests, evidence = [], [], []
    for number in trail:
        entry = entries[number]
        fact = fact_of(entry)
        note = next(
            (
                found
                for name in ("request", "reply", "reason", "finding", "words")
                if (found := getattr(fact, name, None)) is not None
            ),
            None,
        )
        if note is not None:
            digests.append(note.digest)
        evidence += entry.evidence
        steps.append((entry, note))
    return steps, ledger.texts_of(digests), evidence


@require_GET
def notice(request: HttpRequest, plan_year_id: int, number: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    found: SupervisionNotice | None = delivery.year.chasing.notices.get(number)
    own = _own(delivery)
    if found is None or (own is not None and found.unit not in own):
        raise Http404
    steps, texts, evidence = _notes(plan_year_id, found.trail)
    waiting = look_backs_due({number: found}, rule_on(delivery.day), calendar=delivery.ground.calendar)
    context = delivery.context(request) | {
        "notice": found,
        "issued": delivery.year.issued.get(found.lineage),
        "look_back_due": waiting[0][0] if waiting else None,
        "clock": clock_of(found, delivery.day, delivery.ground.calendar),
        "steps": steps[::-1],
        "texts": texts,
        "names": ledger.names_of(entry.who for entry, _note in steps),
        "files": ledger.evidence_by_digest(plan_year_id, found.lineage, evidence) if evidence else {},
        "is_late": found.is_late(delivery.day),
        "can_circulate": found.state.waits_for_unit
        and found.running.is_late(delivery.day)
        and not found.running.circulated,
        "may_reply": request.actor.may_for(Right.PREPARE, plan_year_id, found.unit)
        and found.state.waits_for_unit
        and not delivery.is_past,
    }
    return render(request, "supervision/notice.html", context)


@require_GET
def tasks(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    own = _own(delivery)
    found = [one for one in delivery.year.chasing.tasks.values() if own is None or one.unit in own]
    state = request.GET.get("state", "")
    context = delivery.context(request) | {
        "rows": [one for one in reversed(found) if not state or one.state.value == state],
        "states": [(one, sum(task.state is one for task in found)) for one in TaskState],
        "state": state,
        "total": len(found),
        "texts": ledger.texts_of(one.fact.words.digest for one in found),
        "may_instruct": request.actor.may(Right.INSTRUCT, plan_year_id) and not delivery.is_past,
        "units": sorted({one.lead_unit for one in delivery.year.issued.values() if one.lead_unit}),
        "lineage": request.GET.get("about", ""),
        "about": delivery.year.issued.get(request.GET.get("about", "")),
        "soon": delivery.day + timedelta(days=7),
    }
    return render(request, "supervision/tasks.html", context)


@require_GET
def task(request: HttpRequest, plan_year_id: int, number: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    found: Task | None = delivery.year.chasing.tasks.get(number)
    own = _own(delivery)
    if found is None or (own is not None and found.unit not in own):
        raise Http404
    steps, texts, evidence = _notes(plan_year_id, found.trail)
    is_mine = request.actor.may_for(Right.PREPARE, plan_year_id, found.unit) and not delivery.is_past
    instruction = next(
        (one for one in delivery.year.chasing.instructions if one.key == found.fact.source), None
    )
    if instruction is not None:
        texts = {**texts, **ledger.texts_of([instruction.fact.words.digest])}
    context = delivery.context(request) | {
        "task": found,
        "instruction": instruction,
        "issued": delivery.year.issued.get(found.lineage),
        "steps": steps[::-1],
        "texts": texts,
        "names": ledger.names_of(entry.who for entry, _note in steps),
        "files": ledger.evidence_by_digest(plan_year_id, found.lineage, evidence) if evidence else {},
        "is_late": found.state.waits_for_unit and found.due < delivery.day,
        "may_accept": is_mine and found.state is TaskState.ASSIGNED,
        "may_reply": is_mine and found.state in (TaskState.ACCEPTED, TaskState.RETURNED),
        "soon": delivery.day + timedelta(days=7),
    }
    return render(request, "supervision/task.html", context)
