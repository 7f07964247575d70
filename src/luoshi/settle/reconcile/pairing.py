"""Which passage answers which subject (对应关系): every subject is scored against every number and clause of the review.

Numbers are given out by descending likeness; one number answers one subject, or several that ask for the same. Words can answer any number of subjects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.catalogue.conversion import in_base
from luoshi.catalogue.measure import COUNTED, dimension_of
from luoshi.kernel.span import Span
from luoshi.plan.model import Target, TargetKind
from luoshi.settle.reconcile.passage import Sentence, Stated
from luoshi.settle.reconcile.rule import ReconciliationRule
from luoshi.settle.reconcile.subject import Asked
from luoshi.settle.reconcile.wording import Weights, are_apart, clauses, core, grams, is_successor, variants

# What each sign of sameness adds to the likeness of a target and a number.
_KEY, _WORDS, _ALONE, _CLAUSE, _HEADING = 0.5, 0.35, 0.72, 0.14, 0.06
_DIMENSION, _OTHER_DIMENSION, _KIND, _VALUE, _FAR = 0.08, -0.3, 0.06, 0.06, -0.12
_APART, _OTHER_KEY, _NO_YEAR, _OTHER_YEAR = -0.6, -0.25, -0.15, -0.4
_GROWING = frozenset({TargetKind.GROWTH, TargetKind.CUT})
_ADDED = frozenset({TargetKind.INCREMENT, TargetKind.COUNT})
_SAME_WORDS = 0.8
_NAMED, _PART = 0.75, 0.9
_NARROW = 0.92


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that may answer a subject: the number or the words, where, and how much it looks like an answer; what agrees in everything may lie above 1."""

    likeness: float
    stated: Stated | None
    span: Span
    sentence: str


@dataclass(slots=True)
class Paired:
    """What was found for a subject: the passage that is proposed, and the others, the likeliest first."""

    chosen: Match | None = None
    others: list[Match] = field(default_factory=list)


