from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.cadence.limit import pausings
from luoshi.register.case import act as acts
from luoshi.register.case import fact as facts
from luoshi.register.case import follow as follows
from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, Channel
from luoshi.register.case.timing import timing_of
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import Procedure
from luoshi_web.cases import posted, selectors, services
from luoshi_web.cases.opened import Register, open_register
from luoshi_web.cases.services.handling import may
from luoshi_web.cases.story import story_of
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.workdays.selectors import calendar

_DESK_CHANNELS = (Channel.WINDOW, Channel.PHONE, Channel.OFFICE)


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    register = open_register(request, plan_year_id, procedure)
    if not register.desks:
        raise Http404
    faults: list[str] = []
    if request.method == "POST":
        try:
            done = services.receive(
                request.actor,
                plan_year_id,
                services.Intake(
                    title=request.POST.get("title", "")[:200],
                    channel=choice(Channel, request.POST.get("channel", "office")),
                    case_class=request.POST.get("class", ""),
                    unit=request.POST.get("unit", "")[:100],
                    fields=posted.fields_from(request.POST, register.procedure),
                ),
                procedure=procedure,
                desk=request.POST.get("desk", register.desks[0]),
            )
            messages.success(
                request,
                _("已受理，编号 %(number)s，查询码 %(code)s。")
                % {"number": done.case.number, "code": done.code},
            )
            return redirect("cases:case", plan_year_id, procedure, done.case.id)
        except RegisterError as error:
            faults = [error.describe(reading_language())]
    context = register.context(request) | {
        "faults": faults,
        "given": request.POST,
        "channels": _DESK_CHANNELS,
        "values": {
            field.key: request.POST.get(f"field-{field.key}", "") for field in register.procedure.fields
        },
    }
    return render(request, "cases/new_case.html", context, status=422 if faults else 200)


def _open(
    request: HttpRequest, plan_year_id: int, procedure: str, case: str
) -> tuple[Register, Case, Procedure]:
    register = open_register(request, plan_year_id, procedure)
    row = selectors.row_visible(request.actor, plan_year_id, case)
    if row is None or row.procedure != procedure:
        raise Http404
    found: Case | None = selectors.case_of(row)
    if register.end is not None:
        found = selectors.as_of([case], register.end).get(case)
    if found is None:
        raise Http404
    return register, found, selectors.procedure_of(plan_year_id, procedure, found.version)


@require_GET
def case(request: HttpRequest, plan_year_id: int, procedure: str, case: str) -> HttpResponse:
    register, found, definition = _open(request, plan_year_id, procedure, case)
    return _page(request, register, found, definition)


