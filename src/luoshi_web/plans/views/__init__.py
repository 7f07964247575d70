"""Screens of the plans app, one module a group."""

from luoshi_web.plans.views import (
    calendar,
    documents,
    home,
    imports,
    items,
    lists,
    mechanisms,
    overview,
    print_style,
    report,
    saved_views,
    search,
    versions,
)

__all__ = [
    "calendar",
    "documents",
    "home",
    "imports",
    "items",
    "lists",
    "mechanisms",
    "overview",
    "print_style",
    "report",
    "saved_views",
    "search",
    "versions",
]
