"""Time limits in words (完成时限), such as 年内, 上半年, 6月底前, 到2025年, “十四五”末, 三年内, 国庆节前."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from luoshi.catalogue.moment import moments as named_moments
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import Deadline


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """Words that state when something is due, in offsets of the text they were looked up in.

    Attributes:
        start: First character.
        end: One past the last.
        day: Last day on which it is in time.
        written: The words.
        is_bound: Whether they name a moment (年底前, 到2025年); else a stretch of time (全年, “十四五”时期).
        confidence: How sure the day is.
    """

    start: int
    end: int
    day: date
    written: str
    is_bound: bool
    confidence: float = 0.95


_DIGIT = "一二两三四五六七八九十"
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
_THIS = rf"(?:今年|本年度?|当年|明年|(?<!\d){_YEAR})"
_BY = r"(?:以前|之前|前(?!夕|后|期|三|列|茅))"
_IN = r"(?:以内|之内|内)"
_QUOTED = r"“?(?:[六七八九]五|十[一二三四五六七]?五)”?"
_WORDS = "|".join(sorted((*named_moments().moments, "春节"), key=lambda word: (-len(word), word)))
_MASTER = re.compile(
    rf"(?P<date>(?:{_THIS})?(?<![\d第每个.—-])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
    rf"(?:(?P<dom>[12]\d|3[01]|0?[1-9])[日号]|(?P<part>上旬|中旬|下旬|[初中底末]))?(?P<dby>{_BY}|{_IN})?)"
    rf"|(?P<quarter>(?:{_THIS})?(?:第?(?P<q>[一二三四1-4首])季度|(?P<half>[上下])半年)(?:[底末]?{_BY}|[底末]|{_IN})?)"
    rf"|(?P<close>[到至]?(?P<cyear>{_THIS}|{_QUOTED})?(?P<mark>年[底末]|[底末]|年{_IN})(?:{_BY})?(?![端级层气稍页梢日]))"
    rf"|(?P<span>(?P<lead>再?用|今后|未来|在|经过|通过|争取用?)?(?<!\d)(?P<n>\d{{1,2}}|[{_DIGIT}])"
    rf"(?:[到至—\-~、]{{1,2}}(?P<m>\d{{1,2}}|[{_DIGIT}])|(?P<m2>[{_DIGIT}]))?年(?:左右)?(?P<tail>的?时间(?:{_IN})?|{_IN})?)"
    rf"|(?P<period>[到至]?(?P<plan>{_QUOTED})(?P<ptail>时期|期间|期末|[末底](?:{_BY})?|规划期{_IN}?)?)"
    rf"|(?P<year>(?P<ylead>[到至])?(?P<y>{_THIS})(?P<yby>{_BY}|{_IN})?)"
    r"|(?P<whole>全年(?!龄|级))"
    rf"|(?P<tenure>(?:本届政府|本届)?任期{_IN})"
    rf"|(?P<moment>(?P<myear>{_THIS})?(?P<word>{_WORDS})(?:到来)?{_BY})"
)
_HINT = re.compile("[年月季底末五任前]")
"""Characters of which every time limit has one; most stretches have none, and are passed over quickly."""
_BASE = re.compile(r"(?:比|较|与|同|和|由|从|自|对比|超|按|以)(?:上年|去年)?$")
_PAST_TAIL = re.compile(
    r"以来|以后|起|度(?!汛|过)|[—－\-~至到]{1,2}(?:\d|二[〇○零])|版|》|）|”|）》|的?基础上|相比|结转|(?:计划|规划)(?=的|》|草案|报告|任务|执行|纲要|编制)|为基数|为基期|水平"
)
_ATTRIBUTIVE = re.compile(
    r"的(?![^，。；：]{0,20}(?:目标|任务|指标))|政府|是|(?:重点)?(?:工作|任务|项目)(?!目标|任务是|指标)|签约|开工|竣工|投产|入库|新签"
)
_REACHED = re.compile(r"(?:要|将|力争|确保|预计)?(?:达|实现|突破|超过|提高|建成|完成|控制在|下降|降至|降到)")
_PERIOD_DAYS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}


def default(year: int) -> Deadline:
    """Return the limit that applies where the text states none: the year's end."""
    return Deadline(day=date(year, 12, 31))


