"""Limits of procedures (办理时限) that glossary entries set and promises refer to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from luoshi.compiler import mention
from luoshi.compiler.reading import Reading
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.read import sentence
from luoshi.compiler.target.scene import Scene
from luoshi.plan.model import Comparator, TargetKind, Term

_SHORT = re.compile(r"“(\d+(?:[、—－\-]\d+)+)”")
_TO = re.compile(r"(?P<act>压减|压缩|缩短|降|控制|精简|减|缩减|提速)(?:至|到|为|在)(?:了)?$")

Limits = dict[tuple[str, ...], list[Figure]]


def from_terms(reading: Reading, terms: Sequence[Term]) -> tuple[list[Figure], Limits]:
    """Read the limits that glossary entries set.

    Returns:
        Every limit, and the limits of an entry by the numbers that its name lists (“75、40、35”).
    """
    found: list[Figure] = []
    by_name: Limits = {}
    for term in terms:
        limits = _of_term(reading, term)
        found.extend(limits)
        match = _SHORT.search(term.name)
        if match and limits:
            by_name[_key(match[1])] = limits
    return found, by_name


def _of_term(reading: Reading, term: Term) -> list[Figure]:
    start = bisect_left(reading.origin, term.spans[0].start)
    end = bisect_left(reading.origin, term.spans[0].end)
    body = reading.text.find(term.definition, start, end + 1)
    if body < 0 or not re.search(r"工作日|小时|分钟|天", term.definition):
        return []
    scene = Scene(
        text=reading.text,
        start=body,
        end=body + len(term.definition),
        numbers=mention.mentions(reading.text, start=body, end=body + len(term.definition)),
        limits=(),
        strengths=(),
        is_limit=True,
    )
    figures, _ = sentence(scene)
    if not any(_is_limit(figure) for figure in figures):
        return []
    return [figure for figure in figures if _is_limit(figure) or _goes_with(figure)]


def _is_limit(figure: Figure) -> bool:
    return figure.kind is TargetKind.DURATION and figure.comparator is Comparator.LE


def _goes_with(figure: Figure) -> bool:
    return figure.indicator.endswith(("环节", "费用", "成本", "材料", "次数"))


def _key(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", words))


def short_forms(scene: Scene, limits: Limits) -> tuple[list[Figure], list[tuple[int, int]]]:
    """Resolve short forms such as 压减至“75、40、35” in a sentence by the glossary.

    Returns:
        One figure for each number, and the ranges of short forms that no entry explains.
    """
    figures: list[Figure] = []
    unknown: list[tuple[int, int]] = []
    for match in _SHORT.finditer(scene.text, scene.start, scene.end):
        if not _TO.search(scene.text, max(scene.start, match.start() - 6), match.start()):
            continue
        known = [figure for figure in limits.get(_key(match[1]), []) if _is_limit(figure)]
        places = list(re.finditer(r"\d+", match[1]))
        if len(known) != len(places):
            unknown.append(match.span(1))
            continue
        begin = (
            max(scene.text.rfind(mark, scene.start, match.start()) for mark in "，；。：") + 1 or scene.start
        )
        for figure, place in zip(known, places, strict=True):
            figures.append(
                replace(
                    figure,
                    start=begin,
                    end=match.end(),
                    number=match.start(1) + place.start(),
                    number_end=match.start(1) + place.end(),
                    reasons=(*figure.reasons, Reason("indicator", 0.85, "C304", match[0])),
                )
            )
    return figures, unknown
