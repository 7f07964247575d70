"""Reading text (阅读文本): the source with half- and full-width, quotes, spaces and broken lines made regular.

The passes read this text and count in it. `Reading.span` leads back to the source as delivered, so
whatever was normalised, an offset in the plan points into what was delivered.
"""

from luoshi.compiler.reading.build import from_source
from luoshi.compiler.reading.model import Reading

__all__ = ["Reading", "from_source"]
