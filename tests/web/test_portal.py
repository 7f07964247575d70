"""The public pages: what was released is seen by everybody, and nothing else by anybody."""

import csv
import io
import json
from datetime import date
from urllib.parse import unquote

import msgspec
import pytest
from delivery_cast import Cast, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.plan.model import Publicity
from luoshi_web.frame.clock import now
from luoshi_web.ledger import selectors as ledger
from luoshi_web.plans import store as plan_store

SECRET = "此话不得外传"
DAY = date(2026, 2, 4)


PLACE = b"31.201N,121.432E"


def picture_with_a_place():
    """The segments of a photo, one of which says where it was taken (ITU-T T.81, annex B: marker, two bytes of length, content)."""
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + PLACE
    return b"".join(
        (
            b"\xff\xd8",
            b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
            b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif,
            b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x55" * 20,
            b"\xff\xd9",
        )
    )


@pytest.fixture
def cast(db, plan):
    """Two commitments are meant for the public and one of them is released, with one of its two files."""
    meant = {"c-school": Publicity.PUBLIC, "c-elder": Publicity.PUBLIC}
    changed = msgspec.structs.replace(
        plan,
        commitments=tuple(
            msgspec.structs.replace(one, publicity=meant.get(one.id, one.publicity))
            for one in plan.commitments
        ),
    )
    plan_year = plan_store.add_plan_year(plan.place, plan.year, by="测试", at=now())
    plan_store.add_draft(plan_year.pk, changed, by="测试", at=now())
    cast = Cast(plan_year)
    cast.publish(date(2026, 1, 20), changed)
    cast.school, cast.elder = cast.lineage("学校建设"), cast.lineage("青杉社区养老服务中心建成")
    with cast.on(DAY):
        answer = cast.client("education-liaison").post(
            cast.address(f"commitments/{cast.school}/reports/2026-01/"),
            {
                "act": "file",
                "value-t-schools": "1",
                "value-t-places": "800",
                "progress": SECRET,
                "done-d-school": "1",
                "done-day-d-school": "2026-01-30",
                "file-d-school": [
                    SimpleUploadedFile("工地.jpg", picture_with_a_place()),
                    SimpleUploadedFile("内部.txt", SECRET.encode()),
                ],
            },
        )
        assert answer.status_code == 302
        filing = cast.year.report(cast.school, "2026-01").last.entry
        cast.act("education-head", "pass", unit="市教育局", filing=filing)
        cast.act("supervisor", "release", lineage=cast.school)
        photo = next(file for file in ledger.evidence_of(cast.pk, cast.school) if file.medium == "jpg")
        done = cast.act("supervisor", "release-file", lineage=cast.school, file=photo.pk, name="学校工地")
        assert done.status_code == 302
        cast.photo = photo
    return cast


def ask(cast, path="", **query):
    """Ask as somebody who never signed in."""
    with cast.on(DAY):
        return Client().get(f"/public/{path}", query)


def pages(cast):
    return {
        "years": ask(cast),
        "list": ask(cast, f"{cast.pk}/"),
        "one": ask(cast, f"{cast.pk}/{cast.school}/"),
        "csv": ask(cast, f"{cast.pk}/released.csv"),
        "json": ask(cast, f"{cast.pk}/released.json"),
    }


def content(answer):
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data.decode()


def test_what_is_released_is_seen_with_its_sentence_light_and_figures(cast):
    page = text_of(ask(cast, f"{cast.pk}/{cast.school}/"))
    assert "新建改扩建学校3所" in page
    assert "市教育局" in page
    assert "现在 1 所" in page
    assert "人工填报 · 单位负责人审核" in page
    assert "学校工地" in page
    listed = text_of(ask(cast, f"{cast.pk}/"))
    assert "已公开 1 项" in listed
    assert "不是全部" in listed
    assert "云川市" in text_of(ask(cast))


