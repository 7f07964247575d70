from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.plan.items import ItemKind, label_of
from luoshi_web.plans.detail import detail_of
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.opened import Opened, open_plan


def item_context(opened: Opened, item_id: str) -> dict[str, Any] | None:
    """Return what the drawer shows of an item; nothing where the plan has no such item."""
    found = opened.index.items.get(item_id)
    if found is None:
        return None
    kind, item = found
    return {
        "drawer": "plans/_drawer.html",
        "item": item,
        "item_kind": kind,
        "item_label": label_of(item),
        "item_path": opened.index.path_of(item),
        "detail": detail_of(opened.index, kind, item),
        "detail_template": f"plans/items/{kind.value}.html",
    }


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition, item_id: str) -> HttpResponse:
    opened = open_plan(request, plan_year_id, edition)
    found = item_context(opened, item_id)
    if found is None:
        raise Http404
    context = opened.context(request) | found
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "plans/_drawer.html", context)
        if address := _address_with_drawer(request, item_id):
            response["HX-Push-Url"] = address
        return response
    del context["drawer"]
    return render(
        request, "plans/item.html", context | {"list_address": _list_address(opened, found["item_kind"])}
    )


def _address_with_drawer(request: HttpRequest, item_id: str) -> str:
    """Return the address of the page that asks, with the drawer open; "" where it is the item's own page."""
    parts = urlsplit(request.htmx.current_url or "")
    if not parts.path or "/items/" in parts.path:
        return ""
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != "open"]
    return f"{parts.path}?{urlencode([*query, ('open', item_id)])}"


def _list_address(opened: Opened, kind: ItemKind) -> str:
    if kind is ItemKind.PROCEDURE:
        return opened.address("mechanisms")
    return opened.address("commitments" if kind is ItemKind.DELIVERABLE else kind.list_name)
