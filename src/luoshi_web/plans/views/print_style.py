from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi_web.frame.clock import today
from luoshi_web.frame.language import day_text
from luoshi_web.plans.edition import Edition
from luoshi_web.plans.opened import edition_name, open_plan_year

_ONE_DAY_SECONDS = 24 * 3600


@require_GET
def show(request: HttpRequest, plan_year_id: int, edition: Edition) -> HttpResponse:
    """Answer with the foot of printed sheets; only a style sheet can put words into the margin of a page."""
    plan_year, _others = open_plan_year(request, plan_year_id)
    as_of = _("截至 %(day)s") % {"day": day_text(_day(request) or today())}
    marked = [_("模拟数据")] if plan_year.stands_at is not None else []
    words = " · ".join([str(plan_year), edition_name(edition), as_of, *marked])
    # Each character as its code, so that no name of a place can end the text.
    written = "".join(f"\\{ord(character):06x}" for character in words)
    response = HttpResponse(
        f'@page {{ @bottom-left {{ content: "{written}"; }} }}\n', content_type="text/css"
    )
    # The address has the day and the language in it.
    response["Cache-Control"] = f"private, max-age={_ONE_DAY_SECONDS}"
    return response


def _day(request: HttpRequest) -> date | None:
    """Return the day as of which the page is shown, as its address says."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