def _page(
    request: HttpRequest,
    register: Register,
    found: Case,
    definition: Procedure,
    *,
    faults: list[str] | None = None,
    person: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    pk = register.pk
    timing = timing_of(found, definition, at=register.wall, calendar=calendar())
    stage = definition.stage(found.stage)
    is_past = register.delivery.is_past
    children = selectors.children_of(pk, found.id) if definition.follow_ups else []
    shown = selectors.ids_visible(request.actor, pk, [one.id for one in children])
    parent = selectors.row_visible(request.actor, pk, found.parent) if found.parent else None
    handles = any(unit in register.desks for unit in (found.unit or found.desk,))
    open_acts = () if is_past else acts.allowed(found, definition)
    mine = {act for act in open_acts if may(request.actor, pk, found, definition, act)}
    entries = [entry for entry in selectors.entries_of(found.id) if entry.number <= found.entry]
    digests = [digest for entry in entries for digest in entry.evidence]
    context = register.context(request) | {
        "case": found,
        "definition": definition,
        "stage": stage,
        "place": definition.place_of(found.stage),
        "timing": timing,
        "clocks": [
            clock
            for clock in (
                (_("全程"), timing.whole),
                (stage.label(reading_language()), timing.stage),
                *((task.label(reading_language()), timing.tasks.get(task.key)) for task in stage.tasks),
            )
            if clock[1] is not None
        ],
        "missing": acts.missing(found, definition, children) if found.is_open else (),
        "moves": [(move, definition.stage(move.target)) for move in definition.moves_from(found.stage)],
        "outcomes": definition.outcomes_from(found.stage),
        "outcome": next((one for one in definition.outcomes if one.key == found.outcome), None),
        "case_class": next((one for one in definition.classes if one.key == found.case_class), None),
        "acts": {act.value for act in mine},
        "my_tasks": [
            task.key
            for task in stage.tasks
            if may(request.actor, pk, found, definition, Act.FINISH_TASK, task=task.key)
        ],
        "pausings": [pausings()[code] for code in definition.pauses if code in pausings()],
        "children": [one for one in children if one.id in shown],
        "parent": parent,
        "follow_ups": follows.openable(found, definition, children) if handles and not is_past else (),
        "story": story_of(entries, definition),
        "texts": ledger.texts_of(story_digests(entries)),
        "names": ledger.names_of(entry.who for entry in entries),
        "files": ledger.evidence_by_digest(pk, found.id, digests) if digests else {},
        "months": sorted({month for series in found.amounts.values() for month in series}, reverse=True),
        "this_month": posted.month_of(register.delivery.today),
        "person": person,
        "may_see_person": found.personal is not None
        and any(unit in register.desks for unit in (found.unit, found.desk)),
        "faults": faults or [],
        "at": register.wall,
    }
    return render(request, "cases/case.html", context, status=status)


def story_digests(entries: Any) -> list[str]:
    """Return the digests of the notes that the entries of a case hold."""
    found = []
    for entry in entries:
        fact = facts.decode(entry.body)
        for name in ("reason", "note"):
            note = getattr(fact, name, None)
            if hasattr(note, "digest"):
                found.append(note.digest)
    return found


@require_POST
def act(request: HttpRequest, plan_year_id: int, procedure: str, case: str, act: str) -> HttpResponse:
    register, found, definition = _open(request, plan_year_id, procedure, case)
    wanted = choice(Act, act)
    if wanted is Act.RATE:
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        digests = []
        for upload in request.FILES.getlist("file"):
            unit = next((one for one in register.desks if one in (found.unit, found.desk)), "")
            kept = keep_evidence(
                request.actor,
                plan_year_id,
                lineage=found.id,
                unit=unit,
                name=upload.name or "",
                data=upload.read(),
                limit=settings.MAX_UPLOAD_BYTES,
            )
            digests.append(kept.digest)
        services.perform(
            request.actor,
            plan_year_id,
            case=found.id,
            act=wanted,
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
            **posted.act_from(wanted, request.POST, definition, tuple(digests)),
        )
    except RegisterError as error:
        found = _open(request, plan_year_id, procedure, case)[1]
        return _page(
            request, register, found, definition, faults=[error.describe(reading_language())], status=422
        )
    messages.success(request, _("已办理。"))
    if selectors.row_visible(request.actor, plan_year_id, case) is None:
        return redirect("cases:cases", plan_year_id, procedure)
    return redirect("cases:case", plan_year_id, procedure, case)


@require_POST
def follow(request: HttpRequest, plan_year_id: int, procedure: str, case: str, key: str) -> HttpResponse:
    """Open what a case leads to in another register."""
    register, found, definition = _open(request, plan_year_id, procedure, case)
    try:
        done = services.follow(
            request.actor,
            plan_year_id,
            case=found.id,
            key=key,
            title=request.POST.get("title", "")[:200],
            unit=request.POST.get("unit", "")[:100],
        )
    except RegisterError as error:
        faults = [error.describe(reading_language())]
        return _page(request, register, found, definition, faults=faults, status=422)
    messages.success(request, _("已转出，编号 %(number)s。") % {"number": done.case.number})
    return redirect("cases:case", plan_year_id, done.case.procedure, done.case.id)


@require_POST
def contact(request: HttpRequest, plan_year_id: int, procedure: str, case: str) -> HttpResponse:
    register, found, definition = _open(request, plan_year_id, procedure, case)
    values = services.show_person(request.actor, plan_year_id, case=found.id)
    fields = {field.key: field for field in definition.fields}
    person = {fields[key].label(reading_language()): text for key, text in values.items() if key in fields}
    return _page(request, register, found, definition, person=person)
