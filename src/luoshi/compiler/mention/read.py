"""Finding every number of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from luoshi.catalogue.measure import dimension_of, longest_unit
from luoshi.catalogue.wording import wording
from luoshi.compiler.mention.label import label_end, label_of, word_label
from luoshi.compiler.mention.model import Mention
from luoshi.compiler.mention.unit import ARABIC, NEXT, is_range, with_unit
from luoshi.compiler.mention.word import of_fraction, of_rank, of_word
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import NumberKind

_DIGITS = "〇零一二两三四五六七八九十百千"

_CHINESE = rf"[{_DIGITS}万亿]+(?:点[{_DIGITS[:10]}]+)?"

_SCAN = re.compile(
    r"(?P<word>动态清零|清零|全覆盖|翻番|翻[一两三]番|翻(?P<times>\d)番|倍增|减半"
    r"|零(?=增长|发生|死亡|事故|上访|投诉|收费|费用|障碍|新增|排放|填埋|辍学|缺陷|距离|跑腿|容忍|门槛|等待|接触|就业|突破|星|碳|的))"
    rf"|(?P<rank>前(?P<rn>\d{{1,3}}|[{_DIGITS[2:]}]{{1,3}})(?P<ru>位|名|强|列)?(?![\d个年月季期批次类步天周大条项届章世后期端往])"
    rf"|第(?P<pn>\d{{1,3}}|[{_DIGITS[2:]}]{{1,3}})(?P<pu>位|名))"
    rf"|(?P<fraction>(?:百|千|万)分之(?:[{_DIGITS}点]+|{ARABIC})|[二三四五六七八九十]分之[一二两三四五六七八九])"
    rf"|(?P<arabic>{ARABIC})"
    rf"|(?P<chinese>{_CHINESE}|半(?=数|个|年))"
)

_SCALE = frozenset("百千万亿")

_CHINESE_UNITS = frozenset(
    "个家所座条项处件套台辆艘架部张份本种只株棵支幅块片栋幢间盏眼宗场次批名位户亩元吨人倍成番公"
)

_WORD_BEFORE = re.compile(r"[第初统唯专划同逐均星周礼惟“‘·每另某任万亿千百]$|[”’]$")

_LARGE = frozenset({"万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "万"})

_BARE_DIMENSIONS = frozenset({"money", "area", "mass", "people", "household", "thing"})


def mentions(text: str, *, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """Find every number of a text.

    Args:
        text: Reading text.
        start: Where to begin.
        end: Where to stop; the text's end by default.

    Returns:
        Mentions in text order, without overlap. Those that cannot be quantities have a `Mention.label`.
    """
    stop = len(text) if end is None else end
    found: list[Mention] = []
    at = start
    while match := _SCAN.search(text, at, stop):
        mention = _read(text, match, start, stop)
        if found and mention.unit:
            found[-1] = _with_unit_of(found[-1], mention, text)
        found.append(mention)
        at = mention.end
    return tuple(found)


_JOINT = re.compile(r"[、和]")


def _with_unit_of(mention: Mention, following: Mention, text: str) -> Mention:
    """Give a number the unit that only the last one of a list has (80个、60个工作日; 85、90%)."""
    is_short = following.unit == "个工作日" and mention.unit == "个"
    is_lacking = not mention.unit and mention.label is None and following.unit in ("%", "个工作日")
    if not (is_short or is_lacking) or not _JOINT.fullmatch(text, mention.end, following.start):
        return mention
    return replace(mention, unit=following.unit, dimension=following.dimension)


def _read(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    if match["word"]:
        return of_word(text, match)
    if match["rank"]:
        return of_rank(match)
    if match["fraction"]:
        return of_fraction(text, match, stop)
    if match["arabic"]:
        return _read_arabic(text, match, start, stop)
    return _read_chinese(text, match, start, stop)


def _read_arabic(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    begin, after = match.span()
    value: Decimal | None = parse_numeral(match[0])
    upper: Decimal | None = None
    number_end = after
    around = NEXT.match(text, after, stop)
    if around and is_range(match[0], around, value):
        upper, number_end = parse_numeral(around["upper"]), around.end()
    label = None if upper is not None else label_of(text, begin, after, start, stop)
    if label is not None:
        return Mention(begin, label_end(text, after, stop, label), after, value, label=label)
    return with_unit(text, begin, number_end, stop, value, upper, is_chinese=False)


def _read_chinese(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    words, begin, after = match[0], match.start(), match.end()
    if all(character in _SCALE for character in words):
        return _read_bare(text, words, begin, after, start, stop)
    if words == "二" or text.startswith(wording().numeral_names, begin):
        # 二 counts nothing but 两 does (两次, but 二次加工).
        label = word_label(text, begin, after, start)
        label = NumberKind.NAME if label is NumberKind.WORD else label
        return Mention(begin, after, after, parse_numeral(words), label=label, is_chinese=True)
    # 两万: the multiplier belongs to the unit, as after Arabic digits.
    number = words.rstrip("万亿") or words
    value = parse_numeral(number)
    if value is None or _WORD_BEFORE.search(text, max(start, begin - 1), begin) or words in ("零", "〇"):
        return Mention(
            begin, after, after, value, label=word_label(text, begin, after, start), is_chinese=True
        )
    mention = with_unit(text, begin, begin + len(number), stop, value, None, is_chinese=True)
    unit = mention.unit.lstrip("万亿百千")
    is_counted = unit[:1] in _CHINESE_UNITS or mention.dimension in ("time", "length", "ratio", "multiple")
    if (
        not unit
        or not is_counted
        or words == "一"
        or (unit == "倍" and text[mention.end : mention.end + 1] == "子")
    ):
        return Mention(
            begin,
            after,
            after,
            value,
            unit=unit,
            label=word_label(text, begin, after, start),
            is_chinese=True,
        )
    return mention


def _read_bare(text: str, words: str, begin: int, after: int, start: int, stop: int) -> Mention:
    """Read a multiplier that stands without a digit: 百亿元, 千亩, 万家."""
    unit = longest_unit(text, after, stop)
    dimension = dimension_of(unit) if unit else ""
    is_amount = words in _LARGE or dimension in _BARE_DIMENSIONS
    if is_amount and not _WORD_BEFORE.search(text, max(start, begin - 1), begin):
        return Mention(
            begin,
            after + len(unit),
            begin,
            Decimal(1),
            unit=words + unit,
            dimension=dimension,
            is_bare=True,
            is_chinese=True,
        )
    return Mention(begin, after, after, None, label=NumberKind.WORD, is_chinese=True)
