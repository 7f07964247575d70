"""Look after the calendar at the beginning of each request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from luoshi_web.workdays import selectors


class Workdays:
    """Takes in notices about days off that another process entered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look, then answer; where the database cannot be asked, what comes after says so itself."""
        with suppress(DatabaseError):
            selectors.look()
        return self.get_response(request)
