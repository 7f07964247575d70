"""Chinese marks (标点): half-width marks, hyphens for dashes and straight quotes shown in their Chinese forms.

One character for one character; offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HAN = "一-鿿㐀-䶿〇"
_CHINESE = rf"{_HAN}、。，；：？！（）《》〈〉【】“”‘’…—％℃"
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_MARKS = re.compile(r"[,;:!?]+")
_CHINESE_MARK = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_ASKS = re.compile(r"(?:什么|怎|哪|谁|吗|呢|何|几|多少|是否|能不能|会不会)[^。！？]{0,30}$")
_STOP = re.compile(rf"(?<=[{_HAN}%）)”\"])\.$")
_HYPHENS = re.compile(r"-{2,}")
_ZERO = re.compile(r"(?<=[一二三四五六七八九])[0Oo○Οο]{1,2}(?=[一二三四五六七八九年十])")
_BRACKET = re.compile(r"[()（）]")
_ROUNDS = 4
"""A mark may become Chinese because its neighbour did; longer chains than this are no text."""
_QUOTE = {'"': "“”", "'": "‘’"}
_OPENS_AFTER = "，、；：（《〈【—,;:("
_CLOSES_BEFORE = "，。、；：！？）》〉】…,;:!?)"


def chinese(text: str) -> str:
    """Return `text`, regular and without spaces inside Chinese, with Chinese marks and quotes.

    Example:
        >>> chinese('推进"一网通办",新增1,234户(含个体):比例3:2。')
        '推进“一网通办”，新增1,234户（含个体）：比例3:2。'
    """
    return "\n".join(_of_line(line) if _IS_CHINESE.search(line) else line for line in text.split("\n"))


def _of_line(line: str) -> str:
    for _ in range(_ROUNDS):
        before, line = line, _once(line)
        if line == before:
            break
    return line


def _once(line: str) -> str:
    line = _ZERO.sub(lambda match: "〇" * len(match.group()), line)
    line = _STOP.sub("。", _HYPHENS.sub(_dash, line))
    for quote in _QUOTE:
        if quote in line:
            line = _quoted(line, quote)
    if "(" in line or ")" in line:
        line = _bracketed(line)
    thousands = {at for match in _THOUSANDS.finditer(line) for at in range(*match.span())}
    return _MARKS.sub(lambda match: match.group() if match.start() in thousands else _marks(match), line)


def _is_chinese(character: str) -> bool:
    return _IS_CHINESE.match(character) is not None


def _dash(match: re.Match[str]) -> str:
    """Show hyphens as a dash at a line's start and beside Chinese."""
    line, (start, end) = match.string, match.span()
    before, after = line[start - 1 : start] if start else "", line[end : end + 1]
    is_dash = not before or _is_chinese(before) or _is_chinese(after)
    return ("—" if is_dash else "-") * (end - start)


def _marks(match: re.Match[str]) -> str:
    """Return the marks that `match` shows, Chinese where they stand in Chinese text."""
    line, (start, end), marks = match.string, match.span(), match.group()
    before, after = line[start - 1 : start] if start else "", line[end : end + 1]
    if marks == "?":
        return _question(line, start, before, after)
    if marks == ":" and before.isdigit() and after.isdigit():
        return marks  # 3:2
    is_chinese = _is_chinese(before) or _is_chinese(after)
    if marks != ":" and before and after:
        is_chinese = is_chinese or (before in "0123456789%)" and after in "0123456789(")  # 5%,6%
    return "".join(map(_CHINESE_MARK.__getitem__, marks)) if is_chinese else marks


def _question(line: str, at: int, before: str, after: str) -> str:
    """Tell a question from the question mark that a lost character (·) leaves between two words."""
    if not _is_chinese(before):
        return "?"
    if not after or after in "”’\"')）" or _ASKS.search(line[max(at - 40, 0) : at]):
        return "？"
    return "?"


def _bracketed(line: str) -> str:
    """Make round brackets Chinese, pair by pair, where a Chinese character stands inside or beside."""
    characters = list(line)
    opened: list[int] = []
    for match in _BRACKET.finditer(line):
        at = match.start()
        if match.group() in "(（":
            opened.append(at)
            continue
        start = opened.pop() if opened else at
        if characters[start] == "（" or _touches(line, start, at, _is_chinese):
            characters[start] = "）" if start == at else "（"
            characters[at] = "）"
    for start in opened:
        if _touches(line, start, start, _is_chinese):
            characters[start] = "（"
    return "".join(characters)


def _touches(line: str, start: int, end: int, test: Callable[[str], bool]) -> bool:
    """Tell whether a character beside the marks at `start` and `end` passes `test`; a line's start does."""
    beside = (line[at] for at in (start - 1, start + 1, end - 1, end + 1) if 0 <= at < len(line))
    return start == 0 or any(test(character) or character in _CHINESE_MARK for character in beside)


def _quoted(line: str, quote: str) -> str:
    """Let straight quotes open and close in turn.

    What stands beside a quote overrules the turn, so that a missing one spoils nothing after it: a quote after a
    comma opens, one before a comma closes.
    """
    opening, closing = tuple(_QUOTE[quote])
    characters = list(line)
    is_open = False
    for match in re.finditer(quote, line):
        at = match.start()
        before, after = line[at - 1 : at] if at else "", line[at + 1 : at + 2]
        if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            continue  # Women's
        opens = not before or before in _OPENS_AFTER
        closes = not after or after in _CLOSES_BEFORE
        is_open = opens if opens != closes else not is_open
        characters[at] = opening if is_open else closing
    return "".join(characters)
