"""What is done in a drill (拉练操作): plan, file a sheet, excuse one, freeze the results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.cadence.cycle import Frequency, Period
from luoshi.delivery.drill.fact import (
    Drill,
    DrillFrozen,
    DrillPlanned,
    FrozenPlace,
    Mark,
    SheetExcused,
    SheetFiled,
    Site,
)
from luoshi.delivery.drill.result import DrillResults
from luoshi.delivery.drill.scheme import DrillScheme
from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import NoteRef


def plan(
    drill: Drill | None, quarter: Period, scheme: DrillScheme, *, sites: Sequence[Site], panel: Sequence[str], on: date
) -> Proposal:  # fmt: skip
    """Return the entry that plans a drill, or plans it anew before its first sheet.

    Args:
        drill: The drill of the quarter as planned so far, or None.
        quarter: The quarter.
        scheme: Scheme of its sheets.
        sites: Places, in the order in which they are to be visited.
        panel: Panel members, as opaque identities.
        on: Day.

    Raises:
        DeliveryError: A sheet was filed already (L371); there is no site or no member (L372); a site or member stands twice (L373); a site has no name or unit (L374).
        ValueError: The period is no quarter.
    """
    if quarter.frequency is not Frequency.QUARTER:
        raise ValueError(f"{quarter.key} is no quarter")
    if drill is not None and drill.sheets:
        raise DeliveryError("L371")
    if not sites or not panel:
        raise DeliveryError("L372")
    identities = [site.id for site in sites]
    if len(set(identities)) != len(identities) or len(set(panel)) != len(panel):
        raise DeliveryError("L373")
    for site in sites:
        if not (site.id and site.name.strip() and site.unit):
            raise DeliveryError("L374")
    fact = DrillPlanned(quarter=quarter.key, scheme=scheme.name, sites=tuple(sites), panel=tuple(panel))
    return Proposal(fact=fact, day=on, replaces=drill.entry if drill is not None else None)


def file_sheet(
    drill: Drill, scheme: DrillScheme, *, site: str, member: str, marks: Sequence[Mark], remark: NoteRef | None,
    photos: Sequence[str], on: date,
) -> Proposal:  # fmt: skip
    """Return the entry with which a panel member files the sheet of a site, or files it again.

    Args:
        drill: The drill.
        scheme: Scheme that it was planned with.
        site: The site.
        member: The member, as an opaque identity.
        marks: Points, one for every criterion.
        remark: What he noted.
        photos: Digests of his photographs.
        on: Day.

    Raises:
        DeliveryError: The results are frozen (L375); the site is not on the list (L376); the member is not on the panel (L377); a criterion is missing, unknown or stands twice (L378); points
            lie outside of the criterion's bounds (L379).
    """
    found = _require(drill, site, member)
    given = {one.criterion: one.points for one in marks}
    wanted = {one.key for one in scheme.criteria}
    if set(given) != wanted or len(given) != len(marks):
        raise DeliveryError("L378", {"count": len(scheme.criteria)})
    for criterion in scheme.criteria:
        points = given[criterion.key]
        if not points.is_finite() or not 0 <= points <= criterion.most:
            raise DeliveryError("L379", {"name": criterion.zh, "most": format(criterion.most, "f")})
    before = drill.sheets.get((site, member))
    fact = SheetFiled(
        quarter=drill.plan.quarter, site=site, member=member, remark=remark,
        marks=tuple(Mark(criterion=one.key, points=given[one.key]) for one in scheme.criteria),
    )  # fmt: skip
    return Proposal(
        fact=fact, day=on, lineage=found.lineage, evidence=tuple(dict.fromkeys(photos)),
        replaces=before.entry if before is not None else None,
    )  # fmt: skip


def excuse(drill: Drill, *, site: str, member: str, reason: NoteRef, on: date) -> Proposal:
    """Return the entry that says that a sheet will not come.

    Raises:
        DeliveryError: The results are frozen (L375); the site is not on the list (L376); the member is not on the panel (L377); the sheet came (L380); the reason is missing (L207).
    """
    found = _require(drill, site, member)
    if (site, member) in drill.sheets:
        raise DeliveryError("L380")
    if not reason.length:
        raise DeliveryError("L207")
    fact = SheetExcused(quarter=drill.plan.quarter, site=site, member=member, reason=reason)
    return Proposal(fact=fact, day=on, lineage=found.lineage)


def freeze(drill: Drill, results: DrillResults, *, on: date) -> Proposal:
    """Return the entry that freezes the results.

    Raises:
        DeliveryError: They are frozen already (L375), or sheets are missing that nobody excused (L381).
    """
    if drill.frozen is not None:
        raise DeliveryError("L375")
    missing = [(one.site.name, len(one.missing)) for one in results.sites if one.missing]
    if missing:
        raise DeliveryError("L381", {"count": sum(count for _, count in missing), "site": missing[0][0]})
    places = tuple(FrozenPlace(site=one.key, total=one.total, place=one.place) for one in results.places)
    fact = DrillFrozen(
        quarter=results.quarter, results=results.digest, number=results.number, head=results.head, places=places
    )  # fmt: skip
    return Proposal(fact=fact, day=on)


def _require(drill: Drill, site: str, member: str) -> Site:
    if drill.frozen is not None:
        raise DeliveryError("L375")
    found = next((one for one in drill.plan.sites if one.id == site), None)
    if found is None:
        raise DeliveryError("L376")
    if member not in drill.plan.panel:
        raise DeliveryError("L377")
    return found
