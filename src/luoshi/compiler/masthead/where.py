"""Which place reports (报告地区): from the assembly, the address, the title, the file's name or the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from luoshi.catalogue.place import ListedPlace, called, named
from luoshi.compiler.masthead.delivery import HEAD, Delivery
from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.plan.model import Level, Place

_SUFFIX = "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|矿区|林区|省|市|州|盟|县|区|旗|乡|镇)"
_PLACE = re.compile(f"[\u4e00-\u9fff]{{1,22}}?{_SUFFIX}(?![\u4e00-\u9fff]*{_SUFFIX})")
_BARE = re.compile(f"^(?:我|全|本|各|该)?{_SUFFIX}?$")
_ADDRESS = re.compile(r"我?(?:受|代表)([\u4e00-\u9fff]{1,22}?)(?:人民)?政府")
_OFFICER = re.compile(
    r"(?:^|\n)([\u4e00-\u9fff]{2,20}?)(?:人民政府)?(?:代|代理)?(?:市长|省长|县长|区长|州长|盟长|旗长|主席|镇长|乡长)"
)
_TITLE = re.compile(r"(?:\d{4}年?)?_?([\u4e00-\u9fff]{2,20}?)(?:人民)?(?:\d{4}年?)?政府工作报告")
_NATION = re.compile(r"(?:代表|受)(?:中华人民共和国)?国务院|全国人民代表大会(?:会议)?(?:作|提出|审议)")
_RANKS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY}
_OWN_WORDS = {
    Level.PROVINCE: re.compile("[全我]省|自治区(?:党委|人民政府|党政)"),
    Level.CITY: re.compile("[全我]市|[全我]州|自治州"),
    Level.COUNTY: re.compile("[全我]县|[全我]旗"),
}
_BARE_LEVELS = (
    (re.compile("^(?:省|自治区)$"), Level.PROVINCE),
    (re.compile("^(?:市|州|自治州|盟|地区)$"), Level.CITY),
    (re.compile("^(?:县|旗|自治县|自治旗)$"), Level.COUNTY),
)
_SUFFIX_LEVELS = (
    ("特别行政区", Level.PROVINCE),
    ("自治区", Level.PROVINCE),
    ("省", Level.PROVINCE),
    ("自治州", Level.CITY),
    ("地区", Level.CITY),
    ("盟", Level.CITY),
    ("市", Level.CITY),
    ("州", Level.CITY),
    ("县", Level.COUNTY),
    ("旗", Level.COUNTY),
    ("区", Level.COUNTY),
    ("乡", Level.TOWNSHIP),
    ("镇", Level.TOWNSHIP),
)
_SHORTEST_COUNT = 3
_CHINESE = re.compile("[\u4e00-\u9fff]+")


def read(text: str, delivery: Delivery, name: str) -> tuple[Place, list[Diagnostic]]:
    """Return the place that reports, and what was assumed.

    Args:
        text: Reading text.
        delivery: What the head says about the delivery.
        name: File name, which may hold the place's name.
    """
    head = text[:HEAD]
    if delivery.where == "全国" or (not delivery.where and _NATION.search(head)):
        return Place(name="全国", level=Level.NATION), []
    for candidate, is_sure in _stated(head, delivery):
        place, several = _resolve(candidate, text, unlisted=is_sure)
        if place is not None:
            return place, several
    for candidate in _TITLE.findall(name) + _PLACE.findall(name):
        place, several = _resolve(candidate, text, unlisted=True)
        if place is not None:
            note = Diagnostic(code="C201", severity=Severity.NOTE, parameters={"place": place.name})
            return place, [note, *several]
    guess = _most_named(text, head, delivery)
    if guess is not None:
        place, several = _resolve(guess, text, unlisted=False)
        if place is not None:
            warning = Diagnostic(code="C202", severity=Severity.WARNING, parameters={"place": place.name})
            return place, [warning, *several]
    return Place(name=""), [Diagnostic(code="C203", severity=Severity.WARNING)]


def _stated(head: str, delivery: Delivery) -> Iterator[tuple[str, bool]]:
    """Yield the names that the head states, the most reliable first, and whether an unlisted one is believed."""
    yield delivery.where, True
    for found in _ADDRESS.findall(head)[:2]:
        yield found, False
    for line in head.split("\n")[:40]:
        for found in _TITLE.findall(line):
            yield found, True
    for found in _OFFICER.findall(head)[:2]:
        yield found, False


def _resolve(candidate: str, text: str, *, unlisted: bool) -> tuple[Place | None, list[Diagnostic]]:
    """Return the place that a name means, looked up in the standard; None where it names none."""
    words = re.sub(r"^(?:关于|中共|中国共产党)", "", candidate.strip())
    if not words or _BARE.match(words):
        return None, []
    prefecture = [place for place in called(words[:-1]) if words[-1] == "州" and place.rank == "city"]
    if prefecture:
        return Place(name=prefecture[0].name, code=prefecture[0].code, level=Level.CITY), []
    listed, written, several = _lookup(words, text)
    if listed is not None:
        return Place(name=written, code=listed.code, level=_RANKS[listed.rank]), several
    for suffix, level in _SUFFIX_LEVELS if unlisted or several else ():
        if words.endswith(suffix) and len(words) > len(suffix) + 1:
            return Place(name=words, level=level), several
    return None, []


def _lookup(words: str, text: str) -> tuple[ListedPlace | None, str, list[Diagnostic]]:
    """Return the listed place of a full name, and the name with those above it as written."""
    for begin in range(len(words) - 1):
        found = named(words[begin:])
        above = _parts(words[:begin])
        fitting = [place for place in found if all(part in place.above for part in above)]
        if not fitting:
            continue
        written = "".join(above) + words[begin:]
        in_force = [place for place in fitting if not place.former]
        if not in_force or len(in_force) == 1:
            return (in_force or fitting)[0], written, []
        near = [place for place in in_force if any(above[:-1] in text for above in place.above[:1])]
        if len(near) == 1:
            return near[0], written, []
        return None, written, [Diagnostic(code="C204", severity=Severity.NOTE, parameters={"place": words})]
    return None, words, []


def _parts(words: str) -> list[str]:
    """Divide names written one after the other (河北省保定市) into names."""
    return re.findall(f"[\u4e00-\u9fff]{{1,10}}?{_SUFFIX}", words)


def _most_named(text: str, head: str, delivery: Delivery) -> str | None:
    """Return the place of the text's own rank which the text names most, short or in full."""
    level = _own_level(text, head, delivery)
    if level is None:
        return None
    counts: Counter[str] = Counter()
    for run in _CHINESE.finditer(text):
        words = run.group()
        for start in range(len(words) - 1):
            for length in (2, 3, 4):
                for place in called(words[start : start + length]) if start + length <= len(words) else ():
                    if _RANKS[place.rank] is level:
                        counts[place.name] += 1
    # Short names of counties are everyday words (和平, 平安); one counts only beside its full name.
    believed = [name for name in counts if level is not Level.COUNTY or name in text]
    if not believed:
        return None
    name, *others = sorted(believed, key=lambda key: (-counts[key], key))
    clear = not others or counts[name] >= 2 * counts[others[0]]
    return name if counts[name] >= _SHORTEST_COUNT and clear else None


def _own_level(text: str, head: str, delivery: Delivery) -> Level | None:
    """Return the rank of the place, as assembly and address state it or the text calls its own."""
    for words in (delivery.where, *_ADDRESS.findall(head)[:2]):
        for pattern, level in _BARE_LEVELS:
            if pattern.match(words):
                return level
    own = {level: len(pattern.findall(text)) for level, pattern in _OWN_WORDS.items()}
    level = max(own, key=lambda key: own[key])
    return level if own[level] else None
