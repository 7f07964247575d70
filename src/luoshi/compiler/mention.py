"""Numbers of a text with their units (数字): Arabic and Chinese numerals, ranges, fractions, and words in a number's place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.catalogue.measure import dimension_of, longest_unit
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import NumberKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in the text, in offsets of the text it was looked up in.

    Attributes:
        start: First character.
        end: One past the last, unit included, words such as 以上 not.
        unit_start: First character of the unit with its multiplier; `end` where there is none.
        value: Number as written; None for a label whose value does not matter.
        upper: Upper number of a range.
        unit: Unit as written, multiplier included, or "".
        dimension: What the unit measures, or "".
        label: Why it cannot be a quantity (a name, a date, a part of a word); None where it can.
        is_bare: Whether it is a multiplier without a digit (百亿元, 千亩).
        is_vague: Whether 余 or 多 stands after the number.
        is_chinese: Whether it is written in Chinese numerals.
        word: ``cover`` (全覆盖), ``clear`` (清零), ``zero`` (零事故), ``double`` (翻番), ``half`` (减半), ``whole`` (全部); "" for numerals.
    """

    start: int
    end: int
    unit_start: int
    value: Decimal | None
    upper: Decimal | None = None
    unit: str = ""
    dimension: str = ""
    label: NumberKind | None = None
    is_bare: bool = False
    is_vague: bool = False
    is_chinese: bool = False
    word: str = ""


_MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DASH = r"(?:[—－～~–至到]|--?|——)"
_DIGITS = "〇零一二两三四五六七八九十百千"
_CHINESE = rf"[{_DIGITS}万亿]+(?:点[{_DIGITS[:10]}]+)?"
_SCAN = re.compile(
    r"(?P<word>动态清零|清零|全覆盖|翻番|翻[一两三]番|翻(?P<times>\d)番|倍增|减半"
    r"|零(?=增长|发生|死亡|事故|上访|投诉|收费|费用|障碍|新增|排放|填埋|辍学|缺陷|距离|跑腿|容忍|门槛|等待|接触|就业|突破|星|碳|的))"
    rf"|(?P<rank>前(?P<rn>\d{{1,3}}|[{_DIGITS[2:]}]{{1,3}})(?P<ru>位|名|强|列)?(?![\d个年月季期批次类步天周大条项届章世后期端往])"
    rf"|第(?P<pn>\d{{1,3}}|[{_DIGITS[2:]}]{{1,3}})(?P<pu>位|名))"
    rf"|(?P<fraction>(?:百|千|万)分之(?:[{_DIGITS}点]+|{_ARABIC})|[二三四五六七八九十]分之[一二两三四五六七八九])"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<chinese>{_CHINESE}|半(?=数|个|年))"
)
_NEXT = re.compile(
    rf"(?P<mult1>{_MULTIPLIER})?(?P<unit1>%|‰|个百分点|[^\d，。；：、（）“”\s—－～~–至到\-]{{1,5}}?)?{_DASH}(?P<upper>{_ARABIC})(?![\d年月日])"
)
_TAIL = re.compile(rf"(?P<more>余|多)?(?P<mult>{_MULTIPLIER})?(?P<more2>余|多)?")
_LETTERS = re.compile(r"[A-Za-z#＃·]")
_LATIN_TAIL = re.compile(r"[A-Za-z]+")
_NAME_TAIL = re.compile(
    r"[A-Za-z+＋]|号|届|代(?!表)|期(?!间)|国道|省道|县道|乡道|热线|[、\d]*周年|级|版|世纪|大(?=[^幅力量于中])|[×xX*]\d"
    r"|(?:日|天|小时|分钟)?(?:游|经济圈|生活圈|交通圈|通勤圈|健身圈|便民|服务圈|都市圈|阅读圈|养老圈|自助|服务|值班|文化圈|就医圈|可达|通达圈|黄金)"
    r"|[—\-－+＋×]?[NXn]|\.\d|:\d|：\d|\[|产业园|集团|研究院|医院|航站楼|厂|[\-－]\d"
)
_ENUMERATOR_TAIL = re.compile(r"[、.．)）](?!\d)|[]】］〕]")
_NAME_HEAD = re.compile(r"[A-Za-zＧ第#＃+＋×]$|[国省县乡]道$|[A-Za-z][\-－—]$|\d\.$|[+＋][A-Za-z\d]*[+＋]$")
_DATE_TAIL = re.compile(
    r"年(?!级|限|期|均|产|度电|龄|货|薪|接|利|销|处|内)|月(?!亮|均|供|度)|日(?=[，。；、至到前起以内\-—）]|$|上|下)|[/／]\d|点(?:钟|半)|时\d|五"
)
_ORDER = re.compile(r"[一二三四五六七八九十百]+(?:是|要|曰)")


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
        found.append(mention)
        at = mention.end
    return tuple(found)


