from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi_web.plans import services
from luoshi_web.plans.forms import SavedViewForm


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return redirect(address if safe else "/")


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid():
        services.save_view(request.actor, **form.cleaned_data)
        messages.success(request, _("视图已保存。"))
    else:
        messages.error(request, _("视图没有保存：请填写名称，不超过40个字。"))
    return _back(request)


@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    services.delete_view(request.actor, view_id)
    return _back(request)
