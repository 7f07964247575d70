"""Files of evidence: kinds by their bytes, sizes, one copy, safe to download; and what is personal can be forgotten."""

import io
import zipfile
from datetime import date

import pytest
from delivery_cast import Cast, text_of
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi_web.audit.models import AuditEntry
from luoshi_web.frame import blob
from luoshi_web.ledger import selectors as ledger
from luoshi_web.ledger.models import LedgerNote, LedgerPerson
from luoshi_web.ledger.services import check
from luoshi_web.rights import Role

DAY = date(2026, 2, 4)


@pytest.fixture
def cast(plan_year, plan):
    cast = Cast(plan_year)
    cast.publish(date(2026, 1, 20), plan)
    cast.school = cast.lineage("学校建设")
    return cast


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return stream.getvalue()


def filed(cast, name, data, **more):
    return cast.client("education-liaison").post(
        cast.address(f"commitments/{cast.school}/reports/2026-01/"),
        {
            "act": "file", "value-t-schools": "1", "value-t-places": "800", "progress": "开工", "done-d-school": "1",
            "done-day-d-school": "2026-01-30", "file-d-school": SimpleUploadedFile(name, data),
        }
        | more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "medium"),
    [
        ("验收单.pdf", b"%PDF-1.7 x", "application/pdf"),
        ("照片.jpg", b"\xff\xd8\xff\xd9", "image/jpeg"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20, "image/png"),
        ("表.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
        ("文.docx", zipped("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        ("版式.ofd", zipped("OFD.xml"), "application/ofd"),
        # The name says one thing and the bytes another: the bytes count.
        ("假.exe", b"%PDF-1.7 x", "application/pdf"),
    ],
)
def test_kinds_that_are_taken_are_handed_out_as_what_they_are_and_never_shown(cast, name, data, medium):
    with cast.on(DAY):
        assert filed(cast, name, data).status_code == 302
        (file,) = ledger.evidence_of(cast.pk, cast.school)
        answer = cast.get("leader", f"files/{file.pk}/")
        assert medium in answer["Content-Type"]
        assert answer["Content-Disposition"].startswith("attachment;")
        assert "exe" not in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer.streaming_content) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("页.html", b"<html><script>alert(1)</script></html>"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("程序.pdf", b"MZ\x90\x00"),
        ("宏.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("包.zip", zipped("a.txt")),
        ("坏.xlsx", b"PK\x03\x04broken"),
        ("空.pdf", b""),
    ],
)
def test_what_could_run_or_is_nothing_is_refused_and_nothing_is_filed(cast, name, data):
    with cast.on(DAY):
        answer = filed(cast, name, data)
        assert answer.status_code in (422, 200)
        assert not ledger.evidence_of(cast.pk, cast.school)
        assert cast.year.report(cast.school, "2026-01") is None


def test_too_large_is_refused(cast, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with cast.on(DAY):
        answer = filed(cast, "大.pdf", b"%PDF-" + b"0" * settings.MAX_UPLOAD_BYTES)
        assert answer.status_code in (413, 422)
        assert not ledger.evidence_of(cast.pk, cast.school)


def test_the_same_file_is_kept_once_and_found_by_its_digest(cast):
    with cast.on(DAY):
        assert filed(cast, "一.pdf", b"%PDF-1.7 same").status_code == 302
        filing = cast.year.report(cast.school, "2026-01").last.entry
        cast.act("education-head", "hold", unit="市教育局", filing=filing, reason="再核")
        assert filed(cast, "二.pdf", b"%PDF-1.7 same").status_code == 302
        (file,) = ledger.evidence_of(cast.pk, cast.school)
        assert file.digest == blob.digest_of(b"%PDF-1.7 same")
        assert (
            len(list(blob.path_of(file.digest, room=blob.EVIDENCE).parent.glob(f"{file.digest[7:]}*"))) == 1
        )


def test_a_harmful_name_is_made_harmless(cast):
    with cast.on(DAY):
        assert (
            filed(cast, "..\\..\\<img src=x onerror=alert(1)>\r\nX: y.pdf", b"%PDF-1.7 x").status_code == 302
        )
        (file,) = ledger.evidence_of(cast.pk, cast.school)
        assert not set(file.name) & set('<>\r\n/\\"')
        assert "<img src=x" not in cast.get("leader", f"commitments/{cast.school}/").content.decode()


@pytest.fixture
def security(client_of):
    return client_of(Role.SECURITY_ADMINISTRATOR)


def test_a_note_is_forgotten_and_the_ledger_stays_whole(cast, security):
    with cast.on(DAY):
        filed(cast, "一.pdf", b"%PDF-1.7 x", progress="联系人张三，身份证号在附件")
        page = text_of(cast.get("supervisor", "ledger/"))
        digest = cast.year.report(cast.school, "2026-01").last.fact.progress.digest
        assert digest in page
        assert "张三" not in page
        assert "张三" in cast.get("supervisor", f"commitments/{cast.school}/").content.decode()
    done = security.post("/erasure/", {"what": "note", "digest": digest, "reason": "本人要求"})
    assert done.status_code == 302
    assert LedgerNote.objects.get(digest=digest).text == ""
    with cast.on(DAY):
        page = cast.get("supervisor", f"commitments/{cast.school}/").content.decode()
        assert "张三" not in page
        assert "文字已按规定删除" in page
    assert check(cast.plan_year).faults == ()
    entry = AuditEntry.objects.filter(action="luoshi.ledger.note_erased").get()
    assert entry.detail["reason"] == "本人要求"
    again = security.post("/erasure/", {"what": "note", "digest": digest, "reason": "再来"})
    assert again.status_code == 200
    assert "没有这条附言" in again.content.decode()


def test_a_person_is_forgotten_and_the_ledger_stays_whole(cast, security):
    with cast.on(DAY):
        filed(cast, "一.pdf", b"%PDF-1.7 x")
        key = LedgerPerson.objects.get(user=cast.users["education-liaison"]).key
        assert key in text_of(cast.get("supervisor", "ledger/"))
        assert "education-liaison某" in text_of(cast.get("supervisor", "ledger/"))
    assert security.post("/erasure/", {"what": "person", "key": key, "reason": "离职"}).status_code == 302
    with cast.on(DAY):
        page = text_of(cast.get("supervisor", "ledger/"))
        assert key in page
        assert "education-liaison某" not in page
    assert check(cast.plan_year).faults == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "note", "digest": "x", "reason": "r"},
        {"what": "person", "key": "p-1", "reason": "r"},
        {"what": "note"},
        {},
    ],
)
def test_what_is_no_digest_is_refused_with_a_sentence(security, fields):
    answer = security.post("/erasure/", fields)
    assert answer.status_code == 200
    assert not AuditEntry.objects.filter(action__startswith="luoshi.ledger.").exists()
