"""What is posted from the pages of supervision: one act each, then back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.delivery.assessment.fact import CorrectedFigure
from luoshi.delivery.chasing.notice import LookBack
from luoshi.delivery.drill.fact import Site
from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.verdict import Verdict
from luoshi.register.sheet import day_in, decimal_in
from luoshi_web.frame.fields import choice
from luoshi_web.frame.language import reading_language
from luoshi_web.ledger.services import keep_evidence
from luoshi_web.ledger.store import person_key
from luoshi_web.reporting.opened import Delivery, open_delivery
from luoshi_web.supervision.services import assessing, chasing, drilling, feeds, meetings, settling
from luoshi_web.supervision.services.chasing import Wanted

_LONGEST = 4000
_MOST_ROWS = 30


@require_POST
def act(request: HttpRequest, plan_year_id: int, what: str) -> HttpResponse:
    if what not in _ACTS:
        raise Http404
    delivery = open_delivery(request, plan_year_id)
    try:
        messages.success(request, _ACTS[what](request, delivery))
    except DeliveryError as error:
        messages.error(request, error.describe(reading_language()))
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=False):
        address = reverse("supervision:owed", args=[plan_year_id])
    return redirect(address)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:_LONGEST].strip()


def _number(request: HttpRequest, name: str = "number") -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _day(request: HttpRequest, name: str = "due") -> date:
    # A day that is none is refused by the act like one that is past.
    return day_in(request.POST.get(name, "")) or date.min


def _files(request: HttpRequest, delivery: Delivery, *, lineage: str, unit: str) -> list[str]:
    kept = [
        keep_evidence(
            request.actor,
            delivery.plan_year.pk,
            lineage=lineage,
            unit=unit,
            name=upload.name or "",
            data=upload.read(),
            limit=settings.MAX_UPLOAD_BYTES,
        )
        for upload in request.FILES.getlist("file")
    ]
    return [one.digest for one in kept]


def _wanted(request: HttpRequest, lineage: str = "") -> list[Wanted]:
    rows = zip(
        request.POST.getlist("unit")[:_MOST_ROWS],
        request.POST.getlist("words")[:_MOST_ROWS],
        request.POST.getlist("due")[:_MOST_ROWS],
        strict=False,
    )
    return [
        Wanted(unit=unit.strip(), words=words.strip(), due=day_in(due) or date.min, lineage=lineage)
        for unit, words, due in rows
        if unit.strip() or words.strip()
    ]


def _issue_notice(request: HttpRequest, delivery: Delivery) -> str:
    chasing.issue_notice(
        request.actor,
        delivery.plan_year.pk,
        unit=_text(request, "unit")[:100],
        request=_text(request, "request"),
        lineage=_text(request, "lineage"),
        about=[one for one in request.POST.getlist("about") if one],
        working_days=decimal_in(request.POST.get("days", "")),
    )
    return _("督办单已发出。")


def _reply_notice(request: HttpRequest, delivery: Delivery) -> str:
    number = _number(request)
    found = delivery.year.chasing.notices.get(number)
    files = _files(request, delivery, lineage=found.lineage, unit=found.unit) if found else []
    chasing.reply_to_notice(
        request.actor, delivery.plan_year.pk, number=number, words=_text(request, "words"), evidence=files
    )
    return _("已回复，等督查室核查。")


def _return_notice(request: HttpRequest, delivery: Delivery) -> str:
    chasing.return_notice(
        request.actor,
        delivery.plan_year.pk,
        number=_number(request),
        reason=_text(request, "reason"),
        working_days=decimal_in(request.POST.get("days", "")),
    )
    return _("已退回，单位会看到理由。")


def _close_notice(request: HttpRequest, delivery: Delivery) -> str:
    chasing.close_notice(
        request.actor, delivery.plan_year.pk, number=_number(request), finding=_text(request, "finding")
    )
    return _("已销号。")


def _look_back(request: HttpRequest, delivery: Delivery) -> str:
    outcome = choice(LookBack, request.POST.get("outcome", ""))
    chasing.look_back_at_notice(
        request.actor,
        delivery.plan_year.pk,
        number=_number(request),
        finding=_text(request, "finding"),
        outcome=outcome,
        working_days=decimal_in(request.POST.get("days", "")),
    )
    if outcome is LookBack.HOLDS:
        return _("已记录“回头看”，事项没有反弹。")
    return _("事项出现反弹，督办单已重新交单位办理。")


def _circulate(request: HttpRequest, delivery: Delivery) -> str:
    chasing.circulate_notice(
        request.actor, delivery.plan_year.pk, number=_number(request), reason=_text(request, "reason")
    )
    return _("已记入通报。")


def _instruct(request: HttpRequest, delivery: Delivery) -> str:
    lineage = _text(request, "lineage")
    chasing.instruct(
        request.actor,
        delivery.plan_year.pk,
        words=_text(request, "instruction"),
        wanted=_wanted(request, lineage),
        lineage=lineage,
    )
    return _("批示已登记，交办事项已发给单位。")


def _accept_task(request: HttpRequest, delivery: Delivery) -> str:
    chasing.accept_task(request.actor, delivery.plan_year.pk, number=_number(request))
    return _("已接收。")


def _reply_task(request: HttpRequest, delivery: Delivery) -> str:
    number = _number(request)
    found = delivery.year.chasing.tasks.get(number)
    files = _files(request, delivery, lineage=found.lineage, unit=found.unit) if found else []
    chasing.reply_to_task(
        request.actor, delivery.plan_year.pk, number=number, words=_text(request, "words"), evidence=files
    )
    return _("已回复，等督查室核查。")


def _return_task(request: HttpRequest, delivery: Delivery) -> str:
    chasing.return_task(
        request.actor,
        delivery.plan_year.pk,
        number=_number(request),
        reason=_text(request, "reason"),
        due=_day(request),
    )
    return _("已退回，单位会看到理由。")


def _close_task(request: HttpRequest, delivery: Delivery) -> str:
    chasing.close_task(
        request.actor, delivery.plan_year.pk, number=_number(request), finding=_text(request, "finding")
    )
    return _("已办结。")


def _hold_meeting(request: HttpRequest, delivery: Delivery) -> str:
    meetings.hold_meeting(
        request.actor,
        delivery.plan_year.pk,
        minutes=_text(request, "minutes"),
        decisions=_wanted(request),
        day=delivery.today,
    )
    return _("调度会已登记，议定事项已交办。")


def _correct_minutes(request: HttpRequest, delivery: Delivery) -> str:
    meetings.correct_minutes(
        request.actor,
        delivery.plan_year.pk,
        number=_number(request),
        minutes=_text(request, "minutes"),
        reason=_text(request, "reason"),
    )
    return _("纪要已更正，原来的仍然保留。")


def _plan_drill(request: HttpRequest, delivery: Delivery) -> str:
    rows = zip(
        request.POST.getlist("site")[:_MOST_ROWS], request.POST.getlist("about")[:_MOST_ROWS], strict=False
    )
    sites = []
    for place, (name, lineage) in enumerate(rows, 1):
        issued = delivery.year.issued.get(lineage)
        if name.strip() or issued is not None:
            unit = issued.lead_unit if issued else ""
            sites.append(
                Site(id=f"s{place}", name=name.strip() or (issued.title if issued else ""), unit=unit, lineage=lineage)
            )  # fmt: skip
    drilling.plan_drill(
        request.actor,
        delivery.plan_year.pk,
        quarter=_text(request, "quarter"),
        sites=sites,
        panel=request.POST.getlist("member")[:_MOST_ROWS],
    )
    return _("拉练已安排，评分人可以打分了。")


def _file_sheet(request: HttpRequest, delivery: Delivery) -> str:
    quarter, site = _text(request, "quarter"), _text(request, "site")
    points = {
        name.removeprefix("points-"): value if (value := decimal_in(text)) is not None else Decimal(-1)
        for name, text in request.POST.items()
        if name.startswith("points-")
    }
    drilling.file_sheet(
        request.actor,
        delivery.plan_year.pk,
        quarter=quarter,
        site=site,
        points=points,
        remark=_text(request, "remark"),
        photos=_photos(request, delivery, quarter, site),
    )
    return _("评分表已提交，结果固定前可以修改。")


def _photos(request: HttpRequest, delivery: Delivery, quarter: str, site: str) -> list[str]:
    """Return the photographs of a sheet: those that stay, and the new ones."""
    uploads = request.FILES.getlist("photo")[: drilling.MOST_PHOTOS]
    new = [
        drilling.keep_photo(
            request.actor,
            delivery.plan_year.pk,
            quarter=quarter,
            site=site,
            name=upload.name or "",
            data=upload.read(),
            limit=settings.MAX_UPLOAD_BYTES,
        )
        for upload in uploads
    ]
    drill = delivery.year.drills.get(quarter)
    before = drill.sheets.get((site, person_key(request.actor.id))) if drill else None
    stays = [one for one in before.photos if one in request.POST.getlist("keep")] if before else []
    return list(dict.fromkeys([*stays, *new]))[: drilling.MOST_PHOTOS]


def _excuse_sheet(request: HttpRequest, delivery: Delivery) -> str:
    drilling.excuse_sheet(
        request.actor,
        delivery.plan_year.pk,
        quarter=_text(request, "quarter"),
        site=_text(request, "site"),
        member=_text(request, "member"),
        reason=_text(request, "reason"),
    )
    return _("已记为免交。")


def _freeze_drill(request: HttpRequest, delivery: Delivery) -> str:
    drilling.freeze_drill(request.actor, delivery.plan_year.pk, quarter=_text(request, "quarter"))
    return _("拉练结果已固定。")


def _grant(request: HttpRequest, delivery: Delivery) -> str:
    unit = _text(request, "unit")[:100]
    points = decimal_in(request.POST.get("points", ""))
    assessing.grant_points(
        request.actor,
        delivery.plan_year.pk,
        half=_text(request, "half"),
        unit=unit,
        key=_text(request, "key"),
        points=points if points is not None else Decimal(0),
        reason=_text(request, "reason"),
        evidence=_files(request, delivery, lineage="", unit=""),
    )
    return _("已记分。")


def _revoke(request: HttpRequest, delivery: Delivery) -> str:
    assessing.revoke_points(
        request.actor,
        delivery.plan_year.pk,
        half=_text(request, "half"),
        granted=_number(request, "granted"),
        reason=_text(request, "reason"),
    )
    return _("已撤销。")


def _announce(request: HttpRequest, delivery: Delivery) -> str:
    assessing.announce(request.actor, delivery.plan_year.pk, half=_text(request, "half"))
    return _("结果已告知各单位，可以申诉。")


def _object(request: HttpRequest, delivery: Delivery) -> str:
    assessing.object_to(
        request.actor,
        delivery.plan_year.pk,
        half=_text(request, "half"),
        unit=_text(request, "unit")[:100],
        component=_text(request, "component"),
        reason=_text(request, "reason"),
    )
    return _("申诉已提交。")


def _answer_objection(request: HttpRequest, delivery: Delivery) -> str:
    value = decimal_in(request.POST.get("value", ""))
    name = _text(request, "figure")
    corrected = [CorrectedFigure(name=name, value=value)] if name and value is not None else []
    assessing.answer_objection(
        request.actor,
        delivery.plan_year.pk,
        half=_text(request, "half"),
        objection=_number(request, "objection"),
        is_upheld=request.POST.get("upheld") == "1",
        reason=_text(request, "reason"),
        corrected=corrected,
    )
    return _("已答复。")


def _freeze(request: HttpRequest, delivery: Delivery) -> str:
    assessing.freeze(request.actor, delivery.plan_year.pk, half=_text(request, "half"))
    return _("考核结果已固定。")


def _confirm(request: HttpRequest, delivery: Delivery) -> str:
    settling.confirm_verdict(
        request.actor,
        delivery.plan_year.pk,
        lineage=_text(request, "lineage"),
        verdict=choice(Verdict, request.POST.get("verdict", "")),
        basis=_text(request, "basis"),
        reason=_text(request, "reason"),
    )
    return _("结论已确认。")


def _lock(request: HttpRequest, delivery: Delivery) -> str:
    settling.lock_settlement(request.actor, delivery.plan_year.pk)
    return _("结账已锁定。")


def _correct(request: HttpRequest, delivery: Delivery) -> str:
    settling.correct_verdict(
        request.actor,
        delivery.plan_year.pk,
        lineage=_text(request, "lineage"),
        verdict=choice(Verdict, request.POST.get("verdict", "")),
        reason=_text(request, "reason"),
    )
    return _("已更正，锁定时的结论仍然显示。")


def _open_feed(request: HttpRequest, delivery: Delivery) -> str:
    secret = feeds.open_feed(request.actor, delivery.plan_year.pk)
    path = reverse("supervision:calendar", args=[delivery.plan_year.pk, secret])
    request.session["feed_address"] = request.build_absolute_uri(path)
    return _("订阅地址已生成，只显示这一次。")


def _close_feed(request: HttpRequest, delivery: Delivery) -> str:
    feeds.close_feed(request.actor, delivery.plan_year.pk)
    return _("订阅地址已停用。")


_ACTS: dict[str, Callable[[HttpRequest, Delivery], str]] = {
    "issue-notice": _issue_notice,
    "reply-notice": _reply_notice,
    "return-notice": _return_notice,
    "close-notice": _close_notice,
    "look-back": _look_back,
    "circulate": _circulate,
    "instruct": _instruct,
    "accept-task": _accept_task,
    "reply-task": _reply_task,
    "return-task": _return_task,
    "close-task": _close_task,
    "hold-meeting": _hold_meeting,
    "correct-minutes": _correct_minutes,
    "plan-drill": _plan_drill,
    "file-sheet": _file_sheet,
    "excuse-sheet": _excuse_sheet,
    "freeze-drill": _freeze_drill,
    "grant": _grant,
    "revoke": _revoke,
    "announce": _announce,
    "object": _object,
    "answer-objection": _answer_objection,
    "freeze": _freeze,
    "confirm": _confirm,
    "lock": _lock,
    "correct": _correct,
    "open-feed": _open_feed,
    "close-feed": _close_feed,
}
