"""Actions that the log knows (审计事项), as past facts."""

from __future__ import annotations

from luoshi.kernel.label import Labelled


class Action(Labelled):
    """What was done."""

    SIGNED_IN = "luoshi.account.signed_in", "登录", "signed in"
    SIGN_IN_FAILED = "luoshi.account.sign_in_failed", "登录失败", "sign-in failed"
    SIGN_IN_LOCKED = "luoshi.account.sign_in_locked", "登录被锁定", "sign-in locked"
    SIGNED_OUT = "luoshi.account.signed_out", "退出", "signed out"
    PASSWORD_CHANGED = "luoshi.account.password_changed", "修改口令", "changed the password"
    PASSWORD_RESET = "luoshi.account.password_reset", "重置口令", "reset a password"
    USER_CREATED = "luoshi.account.user_created", "新建用户", "created a user"
    USER_CHANGED = "luoshi.account.user_changed", "修改用户", "changed a user"
    USER_DISABLED = "luoshi.account.user_disabled", "停用用户", "disabled a user"
    USER_ENABLED = "luoshi.account.user_enabled", "启用用户", "enabled a user"
    ROLE_GRANTED = "luoshi.account.role_granted", "授予角色", "granted a role"
    ROLE_ENDED = "luoshi.account.role_ended", "收回角色", "ended a role"
    AUDIT_EXPORTED = "luoshi.audit.exported", "导出审计日志", "exported the audit log"
    REFUSED = "luoshi.access.refused", "越权被拒", "was refused"
    IMPORT_STARTED = "luoshi.plan.import_started", "开始导入报告", "began to import a report"
    IMPORT_FINISHED = "luoshi.plan.import_finished", "完成导入报告", "imported a report"
    IMPORT_FAILED = "luoshi.plan.import_failed", "导入报告失败", "failed to import a report"
    IMPORT_CANCELLED = "luoshi.plan.import_cancelled", "取消导入", "cancelled an import"
    PLAN_YEAR_CREATED = "luoshi.plan.plan_year_created", "新建年度计划", "created a plan-year"
    DRAFT_REPLACED = "luoshi.plan.draft_replaced", "更新草案", "replaced a draft"
    DECIDED = "luoshi.plan.decided", "审定", "decided"
    DECISION_UNDONE = "luoshi.plan.decision_undone", "撤销审定", "undid a decision"
    PUBLISHED = "luoshi.plan.published", "发布计划", "published a version"
    EXPORTED = "luoshi.plan.exported", "导出", "exported"
    ISSUED = "luoshi.delivery.issued", "下达目标任务", "issued commitments"
    HANDLING_FILED = "luoshi.delivery.handling_filed", "报送办理方案", "filed a handling plan"
    HANDLING_APPROVED = "luoshi.delivery.handling_approved", "批准办理方案", "approved handling plans"
    HANDLING_RETURNED = "luoshi.delivery.handling_returned", "退回办理方案", "returned a handling plan"
    CONTESTED = "luoshi.delivery.contested", "提出异议", "contested a commitment"
    CONTEST_DECIDED = "luoshi.delivery.contest_decided", "裁定异议", "decided a contest"
    REPORT_FILED = "luoshi.delivery.report_filed", "填报", "filed reports"
    REPORT_HELD = "luoshi.delivery.report_held", "单位内退回填报", "held a report in the unit"
    REPORT_PASSED = "luoshi.delivery.report_passed", "审核报出", "passed reports"
    REPORT_RETURNED = "luoshi.delivery.report_returned", "退回填报", "returned a report"
    REPORT_ACCEPTED = "luoshi.delivery.report_accepted", "采纳填报", "accepted reports"
    CYCLE_EXTENDED = "luoshi.delivery.cycle_extended", "同意延期", "gave more time"
    SOURCE_BOUND = "luoshi.delivery.source_bound", "确定数据来源", "bound a source"
    REFERENCE_SET = "luoshi.delivery.reference_set", "填入参照值", "filled in a reference"
    LIGHTS_GIVEN = "luoshi.delivery.lights_given", "亮灯", "gave lights"
    LIGHT_OVERRIDDEN = "luoshi.delivery.light_overridden", "改判亮灯", "overrode a light"
    RELEASED = "luoshi.delivery.released", "公开", "released to the public"
    RELEASE_WITHDRAWN = "luoshi.delivery.release_withdrawn", "撤回公开", "withdrew a release"
    EVIDENCE_ADDED = "luoshi.ledger.evidence_added", "上传佐证材料", "added evidence"
    NOTE_ERASED = "luoshi.ledger.note_erased", "删除附言文字", "erased a note"
    PERSON_ERASED = "luoshi.ledger.person_erased", "删除人员对应", "erased a person's link"
    ROSTER_CHANGED = "luoshi.register.roster_changed", "维护清单", "changed a roster"
    SAMPLE_DRAWN = "luoshi.register.sample_drawn", "抽取样本", "drew a sample"
    SAMPLE_CHECKED = "luoshi.register.sample_checked", "核查样本", "checked a sample"
    STATISTICS_IMPORTED = "luoshi.register.statistics_imported", "导入统计数据", "imported statistics"
    PROCEDURE_DRAFTED = "luoshi.case.procedure_drafted", "编制流程", "prepared a procedure"
    PROCEDURE_PUBLISHED = "luoshi.case.procedure_published", "发布流程", "published a procedure"
    CASE_RECEIVED = "luoshi.case.received", "受理办件", "received a case"
    CASE_ACTED = "luoshi.case.acted", "办理办件", "acted on a case"
    CASE_PERSON_SHOWN = "luoshi.case.person_shown", "查看办件联系人", "looked at a case's contact"
    REGISTERS_OBSERVED = "luoshi.case.registers_observed", "登记簿计数", "counted registers"
    CASES_IMPORTED = "luoshi.case.imported", "导入办件", "imported cases"
    REMINDERS_SENT = "luoshi.supervision.reminders_sent", "催办", "reminded units"
    NOTICE_ISSUED = "luoshi.supervision.notice_issued", "发督办单", "issued a supervision notice"
    NOTICE_ANSWERED = "luoshi.supervision.notice_answered", "回复督办单", "answered a supervision notice"
    NOTICE_RETURNED = (
        "luoshi.supervision.notice_returned",
        "退回督办单回复",
        "returned the answer to a notice",
    )
    NOTICE_CLOSED = "luoshi.supervision.notice_closed", "督办单销号", "closed out a notice"
    NOTICE_LOOKED_BACK = "luoshi.supervision.notice_looked_back", "督办单回头看", "looked back at a notice"
    NOTICE_CIRCULATED = (
        "luoshi.supervision.notice_circulated",
        "通报逾期督办单",
        "circulated an overdue notice",
    )
    INSTRUCTION_GIVEN = "luoshi.supervision.instruction_given", "登记批示", "recorded an instruction"
    TASK_ACCEPTED = "luoshi.supervision.task_accepted", "接收交办事项", "accepted a task"
    TASK_ANSWERED = "luoshi.supervision.task_answered", "回复交办事项", "answered a task"
    TASK_RETURNED = "luoshi.supervision.task_returned", "退回交办回复", "returned the answer to a task"
    TASK_CLOSED = "luoshi.supervision.task_closed", "办结交办事项", "closed a task"
    MEETING_HELD = "luoshi.supervision.meeting_held", "登记调度会", "recorded a dispatch meeting"
    MINUTES_CORRECTED = "luoshi.supervision.minutes_corrected", "更正会议纪要", "corrected minutes"
    DRILL_PLANNED = "luoshi.supervision.drill_planned", "安排拉练", "planned a drill"
    SHEET_FILED = "luoshi.supervision.sheet_filed", "拉练打分", "filed a score sheet"
    SHEET_EXCUSED = "luoshi.supervision.sheet_excused", "免交评分表", "excused a score sheet"
    DRILL_FROZEN = "luoshi.supervision.drill_frozen", "固定拉练结果", "froze the results of a drill"
    POINTS_GRANTED = "luoshi.supervision.points_granted", "考核加减分", "granted points"
    POINTS_REVOKED = "luoshi.supervision.points_revoked", "撤销加减分", "revoked points"
    RESULTS_ANNOUNCED = "luoshi.supervision.results_announced", "公布考核结果", "announced results"
    OBJECTION_RAISED = "luoshi.supervision.objection_raised", "考核申诉", "objected to a score"
    OBJECTION_ANSWERED = "luoshi.supervision.objection_answered", "答复申诉", "answered an objection"
    RESULTS_FROZEN = "luoshi.supervision.results_frozen", "固定考核结果", "froze results"
    VERDICT_CONFIRMED = "luoshi.supervision.verdict_confirmed", "确认结账结论", "confirmed a verdict"
    SETTLEMENT_LOCKED = "luoshi.supervision.settlement_locked", "锁定结账", "locked the settlement"
    WORKDAYS_SET = "luoshi.workdays.set", "登记放假调休通知", "entered a notice about days off"
    WORKDAYS_WITHDRAWN = "luoshi.workdays.withdrawn", "撤下放假调休通知", "withdrew a notice about days off"
    MAIL_SENT_AGAIN = "luoshi.mail.sent_again", "重发邮件", "sent a mail again"
    MAIL_CHOSEN = "luoshi.mail.chosen", "选择是否收邮件", "chose whether to get mails"
    NEXT_REPORT_ADDED = "luoshi.reconciliation.report_added", "加入下一年报告", "added the next report"
    PAIR_RULED = "luoshi.reconciliation.pair_ruled", "核定兑现情况", "ruled on a pair"
    UNMENTIONED_CONFIRMED = (
        "luoshi.reconciliation.unmentioned_confirmed",
        "确认未提及",
        "confirmed what is not mentioned",
    )
    RECONCILIATION_RELEASED = "luoshi.reconciliation.released", "公开兑现核对", "released a reconciliation"
    RECONCILIATION_WITHDRAWN = (
        "luoshi.reconciliation.withdrawn",
        "撤下兑现核对",
        "withdrew a reconciliation",
    )
    VERDICT_CORRECTED = "luoshi.supervision.verdict_corrected", "更正结账结论", "corrected a verdict"
    BRIEF_DRAFTED = "luoshi.brief.drafted", "拟稿", "drafted a document"
    BRIEF_EDITED = "luoshi.brief.edited", "修改文件", "edited a document"
    BRIEF_APPROVED = "luoshi.brief.approved", "审定文件", "approved a document"
    BRIEF_REOPENED = "luoshi.brief.reopened", "退回拟稿", "made a document a draft again"
    BRIEF_ISSUED = "luoshi.brief.issued", "签发文件", "issued a document"
    FEED_OPENED = "luoshi.supervision.feed_opened", "开通日历订阅", "opened a calendar feed"
    FEED_CLOSED = "luoshi.supervision.feed_closed", "停用日历订阅", "closed a calendar feed"
    DEMO_CREATED = "luoshi.account.demo_created", "建立演示用户", "created demonstration users"


BY_KEY = {str(action.value): action for action in Action}
"""Actions by the key that the log stores."""
