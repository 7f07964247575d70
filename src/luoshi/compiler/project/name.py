"""Names of undertakings (项目名称): what tells 北城污水处理厂三期 from 重点基础设施."""

from __future__ import annotations

import re

from luoshi.catalogue.project import words
from luoshi.compiler.listing import Range, split
from luoshi.compiler.project.lexeme import (
    GENERIC,
    HEADS,
    NEVER,
    PLACE_ENDS,
    QUOTED_HEADS,
    QUOTED_TAILS,
    SLIGHT,
    TITLE_OPENINGS,
    TITLES,
    WORKS,
)
from luoshi.plan.model import ProjectKind

_LONGEST = 40
_UNIT = r"(?:个|家|所|座|处|条|项|公里|千米|米|亩|公顷|平方米|平方公里|平米|万|台|套|户|人|人次|名|场|次|辆|栋|片|块|件|支|只|株|盏|口|吨|元|千瓦|兆瓦|张|种|%|年(?!行动|计划))"
_COUNTED = re.compile(
    rf"(?:新增|约|近|超)?(?:\d[\d,.]*(?:[—–~至到-]+\d[\d,.]*)?|[一二两三四五六七八九十百千]+)(?:余|多)?(?:万|亿|千)?{_UNIT}"
)
_ENDS_COUNTED = re.compile(rf"\d[\d,.]*(?:余|多)?[万亿]?{_UNIT}?(?:以上|左右|以内)?$")
_INNER_VERB = re.compile(
    r"[，；。：]|加快|推动|推进|实现|确保|提高|增强|努力|坚持|不断|进一步|力争|为(?!老|民|农|企|侨|先)|使|让|将(?![军乐台])|把|被|不|是|了|着|的"
    r"|牵头|组建|鼓励|引导|支持|吸引|打造|完善|处于|加强|强化|促进(?!工程|行动|计划|中心|项目)|做好|带动|依托|围绕|按照|通过|结合|面向|设计|利用好|发挥|参与|届[一二三四五六七]中|等(?!级)|向(?![阳上东西南北日莆塘])"
    r"|提升(?!工程|行动|计划|改造|项目|攻坚|三年|专项|年|整治|提质|试点|$)|培育(?!工程|计划|行动|项目|攻坚|三年|专项|中心)|深化(?!提升|改革|攻坚)|扩大(?!内需|消费)|开展"
)
_OPENS_BADLY = re.compile(
    r"与|同(?!心|德|江|仁|安)|和(?!林|平|田|县|顺|龙|静|政|谐|美)|及|、|对|向|从|以|由|在|发展|有关|相关|我|其|该|这|那|各|每|所有|一切|更|最|很|多个|若干"
)
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}省(?!级)")
_QUOTE = re.compile(r"“[^“”]{2,40}”")
JOIN = re.compile(r"(?:建设)?(?:以及|和(?!林|平|田|县|顺|龙|静|政|谐|美)|与|及)|、")

_KINDS = {kind.value: kind for kind in ProjectKind}


def kind_of(text: str, start: int, end: int) -> ProjectKind | None:
    """Return what a stretch of text names, or None where it names nothing in particular.

    A name ends with a word for a work, a programme, a facility … and says more in front of it than words
    that go with every project (重点, 公共, 城市); quoted words with such an end are one too.
    """
    if not _may_be_name(text, start, end):
        return None
    if text[start:end].removeprefix("新") in words().wholes:
        return ProjectKind.FACILITY
    quotes = list(_QUOTE.finditer(text, start, end))
    if quotes and re.match(r"[一二三四五六七八九十\d]+[大个项]", text[quotes[-1].end() : end]):
        return None  # “甲、乙”两大平台 counts them
    head = HEADS.suffix(text, start, end)
    if quotes and quotes[-1].end() == end:
        head = HEADS.suffix(text, start, end - 1)
        if head < end - 1:
            return _KINDS[words().heads[text[head : end - 1]]]
        return ProjectKind.PROGRAMME if QUOTED_HEADS.suffix(text, start, end - 1) < end - 1 else None
    if quotes and QUOTED_TAILS.suffix(text, start, end) < end:
        return ProjectKind.EVENT
    if head == end:
        head = WORKS.suffix(text, start, end)
        return ProjectKind.PROJECT if head < end and _is_specific(text, start, head) else None
    kind = _KINDS[words().heads[text[head:end]]]
    return kind if quotes or _is_specific(text, start, head, kind) else None


def _may_be_name(text: str, start: int, end: int) -> bool:
    if not 2 <= end - start <= _LONGEST or NEVER.suffix(text, start, end) < end:
        return False
    outside = _QUOTE.sub("", text[start:end])
    if _OPENS_BADLY.match(text, start, end) or outside.count("“") + outside.count("”"):
        return False
    return not (
        _COUNTED.match(text, start, end)
        or _ENDS_COUNTED.search(text, start, end)
        or _INNER_VERB.search(outside)
    )


def _is_specific(text: str, start: int, end: int, kind: ProjectKind = ProjectKind.PROJECT) -> bool:
    common = SLIGHT if kind is ProjectKind.PROGRAMME else GENERIC
    if end - start == 1:
        if kind is ProjectKind.OTHER:
            return text[start] not in "大小各全本这那上下新老"  # 沙河
        return text[start] in "市县区省州旗"  # 市图书馆, 县医院: there is one
    return end > start and not common.makes_up(text, start, end)


