"""Lists in Chinese text (并列): splitting at separators outside of brackets and quotes, in offsets."""

from __future__ import annotations

Range = tuple[int, int]

_OPEN, _CLOSE = "（(《【", "）)》】"


def split(text: str, start: int, end: int, marks: str = "、") -> list[Range]:
    """Split a range at separators outside of brackets and of quoted words, without empty pieces."""
    pieces: list[Range] = []
    depth, quoted, begin = 0, False, start
    for here in range(start, end):
        mark = text[here]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif mark in "“”":
            quoted = mark == "“"
        elif mark in marks and not depth and not quoted:
            pieces.append((begin, here))
            begin = here + 1
        if "、" in marks and mark in "》”" and here + 1 < end and text[here + 1] in "《“" and not depth:
            pieces.append((begin, here + 1))  # 《甲》《乙》 and “甲”“乙” are lists without a separator
            begin = here + 1
    pieces.append((begin, end))
    return [piece for piece in (trim(text, *piece) for piece in pieces) if piece[0] < piece[1]]


def trim(text: str, start: int, end: int) -> Range:
    """Leave out separators at the edges, and quotes that go around the whole range."""
    while start < end and text[start] in " 、，；。：\n*":
        start += 1
    while end > start and text[end - 1] in " 、，；。：！\n*":
        end -= 1
    if (
        end - start > 2
        and text[start] == "“"
        and text[end - 1] == "”"
        and "“" not in text[start + 1 : end - 1]
    ):
        start, end = start + 1, end - 1
    return start, end
