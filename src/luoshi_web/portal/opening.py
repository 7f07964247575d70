"""Open a page to everybody (公开页面): no sign-in, no cookie, the language that its address asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from luoshi_web.frame.language import reading_language
from luoshi_web.portal.released import PublicYear, public_year

View = Callable[..., HttpResponseBase]
_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def _in_language(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = _LANGUAGES.get(request.GET.get("lang", ""), translation.get_language() or "zh-hans")
        with translation.override(asked):
            return view(request, *args, **kwargs)

    return shown


def for_everybody(view: View) -> View:
    """Open a page to everybody, in the language that its address asks for."""
    opened: View = login_not_required(require_GET(_in_language(view)))
    return opened


def form_for_everybody(view: View) -> View:
    """Open a form to everybody.

    It is sent without a token: what it does is done by nobody in particular, so that a foreign page that sends it gains nothing that it could not do itself.
    """
    opened: View = login_not_required(csrf_exempt(require_http_methods(["GET", "POST"])(_in_language(view))))
    return opened


def open_year(plan_year_id: int) -> PublicYear:
    """Return what of a plan-year is released.

    Raises:
        Http404: Nothing is.
    """
    found = public_year(plan_year_id)
    if found is None:
        raise Http404
    return found


def frame_of(request: HttpRequest) -> dict[str, object]:
    """Return what every public page needs: how its links keep the language, and the way to the other one."""
    other = "zh" if reading_language() == "en" else "en"
    query = request.GET.copy()
    query["lang"] = other
    asked = request.GET.get("lang", "")
    return {
        "other_language": f"?{query.urlencode()}",
        "lang": f"lang={asked}" if asked in _LANGUAGES else "",
        "tail": f"?lang={asked}" if asked in _LANGUAGES else "",
    }
