"""Units for the commitments of a plan (为目标任务建议责任单位)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from luoshi.compiler.unit.assign import assign
from luoshi.compiler.unit.model import Assignment, Candidate
from luoshi.kernel.identity import Minter
from luoshi.plan.model import SURE, Basis, Commitment, Place, Role, Section, Unit

_SELF_GOVERNMENT = Role.SELF_GOVERNMENT.zh
_OFFICE = "general-office"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Units that the commitments refer to, in the order of first mention, and the commitments with them."""

    units: tuple[Unit, ...]
    commitments: tuple[Commitment, ...]


def propose(
    commitments: Sequence[Commitment], sections: Sequence[Section], *, place: Place, year: int
) -> Proposal:
    """Propose a lead unit and supporting units for each commitment.

    Args:
        commitments: Commitments without units.
        sections: Sections that they stand in; their titles help to understand a short promise.
        place: Place that reports.
        year: Plan year.

    Returns:
        The units, and the same commitments in the same order with `lead_unit`, `supporting_units` and the
        basis of both. The identity of a unit depends on its bureau and name alone.
    """
    by_id = {section.id: section for section in sections}
    assignments = assign(
        [commitment.text or commitment.title for commitment in commitments],
        level=place.level,
        year=year,
        place=place.name,
        contexts=[_context(by_id.get(commitment.section)) for commitment in commitments],
    )
    units: dict[str, Unit] = {}
    rows = []
    for commitment, assignment in zip(commitments, assignments, strict=True):
        section = by_id.get(commitment.section)
        in_self_government = section is not None and section.role is Role.SELF_GOVERNMENT
        chosen = [assignment.lead, *assignment.supporting]
        ids = [units.setdefault(made.id, made).id for made in map(_unit, chosen)]
        rows.append(
            msgspec.structs.replace(
                commitment,
                lead_unit=ids[0],
                supporting_units=tuple(ids[1:]),
                bases=(*commitment.bases, *_bases(assignment, in_self_government)),
            )
        )
    return Proposal(tuple(units.values()), tuple(rows))


def _unit(candidate: Candidate) -> Unit:
    return Unit(
        id=Minter().mint("u", candidate.bureau, candidate.name), name=candidate.name, bureau=candidate.bureau
    )


def _context(section: Section | None) -> str:
    if section is None:
        return ""
    return f"{section.title} {_SELF_GOVERNMENT}" if section.role is Role.SELF_GOVERNMENT else section.title


def _bases(assignment: Assignment, in_self_government: bool) -> tuple[Basis, ...]:
    lead = assignment.lead
    unsure = lead.bureau == _OFFICE and lead.confidence < SURE
    code, parameters = ("C505", {}) if in_self_government and unsure else (lead.code, lead.parameters)
    bases = [Basis(field="lead_unit", confidence=round(lead.confidence, 4), code=code, parameters=parameters)]
    if assignment.supporting:
        names = "、".join(candidate.name for candidate in assignment.supporting)
        least = min(candidate.confidence for candidate in assignment.supporting)
        bases.append(
            Basis(
                field="supporting_units", confidence=round(least, 4), code="C506", parameters={"units": names}
            )
        )
    return tuple(bases)
