"""The lists of a plan: commitments, targets, projects, terms, past results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi_web.plans.listing.claim import claims
from luoshi_web.plans.listing.commitment import commitments
from luoshi_web.plans.listing.project import projects
from luoshi_web.plans.listing.target import targets
from luoshi_web.plans.listing.term import terms
from luoshi_web.plans.table import Screen

SCREENS: dict[str, Callable[..., Screen[Any]]] = {
    "commitments": commitments,
    "targets": targets,
    "projects": projects,
    "terms": terms,
    "claims": claims,
}
"""Lists by the name that their addresses have; each takes a plan, and the units whose person reads it."""
