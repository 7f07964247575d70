"""Addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("luoshi_web.frame.urls")),
    path("", include("luoshi_web.accounts.urls")),
    path("", include("luoshi_web.ledger.urls")),
    path("audit/", include("luoshi_web.audit.urls")),
    path("", include("luoshi_web.plans.urls")),
    path("", include("luoshi_web.desk.urls")),
    path("", include("luoshi_web.board.urls")),
    path("", include("luoshi_web.registers.urls")),
    path("", include("luoshi_web.cases.urls")),
    path("", include("luoshi_web.workdays.urls")),
    path("", include("luoshi_web.mail.urls")),
    path("", include("luoshi_web.supervision.urls")),
    path("", include("luoshi_web.reconciliation.urls")),
    path("", include("luoshi_web.briefs.urls")),
    path("", include("luoshi_web.reporting.urls")),
    path("", include("luoshi_web.portal.urls")),
]

handler400 = "luoshi_web.frame.views.bad_request"
handler403 = "luoshi_web.frame.views.forbidden"
handler404 = "luoshi_web.frame.views.not_found"
handler500 = "luoshi_web.frame.views.server_error"
