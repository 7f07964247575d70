"""Refusals and errors as sentences, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.kernel.errors import LuoshiError
from luoshi_web.frame.language import reading_language


def sentence(error: LuoshiError) -> str:
    """Return what `error` says, in the language of the page."""
    return error.describe(reading_language())


def refusal_page(request: HttpRequest, error: LuoshiError, *, status: int) -> HttpResponse:
    """Return a page, or for a partial request a notice, that says why the request was refused."""
    template = "frame/notice.html" if getattr(request, "htmx", False) else "frame/refused.html"
    return render(request, template, {"sentence": sentence(error), "code": error.code}, status=status)
