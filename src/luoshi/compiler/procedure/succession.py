"""Which of two mechanisms of the same name replaces the other (新旧标准): “75、40、35” after “80、60、40”."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from luoshi.plan.model import Basis, Procedure, ProcedureKind

_NUMBERS = re.compile(r"“?\d[\d、，.+/]*”?")


def with_successors(procedures: tuple[Procedure, ...]) -> tuple[Procedure, ...]:
    """Set `supersedes` where clocks of one name limit the same cases to other values.

    The newer is the one that the text uses later, for a report tells what was before what will be; of two
    that it does not use, the one defined later.
    """
    families: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        base = _NUMBERS.sub("", procedure.name)
        if procedure.kind is ProcedureKind.CLOCK and base != procedure.name:
            families.setdefault(base, []).append(procedure)
    replaced: dict[str, Procedure] = {}
    for family in families.values():
        ordered = sorted(family, key=_age)
        for older, newer in pairwise(ordered):
            if {limit.subject for limit in older.limits} & {limit.subject for limit in newer.limits}:
                basis = Basis(
                    field="supersedes", confidence=0.8, code="C418", parameters={"name": older.name}
                )
                replaced[newer.id] = replace(newer, supersedes=older.id, bases=(*newer.bases, basis))
    return tuple(replaced.get(procedure.id, procedure) for procedure in procedures)


def _age(procedure: Procedure) -> tuple[bool, int]:
    uses = [span.start for span in procedure.spans if span != procedure.definition]
    defined = procedure.definition.start if procedure.definition else 0
    return bool(uses), max(uses, default=defined)
