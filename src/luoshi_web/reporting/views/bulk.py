from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.delivery.fault import DeliveryError
from luoshi.register.fault import RegisterError
from luoshi_web.frame.language import reading_language
from luoshi_web.frame.spreadsheet import xlsx_answer
from luoshi_web.plans.services import record_export
from luoshi_web.reporting import services
from luoshi_web.reporting.duty import Duty, duties_of
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.reporting.sheet import COLUMNS, read, rows_of
from luoshi_web.rights import Right


def _duties(delivery: Delivery, unit: str) -> Iterator[Duty]:
    for duty in duties_of(delivery, frozenset({unit})):
        if duty.can_report:
            yield duty


def _unit(request: HttpRequest, plan_year_id: int) -> str:
    units = sorted(request.actor.units_with(Right.PREPARE, plan_year_id))
    wanted = request.GET.get("unit") or request.POST.get("unit") or (units[0] if units else "")
    if wanted not in units:
        raise Http404
    return wanted


@require_GET
def download(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    unit = _unit(request, plan_year_id)
    rows = [row for duty in _duties(delivery, unit) for row in rows_of(delivery, duty)]
    record_export(request.actor, plan_year_id, "reports.xlsx", unit=unit, rows=len(rows))
    name = f"{delivery.plan_year.place}{delivery.plan_year.year}-{unit}-{_('填报表')}{delivery.mark}"
    return xlsx_answer(name, COLUMNS, rows, marked=delivery.mark)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    delivery = open_delivery(request, plan_year_id)
    unit = _unit(request, plan_year_id)
    duties = list(_duties(delivery, unit))
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None or upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
                raise RegisterError("R201")
            stated, wrong = read(upload.read(), delivery, duties)
            faults = [fault.describe(reading_language()) for fault in wrong]
            if not faults:
                done = services.file_reports(request.actor, plan_year_id, unit=unit, stated=stated)
                messages.success(
                    request,
                    ngettext(
                        "已提交 %(n)s 份填报，等待本单位负责人审核。",
                        "已提交 %(n)s 份填报，等待本单位负责人审核。",
                        len(done),
                    )
                    % {"n": len(done)},
                )
                return redirect("reporting:work", plan_year_id)
        except (RegisterError, DeliveryError) as error:
            faults = [error.describe(reading_language())]
        status = 422
    context = delivery.context(request) | {"unit": unit, "duties": duties, "faults": faults}
    return render(request, "reporting/bulk.html", context, status=status)