def is_completed_one(text: str, start: int, end: int) -> bool:
    """Tell whether what is said to be completed is one thing, though only common words stand before its end.

    建成城市运营中心 is one centre; 完善公共服务中心 may be any number.
    """
    head = HEADS.suffix(text, start, end)
    return _may_be_name(text, start, end) and head - start >= 4 and end - head >= 2


def is_headed(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends like a name, whatever stands in front."""
    return _may_be_name(text, start, end) and 2 <= HEADS.suffix(text, start, end) - start < end - start


def is_item(text: str, start: int, end: int, *, long_enough: int = _LONGEST) -> bool:
    """Tell whether a member of a list before 等项目 is a name; the noun behind 等 says what it is.

    Args:
        text: The text.
        start: Where the member begins.
        end: Where it ends.
        long_enough: From how many characters words that go with every project make a name too (农村生活污水治理).
    """
    if re.fullmatch(r"[一二三四五六七八九十][\u4e00-\u9fff]{2}", text[start:end]):
        return True  # 九条河 is a river, not nine of them
    if not _may_be_name(text, start, end):
        return False
    return end - start >= long_enough or not GENERIC.makes_up(text, start, end)


def is_subject(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch can be who is supported: a name, or a place."""
    if kind_of(text, start, end):
        return True
    if text.endswith(("集团", "公司"), start, end):
        return end - start >= 4 and _may_be_name(text, start, end)
    return (
        2 <= end - start <= 8
        and _may_be_name(text, start, end)
        and PLACE_ENDS.suffix(text, start, end) < end
        and not GENERIC.makes_up(text, start, end)
    )


def is_title(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a title to win (国家…示范市)."""
    body = TITLE_OPENINGS.prefix(text, start, end)
    if match := _PROVINCE.match(text, start, end):
        body = max(body, match.end())
    head = TITLES.suffix(text, body, end)
    return body > start and head < end and _may_be_name(text, start, end)


def names_in(text: str, start: int, end: int, *, shortest: int = 0) -> list[tuple[Range, ProjectKind]]:
    """Return the names in a list without 等; a piece that is none is joined with the next, if both make one.

    化肥、农药减量行动 is one name, 甲大桥、乙大桥 are two; 和 separates only behind a name.

    Args:
        text: The text.
        start: Where the list begins.
        end: Where it ends.
        shortest: Up to how many characters a piece behind a name is one like it (市中医院、市三院).
    """
    pieces = [half for piece in split(text, start, end) for half in _halves(text, *piece)]
    kinds = [kind_of(text, *piece) for piece in pieces]
    if _are_works(text, pieces):
        return [(piece, kind or ProjectKind.PROJECT) for piece, kind in zip(pieces, kinds, strict=True)]
    if pieces and not kinds[0] and not is_headed(text, *pieces[0]) and (whole := kind_of(text, start, end)):
        return [((start, end), whole)]
    found: list[tuple[Range, ProjectKind]] = []
    held: int | None = None
    for (begin, stop), own in zip(pieces, kinds, strict=True):
        if held is not None and (kind := kind_of(text, held, stop)):
            found.append(((held, stop), kind))
            held = None
        elif own or (any(kinds) and (is_headed(text, begin, stop) or text[begin:stop] in HEADS)):
            found.append(((begin, stop), own or next(filter(None, kinds))))
            held = None
        elif found and stop - begin <= shortest and is_item(text, begin, stop):
            found.append(((begin, stop), found[-1][1]))
        else:
            held = begin if held is None else held
    return found


def _are_works(text: str, pieces: list[Range]) -> bool:
    """Tell whether a list is of works that share the last one's noun (甲路东延、乙街南延和丙路提升项目)."""
    if len(pieces) < 2 or not text.endswith(("项目", "工程"), *pieces[-1]):
        return False
    are_long = all(end - start >= 6 for start, end in pieces)
    return all(end - start >= 4 and is_item(text, start, end) for start, end in pieces) and (
        are_long or any(kind_of(text, *piece) for piece in pieces[:-1])
    )


def _halves(text: str, start: int, end: int) -> list[Range]:
    for match in JOIN.finditer(text, start, end):
        if text.count("“", start, match.start()) != text.count("”", start, match.start()):
            continue
        if kind_of(text, start, match.start()) and not _shares_work(text, start, match.start(), end):
            return [(start, match.start()), *_halves(text, match.end(), end)]
    return [(start, end)]


_SHORT_HEADS = frozenset(["路", "街", "河", "湖", "江", "渠", "桥", "段", "站", "港", "山", "闸", "巷"])


def _shares_work(text: str, start: int, middle: int, end: int) -> bool:
    """Tell whether two places joined by 和 share the work behind them (甲街和乙街改造工程)."""
    return text[middle - 1] in _SHORT_HEADS and text.endswith(("工程", "项目", *words().works), start, end)


def shared_work(text: str, names: list[Range]) -> str:
    """Return the work that places of a list share with the last (甲河、乙河治理工程), or ""."""
    if len(names) < 2 or any(text[end - 1] not in _SHORT_HEADS for _, end in names[:-1]):
        return ""
    start, end = names[-1]
    if not text.endswith(("工程", "项目", *words().works), start, end):
        return ""
    cut = max((text.rfind(head, start, end) for head in _SHORT_HEADS), default=-1)
    return text[cut + 1 : end] if cut > start and 2 <= end - cut - 1 <= 10 else ""
