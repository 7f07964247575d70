"""The act of a clause (动作): its verb, what the verb is done to, and how sure the reading is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from luoshi.catalogue.verb import Verb, words
from luoshi.compiler import deadline
from luoshi.compiler.clause import Clause

_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|第[一二三四五六七八九十]+[，、]|[—–-]{1,3}|[①-⑳])\s*"
)
_FIGURE = re.compile(
    r"\d[\d.]{0,15}\s{0,2}(?:%|％|‰|万|亿|千|百|个|家|公里|千米|米|平方|立方|亩|顷|项|名|元|吨|户|所|处|人|套|座|条|台|张|件|场|次|辆|只|头|以上|左右|天|工作日|小时|倍|位|支|对|艘|孔|口|千瓦|兆瓦|种|类|批|村|镇)"
    r"|百分之|[一二两三四五六七八九十百千]{1,8}(?:个|家|所|条|座|处|项)(?!方面|方向|领域|维护|意识|自信|确立|围绕|坚持|统筹|文明|百年|毫不|没有|先行|责任|主体|务必|力量|根本)|全覆盖|清零|翻番|翻一番"
)
_NAMED = re.compile(r"“[^”]{2,24}”|《[^》]{2,40}》|工程(?!建设|项目|质量)|项目$|行动(?!力)")
_SUBJECT = re.compile(
    f"(?:{'|'.join(sorted(words().outcomes, key=lambda word: (-len(word), word)))})(?!率|面|项目|目标|力)"
)
_TAIL = re.compile(
    r"(?:全面|加快|年内|尽快|早日|如期|顺利)?(?P<tail>开工建设|开工|动工|竣工投产|竣工|建成投产|建成投用|建成通车|建成运营|建成|投产达效|投产|达产|通车|投入使用|投入运营|投用|完工|运营|上线|落地|启动|建设|改造|改建|扩建)"
    r"(?:进度|步伐|力度|等?工作|见效|任务)?$"
)
_TAIL_KINDS = {
    "建设": "build",
    "改造": "build",
    "改建": "build",
    "扩建": "build",
    "开工": "start",
    "开工建设": "start",
    "动工": "start",
    "启动": "start",
}
_CONTINUES = re.compile(r"^(?:并|从而|进而|以便|以此|使得?|让|其中|为.{0,20}(?:提供|奠定|打下))")
_AMOUNTS = re.compile(
    r"^.{0,6}?(?:投资|固定资产投资|产值|总产值|销售|营业收入|税收|收入|增加值|交易额|工作量|投资额|到位资金)"
)
_STEPS = re.compile(
    r"^(?:项目|工程)?(?:主体(?:工程|建设|结构|施工)?|前期(?:工作)?|竣工验收|验收|征地(?:拆迁)?(?:工作)?|规划设计|设计|可研|年度(?:建设)?任务|招投标|土建)(?:工作|任务|建设)?$"
)
_PERSONS = re.compile(r"^[\d.]{1,10}[万千]?(?:名|人次|人|场次|场|次)(?:以上|左右)?$")
_MEANS = re.compile(
    r"(?:安排|投入|筹集|筹措|统筹|整合|拨付|争取|设立|落实).{0,20}?(?:资金|经费|专项债券?|贷款)"
)
_STRENGTH = re.compile(r"(?:力争|确保|争取|力促|努力|保证)")
_IN_COMPOUND = re.compile(
    "在(?:建|库|校|岗|册|职|编|谈|统)|以(?:上|下|内|外|来)|为(?:民|先|主|本)|从(?:业|事)|对(?:外|口|标|接)"
)
_NOUN_AFTER = re.compile("[类的型等、]|工作|成果|步伐|水平|力度|能力|质量|效率|过程|领域")
_INNER_KINDS = (
    "promote",
    "conduct",
    "build",
    "establish",
    "support",
    "recruit",
    "reduce",
    "complete",
    "start",
    "safeguard",
    "win",
    "issue",
)
_OPEN_KINDS = ("promote", "support", "reach", "prepare", "complete", "safeguard")
_COMPARES = frozenset(
    (
        "不低于",
        "不超过",
        "优于",
        "好于",
        "达到",
        "高于",
        "低于",
        "超过",
        "控制在",
        "保持在",
        "稳定在",
        "实现",
        "位居",
        "进入",
    )
)
_DOCUMENT = re.compile("(?:规划|方案|办法|条例|细则|实施意见|管理规定)$")
_TOLD = re.compile("了|已|取得|趋于|趋势|明显|显著|日趋|日益|仍|依然|面临|存在|具有|处于|呈现|充分证明")
_ENTRY = re.compile(r"(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、]|[①-⑳])")
_OF_AMOUNTS = ("完成", "落实", "安排", "实现")
_TIME_STARTS = frozenset(
    "0123456789到至今明本当全年上下第一二两三四五六七八九十首用再在经通争“春国元端中汛入供前"
)
_MOST_ADVERBS = 12


@dataclass(frozen=True, slots=True)
class Act:
    """What a clause promises.

    Attributes:
        clause: The clause.
        verb: The verb in the catalogue; None where the clause states no act.
        action: The act as the text says it (推进…开工), or "".
        object_start: Where what the act is done to begins.
        object_end: Where it ends.
        is_hard: Whether it promises something that can be shown to be done.
        is_result: Whether it states what an act before it leads to.
        is_means: Whether it states the money for the act that follows.
        has_figure: Whether it holds a figure with a unit.
        has_name: Whether it names an undertaking.
        has_subject: Whether words of its own stand before the verb (城镇新增就业).
        continues: Whether it opens with words that tie it to the clause before.
        confidence: How sure verb and object are.
    """

    clause: Clause
    verb: Verb | None
    action: str
    object_start: int
    object_end: int
    is_hard: bool
    is_result: bool
    is_means: bool
    has_figure: bool
    has_name: bool
    has_subject: bool
    continues: bool
    confidence: float

    @property
    def is_solid(self) -> bool:
        """Whether the clause could stand alone in a list of tasks: a hard act, or a figure."""
        return self.verb is not None and not self.is_means and (self.is_hard or self.has_figure)

    @property
    def has_object(self) -> bool:
        """Whether it says what the act is done to."""
        return self.object_end - self.object_start >= 2


def read(text: str, clause: Clause, year: int) -> Act:
    """Read the act of a clause.

    Args:
        text: Reading text.
        clause: The clause.
        year: Plan year, to know words of time.
    """
    begin, coloured = _skip(text, clause.start, clause.end, year)
    stop = _verb_end(text, begin, clause.end)
    premise = words().premises.end(text, begin, clause.end)
    if stop == clause.end and coloured is not None:  # the last verb is what an earlier one is done to
        return _head_act(text, clause, *coloured, sure=0.85)
    if stop > begin and stop >= premise:
        return _head_act(text, clause, begin, stop)
    if premise > begin and not _IN_COMPOUND.match(text, begin, clause.end):
        inner = _inner_verb(text, premise, clause.end)
        if inner is not None:
            return _head_act(text, clause, *inner, sure=0.75)
    if coloured is not None:
        return _head_act(text, clause, *coloured, sure=0.8)
    found = _subject_act(text, clause, begin)
    if found.verb is None and not _TOLD.search(text, clause.start, clause.end):
        inner = _inner_verb(text, begin, clause.end)
        if inner is not None:
            return _head_act(text, clause, *inner, sure=0.65)
    return found


def _skip(text: str, position: int, end: int, year: int) -> tuple[int, tuple[int, int] | None]:
    """Return where the verb may begin, after marks, adverbs and words of time, and the last verb passed on the way."""
    mark = _MARK.match(text, position, end)
    position = mark.end() if mark else position
    known = words().adverbs
    coloured: tuple[int, int] | None = None
    for _ in range(_MOST_ADVERBS):
        adverb = known.end(text, position, end)
        verb = _verb_end(text, position, end)
        premise = words().premises.end(text, position, end)
        is_verb = verb > adverb or (verb == adverb > position and not _act_follows(text, adverb, end))
        if is_verb or premise > max(adverb, verb):
            return position, coloured
        if adverb > position:
            coloured = (position, verb) if verb == adverb else coloured
            position = adverb
        elif position < end and text[position] == "、":
            position += 1
        elif position < end and text[position] == "地" and _goes_on(text, position + 1, end):
            # 扎实地推进; but 地区生产总值 and 地方财政收入 begin with the same character.
            position += 1
        elif position >= end or text[position] not in _TIME_STARTS:
            return position, coloured
        else:
            times = deadline.mentions(text, start=position, end=min(end, position + 16), year=year)
            if not times or times[0].start != position or times[0].end >= end:
                return position, coloured
            position = times[0].end
    return position, coloured


def _goes_on(text: str, position: int, end: int) -> bool:
    """Tell whether an adverb or a verb stands here."""
    return words().adverbs.end(text, position, end) > position or _verb_end(text, position, end) > position


def _verb_end(text: str, position: int, end: int) -> int:
    """Return the end of the verb at `position`; `position` where none stands there or it only begins a noun."""
    catalogue = words()
    stop = catalogue.lexicon.end(text, position, end)
    return position if stop > position and catalogue.nouns.end(text, position, end) > stop else stop


def _act_follows(text: str, position: int, end: int) -> bool:
    """Tell whether an act stands at `position`, so that the verb before it only colours it (加快推进…)."""
    catalogue = words()
    stop = _verb_end(text, position, end)
    if stop - position >= 2:
        return text[position:stop] not in catalogue.nounish
    return (
        catalogue.adverbs.end(text, position, end) > position
        or catalogue.premises.end(text, position, end) > position
    )


def _inner_verb(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the verb of a clause that opens with a premise (对…开展…, 把…打造成…)."""
    verbs = words().verbs
    position = start + 2
    while position < end - 3:
        stop = _verb_end(text, position, end)
        if stop - position < 2:
            position += 1
            continue
        word = text[position:stop]
        is_act = verbs[word].kind in _INNER_KINDS and word not in words().nounish and end - stop >= 2
        if is_act and not _NOUN_AFTER.match(text, stop, end):
            return position, stop
        position = stop
    return None


