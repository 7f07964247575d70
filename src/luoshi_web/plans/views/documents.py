from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.plan.document import RefusedPlanError
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.refusal import sentence
from luoshi_web.plans import services
from luoshi_web.plans.edition import DRAFT
from luoshi_web.plans.forms import PlanFileForm
from luoshi_web.rights import RefusedError, Right

_MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    if not request.actor.may_somewhere(Right.IMPORT_REPORT):
        raise RefusedError("W101")
    form = PlanFileForm(request.POST, request.FILES) if request.method == "POST" else PlanFileForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            plan_year, difference = services.import_plan_document(
                request.actor, form.cleaned_data["file"].read()
            )
        except RefusedPlanError as error:
            language = reading_language()
            faults = [diagnostic.describe(language) for diagnostic in error.diagnostics[:_MOST_SHOWN]]
            context |= {"sentence": sentence(error), "faults": faults}
        else:
            if difference is None:
                messages.success(request, _("计划文件已导入，成为新的年度计划。"))
            else:
                count = sum(difference.counts().values())
                messages.success(request, _("计划文件已并入草案：%(count)s 处不同。") % {"count": count})
            return redirect("plans:overview", plan_year_id=plan_year.pk, edition=DRAFT)
    return render(request, "plans/import_document.html", context, status=422 if form.is_bound else 200)