def test_nothing_else_is_in_any_public_page_or_file(cast):
    hidden = {one.title for one in cast.year.issued.values()} - {"学校建设"}
    people = {user.display_name for user in cast.users.values()} | set(cast.users)
    for name, answer in pages(cast).items():
        assert answer.status_code == 200, name
        text = content(answer)
        for words in (*hidden, *people, SECRET, "内部.txt", "工地.jpg", "csrfmiddlewaretoken"):
            assert words not in text, (name, words)
        assert not answer.cookies, name


def test_what_is_not_released_is_like_what_does_not_exist(cast):
    unreleased = ask(cast, f"{cast.pk}/{cast.elder}/")
    nothing = ask(cast, f"{cast.pk}/k-0000000000/")
    assert unreleased.status_code == nothing.status_code == 404
    assert text_of(unreleased).replace(cast.elder, "") == text_of(nothing).replace("k-0000000000", "")
    assert ask(cast, "99999/").status_code == 404
    assert ask(cast, f"{cast.pk}/released.docx").status_code == 404
    original = cast.photo.digest.removeprefix("sha256:")
    assert ask(cast, f"{cast.pk}/{cast.school}/files/{original}/").status_code == 404
    assert ask(cast, f"{cast.pk}/{cast.elder}/files/{original}/").status_code == 404
    assert ask(cast, f"{cast.pk}/{cast.school}/files/x/").status_code == 404


def test_a_released_photo_is_handed_out_without_its_place(cast):
    (file,) = cast.year.files[cast.school]
    answer = ask(cast, f"{cast.pk}/{cast.school}/files/{file.shown.removeprefix('sha256:')}/")
    data = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert PLACE in picture_with_a_place()
    assert PLACE not in data
    assert data.startswith(b"\xff\xd8")
    assert data.endswith(b"\x55\xff\xd9")


def test_what_is_withdrawn_is_gone(cast):
    (file,) = cast.year.files[cast.school]
    address = f"{cast.pk}/{cast.school}/files/{file.shown.removeprefix('sha256:')}/"
    with cast.on(DAY):
        done = cast.act("supervisor", "withdraw", lineage=cast.school, digest=file.digest, reason="拍到了人")
        assert done.status_code == 302
    assert ask(cast, address).status_code == 404
    assert ask(cast, f"{cast.pk}/{cast.school}/").status_code == 200
    with cast.on(DAY):
        assert cast.act("supervisor", "withdraw", lineage=cast.school, reason="有误").status_code == 302
    for path in (f"{cast.pk}/{cast.school}/", f"{cast.pk}/", f"{cast.pk}/released.json"):
        assert ask(cast, path).status_code == 404, path
    assert "云川市" not in text_of(ask(cast))


def test_exports_say_what_the_page_says(cast):
    told = json.loads(content(ask(cast, f"{cast.pk}/released.json")))
    (one,) = told["commitments"]
    assert (told["place"], told["as_of"], told["is_simulated"]) == ("云川市", "2026-02-04", False)
    assert (one["title"], one["promised"], one["value"], one["covers"]) == (
        "学校建设",
        "3所",
        "1所",
        "2026-01-31",
    )
    rows = list(
        csv.DictReader(io.StringIO(content(ask(cast, f"{cast.pk}/released.csv")).removeprefix("\ufeff")))
    )
    assert [(row["目标任务"], row["现在"], row["说明"]) for row in rows] == [
        ("学校建设", "1所", "截至 2026-02-04 · 只有已公开的目标任务，不是全部。")
    ]


def test_filters_and_words_find_and_do_not_find(cast):
    colour = json.loads(content(ask(cast, f"{cast.pk}/released.json")))["commitments"][0]["light"]
    assert "学校建设" in text_of(ask(cast, f"{cast.pk}/", light=colour))
    assert "没有符合条件的条目" in text_of(ask(cast, f"{cast.pk}/", light="silent"))
    assert "学校建设" in text_of(ask(cast, f"{cast.pk}/", q="学校 教育局"))
    assert "没有符合条件的条目" in text_of(ask(cast, f"{cast.pk}/", q="机场"))
    assert "<script>" not in content(
        ask(cast, f"{cast.pk}/", q="<script>alert(1)</script>", section='"><script>')
    )


