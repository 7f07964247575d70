"""The chain: an entry's bytes and digests typed by hand, and every fault found alone."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from luoshi.ledger.chain import Anchor, Author, Head, digest_of, extend, head_of, verify
from luoshi.ledger.entry import Proposal, from_content
from luoshi.ledger.fact import Fact


class Moved(Fact, frozen=True, kw_only=True, tag="test_cycle_moved"):
    day: date


NOON = datetime(2026, 2, 1, 4, tzinfo=UTC)
AUTHOR = Author(who="p-1", role="supervisor")
SCOPE = "绫江市/2026"
# Typed after the shape of an entry; the digests are what `sha256sum` and `openssl dgst -sm3` say of these bytes.
FIRST = (
    '{"body":"{\\"day\\":\\"2026-02-01\\",\\"fact\\":\\"test_cycle_moved\\"}","day":"2026-02-01","evidence":[],'
    '"fact":"test_cycle_moved","is_simulated":false,"known_at":"2026-02-01T04:00:00.000000+00:00","lineage":"L-1","number":1,'
    '"previous":"","replaces":null,"role":"supervisor","schema":"luoshi.ledger/1","scope":"绫江市/2026","unit":"市教育局","who":"p-1"}'
)
SHA256 = "sha256:9fd9e9fd19e1ff9a047625fd87ced1a050a5338086bc6316225c486a30943a37"
SM3 = "sm3:b579e72b4cdfe11fbc7aef7ef12d05f5244091a4fe5494c42ad8a42616f81018"


def proposal(day=1):
    held = date(2026, 2, day)
    return Proposal(fact=Moved(day=held), day=held, lineage="L-1", unit="市教育局")


def chain(length=6, scope=SCOPE, days=1):
    """Return a sound chain and its head."""
    head, entries = Head(scope=scope), []
    for place in range(length):
        added = extend(head, [proposal(place + days)], author=AUTHOR, known_at=NOON + timedelta(hours=place))
        head, entries = head_of(head, added), [*entries, *added]
    return entries, head


def codes(entries, head=None, anchors=()):
    return [fault.code for fault in verify(SCOPE, entries, head=head, anchors=anchors).faults]


def test_the_bytes_and_the_digest_of_an_entry():
    (entry,) = extend(Head(scope=SCOPE), [proposal()], author=AUTHOR, known_at=NOON)
    assert entry.content().decode("utf-8") == FIRST
    assert entry.digest == SHA256
    assert from_content(FIRST, SHA256) == entry


def test_a_chain_can_name_sm3():
    (entry,) = extend(Head(scope=SCOPE, algorithm="sm3"), [proposal()], author=AUTHOR, known_at=NOON)
    assert entry.digest == SM3
    assert codes([entry]) == []


def test_another_algorithm_is_refused():
    with pytest.raises(ValueError, match="none of"):
        digest_of(b"", "md5")


def test_a_sound_chain():
    entries, head = chain()
    assert (
        codes(entries, head, [Anchor(digest=entries[2].digest), Anchor(digest=head.digest, number=6)]) == []
    )
    assert verify(SCOPE, entries).head == head
    assert [entry.previous for entry in entries] == ["", *(entry.digest for entry in entries[:-1])]
    assert codes([]) == []


def test_several_facts_at_once_are_bound_in_order():
    head = Head(scope=SCOPE)
    both = extend(head, [proposal(1), proposal(2)], author=AUTHOR, known_at=NOON)
    assert [entry.number for entry in both] == [1, 2]
    assert both[1].previous == both[0].digest
    assert head_of(head, both).digest == both[1].digest
    assert head_of(head, ()) is head


def test_time_does_not_run_backwards_and_has_a_zone():
    _entries, head = chain(2)
    with pytest.raises(ValueError, match="before the last entry"):
        extend(head, [proposal()], author=AUTHOR, known_at=NOON)
    with pytest.raises(ValueError, match="no time zone"):
        extend(head, [proposal()], author=AUTHOR, known_at=datetime(2026, 3, 1))  # noqa: DTZ001


def changed(entries, place, **fields):
    return [
        msgspec.structs.replace(entry, **fields) if number == place else entry
        for number, entry in enumerate(entries)
    ]


def resealed(entry, **fields):
    """Return an entry with changed fields and the digest that fits them."""
    bare = msgspec.structs.replace(entry, **fields)
    return msgspec.structs.replace(bare, digest=digest_of(bare.content(), "sha256"))


def test_every_fault_alone():
    entries, head = chain()
    # Edited (L101); edited with a digest that fits: the next one does not follow (L103).
    assert codes(changed(entries, 2, unit="市交通局"), head) == ["L101"]
    assert codes([*entries[:2], resealed(entries[2], unit="市交通局"), *entries[3:]], head) == ["L103"]
    assert codes(changed(entries, 2, digest="md5:00"), head) == ["L101", "L103"]
    # Missing (L102), exchanged, doubled.
    assert codes([*entries[:2], *entries[3:]], head) == ["L102"]
    assert codes([entries[0], entries[2], entries[1], *entries[3:]], head)[0] == "L102"
    assert "L102" in codes([*entries[:3], entries[2], *entries[3:]], head)
    # Of another plan-year (L104), older than the one before (L105): the last one, sealed anew.
    last = resealed(entries[5], scope="青浦县/2026")
    assert codes([*entries[:5], last], head_of(head, [last])) == ["L104"]
    last = resealed(entries[5], known_at=NOON)
    assert codes([*entries[:5], last], head_of(head, [last])) == ["L105"]
    # An end that is not the claimed one (L106).
    assert codes(entries[:4], head) == ["L106"]
    assert codes(entries, None) == []


def test_a_cut_tail_and_a_rewritten_chain_are_found_by_an_anchor_alone():
    entries, head = chain()
    cut = entries[:4]
    cut_head = head_of(Head(scope=SCOPE), cut)
    assert codes(cut, cut_head) == []
    assert codes(cut, cut_head, [Anchor(digest=head.digest)]) == ["L108"]
    assert codes(cut, cut_head, [Anchor(digest=head.digest, number=6)]) == ["L107"]
    rewritten, new_head = chain(days=2)
    assert codes(rewritten, new_head) == []
    assert codes(rewritten, new_head, [Anchor(digest=head.digest, number=6)]) == ["L108"]
    assert codes(rewritten, new_head, [Anchor(digest=new_head.digest)]) == []


def test_faults_read_in_both_languages():
    entries, head = chain()
    (fault,) = verify(SCOPE, entries[:4], head=head).faults
    assert fault.describe("zh") == "台账末尾与登记的不符：登记到第 6 条，实际到第 4 条。"
    assert "entry 6 is claimed, the last one found is 4" in fault.describe("en")


def test_bytes_that_are_no_entry_are_refused():
    with pytest.raises(msgspec.ValidationError):
        from_content('{"number":1}', "")
    with pytest.raises(msgspec.ValidationError):
        from_content(FIRST.replace('"who"', '"whom"'), "")
    with pytest.raises(msgspec.DecodeError):
        from_content("{", "")
