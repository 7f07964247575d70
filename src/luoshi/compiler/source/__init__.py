"""From the bytes of a report to its text as delivered (读取来源文件)."""

from luoshi.compiler.source.delivered import Delivered, document
from luoshi.compiler.source.limited import read_limited
from luoshi.compiler.source.read import read

__all__ = ["Delivered", "document", "read", "read_limited"]
