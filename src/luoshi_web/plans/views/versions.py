from __future__ import annotations

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from luoshi.brief.form import Form, make, name_of
from luoshi.plan.diff import between
from luoshi.plan.document import to_json, to_yaml
from luoshi_web.frame.clock import now
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.plans import services
from luoshi_web.plans.comparison import compared
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.forms import CompareForm
from luoshi_web.plans.opened import Opened, edition_name, open_plan
from luoshi_web.plans.selectors import plan_of

_WRITERS = {"json": (to_json, "application/json"), "yaml": (to_yaml, "application/yaml")}


def _names(opened: Opened) -> list[tuple[Edition, str]]:
    return [(facts.edition, edition_name(facts.edition)) for facts in opened.editions]


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    context = opened.context(request) | {
        "rows": [(facts, edition_name(facts.edition)) for facts in opened.editions],
        "compare_form": CompareForm(_names(opened), initial=_newest_two(opened))
        if len(opened.editions) > 1
        else None,
    }
    return render(request, "plans/versions.html", context)


def _newest_two(opened: Opened) -> dict[str, str]:
    editions = [str(facts.edition) for facts in opened.editions]
    return {"new": editions[0], "old": editions[1]}


@require_GET
def compare(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    form = CompareForm(_names(opened), request.GET)
    if not form.is_valid():
        return redirect(opened.address("versions"))
    by_name = {str(facts.edition): facts for facts in opened.editions}
    old, new = by_name[form.cleaned_data["old"]], by_name[form.cleaned_data["new"]]
    difference = between(
        plan_of(request.actor, plan_year_id, old).plan, plan_of(request.actor, plan_year_id, new).plan
    )
    context = opened.context(request) | {
        "compared": compared(difference),
        "old_name": edition_name(old.edition),
        "new_name": edition_name(new.edition),
        "new_edition": new.edition,
        "compare_form": form,
    }
    return render(request, "plans/compare.html", context)


@require_GET
def download(request: HttpRequest, plan_year_id: int, edition: Edition, form: str) -> HttpResponse:
    if form not in _WRITERS:
        raise Http404
    opened = open_plan(request, plan_year_id, edition)
    write, content_type = _WRITERS[form]
    services.record_export(request.actor, plan_year_id, f"plan.{form}", edition=str(edition))
    response = HttpResponse(write(opened.plan), content_type=content_type)
    name = f"{opened.plan_year.place}{opened.plan_year.year}-{edition}"
    response["Content-Disposition"] = attachment(name, form)
    return response


@require_GET
def breakdown(request: HttpRequest, plan_year_id: int, edition: Edition, form: str) -> HttpResponse:
    if form not in {str(one.value) for one in Form}:
        raise Http404
    opened = open_plan(request, plan_year_id, edition)
    services.record_export(request.actor, plan_year_id, f"tasks.{form}", edition=str(edition))
    wanted = Form(form)
    data = make(opened.plan, wanted, language=reading_language(), made_at=now().replace(tzinfo=None))
    response = HttpResponse(data, content_type=wanted.media_type)
    response["Content-Disposition"] = attachment(PurePath(name_of(opened.plan, wanted)).stem, form)
    return response
