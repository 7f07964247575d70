from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.kernel.diagnostic import Severity
from luoshi.plan.items import ItemKind, label_of, path_label
from luoshi.plan.model import Commitment
from luoshi.plan.publish import standing
from luoshi.plan.review import decode_record, progress
from luoshi_web.desk import selectors
from luoshi_web.desk.card import card_of, form_of
from luoshi_web.desk.posted import decision_from
from luoshi_web.desk.queue import Queue, Show, Wanted, entry_of, queue_of
from luoshi_web.frame.language import label, reading_language
from luoshi_web.plans import services
from luoshi_web.plans.edition import DRAFT, Edition
from luoshi_web.plans.index import PlanIndex
from luoshi_web.plans.opened import Opened, open_plan
from luoshi_web.reporting import services as reporting
from luoshi_web.rights import Right

_QUICK_REASONS = (_("不是工作承诺"), _("与其他条目重复"), _("是以往成绩"), _("口号或背景描述"), _("识别有误"))


@require_GET
def show(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    wanted = Wanted.from_query(request.GET)
    context = _context(request, opened, wanted, request.GET.get("at", ""))
    if request.htmx and not request.htmx.history_restore_request:
        return _fragment(request, context)
    return render(request, "desk/desk.html", context)


@require_POST
def decide(request: HttpRequest, plan_year_id: int, act: str) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    wanted = Wanted.from_query(request.POST)
    at = request.POST.get("at", "")
    following = _following(opened.index, wanted, at, act)
    decision = decision_from(opened.index, act, request.POST)
    outcome = services.decide(request.actor, plan_year_id, decision, revision=_revision(request))
    count = len(outcome.record.touched)
    text = ngettext("已%(act)s，涉及 %(count)s 项。", "已%(act)s，涉及 %(count)s 项。", count) % {
        "act": _ACTS[act],
        "count": count,
    }
    index = PlanIndex(outcome.plan)
    return _again(
        request,
        plan_year_id,
        wanted,
        _place_after(index, outcome.record, act, at, following),
        text if count else _("没有需要改动的。"),
    )


@require_POST
def undo(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    entry = request.POST.get("entry", "")
    outcome = services.undo(
        request.actor,
        plan_year_id,
        revision=_revision(request),
        entry=int(entry) if entry.isdigit() else None,
    )
    touched = [one.id for one in outcome.record.touched]
    index = PlanIndex(outcome.plan)
    at = next((found.id for item in touched if (found := entry_of(index, item))), "")
    if request.POST.get("from") == "history":
        messages.success(request, gettext("已撤销。"))
        return redirect("desk:history", opened.plan_year.pk)
    return _again(request, plan_year_id, Wanted.from_query(request.POST), at, gettext("已撤销上一步。"))


@require_GET
def form(request: HttpRequest, plan_year_id: int, item_id: str) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    if item_id not in opened.index.items:
        raise Http404
    kind, item = opened.index.items[item_id]
    context = opened.context(request) | form_of(opened.index, kind, item) | _where(request, opened)
    return render(request, "desk/_form.html", context)


@require_GET
def new(request: HttpRequest, plan_year_id: int, kind: str) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    kinds = {str(one.value): one for one in ItemKind if one.needs_review}
    if kind not in kinds:
        raise Http404
    context = (
        opened.context(request)
        | form_of(opened.index, kinds[kind], None, chosen=request.GET)
        | _where(request, opened)
    )
    return render(request, "desk/_new.html", context | {"kinds": kinds.values()})


@require_GET
def history(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    rows = selectors.decisions_visible_to(request.actor, plan_year_id)
    context = opened.context(request) | {
        "rows": [(row, _ACTS.get(row.kind, row.kind), _touched(opened.index, row.record)) for row in rows],
        "revision": opened.facts.revision,
    }
    return render(request, "desk/history.html", context)


@require_GET
def units(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    opened = _open_draft(request, plan_year_id)
    plan = opened.plan
    leads: dict[str, int] = {}
    supports: dict[str, int] = {}
    for commitment in plan.commitments:
        leads[commitment.lead_unit] = leads.get(commitment.lead_unit, 0) + 1
        for unit in commitment.supporting_units:
            supports[unit] = supports.get(unit, 0) + 1
    rows = sorted(
        ((unit, leads.get(unit.id, 0), supports.get(unit.id, 0)) for unit in plan.units),
        key=lambda row: (-row[1], -row[2]),
    )
    context = opened.context(request) | {
        "rows": rows,
        "unassigned": leads.get("", 0),
        "revision": opened.facts.revision,
    }
    return render(request, "desk/units.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, plan_year_id: int) -> HttpResponse:
    request.actor.require(Right.PUBLISH, plan_year_id)
    opened = _open_draft(request, plan_year_id)
    if request.method == "POST":
        version = reporting.publish(
            request.actor, plan_year_id, reason=request.POST.get("reason", ""), revision=_revision(request)
        )
        messages.success(request, gettext("第%(number)s版已发布。") % {"number": version.number})
        return redirect("plans:versions", plan_year_id, Edition(version.number))
    notes = standing(opened.plan)
    last = next((facts for facts in opened.editions if not facts.edition.is_draft), None)
    context = opened.context(request) | {
        "errors": [note for note in notes if note.severity is Severity.ERROR],
        "warnings": [note for note in notes if note.severity is Severity.WARNING],
        "tally": progress(opened.plan).overall,
        "last": last,
        "number": last.edition.number + 1 if last else 1,
        "revision": opened.facts.revision,
        "language": reading_language(),
    }
    return render(request, "desk/publish.html", context)


def _touched(index: PlanIndex, record: str) -> list[str]:
    """Return the labels of what a decision touched, as far as it is still there."""
    touched = decode_record(record).touched
    return [label_of(index.items[one.id][1]) for one in touched if one.id in index.items]


_ACTS = {
    "accept": _("采纳"),
    "accept_sure": _("批量采纳"),
    "reject": _("剔除"),
    "restore": _("恢复待审"),
    "merge": _("合并"),
    "split": _("拆分"),
    "assign": _("分派"),
    "edit": _("修改"),
    "add": _("补充"),
    "rename_unit": _("单位更名"),
}


def _open_draft(request: HttpRequest, plan_year_id: int) -> Opened:
    request.actor.require(Right.DECIDE, plan_year_id)
    return open_plan(request, plan_year_id, DRAFT)


def _revision(request: HttpRequest) -> int:
    written = request.POST.get("revision", "")
    return int(written) if written.isdigit() and len(written) < 10 else 0


def _where(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """Return what every form of the desk carries: where the person is, and which revision he sees."""
    wanted = Wanted.from_query(request.GET)
    return {"wanted": wanted, "at": request.GET.get("at", ""), "revision": opened.facts.revision}


def _context(request: HttpRequest, opened: Opened, wanted: Wanted, at: str) -> dict[str, Any]:
    index = opened.index
    queue = queue_of(index, wanted)
    entry = entry_of(index, at) if at else None
    if entry is None and queue.entries:
        entry = queue.entries[0]
    tally = progress(index.plan).overall
    return opened.context(request) | {
        "wanted": wanted,
        "queue": queue,
        "shows": [(show, label(show), queue.shows[show]) for show in Show],
        "kinds": [(kind, label(kind), count) for kind, count in queue.kinds.items() if count],
        "sections": [
            (s, len(index.path(s.id)), path_label(index.path(s.id)))
            for s in index.plan.sections
            if s.role.is_forward and s.title
        ],
        "at": entry.id if entry else "",
        "entry": entry,
        "card": card_of(index, entry) if entry else None,
        "before": queue.after(entry.id, step=-1) if entry else "",
        "next": queue.after(entry.id) if entry else "",
        "tally": tally,
        "share": round(100 * tally.reviewed / tally.total) if tally.total else 100,
        "sure_count": tally.proposed - tally.in_doubt,
        "revision": opened.facts.revision,
        "last_decision": selectors.last_decision_visible_to(request.actor, opened.plan_year.pk),
        "acts": _ACTS,
        "quick_reasons": _QUICK_REASONS,
        "language": reading_language(),
    }


def _following(index: PlanIndex, wanted: Wanted, at: str, act: str) -> str:
    """Return the entry to look at after this one is dealt with."""
    if act not in {"accept", "reject"}:
        return ""
    queue: Queue = queue_of(index, wanted)
    return queue.after(at) or queue.after(at, step=-1)


def _place_after(index: PlanIndex, record: Any, act: str, at: str, following: str) -> str:
    """Return where to go on: at the next entry once this one is done, else at what came of it."""
    here = entry_of(index, at) if at else None
    if act in {"accept", "accept_sure", "reject"} and (here is None or not here.proposed):
        return following
    if here is not None:
        return here.id
    made = {one.id for one in record.touched}
    return next(
        (row.id for row in index.plan.commitments if row.id in made and isinstance(row, Commitment)),
        following,
    )


def _again(request: HttpRequest, plan_year_id: int, wanted: Wanted, at: str, text: str) -> HttpResponse:
    query = address_query(wanted, at)
    if not request.htmx:
        messages.success(request, text)
        return redirect(f"{reverse('desk:show', args=[plan_year_id])}?{query}")
    opened = _open_draft(request, plan_year_id)
    # The list that is shown may have lost the entry; the person goes on at the place that was kept for him.
    request.GET = QueryDict(query)
    return _fragment(request, _context(request, opened, wanted, at) | {"said": text})


def _fragment(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "desk/_desk.html", context)
    query = address_query(context["wanted"], context["at"])
    response["HX-Push-Url"] = f"{reverse('desk:show', args=[context['plan_year'].pk])}?{query}"
    return response


def address_query(wanted: Wanted, at: str) -> str:
    """Return the query of the desk's address for a list and a place in it."""
    asked = {
        "show": str(wanted.show.value),
        "kind": str(wanted.kind.value) if wanted.kind else "",
        "section": wanted.section,
        "q": wanted.words,
        "at": at,
    }
    return urlencode({key: value for key, value in asked.items() if value})
