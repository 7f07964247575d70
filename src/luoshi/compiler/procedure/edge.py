"""Edges of lists (列举的首尾): context before the first member and commentary behind the last are no part of them.

``对乙类场所分别采取疏导一批、整改一批、取缔一批的办法`` lists three parts; what the others look like tells where the
first begins and where the last ends.
"""

from __future__ import annotations

import re

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range, trim
from luoshi.compiler.procedure.numeral import core, value

_WORDS = words()
_LEAD = re.compile(alternatives((*_WORDS.openers, *_WORDS.leads, *_WORDS.verbs, *_WORDS.list_verbs)))
_LONG_LEADS = frozenset(
    word
    for word in (*_WORDS.openers, *_WORDS.leads, *_WORDS.verbs, *_WORDS.list_verbs)
    if len(word) > 1 or word == "即"
)
_COUNT_BEHIND = re.compile(
    r"等?(?:这)?(?P<number>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]|\d{1,2})"
    r"(?:大|个|项|类|种|条|家|座|支|方|方面|领域|环节|步骤|重点)[^、，；。]{0,12}$"
)
_REMARK = re.compile(alternatives(_WORDS.remarks))
_OWN_NOUNS = ("建设", "管理", "服务", "改革", "治理", "发展", "制度", "机制")  # end members by themselves
_OF = re.compile(r"的[^、，；。]{1,14}$")


def trimmed(text: str, name: str, pieces: list[Range]) -> list[Range]:
    """Cut the edges of a list that belong to the sentence around it.

    Args:
        text: The text.
        name: The name whose members they are.
        pieces: Members as separators give them.
    """
    if len(pieces) < 2:
        return pieces
    last = without_end(text, name, pieces)
    first = _without_context(text, [*pieces[:-1], last])
    return [first, *pieces[1:-1], last]


def is_remark(text: str, start: int, end: int) -> bool:
    """Tell whether a clause comments on a list (由…负责, 是…的三个方面) and is no part of it."""
    return _REMARK.match(text, start, end) is not None


def without_end(text: str, name: str, pieces: list[Range]) -> Range:
    """Return the last member without what is said of the whole list behind it."""
    start, end = pieces[-1]
    others = [text[slice(*piece)] for piece in pieces[:-1]]
    comma = _outside(text, "，", start, end)
    if comma > start and not any("，" in other for other in others[1:]):
        end = comma
    named = text.find("“" + core(name), start + 2, end)
    if named > 0:
        end = named
    counted = _COUNT_BEHIND.search(text, start + 2, end)
    if counted and value(counted["number"]) == len(pieces):
        end = counted.start() - (text[counted.start() - 1] == "的")
    noun = name[name.rfind("”") + 1 :] if "”" in name else ""
    if (
        len(noun) > 1
        and noun not in _OWN_NOUNS
        and text.endswith(noun, start + 2, end)
        and not any(o.endswith(noun) for o in others)
    ):
        end -= len(noun)  # “三治”工程: 治水、治气、治土工程
    longest = max(len(other) for other in others)
    of = _OF.search(text, start + 2, end)
    if of and not any("的" in other for other in others) and of.start() - start <= longest + 2:
        end = of.start()
    return trim(text, start, _common_end(text, others, start, end))


def _common_end(text: str, others: list[str], start: int, end: int) -> int:
    """Return where the last member ends as the others do (…专业化、精细化、新颖化企业)."""
    first = others[0]
    shared = max(
        (first[-size:] for size in range(1, 5) if all(other.endswith(first[-size:]) for other in others)),
        key=len,
        default="",
    )
    sizes = {len(other) for other in others}
    if len(others) < 2 or not shared or text.endswith(shared, start, end):
        return end
    cut = text.rfind(shared, start + 1, min(end, start + max(sizes) + 1)) + len(shared)
    # One character ends words of many kinds (农产品地理标志): then all have to be as long too.
    fits = cut - start >= 2 and (len(shared) > 1 or sizes == {cut - start})
    return cut if fits and cut > start + len(shared) else end


def _outside(text: str, mark: str, start: int, end: int) -> int:
    depth = 0
    for here in range(start, end):
        depth += (text[here] in "（“《") - (text[here] in "）”》")
        if text[here] == mark and depth <= 0:
            return here
    return -1


def _without_context(text: str, pieces: list[Range]) -> Range:
    """Cut the verb and what stands before it, where the first member is longer than all others."""
    start, end = pieces[0]
    sizes = [stop - begin for begin, stop in pieces[1:]]
    if end - start <= max(sizes) + 1:
        return start, end
    led = sum(_starts_led(text, *piece) for piece in pieces[1:])
    clause = max(start, text.rfind("，", start, end) + 1)
    for match in _LEAD.finditer(text, clause, end):
        if led * 2 > len(sizes) and match.start() > start and len(match[0]) > 1:
            return match.start(), end  # 以甲园为重点，打造十条路、实施百个项目: all of them have a verb
        rest = end - match.end()
        if match[0] not in _LONG_LEADS or rest < max(2, min(sizes) - 2):
            continue
        if rest > max(sizes) + 2 or any(text.startswith(match[0], begin) for begin, _ in pieces[1:]):
            continue
        if not _is_cut_inside(text, start, match.end(), end):
            return match.end() + text.startswith("的", match.end()), end
    return start, end


def _starts_led(text: str, start: int, end: int) -> bool:
    match = _LEAD.match(text, start, end)
    return match is not None and len(match[0]) > 1


def _is_cut_inside(text: str, start: int, cut: int, end: int) -> bool:
    """Tell whether brackets or quotes are open at a place."""
    return any(
        text.count(opening, start, cut) != text.count(closing, start, cut)
        for opening, closing in ("（）", "“”", "《》")
    )
