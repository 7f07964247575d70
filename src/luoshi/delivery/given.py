"""Lights as they were given (亮灯记录): stored with rule and inputs, read and never reckoned again for a past day.

For every day on which anything changed one entry holds the lights that differ from those given before. An override by a supervisor stands beside the
light that it overrides and hides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from luoshi.delivery.fault import DeliveryError
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.status.light import Colour, Light


class NewLight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A light that differs from the one given before: whose, and the light."""

    lineage: str
    light: Light

    def as_given(self, day: date, entry: Entry) -> GivenLight:
        """Return it with the day for which it was given and its entry."""
        return GivenLight(day=day, entry=entry.number, light=self.light)


class LightsGiven(Fact, frozen=True, kw_only=True, tag="lights_given"):
    """Lights at the end of a day, as far as they differ from those given before."""

    day: date
    rule: str
    lights: tuple[NewLight, ...]


class LightOverridden(Fact, frozen=True, kw_only=True, tag="light_overridden"):
    """A supervisor says that another colour is right, and why."""

    colour: Colour
    reason: NoteRef


class OverrideEnded(Fact, frozen=True, kw_only=True, tag="override_ended"):
    """An override no longer holds."""


class GivenLight(msgspec.Struct, frozen=True, kw_only=True):
    """A light with the day for which it was given, and its entry."""

    day: date
    entry: int
    light: Light


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """An override in force: colour, reason, entry, day."""

    colour: Colour
    reason: NoteRef
    entry: int
    day: date


def give(
    before: Mapping[str, tuple[GivenLight, ...]], lights: Mapping[str, Light], *, day: date, rule: str
) -> Proposal | None:
    """Return the entry with the lights that differ from those given before; None where none does.

    A light whose colour, reason and values are the same is not given again, though the days that its reason names move on.

    Args:
        before: Lights given so far, by lineage.
        lights: Lights at the end of `day`, by lineage.
        day: The day.
        rule: Name of the rule that gave them.
    """
    changed = tuple(
        NewLight(lineage=lineage, light=light)
        for lineage, light in lights.items()
        if lineage not in before or _differs(before[lineage][-1].light, light)
    )
    if not changed:
        return None
    return Proposal(fact=LightsGiven(day=day, rule=rule, lights=changed), day=day)


def _differs(before: Light, after: Light) -> bool:
    def told(light: Light) -> tuple[object, ...]:
        value = (light.parameters.get("value"), light.parameters.get("goal"))
        return (light.colour, light.code, value, light.rule)

    return told(before) != told(after) or [told(part) for part in before.parts] != [
        told(part) for part in after.parts
    ]


def override(*, lineage: str, colour: Colour, reason: NoteRef, on: date) -> Proposal:
    """Return the entry with which a supervisor overrides a light.

    Raises:
        DeliveryError: The reason is missing (L207).
    """
    if not reason.length:
        raise DeliveryError("L207")
    return Proposal(fact=LightOverridden(colour=colour, reason=reason), day=on, lineage=lineage)


def end_override(*, lineage: str, is_overridden: bool, on: date) -> Proposal:
    """Return the entry that ends an override.

    Raises:
        DeliveryError: There is none (L280).
    """
    if not is_overridden:
        raise DeliveryError("L280")
    return Proposal(fact=OverrideEnded(), day=on, lineage=lineage)
