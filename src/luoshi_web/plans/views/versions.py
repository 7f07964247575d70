from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.kernel.diagnostic import Severity
from luoshi.kernel.errors import DecisionError
from luoshi.plan.diff import between
from luoshi.plan.document import to_json, to_yaml
from luoshi.plan.publish import standing
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.refusal import sentence
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.plans import services
from luoshi_web.plans.comparison import compared
from luoshi_web.plans.edition import DRAFT, Edition
from luoshi_web.plans.forms import CompareForm, PublishForm
from luoshi_web.plans.opened import Opened, edition_name, open_plan
from luoshi_web.plans.selectors import plan_of
from luoshi_web.rights import ConflictError, Right, RuleError

_WRITERS = {"json": (to_json, "application/json"), "yaml": (to_yaml, "application/yaml")}


def _names(opened: Opened) -> list[tuple[Edition, str]]:
    return [(facts.edition, edition_name(facts.edition)) for facts in opened.editions]


def _standing(opened: Opened) -> dict[str, object]:
    """Return what stands against publishing the draft, and what should be known before."""
    language = reading_language()
    found = standing(opened.plan)
    return {
        "faults": [d.describe(language) for d in found if d.severity is Severity.ERROR],
        "warnings": [d.describe(language) for d in found if d.severity is not Severity.ERROR],
    }


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    return _page(request, opened, PublishForm(initial={"revision": opened.facts.revision}))


def _page(request: HttpRequest, opened: Opened, form: PublishForm, status: int = 200) -> HttpResponse:
    versions = [facts for facts in opened.editions if not facts.edition.is_draft]
    may_publish = opened.edition.is_draft and request.actor.may(Right.PUBLISH, opened.plan_year.pk)
    context = opened.context(request) | {
        "rows": [(facts, edition_name(facts.edition)) for facts in opened.editions],
        "next_number": versions[0].edition.number + 1 if versions else 1,
        "form": form,
        "publishing": _standing(opened) if may_publish else None,
        "compare_form": CompareForm(_names(opened), initial=_newest_two(opened))
        if len(opened.editions) > 1
        else None,
    }
    return render(request, "plans/versions.html", context, status=status)


def _newest_two(opened: Opened) -> dict[str, str]:
    editions = [str(facts.edition) for facts in opened.editions]
    return {"new": editions[0], "old": editions[1]}


@require_POST
def publish(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    request.actor.require(Right.PUBLISH, plan_year_id)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            version = services.publish(request.actor, plan_year_id, **form.cleaned_data)
        except (DecisionError, RuleError, ConflictError) as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("第%(number)s版已发布。") % {"number": version.number})
            return redirect("plans:versions", plan_year_id=plan_year_id, edition=Edition(version.number))
    return _page(request, open_plan(request, plan_year_id, DRAFT), form, status=422)


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
