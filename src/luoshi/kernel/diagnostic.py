"""Faults and notes about data, as values that are collected and shown together."""

from __future__ import annotations

import msgspec

from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of
from luoshi.kernel.span import Span


class Severity(Labelled):
    """How much a diagnostic matters."""

    ERROR = "error", "错误", "error"
    WARNING = "warning", "提醒", "warning"
    NOTE = "note", "说明", "note"


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing found in a report, an import or a register that a person should know.

    Attributes:
        code: Stable code such as ``C310``.
        severity: How much it matters.
        span: Where in the source it is; None where it concerns the whole.
        item: Identity of the plan item concerned, or "".
        parameters: Values that fill the message.
    """

    code: str
    severity: Severity
    span: Span | None = None
    item: str = ""
    parameters: dict[str, str] = {}

    def describe(self, language: Language = "zh") -> str:
        """Return the message in `language`."""
        return text_of(self.code, self.parameters, language)
