"""A figure that states a target (指标数字), as read from a clause, in offsets of the reading text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.compiler.deadline import DeadlineMention
from luoshi.compiler.strength import StrengthMention
from luoshi.plan.model import Comparator, NumberKind, TargetKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: name of the field, confidence, message code, parameter."""

    field: str
    confidence: float
    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is a target, with what it counts.

    Attributes:
        start: First character of the clause that states it.
        end: One past the clause's last character.
        number: First character of the number.
        number_end: One past number and unit.
        indicator: What is counted or measured.
        verb: Verb that opens the indicator, or "".
        comparator: What the text states.
        value: The number; None where the text gives a reference.
        upper: Upper number of a range.
        unit: Unit, multiplier included.
        dimension: What the unit measures.
        kind: Sort of quantity.
        holds: Whether the words say that it must stay so.
        reference: Reference in a number's place, or "".
        base: Period or base compared with, or "".
        deadline: Words that state when, or None.
        strength: Word of strength, or None.
        reasons: Why doubtful fields have their values.
    """

    start: int
    end: int
    number: int
    number_end: int
    indicator: str
    verb: str
    comparator: Comparator
    value: Decimal | None
    upper: Decimal | None
    unit: str
    dimension: str
    kind: TargetKind
    holds: bool = False
    reference: str = ""
    base: str = ""
    deadline: DeadlineMention | None = None
    strength: StrengthMention | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """A number that is no target, and why; None where that is not known."""

    start: int
    end: int
    kind: NumberKind | None
