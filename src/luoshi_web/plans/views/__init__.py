"""Screens of the plans app, one module a group."""

from luoshi_web.plans.views import (
    home,
    imports,
    items,
    lists,
    mechanisms,
    overview,
    report,
    saved_views,
    search,
)

__all__ = ["home", "imports", "items", "lists", "mechanisms", "overview", "report", "saved_views", "search"]
