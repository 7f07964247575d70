"""Making the reading text, step after step; each step changes forms one for one or drops characters."""

from __future__ import annotations

import re

from luoshi.compiler.reading import glyph, line, markup, page, punctuation, space
from luoshi.compiler.reading.draft import Draft
from luoshi.compiler.reading.model import Reading
from luoshi.plan.model import Source

_ROUNDS = 4
_HIDDEN = re.compile(f"{glyph.HIDDEN}+")


def from_source(source: Source) -> Reading:
    """Make the reading text of `source`, in time that grows with its length."""
    draft = Draft(glyph.regular(source.text))
    draft.drop_all(_HIDDEN)
    draft.show(markup.without_entities(draft.text))
    draft.drop(markup.ranges(draft.text))
    draft.drop(page.numbers(draft.text))
    line.join(draft)
    draft.show(draft.text.replace("\u3000", " "))
    _settle(draft)
    draft.origin.append(len(source.text))
    return Reading(source.id, draft.text, draft.origin, source.text)


def _settle(draft: Draft) -> None:
    """Drop spaces and show marks as Chinese until one no longer changes the other (no space stands beside a Chinese mark)."""
    for _ in range(_ROUNDS):
        draft.drop(space.ranges(draft.text))
        before = draft.text
        draft.show(punctuation.chinese(before))
        if draft.text == before:
            break
