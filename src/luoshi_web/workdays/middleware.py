"""Look after the calendar once in each request that counts days."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi_web.workdays import selectors


class Workdays:
    """Takes in notices about days off that another process entered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the first count of days looks before."""
        selectors.look_when_counting()
        return self.get_response(request)