def _head_act(text: str, clause: Clause, begin: int, stop: int, *, sure: float = 0.9) -> Act:
    catalogue = words()
    verb = catalogue.verbs[text[begin:stop]]
    action, object_end = verb.word, clause.end
    words_of, object_words = text[clause.start : clause.end], text[stop : clause.end]
    tail = _TAIL.search(text, stop, clause.end)
    if tail is not None and verb.kind in _OPEN_KINDS and not _is_institution(text, stop, tail):
        kind = _TAIL_KINDS.get(tail["tail"], "complete")
        inner = catalogue.verbs.get(tail["tail"], catalogue.classes[kind])
        if tail.start() - stop >= 2:
            action, object_end = f"{verb.word}…{tail['tail']}", tail.start()
            verb = replace(inner, word=verb.word, is_hard=True, needs_name=False, is_result=False)
        elif verb.kind == "reach":
            action, object_end, verb = text[begin : tail.end("tail")], stop, inner
    if verb.kind == "establish" and not verb.is_hard and _DOCUMENT.search(object_words):
        verb = replace(catalogue.classes["issue"], word=verb.word)
    has_figure = _FIGURE.search(words_of) is not None
    has_name = _NAMED.search(words_of) is not None
    amount = verb.word in _OF_AMOUNTS and has_figure and _AMOUNTS.match(object_words) is not None
    step = verb.kind in ("complete", "start") and _STEPS.match(object_words) is not None
    step = step or _PERSONS.match(object_words) is not None
    has_object = object_end - stop >= 2
    return Act(
        clause=clause,
        verb=verb,
        action=action,
        object_start=stop,
        object_end=object_end,
        is_hard=verb.is_hard and has_object and (has_figure or has_name or not verb.needs_name),
        is_result=verb.is_result or amount or step or not has_object,
        is_means=_MEANS.match(text, begin, clause.end) is not None,
        has_figure=has_figure,
        has_name=has_name,
        has_subject=False,
        continues=_CONTINUES.match(words_of) is not None,
        confidence=sure if len(verb.word) > 1 else 0.6,
    )


