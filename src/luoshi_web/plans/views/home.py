from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from luoshi_web.plans import selectors, services
from luoshi_web.plans.opened import open_plan_year
from luoshi_web.rights import Right


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if not actor.may_somewhere(Right.VIEW_PUBLISHED):
        for right, address in (
            (Right.MANAGE_USERS, "accounts:users"),
            (Right.GRANT_ROLES, "accounts:users"),
            (Right.READ_AUDIT, "audit:entries"),
        ):
            if actor.may(right):
                return redirect(address)
        return render(request, "plans/no_role.html")
    context = {"cards": selectors.plan_year_cards(actor), "imports": []}
    if actor.may_somewhere(Right.IMPORT_REPORT):
        services.mark_interrupted_imports()
        context["imports"] = selectors.open_imports_of(actor)
    return render(request, "plans/home.html", context)


@require_GET
def open_newest(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    plan_year, plan_years = open_plan_year(request, plan_year_id)
    editions = selectors.editions_visible_to(request.actor, plan_year.pk)
    if editions:
        return redirect("plans:overview", plan_year_id=plan_year.pk, edition=editions[0].edition)
    return render(request, "plans/unpublished.html", {"plan_year": plan_year, "plan_years": plan_years})


@require_GET
def doubts(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    open_plan_year(request, plan_year_id)
    # After an import people go straight to what the compiler is unsure of.
    if request.actor.may(Right.DECIDE, plan_year_id):
        return redirect("desk:show", plan_year_id=plan_year_id)
    return redirect("plans:open", plan_year_id=plan_year_id)
