"""Limits that definitions set (限额、时限): how many working days, steps, yuan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.catalogue.procedure import alternatives, words
from luoshi.compiler.listing import Range, split, trim
from luoshi.compiler.procedure.listing import items
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import Comparator, DayType

_WORDS = words()
_NUMBER = r"(?P<number>\d{1,5}(?:\.\d{1,3})?|半|[一二两三四五六七八九十]{1,3})"
_TIME = re.compile(
    rf"(?P<before>{alternatives(_WORDS.at_most_before)}|在)?(?:最多|最长)?{_NUMBER}(?P<unit>{alternatives(_WORDS.day_types)})"
    rf"(?P<after>{alternatives(_WORDS.at_most_after)})?(?P<done>[\u4e00-\u9fff]{{0,4}}办结|完成|办好)?"
)
_STEPS = re.compile(r"(?P<number>\d{1,2}|[一二两三四五六七八九十])个(?P<what>环节|流程|步骤|事项)")
_FREE = re.compile(r"零(?P<what>费用|成本|收费|跑腿|材料|接触|等待)")
_ONE = re.compile(
    r"(?:(?<=[“、，；需])|(?<=注册|登录|提交|填写|填报|使用|准备|出示|携带|递交|只交|只填))(?P<number>[一1])(?P<unit>[张个套次枚份扇支门窗号码件本])(?P<what>[\u4e00-\u9fff]{2}?)(?=申请|办理|出件|受理|登录|审批|通办|即可|[、，。”])"
)
_LIMITS = (_TIME, _STEPS, _FREE, _ONE)
_HUNDRED_DAYS = re.compile(r"百(?P<unit>日|天)")
_STEP_LIST = re.compile(r"（([^（）\n]{3,80})）")
_AT_MOST = (*_WORDS.at_most_before, *_WORDS.at_most_after)
_MEASURE = re.compile(alternatives(_WORDS.measures) + "$")
_NO_LIMIT_BEFORE = re.compile(r"(?:第|每|近|未来|今后|提前|从原来的|由原来的|从|由|原来的|原有的|原)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A limit, in offsets of the reading text.

    Attributes:
        subject: What is limited, ellipsis resolved.
        comparator: As the text states.
        value: How much.
        unit: As written (工作日), or the thing counted.
        day_type: How time is counted.
        place: Where number and unit stand.
        holder: The kind of case that the limit is for, without what is measured; empty range where it is the whole.
    """

    subject: str
    comparator: Comparator
    value: Decimal
    unit: str
    day_type: DayType
    place: Range
    holder: Range


def limits_of(text: str, scope: str, start: int, end: int) -> list[Found]:
    """Read the limits of a definition, in text order.

    Args:
        text: The text.
        scope: What the name of the mechanism says it is about (企业开办), or "".
        start: Where the definition begins.
        end: Where it ends.
    """
    found: list[Found] = []
    measure = ""
    for segment in split(text, start, end, "；。"):
        here = segment[0]
        for match in _matches(text, *segment):
            if "done" not in match.re.groupindex:
                found.append(_count(scope, match))
            elif _is_limit(match) and not _NO_LIMIT_BEFORE.search(
                text, max(start, match.start() - 4), match.start()
            ):
                holder = _holder(text, here, match.start())
                subject, measure = _subject(text, scope, holder, measure, match)
                found.append(_time_limit(match, subject, holder))
            else:
                continue
            here = _predicate(text, match.end(), segment[1])
    return found


_DONE = re.compile(r"[\u4e00-\u9fff]{0,14}?(?=[，、；。\n]|$)")


def _predicate(text: str, start: int, end: int) -> int:
    """Return where the words end that say what is done within a limit (…2小时内处置完毕)."""
    match = _DONE.match(text, start, end)
    return match.end() if match else start


