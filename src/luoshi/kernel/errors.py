"""Exceptions: the caller broke a contract, or the input as a whole cannot be used.

Faults inside data are not exceptions but values: see `luoshi.kernel.diagnostic`.
"""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.kernel.label import Language
from luoshi.kernel.message import text_of


class LuoshiError(Exception):
    """Base of every error that Luoshi raises on purpose.

    Attributes:
        code: Stable code such as ``C101``; each has a heading in ``docs/reference/codes.md``.
        parameters: Values that fill the message.
    """

    def __init__(self, code: str, parameters: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.parameters = {key: str(value) for key, value in (parameters or {}).items()}
        super().__init__(self.describe("en"))

    def describe(self, language: Language = "zh") -> str:
        """Return the message and what would help, in `language`."""
        return text_of(self.code, self.parameters, language)


class UnreadableError(LuoshiError):
    """The bytes given as a report cannot be read as one (codes C1xx)."""


class PlanError(LuoshiError):
    """A plan document is refused: wrong schema, unknown field, broken reference (codes P1xx)."""


class DecisionError(LuoshiError):
    """A review decision does not fit the draft it is made on (codes P3xx)."""
