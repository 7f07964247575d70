"""Noun phrases of what is counted (指标短语): openers off the front, predicates off the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.catalogue.wording import wording

_EDGE = "，、；：。 　*·—-①②③④⑤⑥⑦⑧⑨⑩"
_BRACKET = re.compile(r"（[^（）]*(?:\d|、|，)[^（）]*）|（[^（）]{9,}）|\[\d+\]|〔\d+〕|【\d+】|［\d+］")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is counted, and the verb that opens it.

    Attributes:
        words: The phrase, a kept verb at its front included.
        verb: The kept verb, or "".
        dropped: Verbs that were taken off the front, joined.
        offset: How many characters were taken off the front.
    """

    words: str
    verb: str
    dropped: str
    offset: int

    @property
    def noun(self) -> str:
        """The phrase without its verb."""
        return self.words[len(self.verb) :]


_NOUN_TAIL = re.compile(
    r"业|额|率|收入|面积|量|总|者|商|器|带|规模|区|站|中心|体系|平台|机构|费|能力|网|企业|产品|贸易|增|型|化|支出|价格|服务|项目|创业|创汇"
)
_ORDER = re.compile(
    r"(?:[一二三四五六七八九十]+(?:是|要)|\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[）)]|即|并|(?:19|20)\d\d年(?:度)?|(?:连续)?[三四五十两]年(?:来|间|累计|共|年均|每年)*)+(?=.)"
)
_COMPOUND = re.compile(
    r"保障(?:性|房|水平|体系|住房|型|卡)|保护(?:性|区|地)|发展(?:水平|改革|指数|质量|新区|规模|基金)|组织(?:率|化)|支持(?:率|政策|力度)|使用(?:率|面积|量)|引导基金|稳定(?:率|脱贫)|提升(?:率|幅度)|优化率|落实率|完善[度率]|完成(?:率|投资占)|保(?:险|税|育|洁|安|健|费|供|交|有量)"
)
_INVESTED = re.compile(r"完成(?:年度|总|工业|固定资产|项目|年)*投资额?$")


_OURS = ("我市", "我省", "我县", "我区", "我州")
_NOUN_OF = {
    "增加": ("值",),
    "营造": ("林",),
    "绿化": ("率",),
    "覆盖": ("率", "面"),
    "安置": ("房", "点", "区", "小区", "社区"),
    "储备": ("库", "林", "粮", "肉"),
    "转移": ("支付",),
}
"""Kept verbs that are no verbs before these words."""
_WHOLE_PLACE = re.compile(r"[全我][省市县区州盟旗](?P<aux>(?:要|将|共|计划|力争)*)(?=.|$)")


def read(words: str, *, whole: bool = False) -> Phrase:
    """Take openers off the front of a phrase.

    Args:
        words: The phrase.
        whole: Whether nothing may be left; otherwise a lone last verb stays.

    Example:
        >>> read("大力实施重点技改项目").words, read("全面新建高标准农田").verb
        ('重点技改项目', '新建')
    """
    known = wording()
    text = words.rstrip(_EDGE)
    opening = _ORDER.match(text)
    at, dropped = opening.end() if opening else 0, ""
    while at < len(text):
        if text[at] in _EDGE:
            at += 1
            continue
        place = _WHOLE_PLACE.match(text, at)
        if place and (place["aux"] or text[at:] in _OURS or known.verb_start.match(text, place.end())):
            at = place.end()
            continue
        opener = known.opener.match(text, at)
        kept = _kept(text, at)
        if kept and (
            opener is None
            or kept.end() > opener.end()
            or (kept.end() == opener.end() and not opener["dropped"])
        ):
            if kept[0] in known.nounlike and _NOUN_TAIL.match(text, kept.end()):
                break
            end = kept.end()
            while (more := _kept(text, end)) and more[0] not in known.nounlike:
                end = more.end()
            return Phrase(text[at:], text[at:end], dropped, at)
        if opener is None or (opener.end() == len(text) and opener["dropped"] and not dropped and not whole):
            break
        if opener["dropped"] == "完成" and _INVESTED.match(text, at):
            break
        if opener["dropped"] and _COMPOUND.match(text, at):
            break
        if opener["adverb"] and _is_noun_start(text, at, opener.end()):
            break
        dropped += opener["dropped"] or ""
        at = opener.end()
        if text[at : at + 1] == "了":
            at += 1
        if opener["dropped"] and text[at : at + 1] == "好" and text[at + 1 : at + 2] != "转":
            at += 1
    return Phrase(text[at:], "", dropped, at)


def _kept(text: str, at: int) -> re.Match[str] | None:
    match = wording().kept.match(text, at)
    return None if match and text.startswith(_NOUN_OF.get(match[0], ()), match.end()) else match


# An adverb's characters may open a noun: 重点项目, 集中供热, 高标准农田, 规范化学校.
_NOUN_AFTER = re.compile(
    r"集中(?=[供居安隔、和与])|集中连片(?=片|特)|高标准(?=农田|基本)|规范(?=化)|高效(?=农|节|设|特|经|林)|全域|综合|平均(?=[寿预受浓])"
    r"|基本(?=[公医养农药]|社会|实有|满意)|专项|免费|系统|分类|人均|年均|主要(?=农|污|作)|科学|全部|有效(?=发|灌|专|投)|定期|各(?=类|级|地|县|区|乡|项)|计划(?=生育|单列)|对(?=外|口|接)|以(?=工|商)|等级|优先(?=发)|将军|和(?=美|谐|平)|使用|滚动|专项|精准|协同|一体|首批|和谐|及格|再生|再就|由|用(?=户|地|水|电|能|工)|也|让|并(?=购|网)|在(?=建|库|孵|校|册|园|线|职|岗|统|外)|为(?=民)|通过率|深化|给|就业|就(?=地|近|医)|以旧|把|至|仅|只|达(?=标|产)|约|近(?=海|视|岸|零|期|年|日|郊)|突出(?=贡献|问题|表现|矛盾|环境|成绩)"
)


def _is_noun_start(text: str, at: int, end: int) -> bool:
    if text.startswith("重点", at) and end == at + 2:
        return wording().verb_start.match(text, end) is None
    match = _NOUN_AFTER.match(text, at)
    return match is not None and match.end() >= end


def clean(words: str) -> str:
    """Return a phrase without long brackets, footnote marks and edge marks."""
    return _BRACKET.sub("", words).strip(_EDGE).removesuffix("的").removesuffix("等")


_NOMINAL = re.compile(
    r"(?:开工)?(?:建设|改造|提升|升级|整治|修复|治理|创建|培育|扩建|改扩建|更新|实施|开工|投产|竣工|竣工投产|任务|工作)+"
)


def after_list(words: str) -> str:
    """Return what stands after a long list of named members (甲、乙、丙等活动: 活动)."""
    front, listed, rest = words.rpartition("等")
    return (
        rest if listed and len(rest) >= 3 and len(front) > 12 and ("、" in front or "”“" in front) else words
    )


def is_nominal(words: str) -> bool:
    """Tell whether words are an act named as a thing (开工建设, 改造), not a predicate."""
    return _NOMINAL.fullmatch(words) is not None


def before_onset(words: str) -> tuple[str, str]:
    """Split a noun phrase from the predicate that follows it.

    Example:
        >>> before_onset("续建项目早日竣工"), before_onset("智慧社区建设")
        (('续建项目', '早日竣工'), ('智慧社区建设', ''))
    """
    match = wording().onset.search(words)
    if match is None or _NOMINAL.fullmatch(words, match.start()):
        return words, ""
    return words[: match.start()], words[match.start() :]
