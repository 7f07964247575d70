"""Formulas as data (计分公式): a structure of named operations over figures, read and reckoned here and never run as code.

A formula is a number, ``{figure: name}``, or one of ``{add: […]}``, ``{subtract: [a, b]}``, ``{multiply: […]}``, ``{divide: [a, b]}``, ``{percent: [a, b]}`` (a ÷ b × 100), ``{least: […]}``, ``{greatest: […]}``.

Limits:
    Fifty digits are kept while a formula is reckoned; the scheme rounds once at the end. A division by zero gives nothing, and so does everything that
    contains it: the basis is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Any

from luoshi.kernel.label import Labelled
from luoshi.status.score.fault import ScoreError
from luoshi.status.score.figure import Figure

DEPTH = 8
"""How deep a formula may be nested."""
PARTS = 200
"""Most parts of a whole formula."""
_MANY = 20
"""Most parts of one operation."""
_LARGEST, _FINEST = 12, -12
"""Powers of ten between which a number of a scheme lies; with so few parts nothing that is reckoned runs over."""
_EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)


class Operator(Labelled):
    """What is done with the parts of a formula (运算)."""

    ADD = "add", "相加", "sum"
    SUBTRACT = "subtract", "相减", "difference"
    MULTIPLY = "multiply", "相乘", "product"
    DIVIDE = "divide", "相除", "quotient"
    PERCENT = "percent", "百分比", "percentage"
    LEAST = "least", "取最小", "least of"
    GREATEST = "greatest", "取最大", "greatest of"

    @property
    def takes_two(self) -> bool:
        """Whether it has two parts, no more and no less."""
        return self in (Operator.SUBTRACT, Operator.DIVIDE, Operator.PERCENT)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in the scheme."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Named:
    """A figure by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on parts."""

    operator: Operator
    parts: tuple[Formula, ...]


Formula = Number | Named | Operation


def read(data: Any, *, place: str) -> Formula:
    """Return the formula that plain data states.

    Args:
        data: What YAML or JSON gave.
        place: Where it stands, for the message.

    Raises:
        ScoreError: It is not of the shape above (S701), or has too many parts (S707).
    """
    formula = _read(data, place, 0)
    if _parts_of(formula) > PARTS:
        raise ScoreError("S707", {"place": place, "most": str(PARTS)})
    return formula


def _parts_of(formula: Formula) -> int:
    return 1 + sum(map(_parts_of, formula.parts)) if isinstance(formula, Operation) else 1


def _is_plain(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return (
        value.is_finite()
        and isinstance(exponent, int)
        and exponent >= _FINEST
        and value.adjusted() < _LARGEST
    )


def _read(data: Any, place: str, depth: int) -> Formula:
    if isinstance(data, int | float | Decimal) and not isinstance(data, bool):
        value = Decimal(str(data))
        if _is_plain(value):
            return Number(value)
    if isinstance(data, Mapping) and len(data) == 1 and depth < DEPTH:
        ((key, content),) = data.items()
        if key == "figure" and isinstance(content, str) and content:
            return Named(content)
        operator = next((one for one in Operator if one.value == key), None)
        if operator is not None and isinstance(content, list) and 2 <= len(content) <= _MANY:
            if operator.takes_two and len(content) != 2:
                raise ScoreError("S701", {"place": f"{place}.{key}"})
            parts = tuple(
                _read(one, f"{place}.{key}[{number}]", depth + 1) for number, one in enumerate(content, 1)
            )
            return Operation(operator, parts)
    raise ScoreError("S701", {"place": place})


def names_of(formula: Formula) -> Iterator[str]:
    """Yield the figures that a formula names, in order, each as often as it stands there."""
    match formula:
        case Named(name=name):
            yield name
        case Operation(parts=parts):
            for part in parts:
                yield from names_of(part)


def value_of(formula: Formula, figures: Mapping[str, Figure]) -> Decimal | None:
    """Return the value of a formula, unrounded; None where the basis is silent.

    Args:
        formula: The formula.
        figures: Figures by name; one that is missing is silent.
    """
    with localcontext(_EXACT):
        return _value(formula, figures)


def _value(formula: Formula, figures: Mapping[str, Figure]) -> Decimal | None:
    match formula:
        case Number(value=value):
            return value
        case Named(name=name):
            return figures[name].value if name in figures else None
        case Operation(operator=operator, parts=parts):
            values = [_value(part, figures) for part in parts]
            known = [value for value in values if value is not None]
            return _reckoned(operator, known) if len(known) == len(values) else None


def _reckoned(operator: Operator, values: list[Decimal]) -> Decimal | None:
    match operator:
        case Operator.ADD:
            return sum(values, Decimal(0))
        case Operator.SUBTRACT:
            return values[0] - values[1]
        case Operator.MULTIPLY:
            product = Decimal(1)
            for value in values:
                product *= value
            return product
        case Operator.DIVIDE:
            return values[0] / values[1] if values[1] else None
        case Operator.PERCENT:
            return values[0] * 100 / values[1] if values[1] else None
        case Operator.LEAST:
            return min(values)
        case Operator.GREATEST:
            return max(values)
