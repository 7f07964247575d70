"""What is posted from pages: one act each, then back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luoshi.delivery.source import SourceKind
from luoshi.status.light import Colour
from luoshi_web.frame.fields import choice
from luoshi_web.reporting import forms, services
from luoshi_web.reporting.opened import open_delivery


def back(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    """Go back to the page that the form names, if it is one of this site; else to the person's work."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=False):
        return redirect(address)
    return redirect("reporting:work", plan_year_id)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdigit()]


@require_POST
def act(request: HttpRequest, plan_year_id: int, what: str) -> HttpResponse:
    if what not in _ACTS:
        raise Http404
    open_delivery(request, plan_year_id)
    done = _ACTS[what](request, plan_year_id)
    if done:
        messages.success(request, done)
    return back(request, plan_year_id)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:2000]


def _approve_handling(request: HttpRequest, pk: int) -> str:
    filings = {}
    for pair in request.POST.getlist("filing"):
        number, _sign, lineage = pair.partition(":")
        if number.isascii() and number.isdigit():
            filings[lineage] = int(number)
    done = services.approve_handling(request.actor, pk, filings=filings)
    return ngettext("已批准 %(n)s 份办理方案。", "已批准 %(n)s 份办理方案。", len(done)) % {"n": len(done)}


def _return_handling(request: HttpRequest, pk: int) -> str:
    (filing,) = _numbers(request, "filing") or [0]
    services.return_handling(
        request.actor, pk, lineage=_text(request, "lineage"), filing=filing, reason=_text(request, "reason")
    )
    return _("已退回，单位会看到理由。")


def _decide_contest(request: HttpRequest, pk: int) -> str:
    is_upheld = request.POST.get("upheld") == "1"
    services.decide_contest(
        request.actor,
        pk,
        lineage=_text(request, "lineage"),
        is_upheld=is_upheld,
        reason=_text(request, "reason"),
    )
    if is_upheld:
        return _("异议成立。请在审定台修订计划并发布新版本，改动才会生效。")
    return _("异议不成立，单位须按原要求填报办理方案。")


def _pass(request: HttpRequest, pk: int) -> str:
    done = services.pass_reports(
        request.actor, pk, unit=_text(request, "unit"), filings=_numbers(request, "filing")
    )
    return ngettext("已报出 %(n)s 份填报。", "已报出 %(n)s 份填报。", len(done)) % {"n": len(done)}


def _hold(request: HttpRequest, pk: int) -> str:
    (filing,) = _numbers(request, "filing") or [0]
    services.hold_report(
        request.actor, pk, unit=_text(request, "unit"), filing=filing, reason=_text(request, "reason")
    )
    return _("已退回联络员。")


def _accept(request: HttpRequest, pk: int) -> str:
    done = services.accept_reports(request.actor, pk, filings=_numbers(request, "filing"))
    return ngettext("已采纳 %(n)s 份填报。", "已采纳 %(n)s 份填报。", len(done)) % {"n": len(done)}


def _return_report(request: HttpRequest, pk: int) -> str:
    (filing,) = _numbers(request, "filing") or [0]
    services.return_report(request.actor, pk, filing=filing, reason=_text(request, "reason"))
    return _("已退回，单位会看到理由。")


def _more_time(request: HttpRequest, pk: int) -> str:
    until = forms.day(_text(request, "until"))
    if until is None:
        return ""
    services.give_more_time(
        request.actor,
        pk,
        unit=_text(request, "unit"),
        lineage=_text(request, "lineage"),
        period=_text(request, "period"),
        until=until,
        reason=_text(request, "reason"),
    )
    return _("已同意延期。")


def _bind(request: HttpRequest, pk: int) -> str:
    kind = choice(SourceKind, request.POST.get("kind", "report"))
    fields = {SourceKind.ROSTER: "roster", SourceKind.REGISTER: "register"}
    name = _text(request, fields.get(kind, "series"))
    services.bind_source(
        request.actor,
        pk,
        target=_text(request, "target"),
        kind=kind,
        name=name,
        method=_text(request, "method"),
        reason=_text(request, "reason"),
    )
    return _("数据来源已确定，此后按它计数。")


def _reference(request: HttpRequest, pk: int) -> str:
    services.fill_reference(
        request.actor,
        pk,
        target=_text(request, "target"),
        value=forms.number(_text(request, "value")),
        origin=_text(request, "origin"),
    )
    return _("参照值已填入。")


def _override(request: HttpRequest, pk: int) -> str:
    services.override_light(
        request.actor,
        pk,
        lineage=_text(request, "lineage"),
        colour=choice(Colour, request.POST.get("colour", "behind")),
        reason=_text(request, "reason"),
    )
    return _("已改判；按规则得出的亮灯仍然显示在旁边。")


def _end_override(request: HttpRequest, pk: int) -> str:
    services.end_override(request.actor, pk, lineage=_text(request, "lineage"))
    return _("已恢复按规则亮灯。")


def _release(request: HttpRequest, pk: int) -> str:
    services.release_commitment(request.actor, pk, lineage=_text(request, "lineage"))
    return _("已公开。")


def _release_file(request: HttpRequest, pk: int) -> str:
    (file,) = _numbers(request, "file") or [0]
    services.release_evidence(
        request.actor, pk, lineage=_text(request, "lineage"), file_id=file, name=_text(request, "name")
    )
    return _("材料已公开；照片里的位置信息已去掉。")


def _withdraw(request: HttpRequest, pk: int) -> str:
    services.withdraw_release(
        request.actor,
        pk,
        lineage=_text(request, "lineage"),
        reason=_text(request, "reason"),
        digest=_text(request, "digest"),
    )
    return _("已撤下。")


_ACTS: dict[str, Callable[[Any, int], str]] = {
    "approve-handling": _approve_handling,
    "return-handling": _return_handling,
    "decide-contest": _decide_contest,
    "pass": _pass,
    "hold": _hold,
    "accept": _accept,
    "return": _return_report,
    "more-time": _more_time,
    "bind": _bind,
    "reference": _reference,
    "override": _override,
    "end-override": _end_override,
    "release": _release,
    "release-file": _release_file,
    "withdraw": _withdraw,
}
