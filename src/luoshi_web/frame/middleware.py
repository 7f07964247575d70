"""What every answer has: security headers, and refusals shown as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from luoshi.delivery.fault import DeliveryError
from luoshi.kernel.errors import DecisionError, PlanError
from luoshi.register.fault import RegisterError
from luoshi_web.frame.refusal import refusal_page
from luoshi_web.rights import ConflictError, RefusedError, RuleError

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        # Bootstrap draws the arrow of a select box from a data address.
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Sets the content policy on every answer and keeps pages out of shared caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ChosenLanguage:
    """Reads the page in Chinese unless the reader switched to English; what the browser prefers does not count."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalPages:
    """Turns a refusal raised by a service or a selector into a page that says what and why."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RefusedError):
            return refusal_page(request, exception, status=403)
        if isinstance(exception, ConflictError):
            return refusal_page(request, exception, status=409)
        if isinstance(exception, RuleError | DecisionError | PlanError | DeliveryError | RegisterError):
            return refusal_page(request, exception, status=422)
        return None
