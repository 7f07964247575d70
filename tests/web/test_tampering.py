"""Somebody with the database in his hands: every change to the ledger is found, and by what."""

from datetime import date
from types import SimpleNamespace

import msgspec
import pytest
from delivery_cast import Cast
from django.db import DatabaseError, connection, transaction

from luoshi.ledger.chain import Head
from luoshi_web.frame import blob
from luoshi_web.frame.append_only import allow_changes
from luoshi_web.ledger import selectors
from luoshi_web.ledger.models import EvidenceFile, LedgerEntry, LedgerHead, LedgerNote
from luoshi_web.ledger.services import check


@pytest.fixture
def cast(plan_year, plan):
    """A year with a dozen entries, a note and a file, in which the triggers are taken away inside of the test's transaction."""
    cast = Cast(plan_year)
    cast.publish(date(2026, 1, 20), plan)
    school = cast.lineage("学校建设")
    for month, day in ((1, date(2026, 2, 3)), (2, date(2026, 3, 3)), (3, date(2026, 4, 3))):
        with cast.on(day):
            answer = cast.post(
                "education-liaison",
                f"commitments/{school}/reports/2026-{month:02d}/",
                act="file",
                **{"value-t-schools": "0", "value-t-places": "0"},
                progress=f"{month}月",
            )
            assert answer.status_code == 302
            filing = cast.year.report(school, f"2026-{month:02d}").last.entry
            cast.act("education-head", "pass", unit="市教育局", filing=filing)
    assert check(plan_year).faults == ()
    assert selectors.head_of(plan_year.pk).number == 7
    return cast


@pytest.fixture
def unlocked(cast):
    with connection.cursor() as cursor:
        # A schema editor of SQLite is not to be had inside of a transaction; its statements are.
        allow_changes("ledger_entry")(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    return cast


def faults(cast, *anchors):
    return [fault.code for fault in check(cast.plan_year, anchors=anchors).faults]


def test_the_database_itself_refuses_to_change_or_remove_an_entry(cast):
    for act in (
        lambda: LedgerEntry.objects.filter(number=2).update(content="{}"),
        lambda: LedgerEntry.objects.filter(number=2).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert faults(cast) == []


def test_an_edited_byte_is_found(unlocked):
    row = LedgerEntry.objects.get(number=3)
    LedgerEntry.objects.filter(number=3).update(content=row.content.replace("2026", "2025", 1))
    assert "L101" in faults(unlocked)


def test_an_edited_byte_with_a_new_digest_breaks_the_next_link(unlocked):
    row = LedgerEntry.objects.get(number=3)
    content = row.content.replace("2026", "2025", 1)
    LedgerEntry.objects.filter(number=3).update(content=content, digest=blob.digest_of(content.encode()))
    assert "L103" in faults(unlocked)


def test_an_edited_look_up_column_is_found(unlocked):
    LedgerEntry.objects.filter(number=3).update(unit="市交通局")
    assert faults(unlocked) == ["L110"]


def test_an_entry_taken_from_the_middle_is_found(unlocked):
    LedgerEntry.objects.filter(number=4).delete()
    assert "L102" in faults(unlocked)


def test_content_that_is_no_entry_is_found(unlocked):
    LedgerEntry.objects.filter(number=4).update(content='{"hello": 1}')
    assert "L109" in faults(unlocked)


def test_a_cut_tail_is_found_by_the_end_on_record_and_by_an_anchor(unlocked):
    anchor = selectors.head_of(unlocked.pk).digest
    LedgerEntry.objects.filter(number__gt=5).delete()
    assert faults(unlocked) == ["L106"]
    # Whoever edits the end on record too is found only by a digest that was kept elsewhere.
    row = LedgerEntry.objects.get(number=5)
    LedgerHead.objects.update(number=5, digest=row.digest, known_at=row.known_at)
    assert faults(unlocked) == []
    assert faults(unlocked, anchor) == ["L108"]


def test_a_chain_that_was_rewritten_whole_is_found_by_an_anchor(unlocked):
    """Somebody who has the code writes every entry anew, digests and all, with one figure changed."""
    anchor = selectors.head_of(unlocked.pk).digest
    entries = selectors.entries_after(unlocked.pk, 0)
    head = Head(scope=entries[0].scope)
    for entry in entries:
        body = entry.body.replace('"value":"0"', '"value":"1"')
        bare = msgspec.structs.replace(entry, body=body, previous=head.digest, digest="")
        digest = blob.digest_of(bare.content())
        LedgerEntry.objects.filter(number=entry.number).update(content=bare.content().decode(), digest=digest)
        head = Head(scope=entry.scope, number=entry.number, digest=digest, known_at=entry.known_at)
    LedgerHead.objects.update(digest=head.digest)
    assert head.digest != anchor
    assert faults(unlocked) == []
    assert faults(unlocked, anchor) == ["L108"]


def test_an_entry_of_another_plan_year_is_found(unlocked):
    last = selectors.entries_after(unlocked.pk, 6)[0]
    moved = msgspec.structs.replace(last, scope="青浦县/2026", digest="")
    content = moved.content()
    LedgerEntry.objects.filter(number=7).update(content=content.decode(), digest=blob.digest_of(content))
    LedgerHead.objects.update(digest=blob.digest_of(content))
    assert faults(unlocked) == ["L104"]


def test_a_changed_note_is_found(cast):
    assert LedgerNote.objects.update(text="改过的话") == 3
    assert set(faults(cast)) == {"L112"}


def test_a_changed_or_missing_file_is_found(cast):
    digest = blob.keep("三所学校".encode(), room=blob.EVIDENCE)
    EvidenceFile.objects.create(
        plan_year=cast.plan_year, lineage="x", unit="市教育局", name="a.txt", medium="txt", size=12, digest=digest,
        added_by="测试", added_at=cast.plan_year.created_at,
    )  # fmt: skip
    assert faults(cast) == []
    path = blob.path_of(digest, room=blob.EVIDENCE)
    path.write_bytes("四所学校".encode())
    assert faults(cast) == ["L111"]
    path.unlink()
    assert faults(cast) == ["L111"]
