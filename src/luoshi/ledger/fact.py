"""What an entry says happened (事实): the base of every kind of fact.

Each part of the domain declares its own facts: immutable structures with a tag. The ledger carries them
without knowing them; whoever folds entries decodes those that concern him.
"""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact", forbid_unknown_fields=True):
    """Something that happened, free of personal data.

    A subclass names its tag (``class RosterOpened(Fact, tag="roster_opened")``); the tag is what is stored
    and never changes its meaning. Texts that people write freely are `luoshi.ledger.note.NoteRef`, because
    they may name somebody. Quantities are `decimal.Decimal`, days `datetime.date`; there are no floats.
    """


def tag_of(fact: Fact | type[Fact]) -> str:
    """Return the tag by which a kind of fact is stored."""
    return str(fact.__struct_config__.tag)
