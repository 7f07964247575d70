"""Whoever reaches for what his role does not give leaves a trace (越权留痕)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.rights import RefusedError


class RefusalsNoted:
    """Writes a line for every request that is refused for want of a right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, RefusedError):
            record(request.actor, Action.REFUSED, f"{request.method} {request.path}")
