"""Chinese marks (标点): half-width marks and straight quotes shown in their Chinese forms.

One character for one character; offsets stay.
"""

from __future__ import annotations

import re

_CHINESE = r"一-鿿㐀-䶿〇、。，；：？！（）《》〈〉【】“”‘’…—％℃"
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！"}
_MARK = re.compile(r"[,;:!]")
_IS_CHINESE = re.compile(rf"[{_CHINESE}]")
_BRACKET = re.compile(r"[()]")
_QUOTE = re.compile(r"""["']""")
_OPENS_AFTER = "，、；：（《〈【—"
_CLOSES_BEFORE = "，。、；：？！）》〉】…"


def chinese(text: str) -> str:
    """Return `text`, regular and without spaces inside Chinese, with Chinese marks and quotes.

    Example:
        >>> chinese('推进"一网通办",新增1,234户(含个体):比例3:2。')
        '推进“一网通办”，新增1,234户（含个体）：比例3:2。'
    """
    return "\n".join(_quoted(_marked(line)) for line in text.split("\n"))


def _is_chinese(character: str) -> bool:
    return _IS_CHINESE.match(character) is not None


def _marked(line: str) -> str:
    if not _IS_CHINESE.search(line):
        return line
    line = _MARK.sub(_mark, line)
    return _bracketed(line)


def _mark(match: re.Match[str]) -> str:
    line, at = match.string, match.start()
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    mark = match.group()
    if before.isdigit() and after.isdigit():
        return mark  # 1,234 and 3:2
    if (
        before.isascii()
        and after.isascii()
        and before
        and after
        and not (before + after).strip("0123456789%)]\"'")
    ):
        return _MARKS[mark]  # 5%,6% and ),3
    if _is_chinese(before) or _is_chinese(after) or before in "%)]\"'" or after in "\"'(":
        return _MARKS[mark]
    return mark


def _bracketed(line: str) -> str:
    """Make round brackets Chinese, pair by pair, where a Chinese character stands inside or beside."""
    characters = list(line)
    stack: list[int] = []
    for match in _BRACKET.finditer(line):
        at = match.start()
        if match.group() == "(":
            stack.append(at)
        elif stack:
            start = stack.pop()
            beside = (
                line[start - 1 : start]
                + line[start + 1 : start + 2]
                + line[at - 1 : at]
                + line[at + 1 : at + 2]
            )
            if any(map(_is_chinese, beside)) or start == 0:
                characters[start], characters[at] = "（", "）"
        elif _is_chinese(line[at - 1 : at]) or _is_chinese(line[at + 1 : at + 2]):
            characters[at] = "）"
    for start in stack:
        if _is_chinese(line[start - 1 : start]) or _is_chinese(line[start + 1 : start + 2]):
            characters[start] = "（"
    return "".join(characters)


def _quoted(line: str) -> str:
    if '"' not in line and "'" not in line:
        return line
    characters = list(line)
    for quote, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        is_open = False
        for match in re.finditer(quote, line):
            at = match.start()
            before, after = line[at - 1 : at], line[at + 1 : at + 2]
            if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
                continue  # Women's
            opens = not before or before in _OPENS_AFTER
            closes = not after or after in _CLOSES_BEFORE
            is_open = opens if opens != closes else not is_open
            characters[at] = opening if is_open else closing
    return "".join(characters)
