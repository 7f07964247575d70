"""Mechanisms (机制、流程) that the report sets up: from its glossary, joined with their uses, and from its body."""

from __future__ import annotations

from luoshi.compiler.outline import Outline
from luoshi.compiler.procedure.defined import from_terms
from luoshi.compiler.procedure.stated import from_body
from luoshi.compiler.procedure.succession import with_successors
from luoshi.kernel.identity import Minter
from luoshi.plan.model import Procedure, Term

__all__ = ["from_outline"]


def from_outline(outline: Outline, terms: tuple[Term, ...], minter: Minter) -> tuple[Procedure, ...]:
    """Read the report's own machinery.

    Args:
        outline: The outline.
        terms: Terms of its glossary; those that define parts, limits or beats, or that name a mechanism,
            become procedures.
        minter: Gives identities.

    Returns:
        Procedures by their first place in the text. A count that a name declares and the text does not
        meet is a basis of ``members`` (C412).
    """
    defined = from_terms(outline, terms, minter)
    stated = from_body(outline, defined, minter)
    return with_successors(tuple(sorted((*stated.extended, *stated.new), key=lambda one: one.spans[0])))