def _is_institution(text: str, start: int, tail: re.Match[str]) -> bool:
    """Tell whether 建设 is said of what is not built of stone (信用体系建设, “健康城市”建设)."""
    if tail["tail"] != "建设":
        return False
    before = text[start : tail.start()]
    return before.endswith("”") or any(before.endswith(word) for word in words().institutions)


def _subject_act(text: str, clause: Clause, begin: int) -> Act:
    """Read a clause that begins with what the act is done to (新桥年内通车, 地区生产总值增长6%)."""
    words_of = text[clause.start : clause.end]
    has_figure = _FIGURE.search(words_of) is not None
    has_name = _NAMED.search(words_of) is not None
    continues = _CONTINUES.match(words_of) is not None
    promised = continues or _STRENGTH.search(text, clause.start, begin) is not None
    found = _SUBJECT.search(text, begin, clause.end)
    verb = None
    action, object_start, object_end = "", begin, clause.end
    if found is not None and (
        has_figure or found.end() == clause.end or found.group() in _COMPARES or _TAIL.search(words_of)
    ):
        verb = words().verbs.get(found.group()) or words().classes["reach"]
        action, object_end = found.group(), max(found.start(), begin + 1)
    elif has_figure or _STRENGTH.search(text, clause.start, begin) or _ENTRY.match(words_of):
        verb = words().classes["reach"]
    return Act(
        clause=clause,
        verb=verb,
        action=action,
        object_start=object_start,
        object_end=object_end,
        is_hard=verb is not None and verb.is_hard and not promised,
        is_result=verb is not None and (promised or has_figure or not verb.is_hard),
        is_means=False,
        has_figure=has_figure,
        has_name=has_name,
        has_subject=found is None or found.start() - begin >= 2,
        continues=continues,
        confidence=0.8 if found is not None else 0.55,
    )
