"""Terms (用语): what the glossary explains, and where the rest of the text uses it."""

from __future__ import annotations

from luoshi.compiler.outline import Outline
from luoshi.compiler.term.entry import Entry, entries_of
from luoshi.compiler.term.use import uses_of
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Basis, Term

__all__ = ["Entry", "entries_of", "from_outline"]

_USED_ONLY_HERE = Basis(field="uses", confidence=0.9, code="C403")


def from_outline(outline: Outline, minter: Minter) -> tuple[Term, ...]:
    """Read the glossary and find every use of its terms in the rest of the text.

    Args:
        outline: The outline; glossaries are its sections with that role, and lists of
            definitions inside annexes.
        minter: Gives identities.

    Returns:
        Terms in the order of the glossary. The first span of a term is its entry.
    """
    reading = outline.reading
    entries = entries_of(outline)
    uses = uses_of(reading, entries)
    terms = []
    for entry, places in zip(entries, uses, strict=True):
        span = reading.span(entry.start, entry.end)
        bases: list[Basis] = []
        if not entry.is_marked:
            bases.append(Basis(field="name", confidence=0.75, code="C401", parameters={"name": entry.name}))
        if not places:
            bases.append(_USED_ONLY_HERE)
        terms.append(
            Term(
                id=minter.mint("w", entry.name, reading.text[entry.body : entry.end]),
                spans=(span,),
                text=span.quote(reading.delivered),
                bases=tuple(bases),
                name=entry.name,
                definition=reading.text[entry.body : entry.end].strip(),
                uses=tuple(reading.span(start, end) for start, end in places),
            )
        )
    return tuple(terms)
