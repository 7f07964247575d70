"""Apply for a service and follow one's case (网上申请与进度查询): by number and code, without a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.cadence.limit import pausings
from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, CaseState, Channel
from luoshi.register.case.timing import timing_of
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import Procedure
from luoshi_web.cases import posted, selectors, services
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.limiting import is_too_often
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.portal.opening import for_everybody, form_for_everybody, frame_of
from luoshi_web.rights import NOBODY, Actor
from luoshi_web.workdays.selectors import calendar

_HOUR = 3600
_APPLICATIONS, _LOOKS = 20, 60
"""So many applications, and looks at cases, are taken from one address in an hour."""
_RATINGS = (5, 4, 3, 2, 1)


def _open_to_all(plan_year_id: int) -> tuple[PlanYear, dict[str, Procedure]]:
    """Return a plan-year with the procedures that anybody can apply for: those that a unit receives."""
    plan_year = plan_year_with_id(plan_year_id)
    if plan_year is None:
        raise Http404
    found = selectors.open_to_applicants(plan_year_id)
    if not found:
        raise Http404
    return plan_year, found


def _context(request: HttpRequest, plan_year: PlanYear) -> dict[str, Any]:
    mark = _("模拟数据") if plan_year.stands_at else ""
    return frame_of(request) | {"place": plan_year, "mark": mark, "stands_at": plan_year.stands_at}


@for_everybody
def counter(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """What can be applied for, and the way to one's case."""
    plan_year, procedures = _open_to_all(plan_year_id)
    context = _context(request, plan_year) | {"procedures": list(procedures.values())}
    return render(request, "portal/counter.html", context)


@form_for_everybody
def apply(request: HttpRequest, plan_year_id: int, procedure: str) -> HttpResponse:
    plan_year, procedures = _open_to_all(plan_year_id)
    if procedure not in procedures:
        raise Http404
    definition = procedures[procedure]
    asked = [field for field in definition.fields if field.is_public or field.is_required]
    faults: list[str] = []
    if request.method == "POST":
        if is_too_often("apply", request.actor.address, most=_APPLICATIONS, seconds=_HOUR):
            faults = [_("这个网络地址一小时内提交的申请太多了，请过一会儿再试，或到窗口办理。")]
        else:
            try:
                done = services.receive(
                    _nobody(request),
                    plan_year_id,
                    services.Intake(
                        title=request.POST.get("title", "")[:200],
                        channel=Channel.ONLINE,
                        case_class=request.POST.get("class", ""),
                        fields={
                            key: text
                            for key, text in posted.fields_from(request.POST, definition).items()
                            if key in {field.key for field in asked}
                        },
                    ),
                    procedure=procedure,
                    desk=definition.stages[0].unit,
                    is_applicant=True,
                )
                context = _context(request, plan_year) | {"done": done, "procedure": definition}
                return render(request, "portal/applied.html", context, status=201)
            except RegisterError as error:
                faults = [error.describe(reading_language())]
    context = _context(request, plan_year) | {
        "procedure": definition,
        "asked": [(field, request.POST.get(f"field-{field.key}", "")) for field in asked],
        "given": request.POST,
        "faults": faults,
        "limit": definition.limit_of(definition.classes[0].key if definition.classes else ""),
    }
    return render(request, "portal/apply.html", context, status=422 if faults else 200)


def _nobody(request: HttpRequest) -> Actor:
    # Who is signed in on this machine does not apply; what is kept is that the public did.
    return Actor(NOBODY.id, NOBODY.name, address=request.actor.address)


@form_for_everybody
def track(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """Show a case to whoever has its number and its code, and take a rating once it is closed."""
    plan_year, _procedures = _open_to_all(plan_year_id)
    number = request.POST.get("number", "").strip().upper()[:40]
    code = request.POST.get("code", "").strip().upper()[:20]
    context = _context(request, plan_year) | {"number": number, "faults": [], "code": code}
    if request.method == "GET":
        return render(request, "portal/tracked.html", context)
    if is_too_often("track", request.actor.address, most=_LOOKS, seconds=_HOUR):
        context["faults"] = [_("查询得太频繁了，请过一会儿再试。")]
        return render(request, "portal/tracked.html", context, status=429)
    found = selectors.case_of_applicant(plan_year_id, number, code)
    if found is None:
        context["faults"] = [_("没有这个编号，或查询码不对。查询码在受理时给出，共10位。")]
        return render(request, "portal/tracked.html", context, status=404)
    status = 200
    rating = request.POST.get("rating", "")
    if rating:
        try:
            found = services.perform(
                _nobody(request), plan_year_id, case=found.id, act=Act.RATE, code=code,
                rating=int(rating) if rating in {str(one) for one in _RATINGS} else 0,
            ).case  # fmt: skip
        except RegisterError as error:
            context["faults"], status = [error.describe(reading_language())], 422
    return render(request, "portal/tracked.html", context | _shown(plan_year, found), status=status)


def _shown(plan_year: PlanYear, case: Case) -> dict[str, Any]:
    """Return what an applicant sees of his case: where it stands, until when, why it waits, and how it ended; no names."""
    procedure = selectors.procedure_of(plan_year.pk, case.procedure, case.version)
    at = ledger.moment_of(plan_year)
    timing = timing_of(case, procedure, at=selectors.local(at), calendar=calendar())
    waits = case.pauses[-1] if case.state is CaseState.PAUSED and case.pauses else None
    due: date | None = timing.whole.due_day if timing.whole and not timing.whole.is_paused else None
    return {
        "case": case,
        "procedure": procedure,
        "place_of": procedure.place_of(case.stage),
        "due": due,
        "waits_for": pausings().get(waits.reason) if waits else None,
        "outcome": next((one for one in procedure.outcomes if one.key == case.outcome), None),
        "may_rate": case.state is CaseState.CLOSED and not case.rating,
        "ratings": _RATINGS,
    }
