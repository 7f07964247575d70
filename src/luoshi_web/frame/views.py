from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi_web.environment import SETTINGS, env_text
from luoshi_web.frame.store import is_database_ready
from luoshi_web.rights import Right


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    if not is_database_ready():
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "frame/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "frame/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "frame/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        sentence = _("系统出了差错，刚才的操作没有生效。请稍后再试。")
        return render(request, "frame/notice.html", {"sentence": sentence}, status=500)
    return render(request, "frame/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "frame/csrf.html", status=403)


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    request.actor.require(Right.VIEW_SETTINGS)
    rows = [(setting, "" if setting.secret else env_text(setting.name)) for setting in SETTINGS]
    return render(
        request, "frame/settings.html", {"rows": rows, "database": settings.DATABASES["default"]["ENGINE"]}
    )
