"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi_web.frame.clock import today
from luoshi_web.frame.language import reading_language
from luoshi_web.rights import NOBODY, Right


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the frame: the person, his rights, the day and the language."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "as_of": today(),
        "reading_language": reading_language(),
        "may_import": actor.may_somewhere(Right.IMPORT_REPORT),
        "may_view_plans": actor.may_somewhere(Right.VIEW_PUBLISHED),
        "may_manage_users": actor.may(Right.MANAGE_USERS),
        "may_erase": actor.may(Right.ERASE),
        "may_grant_roles": actor.may(Right.GRANT_ROLES),
        "may_read_audit": actor.may(Right.READ_AUDIT),
        "may_view_settings": actor.may(Right.VIEW_SETTINGS),
    }
