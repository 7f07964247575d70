"""How far a mail has come (邮件状态)."""

from __future__ import annotations

from luoshi.kernel.label import Labelled


class MailState(Labelled):
    """State of a mail.

    A mail whose sender died, or whose connection broke, after it was handed over may have arrived or not: it is uncertain, and only a person sends it again.
    """

    QUEUED = "queued", "待发送", "queued"
    SENDING = "sending", "发送中", "being sent"
    SENT = "sent", "已发送", "sent"
    UNCERTAIN = "uncertain", "结果不明", "outcome unknown"
    FAILED = "failed", "未能发送", "failed"
