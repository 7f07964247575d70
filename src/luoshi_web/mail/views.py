from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi_web.accounts.models import User
from luoshi_web.frame.language import reading_language
from luoshi_web.mail import selectors, services
from luoshi_web.mail.state import MailState
from luoshi_web.reporting.opened import open_delivery
from luoshi_web.rights import Right, RuleError

_PAGE = 50


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Whether the person gets mails, and to which address."""
    if request.method == "POST":
        services.choose(request.actor, wants=request.POST.get("wants") == "yes")
        messages.success(request, _("已保存。"))
        return redirect("mail:own")
    assert isinstance(request.user, User)
    context = {
        "address": request.user.email,
        "wants": not selectors.refuses(request.user.pk),
        "is_configured": services.is_configured(),
    }
    return render(request, "mail/own.html", context)


@require_GET
def messages_page(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """The mails of a plan-year, with what became of them."""
    delivery = open_delivery(request, plan_year_id)
    if not request.actor.may(Right.SUPERVISE, plan_year_id):
        raise Http404
    rows = selectors.messages_of(request.actor, plan_year_id)
    state = request.GET.get("state", "")
    found = rows.filter(state=state) if state in {one.value for one in MailState} else rows
    context = delivery.context(request) | {
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "counts": list(selectors.counts(rows).items()),
        "state": state,
        "names": {one.value: one for one in MailState},
        "again": {MailState.FAILED.value, MailState.UNCERTAIN.value},
        "is_configured": services.is_configured(),
        "query": f"state={state}" if state else "",
    }
    return render(request, "mail/messages.html", context)


@require_POST
def again(request: HttpRequest, plan_year_id: int, message: int) -> HttpResponse:
    """Send a mail again."""
    open_delivery(request, plan_year_id)
    try:
        services.send_again(request.actor, plan_year_id, message)
        messages.success(request, _("已重新排队发送。"))
    except RuleError as error:
        messages.error(request, error.describe(reading_language()))
    return redirect("mail:messages", plan_year_id)
