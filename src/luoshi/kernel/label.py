"""Names shown to people, in Chinese and English, kept beside the key they name."""

from __future__ import annotations

from enum import Enum
from typing import Literal, Self

Language = Literal["zh", "en"]


class Labelled(Enum):
    """Enumeration whose members carry a key and a label in both languages.

    A member is written ``NAME = "key", "中文", "English"``. Its value, which is what
    JSON and the database hold, is the key alone.

    Example:
        >>> class Light(Labelled):
        ...     DONE = "done", "完成", "done"
        >>> Light("done").label("zh"), Light.DONE.value
        ('完成', 'done')
    """

    zh: str
    en: str

    def __new__(cls, key: str, zh: str = "", en: str = "") -> Self:
        """Keep the key as the value and the labels as attributes."""
        member = object.__new__(cls)
        member._value_ = key
        member.zh = zh
        member.en = en
        return member

    def label(self, language: Language = "zh") -> str:
        """Return the name of the member in `language`."""
        return self.zh if language == "zh" else self.en
