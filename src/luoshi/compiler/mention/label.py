"""Numbers that cannot be quantities (名称、日期、序号): 5G, G40高速, 第12届, 2024年, （一）."""

from __future__ import annotations

import re

from luoshi.catalogue.measure import longest_unit
from luoshi.plan.model import NumberKind

_LATIN_TAIL = re.compile(r"[A-Za-z]+")

_NAME_TAIL = re.compile(
    r"[A-Za-z+＋]|号|届|代(?!表)|期(?!间)|国道|省道|县道|乡道|热线|[、\d]*周年|级|版|强(?![度化制于])|世纪|大(?=[^幅力量于中])|[×xX*]\d"
    r"|(?:日|天|小时|分钟)?(?:游|经济圈|生活圈|交通圈|通勤圈|健身圈|便民|服务圈|都市圈|阅读圈|养老圈|自助|服务|值班|文化圈|就医圈|可达|通达圈|黄金)"
    r"|[—\-－+＋×]?[NXn]|\.\d|:\d|：\d|\[|产业园|集团|研究院|医院|航站楼|厂|线(?![上下性路索条])|[\-－]\d"
)

_ENUMERATOR_TAIL = re.compile(r"[、.．)）](?!\d)|[]】］〕]")

_NAME_HEAD = re.compile(r"[A-Za-zＧ第#＃+＋×]$|[国省县乡]道$|[A-Za-z][\-－—]$|\d\.$|[+＋][A-Za-z\d]*[+＋]$")

_DATE_TAIL = re.compile(
    r"年(?!级|限|期|均|产|度电|龄|货|薪|接|利|销|处|内)|月(?!亮|均|供|度)|日(?=[，。；、至到前起以内\-—）]|$|上|下)|[/／]\d|点(?:钟|半)|时\d|五"
)

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_ORDER = re.compile(r"[一二三四五六七八九十百]{1,8}(?:是|要|曰)")


def label_of(text: str, begin: int, after: int, start: int, stop: int) -> NumberKind | None:
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
    if after - begin == 4 and _YEAR.fullmatch(text, begin, after) and not longest_unit(text, after, stop):
        return NumberKind.DATE if text[after : after + 1] not in "万亿余多，。；、" else None
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


def label_end(text: str, after: int, stop: int, label: NumberKind) -> int:
    """Return where a number that is no quantity ends: 年 and letters belong to it."""
    if label is NumberKind.DATE:
        return min(after + 1, stop)
    tail = _LATIN_TAIL.match(text, after, stop)
    return tail.end() if tail else after


def word_label(text: str, begin: int, after: int, start: int) -> NumberKind:
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
