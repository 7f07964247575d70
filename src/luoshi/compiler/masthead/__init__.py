"""Masthead (题头): which place's report this is, for which year, and where and when it was delivered."""

from luoshi.compiler.masthead.build import Masthead, from_reading

__all__ = ["Masthead", "from_reading"]
