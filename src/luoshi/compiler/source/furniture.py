"""Page furniture (页面文字): what a web site puts around a text."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml

_LONGEST = 120
"""Characters; a longer line is text, whatever words it holds."""
_AROUND = r"[\s\[\]【】（）()|｜>＞»·:：、/,，<《»«\-–—+↑↓*]*+"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    lists = yaml.safe_load(
        resources.files(__package__).joinpath("furniture.yaml").read_text(encoding="utf-8")
    )
    words = "|".join(re.escape(word) for word in sorted(lists[kind].split(), key=len, reverse=True))
    match kind:
        case "buttons":
            expression = rf"{_AROUND}(?>(?:{words}|(?<!\d)\d{{1,3}}(?!\d)){_AROUND})++"
        case "labels":
            expression = rf"{_AROUND}(?:{words})\s*(?:[:：]|[>＞»]|\s{{2,}}|\s*\d{{4}}-\d)"
        case "ends":
            expression = rf"[\s【\[（(]*(?:{words})(?:[\s:：】\]）)]|$)"
        case _:
            expression = words
    return re.compile(expression, re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Tell whether a line of a page belongs to the site and not to the text."""
    line = line.strip()
    if len(line) > _LONGEST:
        return False
    return bool(
        _pattern("buttons").fullmatch(line)
        or _pattern("labels").match(line)
        or _pattern("anywhere").search(line)
    )


def ends_text(line: str) -> bool:
    """Tell whether a line begins what stands below the text: neighbours, related pages, the editor, the licence."""
    line = line.strip()
    return len(line) <= _LONGEST and _pattern("ends").match(line) is not None
