from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from luoshi_web.frame import blob
from luoshi_web.frame.spreadsheet import attachment
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.evidence import Medium
from luoshi_web.reporting.opened import open_delivery


@require_GET
def download(request: HttpRequest, plan_year_id: int, file_id: int) -> HttpResponseBase:
    delivery = open_delivery(request, plan_year_id)
    file = ledger.evidence_file(plan_year_id, file_id)
    issued = delivery.year.issued.get(file.lineage) if file is not None else None
    if file is None or issued is None or not delivery.concerns(issued):
        raise Http404
    return hand_out(file.digest, file.name.rpartition(".")[0] or file.name, Medium(file.medium))


def hand_out(digest: str, name: str, medium: Medium) -> FileResponse:
    """Hand a file out for download: never shown inside the site, never taken for anything else than it is.

    Args:
        digest: The file.
        name: Its name without an ending; the ending follows from what it is.
        medium: What it is.
    """
    try:
        stream = blob.path_of(digest, room=blob.EVIDENCE).open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(stream, content_type=medium.media_type)
    response["Content-Disposition"] = attachment(name, str(medium.value))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
