"""Beats of a cadence (节奏): 一月一调度、一季一拉练、半年一考核、年终结总账."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range
from luoshi.plan.model import Beat

_WORDS = words()
_BEAT = re.compile(
    rf"(?:每|一)?(?:个)?(?P<beat>{alternatives(_WORDS.beats)})度?(?:一次|一|1次)?(?P<act>[\u4e00-\u9fff]{{2,10}}?)(?=一(?=[\u4e00-\u9fff])|[、，；。”“）\n]|$)"
)
_MORE = re.compile(r"一(?P<act>[\u4e00-\u9fff]{2,8}?)(?=一(?=[\u4e00-\u9fff])|[、，；。”“）\n]|$)")
_BETWEEN = re.compile(r"[、，”“]{1,3}")


@dataclass(frozen=True, slots=True)
class Struck:
    """A beat: how often, what is done, where the text says it; whether it is a further act of the beat before."""

    beat: Beat
    act: str
    place: Range
    is_further: bool = False


def strikes_at(text: str, start: int, end: int) -> list[Struck]:
    """Return the beats of a run that begins at `start`, each after the last with only 、 between.

    The run ends where no beat follows; a run of one beat is returned as such.
    """
    found: list[Struck] = []
    here = start
    while match := _BEAT.match(text, here, end):
        if match["act"].startswith(_WORDS.no_acts):
            break
        found.append(Struck(Beat(_WORDS.beats[match["beat"]]), match["act"], match.span()))
        here = match.end()
        while (more := _MORE.match(text, here, end)) and not more["act"].startswith(_WORDS.no_acts):
            found.append(
                Struck(found[-1].beat, more["act"], more.span(), is_further=True)
            )  # 一月一调度一通报
            here = more.end()
        between = _BETWEEN.match(text, here, end)
        if not between:
            break
        here = between.end()
    return found


_OPENING = re.compile(rf"(?:每|一)?(?:个)?{alternatives(_WORDS.beats)}")


def runs_of(text: str, start: int, end: int) -> list[list[Struck]]:
    """Return every run of at least two beats in a range."""
    runs = []
    here = start
    while match := _OPENING.search(text, here, end):
        run = strikes_at(text, match.start(), end)
        here = run[-1].place[1] if run else match.end()
        if sum(not struck.is_further for struck in run) > 1 and _is_cadence(text, run):
            runs.append(run)
    return runs


def name_run(text: str, start: int, end: int) -> list[Struck]:
    """Return the beats of a name that is nothing but beats (一周一巡查、一月一通报), or none."""
    while start < end and text[start] in "“【[":
        start += 1
    while start < end and text[end - 1] in "”】]":
        end -= 1
    run = strikes_at(text, start, end)
    several = len({struck.beat for struck in run}) > 1
    return run if several and run[-1].place[1] == end else []


def _is_cadence(text: str, run: list[Struck]) -> bool:
    """Tell a cadence from figures of a month and a year that stand side by side (月均…、年均…)."""
    begin = run[0].place[0]
    if text[begin - 1 : begin] == "“":
        return True
    beats = [struck for struck in run if not struck.is_further]
    return all(text[struck.place[0]] in "一每半年全" and "均" not in struck.act for struck in beats)
