"""What a command of the year of delivery refuses, and why."""

from __future__ import annotations

from luoshi.kernel.errors import LuoshiError


class DeliveryError(LuoshiError):
    """What was asked does not fit the state of the year (codes L2xx)."""
