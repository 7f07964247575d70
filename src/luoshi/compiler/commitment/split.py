"""Division of a sentence into promises, one of which a supervisor puts on one row.

The rules, each with the message code that a commitment carries in `split_rule`:

C231  Parts between semicolons are promises of their own where each states an act.
C232  Parts marked 一是, 二是 … inside a sentence are promises of their own.
C233  In a list of results, each result with a subject and a figure of its own is a promise (地区生产总值增长6%，城镇新增就业5万人).
C234  After a comma, a hard act begins a new promise where a hard act or a figure went before: two things that
      are shown to be done apart (建成甲路，开工乙桥). A clause that says what the act leads to, one that opens with 并 or 从而, and
      an effort (加强, 完善, 推进) after a hard act stay in the promise before them.

A sentence that no rule divides is one promise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.compiler.clause import Boundary
from luoshi.compiler.commitment.act import Act

_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|第[一二三四五六七八九十][，、])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses that make one promise, and the rule that divided them from what stood before.

    Attributes:
        acts: Acts of the clauses, in text order.
        rule: Message code of the rule, "" for the first part of a sentence.
    """

    acts: tuple[Act, ...]
    rule: str

    @property
    def has_act(self) -> bool:
        """Whether any of its clauses states an act."""
        return any(act.verb is not None for act in self.acts)


def divide(text: str, acts: Sequence[Act]) -> list[Part]:
    """Divide the clauses of one sentence into promises.

    Args:
        text: Reading text.
        acts: Acts of the clauses of one sentence.

    Returns:
        Parts that together hold every clause. A part without an act is joined to the one after it,
        or to the one before it at the sentence's end.
    """
    is_list = _is_list_of_results(acts)
    parts: list[Part] = []
    current: list[Act] = []
    rule = ""
    for act in acts:
        found = _rule_before(text, current, act, is_list=is_list) if current else ""
        if found:
            parts.append(Part(tuple(current), rule))
            current, rule = [], found
        current.append(act)
    if current:
        parts.append(Part(tuple(current), rule))
    return _joined(parts)


def _is_list_of_results(acts: Sequence[Act]) -> bool:
    """Tell whether a sentence lists results: three or more with a figure, and nearly nothing else."""
    results = sum(act.is_result and act.has_figure and act.has_subject for act in acts)
    return results >= 3 and results * 2 > len(acts)


def _rule_before(text: str, current: Sequence[Act], act: Act, *, is_list: bool) -> str:
    before = current[-1].clause.boundary
    if _ITEM.match(text, act.clause.start, act.clause.end):
        return "C232"
    if before is Boundary.SEMICOLON:
        return "C231"
    if act.verb is None or act.continues:
        return ""
    if is_list:
        seen = any(other.is_result and other.has_figure for other in current)
        return "C233" if seen and act.has_subject and act.has_figure else ""
    if before is Boundary.COLON or act.is_result:
        return ""
    solid_before = any(other.is_solid for other in current)
    return "C234" if act.is_solid and solid_before else ""


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with those that state no act joined to a neighbour."""
    done: list[Part] = []
    waiting: tuple[Act, ...] = ()
    waiting_rule = ""
    for part in parts:
        if part.has_act:
            rule = waiting_rule if waiting else part.rule
            done.append(Part((*waiting, *part.acts), rule))
            waiting, waiting_rule = (), ""
        else:
            waiting_rule = waiting_rule if waiting else part.rule
            waiting = (*waiting, *part.acts)
    if waiting and done:
        last = done.pop()
        done.append(Part((*last.acts, *waiting), last.rule))
    elif waiting:
        done.append(Part(waiting, ""))
    return done
