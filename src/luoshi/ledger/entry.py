"""An entry of the ledger (台账条目): who said what happened, when it was known and from when it holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from luoshi.ledger.canonical import canonical
from luoshi.ledger.fact import Fact, tag_of

SCHEMA: Literal["luoshi.ledger/1"] = "luoshi.ledger/1"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry.

    Attributes:
        schema: Name and number of this shape.
        scope: Plan-year that the ledger is of, in a form that survives a move to another database.
        number: 1, 2, 3 … without gaps.
        known_at: When it was known: the moment it was written, with its time zone.
        day: Day from which, or period's last day for which, it holds.
        who: Opaque identity of the person; "" for the machine.
        role: Role in which he acted; "" for the machine.
        unit: Responsible unit in whose name he acted, or "".
        lineage: Commitment that it is about, by its permanent identity; "" where it is about none.
        fact: What happened, by tag.
        body: The fact as canonical JSON.
        evidence: Digests of the files that show it.
        replaces: Number of the entry that this one corrects; None where it corrects none.
        is_simulated: Whether it is invented for a demonstration.
        previous: Digest of the entry before; "" for the first.
        digest: Algorithm and hex digest of this entry's canonical bytes.
    """

    schema: Literal["luoshi.ledger/1"] = SCHEMA
    scope: str
    number: int
    known_at: datetime
    day: date
    who: str
    role: str
    unit: str
    lineage: str
    fact: str
    body: str
    evidence: tuple[str, ...] = ()
    replaces: int | None = None
    is_simulated: bool = False
    previous: str
    digest: str = ""

    def content(self) -> bytes:
        """Return the canonical bytes that the digest is of: everything but the digest itself."""
        return canonical({name: getattr(self, name) for name in self.__struct_fields__ if name != "digest"})


_DECODER = msgspec.json.Decoder(Entry)


def from_content(content: str | bytes, digest: str) -> Entry:
    """Return the entry whose canonical bytes and digest were stored.

    Raises:
        msgspec.ValidationError: The bytes are no entry.
        msgspec.DecodeError: They are not even JSON.
    """
    entry = _DECODER.decode(content)
    # The digest is not among the bytes that it is of; the entry is handed out only after it is set.
    msgspec.structs.force_setattr(entry, "digest", digest)
    return entry


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is to become an entry; what the chain adds is missing."""

    fact: Fact
    day: date
    lineage: str = ""
    unit: str = ""
    evidence: tuple[str, ...] = ()
    replaces: int | None = None

    @property
    def tag(self) -> str:
        """Tag of the fact."""
        return tag_of(self.fact)

    @property
    def body(self) -> str:
        """The fact as canonical JSON."""
        return canonical(self.fact).decode("utf-8")
