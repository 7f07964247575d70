"""Reading one sentence: which of its numbers are targets, and what each of them counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from luoshi.catalogue.measure import COUNTED
from luoshi.catalogue.wording import wording
from luoshi.compiler import deadline, strength
from luoshi.compiler.mention import Mention
from luoshi.compiler.target import kind, phrase, relation, role, spread, stretch, subject
from luoshi.compiler.target.figure import Figure, Other, Reason
from luoshi.compiler.target.role import Site
from luoshi.compiler.target.subject import Carry
from luoshi.plan.model import Comparator

_JOIN = re.compile(r"(?:、|和|及|以及|与|或|，)")
_BASE = re.compile(
    r"同比|环比|(?:比|较|与)(?:上年|去年|上一年|20\d\d年|2000年|“?十.五”?末?|同期)(?:末|底|相比)?|在(?:上年|去年|20\d\d年)(?:的)?基础上"
)
_SPREAD = re.compile(r"(?:均|分别|都|各)(?:比上年|同比|较上年|要|将|力争|实际)*(?:[^，。；、]{0,6})$")
_LOCATIVE = re.compile(r"(?:在|对|为|向|于|给|与)$")
_PLACE_ACT = re.compile(
    r"(?P<place>.{1,12}?)(?P<act>(?:开展|推行|推广|试点|实施|建设|建立|进行|设立|设置|启动|推进|铺设|安装|新建|改造|创建|全面|建成|提供|发放|配备|举办|组建).+)$"
)
_ACT = re.compile(
    r"(?P<noun>.{2,16}?)(?P<act>(?:实现|达到|通|用上|开通|完成|建成|享受|喝上|纳入|进入|基本).+)$"
)
_MEASURE_NOUN = (
    "面积",
    "农田",
    "土地",
    "区域",
    "用地",
    "耕地",
    "绿地",
    "林地",
    "草原",
    "湿地",
    "厂房",
    "田",
    "地",
    "林",
    "房",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A number that is a target, with the words of its item."""

    site: Site
    left_at: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds for a whole sentence.

    Attributes:
        text: Reading text.
        start: First character of the sentence.
        end: One past its last.
        numbers: Numbers of the sentence.
        limits: Time limits of the sentence.
        strengths: Words of strength of the sentence.
        heading: Time limit that a paragraph's or section's head sets, or None.
        topic: What the paragraph or heading is about, or "".
        strong: Word of strength that a list's head sets, or None.
        is_past: Whether the sentence states results, not promises.
        is_limit: Whether it is a glossary entry that may set limits of a procedure.
    """

    text: str
    start: int
    end: int
    numbers: Sequence[Mention]
    limits: Sequence[deadline.DeadlineMention]
    strengths: Sequence[strength.StrengthMention]
    heading: deadline.DeadlineMention | None = None
    topic: str = ""
    strong: strength.StrengthMention | None = None
    is_past: bool = False
    is_limit: bool = False


def sentence(scene: Scene) -> tuple[list[Figure], list[Other]]:
    """Read the figures of a sentence, and say what its other numbers are."""
    figures: list[Figure] = []
    others: list[Other] = []
    carry = Carry(topic=scene.topic)
    parts = stretch.clauses(scene.text, scene.start, scene.end)
    brackets = [(part.start, part.end) for part in parts if part.in_bracket]
    quotes = stretch.quoted(scene.text, scene.start, scene.end)
    for part in parts:
        inside = [
            number
            for number in scene.numbers
            if part.start <= number.start < part.end
            and (part.in_bracket or not any(start <= number.start < end for start, end in brackets))
        ]
        items = _items(scene, part, inside, quotes, others)
        found = _read_items(scene, part, items, replace(carry) if part.in_bracket else carry)
        figures.extend(found)
        if not found:
            topic = subject.topic_of(_words(scene, part.start, part.end))
            if not part.in_bracket:
                carry.verb = ""
                carry.noun = ""
            if topic and not part.in_bracket:
                carry.topic = topic
    figures.sort(key=lambda figure: (figure.number, figure.number_end))
    others.sort(key=lambda other: other.start)
    return figures, others


def _words(scene: Scene, start: int, end: int) -> str:
    """Return the text without time limits and words of strength."""
    pieces, at = [], start
    left_out = [(limit.start, limit.end) for limit in scene.limits]
    left_out += [(strong.start, strong.end) for strong in scene.strengths]
    for begin, stop in sorted(left_out):
        if start <= begin and stop <= end and begin >= at:
            pieces.append(scene.text[at:begin])
            at = stop
    pieces.append(scene.text[at:end])
    return "".join(pieces)


def _items(
    scene: Scene,
    part: stretch.Clause,
    inside: list[Mention],
    quotes: Sequence[tuple[int, int]],
    others: list[Other],
) -> list[Item]:
    """Divide a clause at its numbers, leaving out those that are no targets."""
    dates = [(mention.start, mention.end) for mention in scene.limits]
    live: list[Mention] = []
    for number in inside:
        fixed = role.fixed(number, scene.text, quotes, dates)
        if fixed is None:
            live.append(number)
        else:
            others.append(Other(number.start, number.end, fixed))
    for _ in range(2):
        # What a number qualifies is known only when the numbers after it are; what is left is divided anew.
        sites = _sites(scene, part, live)
        reasons = [role.of(item.site, is_past=scene.is_past, is_limit=scene.is_limit) for item in sites]
        for item, reason in zip(sites, reasons, strict=True):
            if reason is not None:
                others.append(Other(item.site.mention.start, item.site.mention.end, reason))
        live = [item.site.mention for item, reason in zip(sites, reasons, strict=True) if reason is None]
        if len(live) == len(sites):
            break
    return [item for item in sites if item.site.mention in live]


def _sites(scene: Scene, part: stretch.Clause, live: list[Mention]) -> list[Item]:
    """Give each number the words of its item."""
    items: list[Item] = []
    left_at = part.start
    clause = _words(scene, part.start, part.end)
    for index, number in enumerate(live):
        following = live[index + 1] if index + 1 < len(live) else None
        after, stated = relation.suffix(scene.text, number.end, part.end)
        end, next_left = _right_edge(scene.text, after, part.end, following)
        site = Site(
            mention=number,
            left=_words(scene, left_at, number.start),
            right=_words(scene, after, end),
            suffix=stated,
            next_mention=following,
            following=scene.text[after : following.start] if following is not None else "",
            clause=clause,
        )
        items.append(Item(site, left_at, end))
        left_at = next_left
    return items


def _right_edge(text: str, after: int, stop: int, following: Mention | None) -> tuple[int, int]:
    """Return where an item ends and where the next one begins."""
    if following is None:
        return (after, stop) if text[after : after + 1] in ("、", "，") else (stop, stop)
    between = text[after : following.start]
    join = _JOIN.match(between)
    if join:
        return after, after + join.end()
    place = between.rfind("、")
    if place < 0:
        place = max(between.rfind("和"), between.rfind("及"), between.rfind("并"))
    if place > 0:
        return after + place, after + place + 1
    return following.start, following.start


def _groups(items: list[Item], text: str) -> list[list[Item]]:
    """Put together figures that follow each other with nothing but a joint between them (7%和8%)."""
    groups: list[list[Item]] = []
    for item in items:
        if (
            groups
            and not item.site.left.strip("、和及与")
            and not item.site.right
            and not groups[-1][-1].site.right
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _read_items(scene: Scene, part: stretch.Clause, items: list[Item], carry: Carry) -> list[Figure]:
    found: list[Figure] = []
    for group in _groups(items, scene.text):
        found.extend(_read_group(scene, part, group, carry))
    return found


def _read_group(scene: Scene, part: stretch.Clause, group: list[Item], carry: Carry) -> list[Figure]:
    site = group[0].site
    stated = relation.read(_without_base(site.left))
    subject_words = phrase.read(stated.rest, whole=bool(site.right))
    is_number_first = _is_number_first(site, stated, subject_words)
    if site.mention.dimension == "time" and site.mention.value is not None:
        return [_duration(scene, part, group[0], stated, subject_words, carry)]
    if is_number_first:
        figure = _number_first(scene, part, group[0], stated, subject_words, carry)
        return [figure] if figure else []
    names = _distributed(site, stated, subject_words, len(group))
    if len(group) > 1 and len(names) > 1:
        last = group[-1].site.suffix
        pairs = list(zip(names[-len(group) :], group, strict=False))
        return [_noun_first(scene, part, item, stated, name, carry, last) for name, item in pairs]
    if len(names) > 1:
        return [_noun_first(scene, part, group[0], stated, name, carry, None) for name in names]
    return [_noun_first(scene, part, item, stated, subject_words, carry, None) for item in group]


_TIMED = re.compile(r"(?:时间|时限|期限|周期|天数|日数|用时|耗时|工期|时长)$")
_ADVERBIAL = re.compile(r"(?:在|于|原则上|一律|全部|均|可|即可|都|要|须|实现|确保)+$")


def _duration(
    scene: Scene,
    part: stretch.Clause,
    item: Item,
    stated: relation.Relation,
    words: phrase.Phrase,
    carry: Carry,
) -> Figure:
    """Read a limit on time; what is timed may stand before it, and the act after it (3个工作日内办结)."""
    site = item.site
    act = re.match(r"[^，。；、（]{0,8}", site.right)
    noun = phrase.clean(_ADVERBIAL.sub("", words.words))
    done = phrase.clean(act[0]) if act else ""
    reasons: list[Reason] = []
    if not noun or subject.needs_subject(noun):
        noun = carry.topic + noun
        reasons.append(Reason("indicator", 0.6, "C302", carry.topic))
    if _TIMED.search(noun):
        match = re.search(
            r"(?:审批|办理|办结|登记|通关|报建|办证|验收|服务|施工|交房|等候|等待)*(?:时间|时限|期限|周期|用时|时长)$",
            noun,
        )
        carry.timed = match[0] if match else ""
        indicator = noun
    else:
        indicator = noun + (
            carry.timed if not done and carry.timed else done + "时限" if done else "办理时限"
        )
    figure = _figure(scene, part, item, stated, indicator, "", site.suffix, reasons)
    if words.words and not _TIMED.search(words.words):
        carry.topic = phrase.clean(_ADVERBIAL.sub("", words.words)) or carry.topic
    carry.verb = ""
    return figure


_COMPARED = re.compile(
    r"(?:比|较|在)(?:上年|去年|20\d\d年|上一年)[^，。；、\d]{0,8}?(?=(?:增|提|上升|下降|降|减|翻|压))"
)


def _without_base(left: str) -> str:
    """Return the words before a figure without the base that it is compared with."""
    return _COMPARED.sub("", left)


def _is_number_first(site: Site, stated: relation.Relation, words: phrase.Phrase) -> bool:
    right = site.right
    if site.mention.word or not right or right[0] in "，并、；" or right in ("等",):
        return False
    if right.startswith(("的目标", "的任务", "的速度", "的要求", "的标准", "的水平")):
        return False
    if stated.is_stated and stated.words[-1] not in ("新增", "完成", "实现", "建设"):
        return len(words.words) - len(words.verb) <= 0
    return True


def _distributed(
    site: Site, stated: relation.Relation, words: phrase.Phrase, count: int
) -> tuple[phrase.Phrase, ...]:
    """Return one phrase for each subject of a list that shares the figure or has as many figures."""
    names = spread.members(phrase.clean(words.words))
    if len(names) < 2 and count == 2:
        names = spread.town_and_country(phrase.clean(words.words))
    if len(names) < 2:
        return ()
    if count == 1 and site.left.endswith("各") and len(names) < 6:
        front = words.verb
        return tuple(
            phrase.Phrase(name if name.startswith(front) else front + name, front, "", 0) for name in names
        )
    shares = bool(_SPREAD.search(site.left))
    if count > 1:
        fits = len(names) >= count
    elif shares:
        fits = site.mention.dimension in ("ratio", "multiple") or spread.is_list_of_measures(names)
    else:
        fits = site.mention.dimension == "ratio" and stated.is_stated and spread.is_list_of_measures(names)
    if not fits:
        return ()
    return tuple(
        phrase.Phrase(name, words.verb if name.startswith(words.verb) else "", "", 0) for name in names
    )


def _noun_first(
    scene: Scene,
    part: stretch.Clause,
    item: Item,
    stated: relation.Relation,
    words: phrase.Phrase,
    carry: Carry,
    shared: Comparator | None,
) -> Figure:
    site = item.site
    reasons: list[Reason] = []
    indicator = phrase.after_list(phrase.clean(words.words))
    verb = words.verb if indicator.startswith(words.verb) else ""
    noun = indicator[len(verb) :]
    is_part = site.left.lstrip("，、 ").startswith("其中")
    if is_part:
        indicator = subject.among(indicator, carry, is_measured=spread.is_measured(indicator))
        verb = carry.verb if carry.verb in wording().increments else verb
        reasons.append(Reason("indicator", 0.7, "C303", carry.last))
    elif not verb and not words.dropped and not stated.is_stated and _inherits(site, indicator, carry):
        indicator = carry.verb + subject.fill(indicator, carry)
        verb = carry.verb
        noun = indicator[len(verb) :]
        reasons.append(Reason("indicator", 0.85, "C301", carry.verb))
    elif not verb and carry.noun and indicator and not stated.is_stated:
        indicator = noun = subject.fill(indicator, carry)
    if not indicator or subject.needs_subject(indicator) or (noun == "" and len(verb) <= 2):
        topic = carry.topic
        if topic and topic not in indicator:
            is_act = noun == "" and verb != "" and site.mention.dimension != "people"
            indicator = indicator + topic if is_act else topic + indicator
            reasons.append(Reason("indicator", 0.6, "C302", topic))
    if site.mention.word == "clear":
        indicator = noun = (
            re.sub(r"(?:保持|实现|动态|基本|全部|全面|持续|达到|整改|办理)+$", "", indicator) or indicator
        )
    if site.mention.word == "zero":
        noun = site.right or "数"
        indicator = (carry.subject if not words.words else indicator) + phrase.clean(noun)
    if site.mention.dimension == "ratio" and "占" in indicator and not spread.is_measured(indicator[-2:]):
        indicator += "比重"
    if site.mention.dimension == "ratio" and re.search(r"占.+(?:投资|收入|产值|总量|总数)$", indicator):
        indicator += "比重"
    if site.mention.word == "cover" and not indicator.endswith("率"):
        indicator += "覆盖率"
    if site.mention.dimension == "area" and not verb and indicator and not indicator.endswith(_MEASURE_NOUN):
        indicator += "面积"
    figure = _figure(scene, part, item, stated, indicator, verb, site.suffix or shared, reasons)
    _remember(carry, figure, words, noun, part, is_part=is_part)
    return figure


_DOING = re.compile(
    r"(?:培养|培训|就业|创业|脱贫|改造|建设|治理|修复|转化|交易|销售|实现|达到|接待|提升|完成|盘活|整治|搬迁|安置|流转|种植|养殖)$"
)


def _inherits(site: Site, indicator: str, carry: Carry) -> bool:
    """Tell whether an item without a verb takes over that of the item before."""
    if not carry.verb or not indicator or carry.is_counted is not (site.mention.dimension in COUNTED):
        return carry.verb != "" and indicator != "" and carry.unit == site.mention.unit
    return not (site.mention.dimension == "people" and _DOING.search(indicator)) and "达到" not in indicator


def _remember(
    carry: Carry, figure: Figure, words: phrase.Phrase, noun: str, part: stretch.Clause, *, is_part: bool
) -> None:
    if words.verb:
        carry.verb = "" if words.verb in wording().nounlike else words.verb
    elif words.dropped:
        carry.verb = ""
    carry.noun = noun
    carry.unit = figure.unit
    carry.is_counted = figure.dimension in COUNTED
    carry.last = figure.indicator
    if not part.in_bracket and noun and not subject.needs_subject(noun) and not is_part:
        carry.topic = noun


def _number_first(
    scene: Scene,
    part: stretch.Clause,
    item: Item,
    stated: relation.Relation,
    words: phrase.Phrase,
    carry: Carry,
) -> Figure | None:
    site = item.site
    right = phrase.clean(site.right)
    reasons: list[Reason] = []
    left = site.left
    verb = words.verb
    is_list = left.endswith("等")
    if is_list:
        front = phrase.read(left)
        verb = front.verb
        possessor = ""
    else:
        possessor = words.noun
        if possessor.endswith("的") and "投资" in possessor:
            possessor = ""
        possessor = (
            ""
            if possessor.endswith(("在", "对", "为", "将", "把", "向")) or len(possessor) > 14
            else possessor
        )
    place = _PLACE_ACT.match(right) if _LOCATIVE.search(left) else None
    if place:
        indicator = place["act"] + place["place"]
        verb = ""
    elif site.mention.dimension == "money" and left.endswith(("投资", "投入", "安排")):
        aim = phrase.read(right)
        indicator = aim.noun + left[-2:]
        verb = ""
    elif site.mention.dimension == "ratio":
        noun, act = _split_act(right)
        indicator = f"{act}的{noun}占比" if act else f"{noun}占比"
        verb = ""
    else:
        act_match = _ACT.match(right)
        if act_match and (not verb or verb in ("新增",)) and not possessor:
            indicator = verb + act_match["act"] + act_match["noun"]
        else:
            noun, _ = phrase.before_onset(right)
            if not verb and carry.verb and not words.dropped and not possessor and not words.words:
                verb = carry.verb if len(noun) < 12 else ""
            indicator = verb + possessor + noun
    if site.mention.dimension == "area" and not verb and not indicator.endswith(_MEASURE_NOUN):
        indicator += "面积"
    figure = _figure(scene, part, item, stated, indicator, verb, site.suffix, reasons)
    carry.verb = "" if words.verb in wording().nounlike else words.verb
    carry.noun = indicator[len(verb) :]
    carry.unit = figure.unit
    carry.is_counted = figure.dimension in COUNTED
    carry.last = indicator
    carry.topic = carry.noun
    carry.subject = possessor or carry.subject
    return figure


def _split_act(right: str) -> tuple[str, str]:
    match = re.match(
        r"的?(?P<noun>.+?)(?P<act>(?:实现|达到|完成|建成|经营|年收入|收入|纳入|通过|享受|具备|有).*)$", right
    )
    return (match["noun"], match["act"]) if match else (right.removeprefix("的"), "")


def _figure(
    scene: Scene,
    part: stretch.Clause,
    item: Item,
    stated: relation.Relation,
    indicator: str,
    verb: str,
    suffix: Comparator | None,
    reasons: list[Reason],
) -> Figure:
    number = item.site.mention
    comparator = suffix or stated.comparator or Comparator.EQ
    if number.upper is not None:
        comparator = Comparator.RANGE
    elif comparator is Comparator.EQ and number.is_vague:
        comparator = Comparator.OVER
    is_duration = number.dimension == "time" and not re.search(r"天数|日数$", indicator)
    sort, sure = kind.of(stated, indicator, verb, number.dimension, number.unit, is_duration=is_duration)
    if sure < 0.8:
        reasons.append(Reason("kind", sure, "C310", sort.label()))
    limit = deadline.governing(scene.limits, scene.text, scene.start, number.start, scene.end)
    if (
        limit is not None
        and limit.written in ("全年",)
        and (stated.holds or item.site.mention.word == "clear")
    ):
        limit = None
    strong = strength.governing(scene.strengths, number.start) or scene.strong
    base = _BASE.search(scene.text, part.start, part.end)
    return Figure(
        start=max(item.left_at, part.start),
        end=item.end,
        number=number.start,
        number_end=number.end,
        indicator=indicator,
        verb=verb,
        comparator=comparator,
        value=number.value,
        upper=number.upper,
        unit=number.unit,
        dimension=number.dimension,
        kind=sort,
        holds=stated.holds,
        base=base[0] if base else "",
        deadline=limit or scene.heading,
        strength=strong,
        reasons=tuple(reasons),
    )
