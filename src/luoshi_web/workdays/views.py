from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.kernel.errors import LuoshiError
from luoshi.register.sheet import day_in
from luoshi_web.frame.clock import today
from luoshi_web.frame.language import reading_language
from luoshi_web.rights import RefusedError, Right
from luoshi_web.workdays import selectors, services

_LONGEST = 8000


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


@require_http_methods(["GET", "POST"])
def workdays(request: HttpRequest) -> HttpResponse:
    """The notices about days off, and a form for another one."""
    request.actor.require(Right.SET_WORKDAYS)
    if request.method == "POST":
        try:
            services.add_notice(
                request.actor,
                number=request.POST.get("number", ""),
                issuer=request.POST.get("issuer", ""),
                issued=day_in(request.POST.get("issued", "")),
                rest=request.POST.get("rest", "")[:_LONGEST],
                work=request.POST.get("work", "")[:_LONGEST],
                year=_number(request.POST.get("year", "")),
            )
        except RefusedError:
            raise
        except LuoshiError as error:
            # What was typed stays in the form.
            return _page(request, fault=error.describe(reading_language()), status=422)
        messages.success(request, _("通知已登记，立即生效；办件的期限在下一次每日更新时变动。"))
        return redirect("workdays:workdays")
    return _page(request)


def _page(request: HttpRequest, *, fault: str = "", status: int = 200) -> HttpResponse:
    year = today().year
    calendar = selectors.calendar()
    rows = selectors.every_row()
    withdrawn = {row.withdraws_id: row for row in rows if row.withdraws_id is not None}
    context = {
        "fault": fault,
        "given": request.POST,
        "years": [(one, one in calendar.published_years) for one in range(year - 1, year + 3)],
        "rows": [(row, withdrawn.get(row.pk)) for row in rows if row.withdraws_id is None],
    }
    return render(request, "workdays/workdays.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, notice: int) -> HttpResponse:
    """Withdraw a notice."""
    request.actor.require(Right.SET_WORKDAYS)
    try:
        services.withdraw_notice(request.actor, notice=notice, reason=request.POST.get("reason", ""))
        messages.success(request, _("通知已撤下。"))
    except RefusedError:
        raise
    except LuoshiError as error:
        messages.error(request, error.describe(reading_language()))
    return redirect("workdays:workdays")
