"""What makes a scheme or a score unusable."""

from __future__ import annotations

from luoshi.kernel.errors import LuoshiError


class ScoreError(LuoshiError):
    """A scheme is not sound, or a component of a score cannot be traced (codes S70x)."""
