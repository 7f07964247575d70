"""Acts (举措): the verb in front of a clause, the act behind a name, and the stage that they promise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.catalogue.project import words
from luoshi.compiler.listing import Range
from luoshi.compiler.project.lexeme import ADVERBS, CHAINED, TAIL_ENDS, TAILS, VERBS, WORKS
from luoshi.plan.model import ProjectStage

_WORDS = words()
_STAGES = {stage.value: stage for stage in ProjectStage}
_TIME = re.compile(
    r"(?:\d{4}年|今年|年内|本年)?(?:[上下]半年|[一二三四1-4]季度|\d{1,2}月份?|年|(?:国庆|春节|中秋|元旦|端午|五一|劳动节|汛期|入冬|开学)节?)?[底末初中旬]{0,2}(?:以?前|之前|以内|内)?"
)
_INSIDE = re.compile(
    r"(?:在|于|从|面向|围绕|聚焦|针对)[^，；“”]{2,24}?(?=开展|建设|实施|推广|推行|启动|打造|新建|举办|谋划)"
    r"|依托[^，；、“”]{2,24}?(?=建设|新建|组建|创建|筹建|启动建设)"
    r"|(?:总投资|计划投资|投资|投入|安排资金|安排)(?:约|近|达|超过?)?\d[\d.,]*[百千万]?亿?(?:美)?元"
    r"(?=开展|建设|实施|启动|打造|新建|改造|改建|扩建|迁建|修建|建成)"
)
_MODAL = frozenset(
    [
        "力争",
        "确保",
        "争取",
        "务必",
        "保证",
        "努力",
        "努力实现",
        "要",
        "同时",
        "并",
        "还将",
        "将",
        "此外",
        "其中",
        "另外",
        "我们将",
        "年内",
        "今年",
        "全年",
        "重点",
        "抢抓机遇",
    ]
)
_FEAST = r"(?:国庆|春节|中秋|元旦|端午|五一|劳动节)节?(?:前|期间)|汛期?前|入冬前|开学前"
_ADVERBIAL = re.compile(
    rf"(?:{_FEAST}|\d{{1,2}}月(?:份|底|初|中旬|上旬|下旬)?(?:前|以前)?|年底前?|[上下]半年|今年|明年|尽快|尽早|早日|顺利|如期|按期|全面|加快|年内|按时|基本|快速|有序|实质性|的|集中|率先|全部|正式|整体|早)+$"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words that open a clause.

    Attributes:
        words: Verbs, with the adverbs that belong to them.
        verb: Last verb, or "".
        stage: Stage that it promises.
        ends: Where each verb ends, the last first; the object may begin at any of them.
    """

    words: str
    verb: str
    stage: ProjectStage
    ends: tuple[int, ...]


def opening(text: str, start: int, end: int) -> Opening:
    """Read the verbs that open a clause, past adverbs and time words."""
    here, said, verb, ends = start, "", "", [start]
    while here < end:
        if (match := _INSIDE.match(text, here, end)) and not verb:
            here = match.end()
            continue
        verbs = CHAINED if verb else VERBS
        adverb = ADVERBS.prefix(text, here, end)
        after = max(verbs.prefix(text, here, end), adverb if not verb or adverb - here > 1 else here)
        if after == here:
            time = _TIME.match(text, here, end)
            if (not verb or verb in _MODAL) and time and time.end() - here > 1:
                here = time.end()
                continue
            break
        word = text[here:after]
        if word in verbs:
            verb = word
            ends.append(after)
        if word not in _MODAL or (word in _WORDS.verbs and not said):
            said += word
        here = after
        if (
            word in verbs
            and text.startswith("好", here)
            and not text.startswith(("好人", "好差评", "好品", "好房"), here)
        ):
            here += 1
            said += "好"
            ends[-1] = here
    if verb and ends[-1] != here and here not in ends:
        ends.append(here)
    if len(ends) > 1 and said != verb:
        for word in _MODAL:
            if said.startswith(word) and len(said) > len(word) and verb != word:
                said = said[len(word) :]
                break
    stage = _STAGES[_WORDS.verbs[verb]] if verb else ProjectStage.UNSTATED
    return Opening(said if verb else "", verb, stage, tuple(reversed(ends)))


