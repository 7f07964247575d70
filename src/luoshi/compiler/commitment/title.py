"""Short names of promises (任务名称), for lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.catalogue.verb import words as verbs
from luoshi.compiler.commitment.act import Act
from luoshi.plan.model import SURE

LONGEST = 28
"""Characters of the longest title."""

_SHORTEST_ITEM = 4
_ITEM = re.compile(r"、(?![^“”《》（）]*[”》）])")


def chosen(acts: Sequence[Act]) -> Act:
    """Return the act that names a promise: a hard one, else one with a figure, else the first effort."""
    with_verb = [act for act in acts if act.verb is not None] or list(acts)
    for wanted in (
        [act for act in with_verb if act.is_hard and not act.is_result and not act.is_means],
        [act for act in with_verb if act.has_figure and act.has_object and not act.is_means],
        [
            act
            for act in with_verb
            if act.has_object and act.action not in verbs().stances and not act.is_result
        ],
        [act for act in with_verb if act.has_object],
    ):
        if wanted:
            return next((act for act in wanted if act.confidence >= SURE), wanted[0])
    return with_verb[0]


def of(text: str, act: Act) -> str:
    """Return the title that an act gives: its verb and what the verb is done to, cut where it can be.

    Args:
        text: Reading text.
        act: The act that names the promise.
    """
    object_words = text[act.object_start : act.object_end].strip("，；：。 ")
    if not act.action:
        return _cut(text[act.clause.start : act.clause.end])
    head, _, tail = act.action.partition("…")
    if act.has_subject:
        return _cut(object_words + text[act.object_end : act.clause.end])
    return _cut(object_words, before=head, after=tail)


def _cut(words: str, *, before: str = "", after: str = "") -> str:
    """Return the words within the longest length, ended at an enumeration's first item where that fits."""
    room = LONGEST - len(before) - len(after)
    if len(words) <= room:
        return f"{before}{words}{after}"
    first = _ITEM.search(words[:room])
    if first is not None and first.start() >= _SHORTEST_ITEM:
        _, others, whole = words.rpartition("等")
        rest = whole if others and len(whole) <= room - first.start() - 1 else ""
        return f"{before}{words[: first.start()]}等{rest}{after}"
    return f"{before}{words[: max(4, room - 1)]}…{after}"
