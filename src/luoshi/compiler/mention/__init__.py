"""Numbers of a text with their units (数字): Arabic and Chinese numerals, ranges, fractions, and words in a number's place."""

from luoshi.compiler.mention.model import Mention
from luoshi.compiler.mention.read import mentions

__all__ = ["Mention", "mentions"]
