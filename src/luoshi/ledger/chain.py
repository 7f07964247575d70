"""The chain (链): every entry carries the digest of the one before, so that no byte can change unseen.

Standard:
    SHA-256 (FIPS 180-4); SM3 (GB/T 32905—2016) can be chosen for a new chain.

Limits:
    A chain shows edits, gaps and exchanged entries by itself. That its end was cut off, or that the whole
    was written anew, shows only beside a digest that was kept elsewhere: the anchor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.ledger.entry import Entry, Proposal

ALGORITHMS = ("sha256", "sm3")
"""Digest algorithms that a chain can name."""


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes: opaque identity and role, both "" for the machine."""

    who: str = ""
    role: str = ""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a chain: number and digest of its last entry; 0 and "" where there is none.

    Attributes:
        scope: Plan-year.
        number: Number of the last entry.
        digest: Its digest.
        algorithm: Algorithm of the chain.
        known_at: When the last entry was known; None where there is none.
    """

    scope: str
    number: int = 0
    digest: str = ""
    algorithm: str = "sha256"
    known_at: datetime | None = None


def digest_of(content: bytes, algorithm: str) -> str:
    """Return the algorithm's name, a colon and the hex digest.

    Raises:
        ValueError: The algorithm is none of `ALGORITHMS`, or this machine lacks it.
    """
    if algorithm not in ALGORITHMS:
        raise ValueError(f"{algorithm!r} is none of {', '.join(ALGORITHMS)}")
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


def extend(
    head: Head,
    proposals: Sequence[Proposal],
    *,
    author: Author,
    known_at: datetime,
    is_simulated: bool = False,
) -> tuple[Entry, ...]:
    """Make entries of proposals, each bound to the one before.

    Args:
        head: End of the chain so far.
        proposals: What happened, in order.
        author: Who writes.
        known_at: This moment, with a time zone; never before the last entry.
        is_simulated: Whether what is written is invented for a demonstration.

    Raises:
        ValueError: `known_at` has no time zone, or lies before the last entry.
    """
    if known_at.tzinfo is None:
        raise ValueError("known_at has no time zone")
    if head.known_at is not None and known_at < head.known_at:
        raise ValueError(f"{known_at} lies before the last entry of {head.scope} ({head.known_at})")
    entries: list[Entry] = []
    previous = head.digest
    for place, proposal in enumerate(proposals, 1):
        bare = Entry(
            scope=head.scope,
            number=head.number + place,
            known_at=known_at,
            day=proposal.day,
            who=author.who,
            role=author.role,
            unit=proposal.unit,
            lineage=proposal.lineage,
            fact=proposal.tag,
            body=proposal.body,
            evidence=proposal.evidence,
            replaces=proposal.replaces,
            is_simulated=is_simulated,
            previous=previous,
        )
        entry = msgspec.structs.replace(bare, digest=digest_of(bare.content(), head.algorithm))
        entries.append(entry)
        previous = entry.digest
    return tuple(entries)


def head_of(head: Head, entries: Sequence[Entry]) -> Head:
    """Return the end of the chain after `entries` were added to `head`."""
    if not entries:
        return head
    last = entries[-1]
    return msgspec.structs.replace(head, number=last.number, digest=last.digest, known_at=last.known_at)


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A digest that was kept elsewhere, such as in a printed brief.

    Attributes:
        digest: Digest of an entry that was the head at some time.
        number: Its number, where that was noted too; None otherwise.
    """

    digest: str
    number: int | None = None


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What checking a chain gave.

    Attributes:
        head: End of the chain as found.
        faults: What is wrong, first fault first; empty for a sound chain.
    """

    head: Head
    faults: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    scope: str, entries: Iterable[Entry], *, head: Head | None = None, anchors: Sequence[Anchor] = ()
) -> Verification:
    """Check a chain from its first entry to its last, in one pass and flat memory.

    Args:
        scope: Plan-year that every entry must be of.
        entries: The entries, by number.
        head: End that the database claims; None where it claims none.
        anchors: Digests that were kept elsewhere.

    Returns:
        What is wrong: an entry that was edited (L101), is missing (L102), does not follow the one before (L103), belongs
        elsewhere (L104) or is older than the one before (L105); an end that is not the claimed one (L106); an anchor that no entry has: entries were cut
        off or the chain was rewritten (L107, L108).
    """
    faults: list[Diagnostic] = []
    seen = Head(scope=scope)
    wanted = {anchor.digest: anchor for anchor in anchors}
    at_number: dict[int, str] = {}
    numbered = {anchor.number for anchor in anchors if anchor.number is not None}
    for entry in entries:
        faults += _faults_of(entry, seen)
        wanted.pop(entry.digest, None)
        if entry.number in numbered:
            at_number[entry.number] = entry.digest
        seen = Head(
            scope=scope,
            number=entry.number,
            digest=entry.digest,
            algorithm=entry.digest.partition(":")[0],
            known_at=entry.known_at,
        )
    if head is not None and (head.number, head.digest) != (seen.number, seen.digest):
        faults.append(_fault("L106", number=head.number, found=seen.number))
    for anchor in wanted.values():
        if anchor.number is not None and anchor.number not in at_number:
            faults.append(_fault("L107", digest=anchor.digest, number=anchor.number, found=seen.number))
        else:
            faults.append(_fault("L108", digest=anchor.digest))
    return Verification(head=seen, faults=tuple(faults))


def _faults_of(entry: Entry, before: Head) -> list[Diagnostic]:
    faults = []
    if entry.number != before.number + 1:
        faults.append(_fault("L102", number=before.number + 1, found=entry.number))
    elif entry.previous != before.digest:
        faults.append(_fault("L103", number=entry.number))
    if entry.scope != before.scope:
        faults.append(_fault("L104", number=entry.number, scope=entry.scope))
    if before.known_at is not None and entry.known_at < before.known_at:
        faults.append(_fault("L105", number=entry.number))
    algorithm = entry.digest.partition(":")[0]
    if algorithm not in ALGORITHMS or digest_of(entry.content(), algorithm) != entry.digest:
        faults.append(_fault("L101", number=entry.number))
    return faults


def _fault(code: str, **parameters: object) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.ERROR,
        parameters={key: str(value) for key, value in parameters.items()},
    )
