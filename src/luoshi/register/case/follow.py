"""What a case leads to in another register (后续事项): whether it can be opened, what is carried over, and what is waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luoshi.register.case.model import Case
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.model import FollowUp, Procedure


def openable(case: Case, procedure: Procedure, children: Sequence[Case]) -> tuple[FollowUp, ...]:
    """Return what a case can lead to as it stands.

    Args:
        case: The case.
        procedure: Its procedure.
        children: Cases that came from it.
    """
    if not case.is_open:
        return ()
    opened = {child.procedure for child in children}
    return tuple(
        one
        for one in procedure.follow_ups_from(case.stage)
        if not (one.is_single and one.procedure in opened)
    )


def carried(
    case: Case, procedure: Procedure, key: str, children: Sequence[Case], person: Mapping[str, str]
) -> tuple[FollowUp, dict[str, str]]:
    """Return a follow-up with the values that its case begins with.

    Args:
        case: The case that leads to it.
        procedure: Its procedure.
        key: Key of the follow-up.
        children: Cases that came from it already.
        person: Values of the fields that name persons, which are carried over like the others.

    Raises:
        RegisterError: It cannot be opened as the case stands (R425).
    """
    found = next((one for one in openable(case, procedure, children) if one.key == key), None)
    if found is None:
        raise RegisterError("R425", {"number": case.number})
    known = {**case.fields, **person}
    values = {there: known.get(here, "") for there, here in found.carried.items()}
    return found, {there: text for there, text in (*values.items(), *found.given.items()) if text}


def awaited(case: Case, procedure: Procedure, children: Sequence[Case]) -> tuple[str, ...]:
    """Return the names of follow-ups for which the stage waits: with none opened yet, or one that is still open."""
    names = []
    for one in procedure.follow_ups_from(case.stage):
        if not one.is_awaited:
            continue
        mine = [child for child in children if child.procedure == one.procedure]
        if not mine:
            names.append(one.name)
        names += [f"{one.name} {child.number}" for child in mine if child.is_open]
    return tuple(names)
