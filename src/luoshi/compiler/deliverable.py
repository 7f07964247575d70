"""Deliverables (成果) proposed from the acts of a commitment: what counts as done, what shows it, and when.

A promise that only states a result with a number (地区生产总值增长6%) gets none: its target is what is
judged, and a deliverable beside it would count the same thing twice. A promise with an act and a number
(新建学校3所) gets a deliverable for the act, because the number alone shows no evidence. Every other promise
gets one for each act that can be shown to be done, or one for its main effort.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from luoshi.catalogue.verb import Verb, words
from luoshi.compiler import clause as clauses
from luoshi.compiler.commitment import act as acts_of
from luoshi.compiler.commitment import title
from luoshi.compiler.commitment.act import Act
from luoshi.compiler.reading import Reading
from luoshi.kernel.identity import Minter
from luoshi.kernel.span import Span
from luoshi.plan.model import Basis, Commitment, Deliverable, Target

LONGEST_OBJECT = 60
"""Characters of an object quoted in what counts as done."""

_WIN = re.compile("创建|争创|申报|申建|创评")
_PREPARATION = "前期工作"
_CENT = Decimal("0.01")


def from_commitments(
    commitments: Sequence[Commitment], targets: Sequence[Target], reading: Reading, minter: Minter
) -> tuple[Deliverable, ...]:
    """Propose deliverables for each commitment; the weights of one commitment sum to 1.

    Args:
        commitments: Commitments of one source.
        targets: Targets, with their commitments set.
        reading: Reading text of that source.
        minter: Mints identities.
    """
    numbers: defaultdict[str, list[Span]] = defaultdict(list)
    for target in targets:
        numbers[target.commitment].extend([target.number] if target.number else target.spans)
    proposed: list[Deliverable] = []
    for commitment in commitments:
        acts = _acts(commitment, reading)
        shown = _worth_showing(acts, numbers[commitment.id], reading)
        for act, weight in zip(shown, _weights(len(shown)), strict=True):
            proposed.append(_deliverable(commitment, act, _stage(acts, act), weight, reading, minter))
    return tuple(proposed)


def _acts(commitment: Commitment, reading: Reading) -> list[Act]:
    """Return the acts of a commitment's clauses; none for one that was added by hand."""
    found: list[Act] = []
    for span in commitment.spans:
        start = bisect_left(reading.origin, span.start)
        end = min(bisect_left(reading.origin, span.end), len(reading.text))
        for clause in clauses.split(reading.text, start, end, 0):
            found.append(acts_of.read(reading.text, clause, commitment.deadline.day.year))
    return found


def _worth_showing(acts: Sequence[Act], numbers: Sequence[Span], reading: Reading) -> list[Act]:
    """Return the acts that a deliverable is proposed for."""
    if not acts:
        return []
    hard = [act for act in acts if act.is_hard and not act.is_result and not act.is_means]
    if hard:
        return hard
    chosen = title.chosen(acts)
    is_measured = any(_span(chosen, reading).covers(number) for number in numbers)
    if is_measured and (chosen.is_result or chosen.has_subject):
        efforts = [
            act for act in acts if act.verb and not act.is_result and act.has_object and not act.is_means
        ]
        return efforts[:1]
    return [chosen]


def _stage(acts: Sequence[Act], act: Act) -> Act | None:
    """Return the act that says how far this one is to come (续建甲桥，年内通车; …，完成主体工程), or None."""
    for later in acts[acts.index(act) + 1 :]:
        if later.is_hard and not later.is_result:
            return None
        if (
            later.verb
            and later.verb.kind in ("complete", "start")
            and not later.has_subject
            and not later.has_figure
        ):
            return later
    return None


def _weights(count: int) -> list[Decimal]:
    """Return equal shares of 1 in hundredths; the last takes what is left.

    Example:
        >>> [str(share) for share in _weights(3)]
        ['0.33', '0.33', '0.34']
    """
    if not count:
        return []
    share = (Decimal(1) / count).quantize(_CENT, rounding="ROUND_DOWN")
    return [share] * (count - 1) + [1 - share * (count - 1)]


def _deliverable(
    commitment: Commitment, act: Act, stage: Act | None, weight: Decimal, reading: Reading, minter: Minter
) -> Deliverable:
    wording, is_by_object = _wording(act, reading)
    done_when = _done_when(wording, act, reading)
    if stage is not None and stage.verb is not None:
        wording, done_when = stage.verb, _done_at_stage(act, stage, reading)
    span = _span(act, reading)
    text = reading.quote(act.clause.start, act.clause.end)
    confidence = min(act.confidence, 0.85 if act.is_hard else 0.65 if is_by_object else 0.55)
    code = "C271" if act.is_hard else "C272" if is_by_object else "C273"
    return Deliverable(
        id=minter.mint("d", commitment.id, text),
        spans=(span,),
        text=text,
        commitment=commitment.id,
        done_when=done_when,
        evidence=wording.evidence,
        due=commitment.deadline,
        weight=weight,
        bases=(
            Basis(field="done_when", confidence=confidence, code=code, parameters={"action": act.action}),
            Basis(field="evidence", confidence=confidence, code="C274"),
            Basis(field="weight", confidence=0.9 if weight == 1 else 0.6, code="C275"),
        ),
    )


def _wording(act: Act, reading: Reading) -> tuple[Verb, bool]:
    """Return the words for an act, and whether its object chose them (推进…工程) rather than its verb."""
    catalogue = words()
    verb = act.verb or catalogue.classes["promote"]
    if act.is_hard or verb.word not in catalogue.light:
        return verb, False
    object_words = reading.text[act.object_start : act.object_end]
    if _WIN.search(object_words, 2):
        return replace(catalogue.classes["win"], done="{object}，取得命名或认定"), True
    for tail, kind in catalogue.tails:
        if object_words.endswith(tail) and len(object_words) > len(tail):
            return catalogue.classes[kind], True
    return verb, False


def _done_when(wording: Verb, act: Act, reading: Reading) -> str:
    clause = reading.text[act.clause.start : act.clause.end][: LONGEST_OBJECT * 2]
    object_words = _object(act, reading)
    if not object_words or act.verb is None:
        return clause
    verb = wording.word or act.action.partition("…")[0]
    return wording.done.format(object=object_words, verb=verb, clause=clause)


def _done_at_stage(act: Act, stage: Act, reading: Reading) -> str:
    """Return what counts as done where a later clause names the stage to be reached this year."""
    object_words = _object(act, reading).removesuffix(_PREPARATION)
    return f"{object_words}{stage.action.replace('…', '')}{_object(stage, reading)}"


def _object(act: Act, reading: Reading) -> str:
    words_of = reading.text[act.object_start : act.object_end].strip("，；：。 ")
    return words_of if len(words_of) <= LONGEST_OBJECT else words_of[: LONGEST_OBJECT - 1] + "…"


def _span(act: Act, reading: Reading) -> Span:
    return reading.span(act.clause.start, act.clause.end)
