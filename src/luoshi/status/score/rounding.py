"""Named rounding (数值修约): which rule a scheme rounds by, said by name.

Standard:
    GB/T 8170—2008 rounds half to even (四舍六入五成双); schemes of assessment mostly round half up (四舍五入).
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from luoshi.kernel.label import Labelled


class Rounding(Labelled):
    """Rule of rounding (修约规则)."""

    HALF_UP = "half_up", "四舍五入", "half up"
    HALF_EVEN = "half_even", "四舍六入五成双", "half to even"
    DOWN = "down", "去尾", "cut off"

    @property
    def mode(self) -> str:
        """What the decimal module calls it."""
        return {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}[str(self.value)]

    def apply(self, value: Decimal, places: int) -> Decimal:
        """Return a value rounded to so many decimal places.

        Example:
            >>> [Rounding(name).apply(Decimal("2.345"), 2) for name in ("half_up", "half_even", "down")]
            [Decimal('2.35'), Decimal('2.34'), Decimal('2.34')]
        """
        # As many digits as the value has before the point, and the places after it.
        wide = Context(prec=max(value.adjusted() + places + 3, 28))
        return value.quantize(Decimal(1).scaleb(-places), rounding=self.mode, context=wide)
