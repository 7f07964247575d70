from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.kernel.message import text_of
from luoshi_web.frame.language import reading_language
from luoshi_web.plans import selectors, services
from luoshi_web.plans.comparison import Compared, compared
from luoshi_web.plans.forms import PlaceForm, ReportForm
from luoshi_web.plans.models import Import, ImportState
from luoshi_web.plans.steps import steps_of
from luoshi_web.rights import RefusedError, Right

# Codes after which it makes sense to go on all the same.
_GO_ON = {"C001"}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if not request.actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if form.is_bound and form.is_valid():
        job = services.start_import(request.actor, **form.report())
        return redirect("plans:import", import_id=job.pk)
    status = 422 if form.is_bound else 200
    recent = selectors.imports_visible_to(request.actor)[:8]
    context = {"form": form, "recent": recent, "limit": settings.MAX_UPLOAD_BYTES}
    return render(request, "plans/new_import.html", context, status=status)


def _job_or_404(request: HttpRequest, import_id: int) -> Import:
    services.mark_interrupted_imports()
    job = selectors.imports_visible_to(request.actor).filter(pk=import_id).first()
    if job is None:
        raise Http404
    return job


def _context(job: Import, form: PlaceForm | None = None) -> dict[str, object]:
    state = ImportState(job.state)
    asked = job.parameters if state is ImportState.ASKING else {}
    initial = {"place": job.place or asked.get("place", ""), "year": job.year or asked.get("year") or None}
    return {
        "job": job,
        "state": state,
        "steps": steps_of(job),
        "percent": round(job.progress * 100),
        "sentence": text_of(job.message, job.parameters, reading_language()) if job.message else "",
        "may_go_on": state is ImportState.FAILED and job.message in _GO_ON,
        "asks_place": state is ImportState.ASKING and job.message == "W410",
        "asks_existing": state is ImportState.ASKING and job.message == "W411",
        "form": form or PlaceForm(initial=initial),
        "preview": _preview(job) if state is ImportState.ASKING and job.message == "W411" else None,
    }


def _preview(job: Import) -> Compared | None:
    """Return what a compilation would change in the draft that is there."""
    difference = services.preview_of(job)
    return compared(difference) if difference is not None else None


@require_GET
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job_or_404(request, import_id)
    if job.state == ImportState.DONE.value and job.plan_year_id:
        address = redirect("plans:doubts", plan_year_id=job.plan_year_id)
        if not request.htmx:
            return address
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address.url
        return response
    template = "plans/_import.html" if request.htmx else "plans/import.html"
    return render(request, template, _context(job))


@require_POST
def answer(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job_or_404(request, import_id)
    choice = request.POST.get("choice", "")
    if choice == "place":
        form = PlaceForm(request.POST)
        if not form.is_valid():
            return render(request, "plans/import.html", _context(job, form), status=422)
        services.answer_place(request.actor, job, **form.cleaned_data)
    elif choice == "go_on":
        services.answer_go_on(request.actor, job)
    elif choice == "again":
        services.try_again(request.actor, job)
    elif choice == "merge":
        services.answer_existing(request.actor, job)
    elif choice == "cancel":
        services.cancel_import(request.actor, job)
        return redirect("plans:home")
    return redirect("plans:import", import_id=job.pk)
