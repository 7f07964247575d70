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
    DEMO_CREATED = "luoshi.account.demo_created", "建立演示用户", "created demonstration users"


BY_KEY = {str(action.value): action for action in Action}
"""Actions by the key that the log stores."""