def mentions(text: str, *, start: int = 0, end: int | None = None, year: int) -> tuple[DeadlineMention, ...]:
    """Find the words that state a time limit.

    Args:
        text: Reading text.
        start: Where to begin.
        end: Where to stop; the text's end by default.
        year: Year of the plan, to which 年内 and 上半年 belong.

    Returns:
        Mentions in text order. A year, a month or a plan that is a name, a base of comparison
        or a time past (较2020年, “十四五”规划, 2019年以来) is none.
    """
    stop = len(text) if end is None else end
    if not _HINT.search(text, start, stop):
        return ()
    found: list[DeadlineMention] = []
    for match in _MASTER.finditer(text, start, stop):
        reader = _READERS[match.lastgroup or ""]
        mention = reader(match, year)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _mention(
    match: re.Match[str], day: date | None, *, is_bound: bool, confidence: float = 0.95
) -> DeadlineMention | None:
    if day is None:
        return None
    return DeadlineMention(match.start(), match.end(), day, match[0], is_bound, confidence)


def _year_of(words: str | None, year: int) -> int | None:
    """Return the year that 今年, 明年 or 2025年 names; the plan's year where there are no words."""
    if not words or words in ("今年", "本年", "本年度", "当年"):
        return year
    if words == "明年":
        # A report read in January of the plan's year may still say 明年 for it; the later reading is lenient.
        return year + 1
    digits = words.rstrip("年")
    value = int(digits) if digits.isdecimal() and digits.isascii() else int(parse_numeral(digits) or 0)
    return value if 1949 < value < 2100 else None


def _is_compared(match: re.Match[str]) -> bool:
    """Tell whether the words are a base of comparison, a past time or part of a name."""
    text = match.string
    return bool(
        _BASE.search(text, max(0, match.start() - 4), match.start()) or _PAST_TAIL.match(text, match.end())
    )


def _read_date(match: re.Match[str], year: int) -> DeadlineMention | None:
    month = int(parse_numeral(match["month"]) or 0)
    words = _this(match[0], match["month"])
    due = _year_of(words, year)
    if due is None or due < year or not 1 <= month <= 12 or _is_compared(match):
        return None
    last = monthrange(due, month)[1]
    if match["dom"]:
        day = min(int(match["dom"]), last)
    elif match["part"]:
        day = _PERIOD_DAYS.get(match["part"], last)
    elif match["dby"] and "内" not in match["dby"]:
        # 6月前: before June begins; offices also mean its end.
        return _mention(match, date(due, month, 1) - timedelta(days=1), is_bound=True, confidence=0.6)
    else:
        day = last
    return _mention(match, date(due, month, day), is_bound=True)


def _this(words: str, rest: str) -> str:
    """Return the words before `rest`: the year, where one is written."""
    return words[: words.index(rest)] if not words.startswith(rest) else ""


def _read_quarter(match: re.Match[str], year: int) -> DeadlineMention | None:
    due = _year_of(_this(match[0], "半年" if match["half"] else "季度")[:-1].removesuffix("第"), year)
    if due is None or due < year or _is_compared(match):
        return None
    ends = match[0][-1] in "底末前内"
    if match["half"]:
        month = 6 if match["half"] == "上" else 12
    else:
        month = 3 * {"一": 1, "首": 1, "1": 1, "二": 2, "2": 2, "三": 3, "3": 3}.get(match["q"], 4)
    return _mention(match, date(due, month, monthrange(due, month)[1]), is_bound=ends)


def _read_close(match: re.Match[str], year: int) -> DeadlineMention | None:
    words = match["cyear"] or ""
    if "五" in words and not words.endswith("年"):
        return _read_plan_end(match, words, year)
    if not words and not match["mark"].startswith("年"):
        return None
    due = _year_of(words, year)
    if due is None or due < year or _BASE.search(match.string, max(0, match.start() - 4), match.start()):
        return None
    return _mention(match, date(due, 12, 31), is_bound=True)


def _read_plan_end(match: re.Match[str], name: str, year: int) -> DeadlineMention | None:
    last = named_moments().plans.get(name.strip("“”"))
    if last is None or last < year or _is_compared(match):
        return None
    return _mention(match, date(last, 12, 31), is_bound=True)


def _read_span(match: re.Match[str], year: int) -> DeadlineMention | None:
    lead, tail = match["lead"], match["tail"]
    if not tail and lead not in ("今后", "未来") and not _REACHED.match(match.string, match.end()):
        return None
    if tail and tail.endswith("时间") and lead is None:
        return None
    years = parse_numeral(match["m"] or match["m2"] or match["n"])
    if years is None or not 1 <= years <= 20:
        return None
    # The plan's year counts as the first.
    day = date(year + int(years) - 1, 12, 31)
    found = _mention(match, day, is_bound=bool(tail), confidence=0.7)
    if found is None or lead != "争取":
        return found
    return replace(found, start=match.start("n"), written=match[0].removeprefix(lead))


