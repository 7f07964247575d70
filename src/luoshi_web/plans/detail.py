"""What the drawer tells of an item: its sentence, its reasons, what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.kernel.span import Span
from luoshi.plan.items import ItemKind, commitment_of
from luoshi.plan.model import ADVICE, SURE, Claim, Commitment, Item, Procedure, Target, Term
from luoshi_web.frame.language import reading_language
from luoshi_web.plans.index import PlanIndex, shown
from luoshi_web.plans.wording import figure_text, sureness_text

FIELD_NAMES = {
    "title": _("名称"),
    "name": _("名称"),
    "section": _("章节"),
    "action": _("动作"),
    "object": _("对象"),
    "strength": _("力度"),
    "deadline": _("完成时限"),
    "due": _("完成时限"),
    "lead_unit": _("牵头单位"),
    "supporting_units": _("配合单位"),
    "leading_official": _("牵头领导"),
    "commitment": _("所属目标任务"),
    "done_when": _("完成标志"),
    "evidence": _("佐证材料"),
    "weight": _("权重"),
    "indicator": _("指标"),
    "indicator_key": _("指标目录"),
    "comparator": _("比较词"),
    "value": _("数值"),
    "upper": _("上限值"),
    "reference": _("参照"),
    "unit": _("单位"),
    "kind": _("类型"),
    "base_period": _("对比基期"),
    "judged_as": _("判定方式"),
    "course": _("进程"),
    "number": _("数字位置"),
    "stage": _("到达阶段"),
    "place": _("地点"),
    "amount": _("金额"),
    "scope": _("适用范围"),
    "stages": _("环节"),
    "members": _("成员"),
    "limits": _("时限与限额"),
    "strikes": _("节奏"),
    "definition": _("释义"),
    "uses": _("正文出现"),
    "growth_percent": _("增长"),
    "year": _("年份"),
    "text": _("原文"),
    "spans": _("出处"),
    "split_rule": _("拆分"),
    "publicity": _("公开属性"),
    "approved": _("批准"),
    "member_of": _("所属清单"),
    "clause": _("承诺原句"),
    "amount_unit": _("金额单位"),
    "declared_count": _("名称所示数目"),
    "supersedes": _("取代"),
    "procedure": _("形成机制"),
}
"""What the fields of items are called on screens."""

_AROUND = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation: whether they are meant, and the term that they are, or ""."""

    text: str
    is_meant: bool
    term: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A place of the text with the words around it, in pieces."""

    pieces: list[Piece]
    span: Span

    @property
    def words(self) -> str:
        """The words meant."""
        return "".join(piece.text for piece in self.pieces if piece.is_meant)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value, and how sure that is."""

    field: Any
    text: str
    sureness: str
    is_sure: bool
    is_reviewed: bool
    is_advice: bool


def quote_at(index: PlanIndex, span: Span) -> Quote:
    """Return a place with the words around it, up to the ends of its line; terms of the glossary are told apart."""
    text = index.plan.source(span.source).text
    left = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    right = text.find("\n", span.end)
    right = min(len(text) if right < 0 else right, span.end + _AROUND)
    uses = index.term_uses(span.source, left, right)
    cuts = {left, right, span.start, span.end}
    for use, _term in uses:
        cuts |= {max(left, use.start), min(right, use.end)}
    ordered = sorted(cuts)
    pieces = [
        Piece(text[start:end], span.start <= start < span.end, _term_at(uses, start))
        for start, end in pairwise(ordered)
    ]
    if left and text[left - 1] != "\n":
        pieces.insert(0, Piece("…", False, ""))
    if right < len(text) and text[right] != "\n":
        pieces.append(Piece("…", False, ""))
    return Quote(pieces, span)


def _term_at(uses: list[tuple[Span, str]], place: int) -> str:
    return next((term for use, term in uses if use.start <= place < use.end), "")


def reasons_of(item: Item) -> list[Reason]:
    """Return the reasons of an item's fields, the least sure first."""
    ordered = sorted(item.bases, key=lambda basis: basis.confidence)
    return [
        Reason(
            FIELD_NAMES.get(basis.field, basis.field),
            basis.describe(reading_language()),
            sureness_text(basis.confidence),
            basis.confidence >= SURE,
            basis.field in item.reviewed,
            basis.field in ADVICE,
        )
        for basis in ordered
    ]


def detail_of(index: PlanIndex, kind: ItemKind, item: Item) -> dict[str, Any]:
    """Return what the drawer shows beside the item's own fields."""
    plan = index.plan
    commitment = index.commitments.get(commitment_of(item)) if kind is not ItemKind.COMMITMENT else None
    detail: dict[str, Any] = {
        "quotes": [quote_at(index, span) for span in item.spans],
        "reasons": reasons_of(item),
        "commitment": commitment,
        "unit": index.unit_of(item),
        "figure": figure_text(item) if isinstance(item, Target | Claim) else "",
        "notes": [d.describe(reading_language()) for d in plan.diagnostics if d.item == item.id],
    }
    if isinstance(item, Commitment):
        detail |= {
            "targets": [(target, figure_text(target)) for target in shown(index.targets_of.get(item.id, []))],
            "deliverables": shown(index.deliverables_of.get(item.id, [])),
            "projects": shown(index.projects_of.get(item.id, [])),
            "supporting": [index.unit_names.get(unit, unit) for unit in item.supporting_units],
            "parts": [other for other in plan.commitments if other.parent == item.id],
            "whole": index.commitments.get(item.parent),
        }
    if isinstance(item, Term):
        detail["uses"] = [quote_at(index, span) for span in item.uses]
    if isinstance(item, Procedure):
        detail["definition"] = quote_at(index, item.definition) if item.definition else None
    return detail
