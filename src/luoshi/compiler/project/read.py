"""Projects of a sentence (项目识别): clause by clause, the verb, the names behind it, and what the next clause adds."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.compiler.listing import Range, split
from luoshi.compiler.project.act import Opening, continuation, opening, tail
from luoshi.compiler.project.name import JOIN, is_completed_one, is_title, kind_of, names_in
from luoshi.compiler.project.named import Clause, Named
from luoshi.compiler.project.series import AND_SO_ON, listed, represented
from luoshi.compiler.project.single import plain, supported, title
from luoshi.kernel.quantity import parse_numeral
from luoshi.plan.model import ProjectKind, ProjectStage

_LONGEST_CLAUSE = 600


def projects_of(text: str, start: int, end: int) -> list[Named]:
    """Return the projects that a sentence names, in text order."""
    found: list[Named] = []
    last = 0  # how many of the found belong to the clause before
    before: Opening | None = None
    for clause in split(text, start, end, "，；。：！"):
        if clause[1] - clause[0] > _LONGEST_CLAUSE:
            continue
        read = _clause(text, *clause, before)
        if not read and last and (more := continuation(text, *clause)):
            found[-last:] = [_continued(one, *more) for one in found[-last:]]
            last = 0
            continue
        if not (read and read[0].shares_verb):
            before = None
        elif (opened := opening(text, *clause)).verb:
            before = opened
        last = len(read) if text[clause[1] : clause[1] + 1] == "，" else 0
        found += read
    return found


def _continued(one: Named, act: str, stage: ProjectStage, place: Range) -> Named:
    stage = one.stage if stage is ProjectStage.UNSTATED else stage
    return replace(one, action=f"{one.action}、{act}", stage=stage, until=place[1])


_ENUMERATOR = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[是、]|（[一二三四五六七八九十]{1,3}）|[①-⑳]|（?\d{1,2}[）.、．](?!\d)|[—●■◆]+"
    r"|第[一二三四五六七八九十]{1,2}[，、])+"
)
_DETERMINER = re.compile(
    r"(?:一批|新的|一个|一座|一条|一所|若干|多个|全省|全市|全县|全区|我省|我市|我县|我区|本市|现有|新一批|第一批|首批"
    r"|(?:总投资|计划投资|新增投资|投资|占地|全长|总长|长)(?:约|达|近|超)?\d[\d.,]*[\u4e00-\u9fff]{1,6}?的"
    r"|\d{4}年度?|一年一度的|新一轮的|[\u4e00-\u9fff]{2,6}的(?=“)"
    r"|\d[\d.]*[万千]?(?:亩|平方米|公里|米|千瓦|兆瓦|吨|张床位)的"
    r"|\d[\d.]*(?:公里|千米|万?平方米|万?平米|亩)(?=[\u4e00-\u9fff]{6,}))+"
)
_SEVERAL = ("一批", "若干", "多个", "新一批")
_REPRESENTED = re.compile(r"以(?P<list>[^，；。]{2,40}?)等?为(?:代表|龙头)的(?P<noun>[\u4e00-\u9fff]{2,16})$")
# 同江, 同心 and the like are places, not the preposition.
_WITH = re.compile(r"与|同(?![心德江仁安川济里])")
_TURNED = re.compile(r"“[^“”]+”向(?P<into>“[^“”]+”)(?P<act>转变|升级|迈进|转型|提升|延伸)$")
_TREATED = re.compile(
    r"(?:加大|加强|强化)?对(?P<list>.{2,80}?)(?:(?:进行|实施|开展)(?P<act>[\u4e00-\u9fff]{2,8})"
    r"|的(?P<aid>扶持|支持|帮扶|服务|培育)(?:力度)?)$"
)
_COUNTED = re.compile(
    r"(?=(?P<number>\d{1,3}|[两三四五六七八九十]{1,2})(?:个|家|条|座|所|大|处|片)[\u4e00-\u9fff]{2,14}$)"
)
_WINS = re.compile("争创|创建|申创|创成")
_NOUNLIKE = ("改造", "提升")  # verbs that may be the first word of a name (改造提升工程)


def _clause(text: str, start: int, end: int, before: Opening | None) -> list[Named]:
    if match := _ENUMERATOR.match(text, start, end):
        start = match.end()
    if end - start < 4:
        return []
    if found := _treated(text, start, end):
        return found
    opened = opening(text, start, end)
    if not opened.verb:
        mark = AND_SO_ON.search(text, start, end)
        if before and mark and (found := listed(Clause(text, start, end, before), start, mark, end)):
            return found
        return _subject_first(Clause(text, start, end, opened))
    whole = opened.ends[0]
    for begin in opened.ends[:-1]:
        if end - begin < 2 or (begin != whole and opened.verb not in _NOUNLIKE):
            continue
        said = opened.words[: len(opened.words) - (whole - begin)] or opened.words
        if found := _object(Clause(text, start, end, replace(opened, words=said)), begin):
            return found
    return _title_inside(Clause(text, start, end, opened), whole)


def _title_inside(clause: Clause, begin: int) -> list[Named]:
    """Read 鼓励有条件的县市争创国家某某城市: the title alone is named."""
    text, end = clause.text, clause.end
    for match in _WINS.finditer(text, begin, end):
        if is_title(text, match.end(), end):
            opened = Opening(match[0], match[0], ProjectStage.BUILDING, (match.end(),))
            place = (match.end(), end)
            return [replace(clause, opened=opened).named(place, ProjectKind.TITLE, confidence=0.75)]
    return []


def _treated(text: str, start: int, end: int) -> list[Named]:
    """Read 对甲学校、乙学校等7所学校进行改扩建."""
    match = _TREATED.match(text, start, end)
    mark = AND_SO_ON.search(text, *match.span("list")) if match else None
    if not match or not mark:
        return []
    act = match["act"] or match["aid"]
    stage = ProjectStage.BUILDING if match["act"] else ProjectStage.UNSTATED
    opened = Opening(act, act, stage, (start, start))
    return listed(Clause(text, start, end, opened), match.start("list"), mark, match.end("list"))


def _object(clause: Clause, begin: int) -> list[Named]:
    """Read what stands behind the verb."""
    text, end = clause.text, clause.end
    if found := title(clause, begin):
        return found
    several = False
    if match := _DETERMINER.match(text, begin, end):
        begin, several = match.end(), match[0].startswith(_SEVERAL)
        if several:
            clause = replace(clause, opened=replace(clause.opened, words=clause.opened.words + match[0]))
        if found := title(clause, begin):
            return found
    if _WITH.match(text, begin) or ((joint := JOIN.match(text, begin, end)) and joint[0] == "和"):
        return []  # 加强与甲港合作 is no project of the port
    if match := _TURNED.match(text, begin, end):
        stage = ProjectStage.BUILDING
        return [clause.named(match.span("into"), ProjectKind.SYSTEM, match["act"], stage, confidence=0.75)]
    if match := _REPRESENTED.match(text, begin, end):
        return represented(clause, match)
    for mark in AND_SO_ON.finditer(text, begin, end):
        if text.count("（", begin, mark.start()) == text.count("）", begin, mark.start()):
            return listed(clause, begin, mark, end)
    if found := _counted(clause, begin):
        return found
    if found := supported(clause, begin):
        return found
    if several and "“" not in text[begin:end]:
        return []  # 培育一批联动项目 names none
    return plain(clause, begin)


def _counted(clause: Clause, begin: int) -> list[Named]:
    """Read 抓好甲、乙、丙3个项目建设: a list as long as the number behind it says."""
    for mark in _COUNTED.finditer(clause.text, begin + 4, clause.end):
        pieces = split(clause.text, begin, mark.start())
        if len(pieces) > 1 and parse_numeral(mark["number"]) == len(pieces):
            return listed(clause, begin, mark, clause.end)
    return []


_FIRM = (ProjectStage.STARTED, ProjectStage.COMPLETED, ProjectStage.PREPARED)


def _subject_first(clause: Clause) -> list[Named]:
    """Read a clause that begins with the names: 甲大桥建成通车, 乙园创建国家级景区."""
    text, begin, end = clause.text, clause.opened.ends[0], clause.end
    if match := _DETERMINER.match(text, begin, end):
        begin = match.end()
    silent = replace(clause, opened=replace(clause.opened, words="", stage=ProjectStage.UNSTATED))
    if mark := AND_SO_ON.search(text, begin, end):
        return [one for one in listed(silent, begin, mark, end) if one.stage in _FIRM]
    act = tail(text, begin, end)
    if act.words and (act.stage in _FIRM or "主体" in act.words):
        names = names_in(text, begin, act.begins)
        if not names and act.stage is ProjectStage.COMPLETED and is_completed_one(text, begin, act.begins):
            names = [((begin, act.begins), ProjectKind.PROJECT)]
        if names and names[0][0][0] == begin:
            return [silent.named(place, kind, act.words, act.stage, confidence=0.75) for place, kind in names]
    for here in range(begin + 3, min(end - 3, begin + 16)):
        if text.startswith(("创建", "争创"), here) and (kind := kind_of(text, begin, here)):
            stage = ProjectStage.BUILDING
            return [silent.named((begin, here), kind, text[here:end], stage, confidence=0.7)]
    return []
