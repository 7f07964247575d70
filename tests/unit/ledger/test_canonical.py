"""Canonical bytes: rows typed by hand after RFC 8785, and what has no canonical form."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum

import msgspec
import pytest

from luoshi.ledger.canonical import canonical


class Colour(Enum):
    RED = "red"


class Grade(IntEnum):
    TWO = 2


class Plain(msgspec.Struct, frozen=True):
    zeta: int
    alpha: str


class Renamed(msgspec.Struct, frozen=True, rename={"inner": "a"}):
    inner: Plain
    b: tuple[int, ...] = ()


class Tagged(msgspec.Struct, frozen=True, tag_field="fact", tag="made"):
    day: date
    zone: str = "x"


SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-7, "-7"),
        (2**53, "9007199254740992"),
        ("", '""'),
        # RFC 8785, 3.2.2.2: two-character escapes, \u00xx in lower case, everything else as it is.
        ('"\\\b\f\n\r\t', '"\\"\\\\\\b\\f\\n\\r\\t"'),
        ("\x0f", '"\\u000f"'),
        ("/绫江€😂\x7f", '"/绫江€😂\x7f"'),
        # 3.2.3: keys by UTF-16 code units. U+1F602 is D83D DE02, so it comes before U+FB33; by code points it would come after.
        (
            {"\ufb33": 1, "\U0001f602": 2, "€": 3, "1": 4, "\r": 5},
            '{"\\r":5,"1":4,"€":3,"\U0001f602":2,"\ufb33":1}',
        ),
        ({"b": {"d": 1, "c": 2}, "a": [1, [2]]}, '{"a":[1,[2]],"b":{"c":2,"d":1}}'),
        (Decimal("1.50"), '"1.50"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("0.00000001"), '"0.00000001"'),
        (Decimal("-0"), '"-0"'),
        (date(2026, 2, 1), '"2026-02-01"'),
        # The same moment, written once.
        (datetime(2026, 2, 1, 12, tzinfo=SHANGHAI), '"2026-02-01T04:00:00.000000+00:00"'),
        (datetime(2026, 2, 1, 4, 0, 0, 5, tzinfo=UTC), '"2026-02-01T04:00:00.000005+00:00"'),
        (Colour.RED, '"red"'),
        (Grade.TWO, "2"),
        (Plain(1, "x"), '{"alpha":"x","zeta":1}'),
        (Renamed(Plain(1, "x"), (2, 3)), '{"a":{"alpha":"x","zeta":1},"b":[2,3]}'),
        (Tagged(date(2026, 1, 2)), '{"day":"2026-01-02","fact":"made","zone":"x"}'),
    ],
)
def test_values(value, written):
    assert canonical(value).decode("utf-8") == written


@pytest.mark.parametrize("value", [1.0, float("nan"), {1, 2}, object(), b"x", [0.5], {"a": 1.5}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical(value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2**53 + 1, "too large"),
        (-(2**53) - 1, "too large"),
        (Decimal("NaN"), "no number"),
        (Decimal("Infinity"), "no number"),
        (datetime(2026, 1, 1), "no time zone"),  # noqa: DTZ001 -- that is what is refused
    ],
)
def test_what_other_readers_would_take_for_something_else_is_refused(value, said):
    with pytest.raises(ValueError, match=said):
        canonical({"deep": [value]})