def _matches(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return what may be a limit in a stretch, in text order, none inside another."""
    matches = [match for pattern in _LIMITS for match in pattern.finditer(text, start, end)]
    kept: list[re.Match[str]] = []
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _is_limit(match: re.Match[str]) -> bool:
    if match["unit"] == "年" or (match["unit"] in ("日", "天") and match["number"] in "一两三"):
        return bool(match["after"] or match["done"]) and match["unit"] != "年"
    explicit = match["before"] not in (None, "在") or match["after"] or match["done"]
    return bool(explicit) or match["unit"].endswith("工作日")


def _time_limit(match: re.Match[str], subject: str, holder: Range) -> Found:
    number = _number(match["number"])
    unit = match["unit"].removeprefix("个")
    at_most = match["before"] not in (None, "在") or match["after"] or match["done"]
    place = match.start("number"), match.end("unit")
    day_type = DayType(words().day_types[match["unit"]])
    comparator = Comparator.LE if at_most else Comparator.EQ
    return Found(subject, comparator, number, unit, day_type, place, holder)


def _number(written: str) -> Decimal:
    return parse_numeral(written) or Decimal(0)


_FROM = ("后", "之日起")


def _holder(text: str, here: int, place: int) -> Range:
    """Return the words between the limit before and this one that say what it is for."""
    if text.startswith("（", here) and (closing := text.find("）", here, place)) > 0:
        here = closing + 1
    parts = [part for part in split(text, here, place, "，（）；") if text[slice(*part)] != "其中"]
    if not parts:
        return place, place
    if text.endswith(_FROM, *parts[-1]):
        parts = parts[-1:]
    while len(parts) > 1 and text.endswith(_WORDS.settings, *parts[0]):
        parts = parts[1:]  # 平台派单后，一级案件: the case is limited, not the sending out
    return trim(text, parts[0][0] if len(parts) <= 3 else parts[-1][0], parts[-1][1])


def _subject(text: str, scope: str, holder: Range, measure: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the subject with what is measured, which later limits of a series leave out."""
    words_before = re.sub(r"[，“”]|^(?:其中|以内|以下|之内|内|办结)+", "", text[slice(*holder)])
    words_before = re.sub(
        rf"(?:{'|'.join(map(re.escape, _AT_MOST))}|在|同步办理|一并办理|同步)+$", "", words_before
    )
    if words_before.endswith(_FROM) and (then := _DONE.match(text, match.end())):
        return words_before + then[0], measure  # 签约后10日内|取得许可证
    if known := _MEASURE.search(words_before):
        return words_before, known[0]
    done = (match["done"] or "").removeprefix("内")
    if not words_before or words_before == scope:
        return scope + (done or measure), measure
    return words_before + ("" if done else measure), measure


def _count(scope: str, match: re.Match[str]) -> Found:
    """Return a limit that is no time: 2个环节, 零费用, 一张表格."""
    what = match["what"]
    if match.re is _STEPS:
        subject, number, unit, stop = scope + what, _number(match["number"]), "个", match.start("what")
    elif match.re is _FREE:
        subject, number, stop = scope + what, Decimal(0), match.end()
        unit = "元" if what in ("费用", "成本", "收费") else "次"
    else:
        subject, number, unit, stop = what, Decimal(1), match["unit"], match.end("unit")
    return Found(
        subject,
        Comparator.EQ,
        number,
        unit,
        DayType.NONE,
        (match.start(), stop),
        (match.start(), match.start()),
    )


def steps_of(text: str, start: int, end: int) -> list[Range]:
    """Return the steps around their number: 2个环节（一表申请、一窗发放）, or 一表申请、一窗发放2个环节."""
    for match in _STEPS.finditer(text, start, end):
        number = _number(match["number"])
        if listed := _STEP_LIST.match(text, match.end(), end):
            pieces = split(text, *listed.span(1), "、，；")
            if len(pieces) == number:
                return pieces
        begin = max(start, *(text.rfind(mark, start, match.start()) + 1 for mark in "，；。："))
        pieces = items(text, begin, match.start(), int(number))
        if len(pieces) == number > 1 and all(stop - first > 2 for first, stop in pieces):
            return pieces
    return []


def hundred_days(text: str, pieces: list[Range]) -> list[Found]:
    """Return the limits of campaigns that are named after their hundred days (百日竞赛)."""
    return [
        Found(
            text[start:end],
            Comparator.EQ,
            Decimal(100),
            match["unit"],
            DayType.CALENDAR_DAY,
            (start, start + 2),
            (start, end),
        )
        for start, end in pieces
        if (match := _HUNDRED_DAYS.match(text, start, end))
    ]
