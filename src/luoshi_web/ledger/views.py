"""Forget what is personal: the security administrator does it, who sees no plan; the ledger stays whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi_web.ledger import services
from luoshi_web.ledger.forms import EraseNoteForm, ErasePersonForm
from luoshi_web.rights import Right


@require_http_methods(["GET", "POST"])
def erasure(request: HttpRequest) -> HttpResponse:
    request.actor.require(Right.ERASE)
    what = request.POST.get("what", "")
    note = EraseNoteForm(request.POST if what == "note" else None)
    person = ErasePersonForm(request.POST if what == "person" else None)
    if what == "note" and note.is_valid():
        if services.erase_note(
            request.actor, note.cleaned_data["digest"], reason=note.cleaned_data["reason"]
        ):
            messages.success(request, _("附言的文字已删除，台账仍可核验。"))
            return redirect("ledger:erasure")
        note.add_error("digest", _("没有这条附言，或已经删除。"))
    if what == "person" and person.is_valid():
        if services.erase_person(
            request.actor, person.cleaned_data["key"], reason=person.cleaned_data["reason"]
        ):
            messages.success(request, _("这个编号已不再对应任何人，台账仍可核验。"))
            return redirect("ledger:erasure")
        person.add_error("key", _("没有这个编号，或已经删除。"))
    return render(request, "ledger/erasure.html", {"note": note, "person": person})
