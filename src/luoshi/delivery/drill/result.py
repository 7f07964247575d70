"""Results of a drill (拉练结果): the mean of the sheets of each site, what is missing, the ranking; as plain data with a digest.

Rule:
    A sheet's total is the sum of its points. A site's total is the mean of its sheets' totals, rounded once as the scheme says; with `drop_from` sheets or more the highest and the lowest are left out before. A site without a sheet has no total and no place.
"""

from __future__ import annotations

import hashlib
from decimal import Context, Decimal, localcontext
from typing import Literal

import msgspec

from luoshi.delivery.drill.fact import Drill, Site
from luoshi.delivery.drill.scheme import DrillScheme
from luoshi.ledger.canonical import canonical
from luoshi.ledger.chain import Head
from luoshi.status.score.ranking import Place, ranked

SCHEMA: Literal["luoshi.drill/1"] = "luoshi.drill/1"


class SiteResult(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site's result.

    Attributes:
        site: The site.
        total: Its total; None where no sheet came.
        sheets: Totals of its sheets, in the panel's order.
        dropped: Those that were left out: the lowest and the highest; empty where none were.
        missing: Members whose sheet neither came nor was excused.
        excused: Members whose sheet was excused.
        photos: Digests of the photographs on its sheets.
        entries: Entries of the ledger that it rests on.
    """

    site: Site
    total: Decimal | None
    sheets: tuple[Decimal, ...]
    dropped: tuple[Decimal, ...]
    missing: tuple[str, ...]
    excused: tuple[str, ...]
    photos: tuple[str, ...]
    entries: tuple[int, ...]


class DrillResults(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The results: schema, plan-year, quarter, scheme, last entry and its digest, sites in the order visited, the ranking, whether any of it is invented."""

    schema: Literal["luoshi.drill/1"] = SCHEMA
    scope: str
    quarter: str
    scheme: str
    number: int
    head: str
    sites: tuple[SiteResult, ...]
    places: tuple[Place, ...]
    is_simulated: bool = False

    @property
    def digest(self) -> str:
        """Digest of the canonical bytes."""
        return "sha256:" + hashlib.sha256(canonical(self)).hexdigest()


def results_of(drill: Drill, head: Head, scheme: DrillScheme, *, is_simulated: bool) -> DrillResults:
    """Return the results of a drill.

    Args:
        drill: The drill as known.
        head: The end of the ledger that it was folded from.
        scheme: The scheme that it was planned with.
        is_simulated: Whether any of it is invented for a demonstration.

    Raises:
        ValueError: It was planned with another scheme.
    """
    if drill.plan.scheme != scheme.name:
        raise ValueError(f"the drill was planned with {drill.plan.scheme}, not with {scheme.name}")
    sites = tuple(_site(drill, site, scheme) for site in drill.plan.sites)
    return DrillResults(
        scope=head.scope, quarter=drill.plan.quarter, scheme=scheme.name, number=head.number, head=head.digest, sites=sites,
        places=ranked({one.site.id: one.total for one in sites}), is_simulated=is_simulated,
    )  # fmt: skip


def _site(drill: Drill, site: Site, scheme: DrillScheme) -> SiteResult:
    members = [member for member in drill.plan.panel if (site.id, member) in drill.sheets]
    sheets = [drill.sheets[site.id, member] for member in members]
    totals = [sheet.total for sheet in sheets]
    counted = sorted(totals)
    dropped: tuple[Decimal, ...] = ()
    if len(totals) >= scheme.drop_from:
        dropped = (counted[0], counted[-1])
        counted = counted[1:-1]
    excused = [member for member in drill.plan.panel if (site.id, member) in drill.excused]
    entries = {
        drill.entry,
        *(sheet.entry for sheet in sheets),
        *(drill.excused[site.id, one] for one in excused),
    }
    return SiteResult(
        site=site, total=_mean(counted, scheme), sheets=tuple(totals), dropped=dropped, missing=drill.missing(site.id),
        excused=tuple(excused), photos=tuple(dict.fromkeys(photo for sheet in sheets for photo in sheet.photos)),
        entries=tuple(sorted(entries)),
    )  # fmt: skip


def _mean(totals: list[Decimal], scheme: DrillScheme) -> Decimal | None:
    if not totals:
        return None
    with localcontext(Context(prec=50)):
        return scheme.rounding.apply(sum(totals, Decimal(0)) / len(totals), scheme.places)