_WHEN = re.compile(
    rf"{_FEAST}|\d{{1,2}}月(?:份|底|初|中旬|上旬|下旬)?(?:前|以前)?|年底前?|年内|[上下]半年|今年|明年"
)  # said by the deadline


@dataclass(frozen=True, slots=True)
class Tail:
    """The act behind the names: its words, its stage, and where the names before it end."""

    words: str
    stage: ProjectStage
    begins: int


def tail(text: str, start: int, end: int, *, shared: bool = False, least: int = 2) -> Tail:
    """Read the act that ends a stretch (…开工建设, …前期工作, …建设进度).

    Args:
        text: The text.
        start: Where the names begin.
        end: Where the clause ends.
        shared: Whether works (改造, 整治) are an act too, because several things share them.
        least: How many characters have to remain before the act.
    """
    here, stage = end, ProjectStage.UNSTATED
    while here - start > least:
        before = TAILS.suffix(text, start, here)
        if before < here:
            found = _STAGES[_WORDS.tails[text[before:here]]]
            if stage in (ProjectStage.UNSTATED, ProjectStage.BUILDING):
                stage = (
                    found if found is not ProjectStage.BUILDING or stage is ProjectStage.UNSTATED else stage
                )
        elif shared and here == end and WORKS.suffix(text, start, here) < here:
            before, stage = WORKS.suffix(text, start, here), ProjectStage.BUILDING
        elif _ends_tail(text, start, here, end):
            before = TAIL_ENDS.suffix(text, start, here)
        else:
            break
        if before - start < least:
            break
        here = before
        if adverb := _ADVERBIAL.search(text, start, here):
            here = adverb.start() if adverb.start() - start >= least else here
    return Tail(_WHEN.sub("", text[here:end].removeprefix("的")), stage, here)


def _ends_tail(text: str, start: int, here: int, end: int) -> bool:
    """Tell whether 进度, 工作 … ends an act here, that is, an act stands in front of it."""
    before = TAIL_ENDS.suffix(text, start, here)
    return before < here and TAILS.suffix(text, start, before) < before


_MILESTONES = re.compile(
    r"(?:通车|开工|动工|竣工|完工|投产|投用|投运|建成|封顶|主体|投入使用|投入运营|运营|验收|供水|通水|达产|交付|试运行|开园|开业|开馆|并网|通航|启用|合龙|贯通|开放|具备[\u4e00-\u9fff]{2,4}条件)"
)
_CONTINUES = re.compile(
    rf"(?P<lead>(?:力争|确保|争取|早日|尽快|尽早|全面|如期|年内|全年|今年|并|实现|完成|达到|基本|全部|其中|\d{{1,2}}月(?:底|份)?前?|年底前?|[上下]半年|[一二三四]季度)*)"
    rf"(?P<act>(?:[\u4e00-\u9fff]{{0,4}}{_MILESTONES.pattern}[\u4e00-\u9fff]{{0,4}}))$"
)


def continuation(text: str, start: int, end: int) -> tuple[str, ProjectStage, Range] | None:
    """Read a clause that only says how far the thing before it is to come (年内实现通车, 完成主体工程)."""
    if end - start > 18:
        return None
    match = _CONTINUES.match(text, start, end)
    if not match:
        return None
    act = match["act"]
    lead = "".join(word for word in ("实现", "完成", "力争") if word in match["lead"])
    begin = TAILS.suffix(text, match.start("act"), match.end("act"))
    word = text[begin : match.end("act")]
    stage = _STAGES[_WORDS.tails[word]] if word in _WORDS.tails else ProjectStage.UNSTATED
    if (
        any(known in act for known in ("通车", "投产", "投用", "投入", "竣工", "建成", "完工"))
        and "主体" not in act
    ):
        stage = ProjectStage.COMPLETED
    elif "主体" in act or "封顶" in act:
        stage = ProjectStage.BUILDING
    elif "开工" in act or "动工" in act:
        stage = ProjectStage.STARTED
    return lead + act, stage, match.span()
