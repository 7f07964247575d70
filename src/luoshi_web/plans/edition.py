"""Which state of a plan an address shows (版本): the draft, or a published version."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """The draft (number 0) or the published version with this number."""

    number: int

    @property
    def is_draft(self) -> bool:
        """Whether this is the draft."""
        return self.number == 0

    def __str__(self) -> str:
        return "draft" if self.is_draft else f"v{self.number}"


DRAFT = Edition(0)


class EditionConverter:
    """Writes editions in addresses: ``draft``, ``v1``, ``v2`` and so on."""

    regex = "draft|v[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> Edition:
        """Read an edition from an address."""
        return DRAFT if value == "draft" else Edition(int(re.sub(r"\D", "", value)))

    def to_url(self, value: Edition | str) -> str:
        """Write an edition into an address."""
        return str(value)
