"""Distribution (分配): one predicate for several subjects, several figures for several subjects."""

from __future__ import annotations

import re

from luoshi.catalogue.wording import wording

_SEPARATOR = re.compile(
    r"、|以及|及其|(?<!人)和(?![谐美平睦])|与(?!经济|会)|(?<![普以涉危顾波推不累])及(?!时|其|早|以|格)"
)
_OPENERS = ("城镇", "城乡", "农村", "工业", "规上", "限上", "全部", "居民")


def members(words: str) -> tuple[str, ...]:
    """Divide a list of subjects, filling in a tail or a front that they share.

    Marks inside quotation marks and brackets do not divide.

    Example:
        >>> members("见面率、答复率和满意率")
        ('见面率', '答复率', '满意率')
        >>> members("城镇职工和城乡居民医保住院报销比例")
        ('城镇职工医保住院报销比例', '城乡居民医保住院报销比例')
    """
    industries = _INDUSTRIES.match(words)
    if industries:
        return tuple(f"{industries['front']}第{digit}产业{industries['rest']}" for digit in "一二三")
    paired = _PAIRED.match(words)
    if paired:
        front, rest = paired["front"], paired["rest"]
        return (front + paired["one"] + rest, front + paired["two"] + rest)
    parts = _split(words)
    if len(parts) < 2:
        return (words,)
    return tuple(_complete(parts))


_INDUSTRIES = re.compile(r"(?P<front>.*?)第?一、第?二[、和]第?三(?:次产业|产业|产)(?P<rest>.*)$")
_PAIRED = re.compile(r"(?P<front>.*)(?P<one>[内进])[、和](?P<two>[外出])(?P<rest>[资口].*)$")


def town_and_country(words: str) -> tuple[str, ...]:
    """Divide 城乡 into town and country, where two figures follow.

    Example:
        >>> town_and_country("城乡居民收入")
        ('城镇居民收入', '农村居民收入')
    """
    words = words.replace("城、乡", "城乡", 1)
    if "城乡" not in words:
        return (words,)
    return (words.replace("城乡", "城镇", 1), words.replace("城乡", "农村", 1))


_ORDINALS = frozenset("一二三四五六七八九十ⅠⅡⅢ")


def _split(words: str) -> list[str]:
    masked = _mask(words)
    parts, begin = [], 0
    for match in _SEPARATOR.finditer(masked):
        if match.start() > begin:
            parts.append(words[begin : match.start()])
        begin = match.end()
    parts.append(words[begin:])
    return [words] if any(part in _ORDINALS for part in parts) else [part for part in parts if part]


def _mask(words: str) -> str:
    """Return the words with what stands in quotation marks or brackets, or is one name, blotted out."""
    return re.sub(
        r"“[^”]*”|（[^（）]*）|研究[与和](?:试验发展|开发)|科学[与和]技术",
        lambda match: "＊" * len(match[0]),
        words,
    )


def is_measured(words: str) -> bool:
    """Tell whether a phrase ends in a noun that measures."""
    return words.endswith(wording().measured)


def _complete(parts: list[str]) -> list[str]:
    last = parts[-1]
    if is_measured(last) and not any(is_measured(part) for part in parts[:-1]):
        # 粮食、蔬菜产量: the first ones share the last one's tail.
        tail = _shared_tail(parts[0], last)
        return [*(part + tail for part in parts[:-1]), last]
    for index in range(len(parts) - 2, -1, -1):
        if not is_measured(parts[index]) and is_measured(parts[index + 1]):
            parts[index] += _shared_tail(parts[index], parts[index + 1])
    owned = wording().relational_end.search(parts[0])
    if owned and owned.start() >= 2:
        owner = parts[0][: owned.start()]
        parts = [
            parts[0],
            *(owner + part if wording().relational.fullmatch(part) else part for part in parts[1:]),
        ]
    front = _FRONT.match(parts[0])
    if front and len(parts[0]) > len(front[0]) + 2 and not any(_OWN_FRONT.match(part) for part in parts[1:]):
        return [parts[0], *(front[0] + part for part in parts[1:])]
    return parts


_OWN_FRONT = re.compile(r"农|城|居民|全|地方|市|县|省|国|规|工业|企业|财政|固定|社会|外贸|进出口|实际|一般")
_FRONT = re.compile(r"农村|城镇(?!化)|城市|城乡|全市|全县|全省|全区")


_HEADS = re.compile(
    r"(?:居民|职工|农村|城镇|[^居民]{2,6}?)?(?P<tail>(?:人均|医保|住院|平均|总|年|销售|综合|无害化|集中|产量|产值|增加值|收入|面积|投资|增速|覆盖|达标|参保|报销|处理|利用|普及|入学|巩固|可支配|门诊|政策范围内|养老|安全|种植|播种|养殖|饲养|通车|单产|总产|存栏|出栏|排放|满意).*)$"
)


def _shared_tail(first: str, last: str) -> str:
    """Return the tail of the last member that the first one lacks."""
    if re.search(r"[A-Za-z\d]", first):
        return ""
    size = len(first)
    named = _HEADS.match(last) if not is_measured(first) else None
    if named and named.start("tail") > 0:
        tail = named["tail"]
        shared = next((size for size in range(len(tail), 0, -1) if first.endswith(tail[:size])), 0)
        return tail[shared:]
    if size < len(last) and not is_measured(first):
        match = _HEADS.match(last)
        if match and match["tail"]:
            return match["tail"]
        return last[size:] if is_measured(last[size:]) else last[-2:]
    return ""


def is_list_of_measures(parts: tuple[str, ...]) -> bool:
    """Tell whether every member of a list is something measured."""
    return len(parts) > 1 and all(is_measured(part) for part in parts)