def _read_period(match: re.Match[str], year: int) -> DeadlineMention | None:
    name, tail = match["plan"], match["ptail"]
    if not tail and not (name.startswith("“") and name.endswith("”")):
        return None
    last = named_moments().plans.get(name.strip("“”"))
    after = match.string[match.end() : match.end() + 10]
    if last is None or last < year or after.startswith(named_moments().plan_names) or _is_compared(match):
        return None
    return _mention(match, date(last, 12, 31), is_bound=bool(tail) and "末" in tail, confidence=0.9)


def _read_year(match: re.Match[str], year: int) -> DeadlineMention | None:
    due = _year_of(match["y"], year)
    lead, by = match["ylead"], match["yby"]
    if due is None or due < year or _is_compared(match):
        return None
    if _ATTRIBUTIVE.match(match.string, match.end()):
        return None
    if (
        due > year
        and not (lead or by)
        and match.start() > 0
        and not _REACHED.match(match.string, match.end())
        and match.string[match.start() - 1] not in "，。；：、\n力确到至于在"
    ):
        return None
    # “2030年前” is read as by the end of that year, as official texts do.
    return _mention(match, date(due, 12, 31), is_bound=bool(lead or by), confidence=0.9)


def _read_whole(match: re.Match[str], year: int) -> DeadlineMention | None:
    if match.string[match.start() - 1 : match.start()] == "、":
        return None
    return _mention(match, date(year, 12, 31), is_bound=False)


def _read_tenure(match: re.Match[str], year: int) -> DeadlineMention | None:
    # The term's years are not in the text; five years from the plan's year is the longest reading.
    return _mention(match, date(year + 4, 12, 31), is_bound=True, confidence=0.4)


def _read_moment(match: re.Match[str], year: int) -> DeadlineMention | None:
    due = _year_of(match["myear"], year)
    if due is None or due < year:
        return None
    if match["word"] == "春节":
        first = named_moments().spring_festival.get(due)
        day = first - timedelta(days=1) if first else date(due, 1, 31)
        return _mention(match, day, is_bound=True, confidence=0.6)
    moment = named_moments().moments[match["word"]]
    return _mention(
        match, date(due, moment.month, moment.day), is_bound=True, confidence=0.95 if moment.sure else 0.5
    )


_READERS: dict[str, Callable[[re.Match[str], int], DeadlineMention | None]] = {
    "date": _read_date,
    "quarter": _read_quarter,
    "close": _read_close,
    "span": _read_span,
    "period": _read_period,
    "year": _read_year,
    "whole": _read_whole,
    "tenure": _read_tenure,
    "moment": _read_moment,
}


def governing(
    found: Sequence[DeadlineMention], text: str, start: int, at: int, end: int
) -> DeadlineMention | None:
    """Return the mention whose scope covers a position of a sentence, or None for the default.

    A mention in the same clause governs. Else the last mention before it in the sentence does, unless a semicolon
    stands between them, or it is a moment that stands inside another clause, after its subject
    (甲桥年内通车，新建学校3所: 年内 is the bridge's).

    Args:
        found: Mentions of the text, in text order.
        text: Reading text.
        start: Where the sentence begins.
        at: The position asked for, such as that of a number.
        end: Where the sentence ends.
    """
    left = max(text.rfind(mark, start, at) for mark in "，；：。") + 1 or start
    right = min((place for mark in "，；。" if (place := text.find(mark, at, end)) >= 0), default=end)
    before = [mention for mention in found if start <= mention.start and mention.end <= at]
    inside = [mention for mention in before if mention.start >= left]
    if inside:
        return inside[-1]
    for mention in found:
        if at <= mention.start < right and mention.is_bound:
            return mention
    for mention in reversed(before):
        between = text[mention.end : at]
        if "；" in between and "：" not in between.partition("；")[0]:
            return None
        if not mention.is_bound or _opens_clause(text, start, mention.start):
            return mention
    return None


_OPENING = re.compile(r"(?:力争|确保|争取|努力|计划|其中|并|要|我们|全市|全县|全省|全区|：|在)*")


def _opens_clause(text: str, start: int, at: int) -> bool:
    """Tell whether only words of strength stand between the clause's beginning and the mention."""
    left = max(text.rfind(mark, start, at) for mark in "，；：。") + 1 or start
    return _OPENING.fullmatch(text, left, at) is not None
