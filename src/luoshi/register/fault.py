"""What a command of a register refuses, and why."""

from __future__ import annotations

from luoshi.kernel.errors import LuoshiError


class RegisterError(LuoshiError):
    """What was asked does not fit the state of the register (codes R1xx)."""