class Pairing:
    """Pairs the subjects of a plan with the passages of next year's review."""

    def __init__(
        self,
        asked: Sequence[Asked],
        stated: Sequence[Stated],
        sentences: Sequence[Sentence],
        weights: Weights,
        *,
        year: int,
        rule: ReconciliationRule,
        source_text: Mapping[str, str],
    ) -> None:
        """Take what is to be paired.

        Args:
            asked: Subjects.
            stated: Numbers of the review.
            sentences: Sentences of the review.
            weights: What pairs of characters weigh in the two reports.
            year: Year whose commitments they are.
            rule: Rule in force.
            source_text: Text of next year's report by source.
        """
        self._asked, self._stated, self._sentences = asked, stated, sentences
        self._weights, self._year, self._rule, self._text = weights, year, rule, source_text
        self._holding: dict[str, set[int]] = defaultdict(set)
        self._grams = [grams(one.text) for one in sentences]
        for place, held in enumerate(self._grams):
            for gram in held:
                self._holding[gram].add(place)

    def paired(self) -> list[Paired]:
        """Return what was found for each subject, in their order."""
        numbers = [self._numbers(one.target) if one.target is not None else [] for one in self._asked]
        chosen = self._given_out(numbers)
        found = []
        for place, one in enumerate(self._asked):
            spoken = self._spoken(one)
            best = chosen.get(place)
            if best is None and spoken and spoken[0].likeness >= self._rule.found_words:
                best = spoken[0]
            rest = [match for match in sorted([*numbers[place], *spoken], key=_rank) if match is not best]
            likely = _apart([match for match in rest if match.likeness >= self._rule.found / 2], best)
            found.append(Paired(best, likely[: self._rule.others]))
        return found

    def _given_out(self, numbers: list[list[Match]]) -> dict[int, Match]:
        """Give every number to the subject that it looks most like an answer to."""
        offers = [
            (match, place)
            for place, found in enumerate(numbers)
            for match in found
            if match.likeness >= self._rule.found
        ]
        offers.sort(key=lambda offer: (*_rank(offer[0]), offer[1]))
        chosen: dict[int, Match] = {}
        holders: dict[tuple[str, bool], int] = {}
        for match, place in offers:
            assert match.stated is not None
            number = (match.stated.claim.id, match.stated.is_beside)
            holder = holders.get(number)
            if place in chosen or (holder is not None and not self._ask_the_same(holder, place)):
                continue
            chosen[place] = match
            holders.setdefault(number, place)
        return chosen

    def _ask_the_same(self, one: int, other: int) -> bool:
        first, second = self._asked[one].target, self._asked[other].target
        assert first is not None
        assert second is not None
        if first.indicator_key and first.indicator_key == second.indicator_key:
            return not are_apart(first.indicator, second.indicator)
        alike = self._weights.alike(grams(core(first.indicator)), grams(core(second.indicator)))
        return alike >= _SAME_WORDS

    def _numbers(self, target: Target) -> list[Match]:
        words, clause = grams(core(target.indicator)), grams(target.text)
        found = []
        for one in self._stated:
            likeness = self._likeness(target, words, clause, one)
            if likeness >= self._rule.found / 2:
                sentence = one.sentence.text if one.sentence else one.claim.text
                found.append(Match(round(likeness, 4), one, one.span, sentence))
        return sorted(found, key=_rank)

    def _likeness(self, target: Target, words: frozenset[str], clause: frozenset[str], one: Stated) -> float:
        claim = one.claim
        alike = self._weights.alike(words, grams(core(claim.indicator)))
        same_key = bool(target.indicator_key) and target.indicator_key == claim.indicator_key
        same_key = same_key or is_successor(target.indicator_key, claim.indicator_key, self._year)
        if not same_key and alike < 0.25:
            return 0.0
        likeness = _KEY + _WORDS * alike if same_key else _ALONE * alike
        if target.indicator_key and claim.indicator_key and not same_key:
            likeness += _OTHER_KEY
        if are_apart(target.indicator, claim.indicator):
            likeness += _APART
        likeness += _CLAUSE * self._weights.cover(
            clause, grams(one.sentence.text if one.sentence else claim.text)
        )
        likeness += self._measured(target, one)
        if claim.year is None:
            likeness += _NO_YEAR
        elif claim.year != self._year:
            likeness += _OTHER_YEAR
        return likeness

    def _measured(self, target: Target, one: Stated) -> float:
        """Return what unit, kind and size add."""
        added = _KIND if _kinds_fit(target.kind, one.kind) else -_KIND
        if target.value is None:
            return added
        asked, said = in_base(target.value, target.unit), in_base(one.value, one.unit)
        if not _comparable(asked[1], said[1]):
            return added + _OTHER_DIMENSION
        added += _DIMENSION
        if asked[0] and said[0]:
            ratio = (
                max(asked[0], said[0]) / min(asked[0], said[0]) if asked[0] * said[0] > 0 else Decimal(100)
            )
            if target.unit != "%" or target.kind is TargetKind.RATIO:
                added += _VALUE if ratio <= Decimal("1.25") else _FAR if ratio > 4 else 0
        return added

    def _spoken(self, asked: Asked) -> list[Match]:
        """Return the clauses that speak of a subject, the likeliest first."""
        best: dict[Span, Match] = {}
        for number, name in enumerate(_names(asked)):
            for match in self._speaking(name, asked.subject.text, 1.0 if number == 0 else _PART):
                before = best.get(match.span)
                if before is None or _rank(match) < _rank(before):
                    best[match.span] = match
        return sorted(best.values(), key=_rank)[: self._rule.others + 1]

    def _speaking(self, words: str, text: str, share: float) -> Iterator[Match]:
        """Yield the clauses that speak of a thing by one of its names; a part of a name counts for less than the whole."""
        name, whole = grams(core(words)), grams(core(text))
        places: Counter[int] = Counter()
        for gram in name:
            places.update(self._holding.get(gram, ()))
        least = max(1, len(name) // 3)
        for place in sorted(place for place, shared in places.items() if shared >= least):
            sentence, held = self._sentences[place], self._grams[place]
            named = self._weights.cover(name, held)
            likeness = share * (_NAMED * named + (1 - _NAMED) * self._weights.cover(whole, held))
            if are_apart(words, sentence.text):
                likeness += _APART
            if likeness >= self._rule.found_words / 2:
                yield Match(round(likeness, 4), None, self._narrowed(sentence, name), sentence.text)

    def _narrowed(self, sentence: Sentence, name: frozenset[str]) -> Span:
        """Return the shortest run of clauses that says nearly as much of a name as the whole sentence."""
        text = self._text[sentence.span.source]
        wanted = _NARROW * self._weights.cover(name, grams(sentence.text))
        best = sentence.span
        for first in range(len(sentence.clauses)):
            for last in range(first, len(sentence.clauses)):
                run = Span(best.source, sentence.clauses[first].start, sentence.clauses[last].end)
                if self._weights.cover(name, grams(run.quote(text))) >= wanted:
                    if run.end - run.start < best.end - best.start:
                        best = run
                    break
        return best


def _apart(matches: list[Match], best: Match | None) -> list[Match]:
    """Return the matches that do not stand at the same words as a better one."""
    taken = [best.span] if best is not None else []
    found = []
    for match in matches:
        if not any(match.span.overlaps(span) for span in taken):
            taken.append(match.span)
            found.append(match)
    return found


def _names(asked: Asked) -> list[str]:
    """Return the names under which a subject may be spoken of, the fullest first."""
    names = list(variants(asked.subject.name))
    if (
        asked.commitment is not None
        and asked.project is None
        and asked.target is None
        and asked.commitment.object
    ):
        names += variants(asked.commitment.object)
        names += clauses(asked.subject.text)
    return list(dict.fromkeys(names))


def _rank(match: Match) -> tuple[float, bool, Span, bool]:
    is_beside = match.stated.is_beside if match.stated is not None else False
    return -match.likeness, match.stated is None, match.span, is_beside


def _kinds_fit(asked: TargetKind, said: TargetKind) -> bool:
    if asked in _GROWING or said in _GROWING:
        return asked in _GROWING and said in _GROWING
    if asked in _ADDED or said in _ADDED:
        return asked not in (TargetKind.RATIO, TargetKind.DURATION) and said not in (
            TargetKind.RATIO,
            TargetKind.DURATION,
        )
    return asked is said


def _comparable(asked: str, said: str) -> bool:
    """Tell whether numbers in two units can be compared: the same unit, or two measure words for things."""
    if asked == said:
        return True
    first, second = dimension_of(asked), dimension_of(said)
    return bool(first) and (first == second or (first in COUNTED and second in COUNTED))
