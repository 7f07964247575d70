"""Claims (成效): results that the review part states, read the same way as targets and never taken for them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from luoshi.compiler import indicator
from luoshi.compiler.outline import Outline
from luoshi.compiler.reading import Reading
from luoshi.compiler.target.build import scenes
from luoshi.compiler.target.figure import Figure
from luoshi.compiler.target.read import sentence
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Basis, Claim, TargetKind

_OLDER = re.compile(r"五年来|过去五年|这五年|五年间|“十.五”|年均|累计|十年")
_YEAR = re.compile(r"(20\d\d)年")
_EACH = re.compile(
    r"[，、（]?(?:同比|比上年|较上年|比\d{4}年|名义|实际)*(?:分别|各)(?:同比|比上年|较上年|比\d{4}年|名义|实际)*(?:增长|增加|提高|上升|增|下降|减少|降低)(?:了)?"
)
_AND = re.compile(r"[、，]|和|与|及|以上和|左右和")
_FALLS = re.compile(r"下降|减少|降低")
_STOPS = ("，", "；", "。", "）")


def from_outline(outline: Outline, year: int, minter: Minter) -> tuple[Claim, ...]:
    """Read every past result of the review sections.

    Args:
        outline: The outline.
        year: Year of the plan; a claim without words of another time is about the year before.
        minter: Gives identities.
    """
    reading = outline.reading
    claims: list[Claim] = []
    for scene in scenes(outline, year, forward=False):
        figures, _ = sentence(scene)
        words = reading.text[scene.start : scene.end]
        about, sure = _year_of(words, year)
        claims.extend(_claims(reading, figures, about, sure, minter))
    return tuple(claims)


def _year_of(words: str, year: int) -> tuple[int | None, float]:
    """Return the year that a sentence of the review is about, or None, and how sure that is."""
    if _OLDER.search(words):
        return None, 0.7
    named = [int(match[1]) for match in _YEAR.finditer(words)]
    if len(set(named)) == 1 and named[0] < year:
        return named[0], 0.8
    return (year - 1, 0.75) if not named else (None, 0.6)


def _claims(
    reading: Reading, figures: list[Figure], about: int | None, sure: float, minter: Minter
) -> list[Claim]:
    """Make claims; a growth in percent straight after a level is a field of that level's claim."""
    claims: list[Claim] = []
    index = 0
    while index < len(figures):
        if shared := _shared_out(reading, figures, index):
            claims.extend(_claim(reading, level, growth, about, sure, minter) for level, growth in shared)
            index += 2 * len(shared)
            continue
        figure = figures[index]
        following = figures[index + 1] if index + 1 < len(figures) else None
        growth = _growth(reading, figure, following)
        index += 2 if growth is not None else 1
        claims.append(_claim(reading, figure, growth, about, sure, minter))
    return claims


def _shared_out(reading: Reading, figures: list[Figure], first: int) -> list[tuple[Figure, Decimal]]:
    """Return levels with the growth of each where several growths follow several levels (分别达到A和B，分别增长a和b); nothing where they do not."""
    count = 1
    while first + count < len(figures) and not _is_growth(figures[first + count]):
        count += 1
    levels, growths = figures[first : first + count], figures[first + count : first + 2 * count]
    after = figures[first + 2 * count :][:1]
    if count == 1 or len(growths) < count or any(_is_growth(level) for level in levels):
        return []
    if any(not _is_growth(one) or one.value is None or one.unit != "%" for one in growths):
        return []
    if (
        after
        and _is_growth(after[0])
        and not reading.text[growths[-1].number_end : after[0].number].startswith(_STOPS)
    ):
        return []
    between = reading.text[levels[-1].number_end : growths[0].number]
    joined = [reading.text[one.number_end : other.number] for one, other in pairwise(growths)]
    if not _EACH.fullmatch(between) or any(not _AND.fullmatch(words) for words in joined):
        return []
    sign = -1 if _FALLS.search(between) else 1
    return [
        (level, sign * one.value) for level, one in zip(levels, growths, strict=True) if one.value is not None
    ]


def _is_growth(figure: Figure) -> bool:
    return figure.kind in (TargetKind.GROWTH, TargetKind.CUT)


def _growth(reading: Reading, figure: Figure, following: Figure | None) -> Decimal | None:
    """Return the growth that the next figure states of this one, or None."""
    if following is None or following.value is None or following.unit != "%":
        return None
    if figure.kind in (TargetKind.GROWTH, TargetKind.CUT) or figure.unit == "%":
        return None
    between = reading.text[figure.number_end : following.number]
    if re.fullmatch(
        r"[，、（]?(?:同比|比上年|较上年|比\d{4}年|五年|三年|年均|分别|均|实际|可比|按可比价|比去年)*(?:增长|增加|提高|上升|增)",
        between,
    ):
        return following.value
    if re.fullmatch(r"[，、（]?(?:同比|比上年|较上年|比\d{4}年)*(?:下降|减少|降低)", between):
        return -following.value
    return None


def _claim(
    reading: Reading, figure: Figure, growth: Decimal | None, about: int | None, sure: float, minter: Minter
) -> Claim:
    key, linked = indicator.link(figure.indicator, figure.unit, figure.kind)
    clause = reading.span(figure.start, figure.end)
    bases = [Basis(field="year", confidence=sure, code="C360")]
    if key and linked < 1:
        bases.append(Basis(field="indicator_key", confidence=linked, code="C350", parameters={"words": key}))
    bases.extend(
        Basis(
            field=reason.field,
            confidence=reason.confidence,
            code=reason.code,
            parameters={"words": reason.words} if reason.words else {},
        )
        for reason in figure.reasons
    )
    return Claim(
        id=minter.mint("r", figure.indicator, reading.text[figure.start : figure.end]),
        spans=(clause,),
        text=clause.quote(reading.delivered),
        bases=tuple(bases),
        indicator=figure.indicator,
        indicator_key=key,
        value=figure.value,
        unit=figure.unit,
        comparator=figure.comparator,
        kind=figure.kind,
        growth_percent=growth,
        year=about,
        number=reading.span(figure.number, figure.number_end),
    )