def _read(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    if match["word"]:
        return _read_word(text, match)
    if match["rank"]:
        return _read_rank(match)
    if match["fraction"]:
        return _read_fraction(text, match, stop)
    if match["arabic"]:
        return _read_arabic(text, match, start, stop)
    return _read_chinese(text, match, start, stop)


_WORDS = {
    "清零": ("clear", 0, ""),
    "动态清零": ("clear", 0, ""),
    "全覆盖": ("cover", 100, "%"),
    "减半": ("half", 50, "%"),
}


def _read_word(text: str, match: re.Match[str]) -> Mention:
    word = match["word"]
    begin = match.start() + (2 if word == "动态清零" else 0)
    if word in _WORDS:
        kind, value, unit = _WORDS[word]
        return Mention(
            begin,
            match.end(),
            match.end(),
            Decimal(value),
            unit=unit,
            dimension="ratio" if unit else "",
            word=kind,
        )
    if word == "零":
        return Mention(begin, match.end(), match.end(), Decimal(0), word="zero", is_chinese=True)
    times = {"两": 2, "三": 3}.get(word[1:2], int(match["times"]) if match["times"] else 1)
    return Mention(
        begin,
        match.end(),
        match.end(),
        Decimal(2**times),
        unit="倍",
        dimension="multiple",
        word="double",
        is_chinese=True,
    )


def _read_rank(match: re.Match[str]) -> Mention:
    """Read a place in an order: 前10位, 第三名."""
    digits, unit = match["rn"] or match["pn"], match["ru"] or match["pu"] or ""
    return Mention(
        match.start(),
        match.end(),
        match.end() - len(unit),
        parse_numeral(digits),
        unit=unit,
        dimension="rank",
        is_chinese=not digits.isascii(),
    )


def _read_fraction(text: str, match: re.Match[str], stop: int) -> Mention:
    words = match["fraction"]
    value = parse_numeral(words)
    if words[0] in "百千" and value is not None:
        scale, unit = (100, "%") if words[0] == "百" else (1000, "‰")
        return Mention(
            match.start(),
            match.end(),
            match.end(),
            value * scale,
            unit=unit,
            dimension="ratio",
            is_chinese=True,
        )
    if value is not None:
        value = round(value, 4)
    return Mention(
        match.start(), match.end(), match.end(), value, unit="比例", dimension="ratio", is_chinese=True
    )


def _read_arabic(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    begin, after = match.span()
    value: Decimal | None = parse_numeral(match[0])
    upper: Decimal | None = None
    number_end = after
    around = _NEXT.match(text, after, stop)
    if around and _is_range(match[0], around, value):
        upper, number_end = parse_numeral(around["upper"]), around.end()
    label = None if upper is not None else _label(text, begin, after, start, stop)
    if label is not None:
        return Mention(begin, _label_end(text, after, stop, label), after, value, label=label)
    return _with_unit(text, begin, number_end, stop, value, upper, is_chinese=False)


def _is_range(low: str, around: re.Match[str], value: Decimal | None) -> bool:
    """Tell whether a dash leads to the upper number of a range."""
    upper = parse_numeral(around["upper"])
    if value is None or upper is None:
        return False
    unit = around["unit1"] or ""
    if unit and not dimension_of((around["mult1"] or "") + unit):
        return False
    return upper > value and not (len(low) == 4 and value > 1900 and not unit)


def _with_unit(
    text: str,
    begin: int,
    number_end: int,
    stop: int,
    value: Decimal | None,
    upper: Decimal | None,
    *,
    is_chinese: bool,
) -> Mention:
    tail = _TAIL.match(text, number_end, stop)
    more, multiplier, vague, unit_at = None, "", False, number_end
    if tail:
        more, multiplier = tail["more"], tail["mult"] or ""
        vague = bool(more or tail["more2"])
        unit_at = tail.end()
    # 公里 opens with no multiplier, but 千瓦 and 百分点 do: the unit alone may be longer than multiplier and rest.
    whole = longest_unit(text, number_end, stop)
    unit = longest_unit(text, unit_at, stop) or _unknown_unit(text, unit_at, stop)
    if whole and not more and len(whole) > len(multiplier) + (0 if vague else len(unit)):
        return Mention(
            begin,
            number_end + len(whole),
            number_end,
            value,
            upper,
            whole,
            dimension_of(whole),
            is_chinese=is_chinese,
        )
    end = unit_at + len(unit)
    if unit in ("%", "‰") and text[end : end + 1] == "以":
        end = unit_at + 1
    return Mention(
        begin,
        end,
        number_end,
        value,
        upper,
        multiplier + unit,
        (dimension_of(unit) or "thing") if unit else "",
        is_vague=vague,
        is_chinese=is_chinese,
    )


_UNKNOWN_UNIT = re.compile(r"(?P<unit>[^\W\d_a-zA-Z])(?=以上|以内|左右|[，。；、])")
_NO_UNIT = frozenset("年月日号级期等的和与及至到多余时点一二三四五六七八九十在于以是要将并大以")


def _unknown_unit(text: str, at: int, stop: int) -> str:
    """Return a measure word that the catalogue lacks: one character between the number and the item's end (1亿棒以上)."""
    match = _UNKNOWN_UNIT.match(text, at, min(at + 4, len(text)))
    if match is None or match["unit"] in _NO_UNIT or match.end("unit") > stop:
        return ""
    return match["unit"]


def _label(text: str, begin: int, after: int, start: int, stop: int) -> NumberKind | None:
    """Return why Arabic digits are no quantity, or None."""
    before = text[max(start, begin - 6) : begin]
    if _NAME_HEAD.search(before):
        return NumberKind.NAME
    if begin == start or text[begin - 1] in "\n。；：　（(“[【〔［":
        mark = _ENUMERATOR_TAIL.match(text, after, stop)
        if mark:
            return NumberKind.ENUMERATOR
    if text[after : after + 1] in ("]", "】", "〕", "］"):
        return NumberKind.ENUMERATOR
    if _DATE_TAIL.match(text, after, stop) and not _is_duration(text, begin, after):
        return NumberKind.DATE
    if _NAME_TAIL.match(text, after, stop):
        unit = longest_unit(text, after, stop)
        if not (
            unit
            and unit
            in (
                "GB",
                "MB",
                "TB",
                "MW",
                "GW",
                "kV",
                "KV",
                "km",
                "KM",
                "kg",
                "TEU",
                "PFlops",
                "EFLOPS",
                "MWh",
                "GWh",
                "MVA",
                "M",
            )
        ):
            return NumberKind.NAME
    return None


def _is_duration(text: str, begin: int, after: int) -> bool:
    """Tell whether digits before 年 or 日 count years or days, not a date."""
    return (
        text[after] == "年"
        and after - begin < 4
        and text[after + 1 : after + 2] not in ("来", "行", "规", "计")
    )


def _label_end(text: str, after: int, stop: int, label: NumberKind) -> int:
    if label is NumberKind.DATE:
        return min(after + 1, stop)
    tail = _LATIN_TAIL.match(text, after, stop)
    return tail.end() if tail else after


_SCALE = frozenset("百千万亿")
_CHINESE_UNITS = frozenset(
    "个家所座条项处件套台辆艘架部张份本种只株棵支幅块片栋幢间盏眼宗场次批名位户亩元吨人倍成番公"
)
_WORD_BEFORE = re.compile(r"[第初统唯专划同逐均星周礼惟“‘·每另某任万亿千百]$|[”’]$")


def _read_chinese(text: str, match: re.Match[str], start: int, stop: int) -> Mention:
    words, begin, after = match[0], match.start(), match.end()
    if all(character in _SCALE for character in words):
        return _read_bare(text, words, begin, after, start, stop)
    # 两万: the multiplier belongs to the unit, as after Arabic digits.
    number = words.rstrip("万亿") or words
    value = parse_numeral(number)
    if value is None or _WORD_BEFORE.search(text, max(start, begin - 1), begin) or words in ("零", "〇"):
        return Mention(
            begin, after, after, value, label=_word_label(text, begin, after, start), is_chinese=True
        )
    mention = _with_unit(text, begin, begin + len(number), stop, value, None, is_chinese=True)
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
            label=_word_label(text, begin, after, start),
            is_chinese=True,
        )
    return mention


_LARGE = frozenset({"万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "万"})
_BARE_DIMENSIONS = frozenset({"money", "area", "mass", "people", "household", "thing"})


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


def _word_label(text: str, begin: int, after: int, start: int) -> NumberKind:
    """Say what Chinese digits without a counted unit are."""
    if _ORDER.match(text, begin) and (begin == start or text[begin - 1] in "，。；：\n"):
        return NumberKind.ENUMERATOR
    opens = begin == start or text[begin - 1] in "\n（。"
    if opens and text[after : after + 1] in "、）":
        return NumberKind.ENUMERATOR
    if text[begin - 1 : begin] == "第" or text[after : after + 1] in ("期", "级", "届", "中", "号", "次"):
        return NumberKind.NAME
    if text[after : after + 1] == "大":
        return NumberKind.ENUMERATION
    return NumberKind.WORD