def test_the_address_chooses_the_language_and_links_keep_it(cast):
    page = content(ask(cast, f"{cast.pk}/", lang="en"))
    assert "Public record" in page
    assert f"/public/{cast.pk}/{cast.school}/?lang=en" in page
    assert '<html lang="en">' in page
    assert "Public record" not in content(ask(cast, f"{cast.pk}/"))


def test_the_words_around_a_promise_are_not_shown(db, plan):
    """The next promise stands in the same sentence, and is nobody's business."""

    def narrowed(one):
        if one.id != "c-school":
            return one
        words, (place,) = "新建改扩建学校3所", one.spans
        span = msgspec.structs.replace(place, end=place.start + len(words))
        return msgspec.structs.replace(one, publicity=Publicity.PUBLIC, spans=(span,), text=words)

    changed = msgspec.structs.replace(plan, commitments=tuple(narrowed(one) for one in plan.commitments))
    plan_year = plan_store.add_plan_year(plan.place, plan.year, by="测试", at=now())
    plan_store.add_draft(plan_year.pk, changed, by="测试", at=now())
    cast = Cast(plan_year)
    cast.publish(date(2026, 1, 20), changed)
    school = cast.lineage("学校建设")
    with cast.on(DAY):
        assert cast.act("supervisor", "release", lineage=school).status_code == 302
    page = content(ask(cast, f"{cast.pk}/{school}/"))
    assert "新建改扩建学校3所" in page
    assert "2400个。" not in page


def test_an_override_is_told_as_one_without_what_a_person_wrote(cast):
    with cast.on(DAY):
        cast.act("supervisor", "override", lineage=cast.school, colour="far_behind", reason=SECRET)
    (one,) = json.loads(content(ask(cast, f"{cast.pk}/released.json")))["commitments"]
    assert one["light"] == "far_behind"
    assert one["reason"].startswith("督查室改判为“严重滞后”；按规则为“")
    for path in (f"{cast.pk}/", f"{cast.pk}/{cast.school}/", f"{cast.pk}/released.csv"):
        page = content(ask(cast, path))
        assert "督查室改判为" in page
        assert SECRET not in page


def test_a_public_name_keeps_its_points(cast):
    with cast.on(DAY):
        text = next(file for file in ledger.evidence_of(cast.pk, cast.school) if file.medium == "txt")
        cast.act("supervisor", "release-file", lineage=cast.school, file=text.pk, name="道路3.5公里验收")
    (file,) = [one for one in cast.year.files[cast.school] if one.digest == text.digest]
    answer = ask(cast, f"{cast.pk}/{cast.school}/files/{file.shown.removeprefix('sha256:')}/")
    assert b"".join(answer.streaming_content)
    assert unquote(answer["Content-Disposition"]).endswith("道路3.5公里验收.txt")


def test_a_simulated_year_says_so_on_pages_and_in_files(cast):
    plan_store.let_stand(cast.pk, DAY)
    for name, answer in pages(cast).items():
        assert "模拟数据" in content(answer) or json.loads(content(answer))["is_simulated"], name


def test_the_pages_can_be_switched_off(cast, settings):
    settings.PUBLIC = False
    assert ask(cast, f"{cast.pk}/").status_code == 404
    assert ask(cast, f"{cast.pk}/{cast.school}/").status_code == 404
    assert "云川市" not in text_of(ask(cast))


def test_public_pages_ask_little_of_the_database(cast):
    ask(cast, f"{cast.pk}/")
    for path, most in (("", 9), (f"{cast.pk}/", 7), (f"{cast.pk}/{cast.school}/", 7)):
        with CaptureQueriesContext(connection) as queries:
            ask(cast, path)
        assert len(queries) <= most, (path, len(queries))
