"""How screens of the year of delivery write values, days and where a number comes from."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.delivery.source import Source, SourceKind
from luoshi.delivery.year import Year
from luoshi.ledger.observation import Observation
from luoshi.packs import packs
from luoshi.register.observed import parts_of, source_name
from luoshi_web.frame.language import label, reading_language


def value_text(value: Decimal | None, unit: str = "") -> str:
    """Return a value with its unit, without zeros that say nothing; — where it is not known."""
    if value is None:
        return "—"
    text = format(value.normalize(), "f") if value != 0 else "0"
    return f"{text}{unit}"


def source_text(source: Source, year: Year) -> str:
    """Return where figures come from, in words."""
    match source.kind:
        case SourceKind.ROSTER:
            roster = year.rosters.get(source.name)
            return _("清单“%(title)s”") % {"title": roster.title if roster else source.name}
        case SourceKind.IMPORT:
            return _("统计导入“%(name)s”") % {"name": source.name}
        case SourceKind.REGISTER:
            return register_text(source.name)
        case SourceKind.REPORT:
            return label(source.kind)


def register_text(name: str) -> str:
    """Return a figure of a register in words: pack and indicator; the name itself where the pack is not there."""
    pack_key, indicator_key, _parameter = parts_of(name)
    pack = packs().get(pack_key)
    indicator = pack.indicators.get(indicator_key) if pack else None
    if pack is None or indicator is None:
        return name
    told = {"pack": pack.label(reading_language()), "indicator": indicator.label(reading_language())}
    return _("登记簿“%(pack)s”：%(indicator)s") % told


def register_sources() -> list[tuple[str, str]]:
    """Return the figures that registers can give, without a parameter: name of the source, and words."""
    names = [source_name(pack.key, key) for pack in packs().values() for key in pack.indicators]
    return [(name, register_text(name)) for name in names]


def known_text(observation: Observation) -> str:
    """Return how a figure is known: how computed and who attests it."""
    return f"{label(observation.computed)} · {label(observation.attestation)}"


_FACTS = {
    "commitments_issued": gettext_lazy("下达目标任务"),
    "handling_filed": gettext_lazy("报送办理方案"),
    "handling_approved": gettext_lazy("批准办理方案"),
    "handling_returned": gettext_lazy("退回办理方案"),
    "handling_contested": gettext_lazy("提出异议"),
    "contest_decided": gettext_lazy("裁定异议"),
    "report_filed": gettext_lazy("提交填报"),
    "report_held": gettext_lazy("负责人退回填报"),
    "report_passed": gettext_lazy("负责人报出填报"),
    "report_accepted": gettext_lazy("采纳填报"),
    "report_returned": gettext_lazy("督查室退回填报"),
    "cycle_extended": gettext_lazy("同意延期"),
    "source_bound": gettext_lazy("确定数据来源"),
    "reference_set": gettext_lazy("填入参照值"),
    "statistics_imported": gettext_lazy("导入统计数据"),
    "registers_observed": gettext_lazy("登记簿计数"),
    "roster_opened": gettext_lazy("建立清单"),
    "roster_items_set": gettext_lazy("更新清单条目"),
    "roster_items_accepted": gettext_lazy("认定清单条目"),
    "roster_item_withdrawn": gettext_lazy("取消清单条目"),
    "sample_drawn": gettext_lazy("抽取样本"),
    "sample_checked": gettext_lazy("核查样本"),
    "lights_given": gettext_lazy("当日亮灯"),
    "light_overridden": gettext_lazy("改判"),
    "override_ended": gettext_lazy("恢复按规则亮灯"),
    "commitment_released": gettext_lazy("公开目标任务"),
    "evidence_released": gettext_lazy("公开佐证材料"),
    "release_withdrawn": gettext_lazy("撤下公开内容"),
    "reminders_sent": gettext_lazy("催办"),
    "notice_issued": gettext_lazy("发出督办单"),
    "notice_replied": gettext_lazy("单位回复"),
    "notice_returned": gettext_lazy("退回回复"),
    "notice_closed": gettext_lazy("督办单销号"),
    "next_report_added": gettext_lazy("加入下一年报告"),
    "pair_ruled": gettext_lazy("核定兑现情况"),
    "unmentioned_confirmed": gettext_lazy("确认未提及"),
    "reconciliation_released": gettext_lazy("公开兑现核对"),
    "reconciliation_withdrawn": gettext_lazy("撤下兑现核对"),
    "notice_looked_back": gettext_lazy("回头看"),
    "notice_circulated": gettext_lazy("通报逾期"),
    "instruction_given": gettext_lazy("领导批示"),
    "task_assigned": gettext_lazy("交办"),
    "task_accepted": gettext_lazy("单位接收"),
    "task_replied": gettext_lazy("单位回复"),
    "task_returned": gettext_lazy("退回回复"),
    "task_closed": gettext_lazy("办结交办事项"),
    "meeting_held": gettext_lazy("调度会"),
    "minutes_corrected": gettext_lazy("更正会议纪要"),
    "drill_planned": gettext_lazy("安排拉练"),
    "drill_sheet_filed": gettext_lazy("拉练打分"),
    "drill_sheet_excused": gettext_lazy("免交评分表"),
    "drill_frozen": gettext_lazy("固定拉练结果"),
    "points_granted": gettext_lazy("考核加减分"),
    "points_revoked": gettext_lazy("撤销加减分"),
    "results_announced": gettext_lazy("公布考核结果"),
    "objection_raised": gettext_lazy("考核申诉"),
    "objection_answered": gettext_lazy("答复申诉"),
    "results_frozen": gettext_lazy("固定考核结果"),
    "verdict_confirmed": gettext_lazy("确认结账结论"),
    "settlement_locked": gettext_lazy("锁定结账"),
    "verdict_corrected": gettext_lazy("更正结账结论"),
}


def fact_text(tag: str) -> str:
    """Return what an entry says happened, in words; the tag itself for a kind that this edition does not know."""
    return str(_FACTS.get(tag, tag))
