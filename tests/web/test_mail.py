"""Mails: queued with the reminders, sent once, refused, broken off, sent again by a person, not wanted."""

import smtplib
from datetime import date, timedelta
from email import message_from_string

import pytest
from delivery_cast import Cast, text_of
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from luoshi.delivery.chasing.owing import Owed
from luoshi.delivery.chasing.rule import OwedKind
from luoshi_web.accounts.models import User
from luoshi_web.mail import services, store
from luoshi_web.mail.models import Message
from luoshi_web.mail.state import MailState
from luoshi_web.supervision.services import chasing

REMINDED = date(2026, 1, 29)


@pytest.fixture
def cast(plan_year, plan, settings):
    settings.EMAIL_HOST = "mail.example"
    settings.SITE_ADDRESS = "https://luoshi.example"
    settings.DEFAULT_FROM_EMAIL = "luoshi@city.example"
    found = Cast(plan_year)
    found.publish(date(2026, 1, 20), plan)
    for name in ("education-liaison", "education-head", "civil-liaison"):
        User.objects.filter(username=name).update(email=f"{name}@city.example")
    return found


def remind(cast):
    with cast.on(REMINDED):
        return chasing.remind_units(cast.pk)


def states():
    return [row.state for row in Message.objects.order_by("id")]


def test_a_person_gets_one_mail_a_day_for_all_that_his_unit_was_reminded_of(cast):
    assert remind(cast) > 1
    assert sorted(Message.objects.values_list("user__username", flat=True)) == [
        "civil-liaison", "education-head", "education-liaison",
    ]  # fmt: skip
    assert services.send_waiting() == 3
    assert states() == ["sent"] * 3
    assert sorted(one.to[0] for one in outbox.outbox) == [
        "civil-liaison@city.example", "education-head@city.example", "education-liaison@city.example",
    ]  # fmt: skip
    to_education = next(one for one in outbox.outbox if one.to[0].startswith("education-liaison"))
    assert "市民政局" not in to_education.body
    assert f"https://luoshi.example/plans/{cast.pk}/supervision/" in to_education.body
    assert message_from_string(to_education.message().as_string())["Message-ID"].endswith("@city.example>")
    # What was sent is told no more, and nothing is sent twice.
    assert set(Message.objects.values_list("body", flat=True)) == {""}
    assert services.send_waiting() == 0
    assert remind(cast) == 0
    assert len(outbox.outbox) == 3


def test_nothing_is_queued_without_a_mail_server_an_address_or_a_wish(cast, settings):
    with cast.on(REMINDED):
        answer = cast.client("education-liaison").post("/mail/", {"wants": "no"}, follow=True)
        assert "已保存" in text_of(answer)
    User.objects.filter(username="civil-liaison").update(email="")
    remind(cast)
    assert list(Message.objects.values_list("user__username", flat=True)) == ["education-head"]
    Message.objects.all().delete()
    settings.EMAIL_HOST = ""
    with cast.on(date(2026, 2, 4)):
        assert chasing.remind_units(cast.pk) > 0
    assert not Message.objects.exists()


def test_a_notice_is_announced_to_the_people_of_its_unit_without_its_words(cast):
    with cast.on(REMINDED):
        cast.client("supervisor").post(
            f"/plans/{cast.pk}/supervision/acts/issue-notice/",
            {"unit": "市教育局", "request": "内部要求甲乙丙"},
        )
    assert services.send_waiting() == 2
    assert all("督办单" in one.subject and "内部要求" not in one.body for one in outbox.outbox)


def broken(error):
    def send(*_args, **_options):
        raise error

    return send


@pytest.mark.parametrize(
    ("error", "state"),
    [
        # The server said no before it took the mail: it is tried again.
        (smtplib.SMTPDataError(451, b"try later"), MailState.QUEUED),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"a@b unknown")}), MailState.QUEUED),
        # The connection broke after the words were handed over: nobody knows.
        (smtplib.SMTPServerDisconnected("lost"), MailState.UNCERTAIN),
        (TimeoutError("timed out"), MailState.UNCERTAIN),
    ],
)
def test_what_is_known_to_be_refused_is_tried_again_and_what_is_not_known_is_not(
    cast, monkeypatch, error, state
):
    remind(cast)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", broken(error))
    assert services.send_waiting() == 0
    assert set(states()) == {state.value}
    assert not any("@" in row.reason for row in Message.objects.all())
    monkeypatch.undo()
    # Neither is sent at once: the one waits a minute, the other for a person.
    assert services.send_waiting() == 0
    assert outbox.outbox == []


def test_a_mail_that_is_refused_again_and_again_has_failed(cast, monkeypatch):
    remind(cast)
    row = Message.objects.order_by("id").first()
    Message.objects.exclude(pk=row.pk).delete()
    monkeypatch.setattr(
        "django.core.mail.EmailMultiAlternatives.send", broken(smtplib.SMTPDataError(554, b"no"))
    )
    waits = []
    for _turn in range(5):
        Message.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        before = timezone.now()
        services.send_waiting()
        row.refresh_from_db()
        waits.append(round((row.next_at - before).total_seconds()))
    # A minute, five, half an hour, two hours; then it is given up.
    assert waits[:4] == [60, 300, 1800, 7200]
    assert (row.state, row.attempts, row.reason) == ("failed", 5, "SMTPDataError 554")


def test_what_a_dead_process_claimed_is_uncertain_and_a_person_sends_it_again(cast, settings):
    settings.MAIL_PATIENCE = 60
    remind(cast)
    row = store.claim(timezone.now())
    assert services.send_waiting() == 2
    row.refresh_from_db()
    # It may still be under way.
    assert row.state == "sending"
    Message.objects.filter(pk=row.pk).update(claimed_at=timezone.now() - timedelta(seconds=61))
    assert services.send_waiting() == 0
    row.refresh_from_db()
    assert row.state == "uncertain"
    with cast.on(date(2026, 2, 2)):
        client = cast.client("supervisor")
        assert "结果不明" in text_of(client.get(f"/plans/{cast.pk}/mail/"))
        assert cast.client("leader").get(f"/plans/{cast.pk}/mail/").status_code == 404
        refused = cast.client("leader").post(f"/plans/{cast.pk}/mail/{row.pk}/again/")
        assert refused.status_code in (403, 404)
        done = client.post(f"/plans/{cast.pk}/mail/{row.pk}/again/", follow=True)
        assert "已重新排队" in text_of(done)
        # One that was sent is not sent again.
        sent = Message.objects.filter(state="sent").first()
        assert "没有这封可以重发的邮件" in text_of(
            client.post(f"/plans/{cast.pk}/mail/{sent.pk}/again/", follow=True)
        )
    assert services.send_waiting() == 1
    assert len(outbox.outbox) == 3
    own = [one for one in outbox.outbox if one.extra_headers["Message-ID"] == services.message_id(row)]
    assert len(own) == 1


def test_a_late_answer_of_a_slow_sender_is_believed(cast, settings):
    settings.MAIL_PATIENCE = 1
    remind(cast)
    row = store.claim(timezone.now() - timedelta(seconds=60))
    if row is None:
        Message.objects.update(next_at=timezone.now() - timedelta(seconds=120))
        row = store.claim(timezone.now() - timedelta(seconds=60))
    store.give_up_on(timezone.now() - timedelta(seconds=30), at=timezone.now())
    store.end(row, MailState.SENT, at=timezone.now())
    row.refresh_from_db()
    assert (row.state, row.body) == ("sent", "")
    # And nothing takes that back.
    store.end(row, MailState.FAILED, at=timezone.now())
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_person_whose_address_is_gone_gets_nothing(cast):
    remind(cast)
    User.objects.update(email="")
    assert services.send_waiting() == 0
    assert set(states()) == {"failed"}


def test_a_second_round_of_reminders_on_a_day_is_mailed_too(cast):
    remind(cast)
    assert len(states()) == 3
    row = cast.plan_year
    with cast.on(REMINDED):
        due = REMINDED + timedelta(days=5)
        owed = [
            Owed(
                kind=OwedKind.TASK,
                unit="市民政局",
                lineage="",
                subject="9",
                title="",
                detail="9",
                due=due,
                entry=1,
            )
        ]
        services.queue_reminders(row, owed, entry=10**6, on=REMINDED, at=timezone.now())
        # The same entry queues nothing a second time.
        services.queue_reminders(row, owed, entry=10**6, on=REMINDED, at=timezone.now())
    assert len(states()) == 4


def test_a_server_that_does_not_answer_is_asked_once_a_turn(cast, monkeypatch):
    remind(cast)
    asked = []

    class Silent(EmailBackend):
        def open(self):
            asked.append(1)
            raise TimeoutError("timed out")

    monkeypatch.setattr("luoshi_web.mail.services.get_connection", lambda **_options: Silent())
    assert services.send_waiting() == 0
    assert len(asked) == 1
    # One waits a minute, the others have lost no attempt.
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert set(states()) == {"queued"}


def test_after_a_restored_backup_nothing_is_sent_by_itself(cast):
    remind(cast)
    store.claim(timezone.now())
    assert store.doubt_all(at=timezone.now()) == 3
    assert services.send_waiting() == 0
    assert set(states()) == {"uncertain"}


def test_what_ended_long_ago_is_forgotten_whatever_became_of_it(cast):
    remind(cast)
    first, second, third = Message.objects.order_by("id")
    long_ago = timezone.now() - timedelta(days=91)
    for row, state in ((first, MailState.SENT), (second, MailState.FAILED)):
        store.end(row, state, at=long_ago)
    services.send_waiting()
    assert list(Message.objects.values_list("pk", flat=True)) == [third.pk]


def test_a_simulated_year_writes_to_nobody(cast):
    from luoshi_web.plans.store import let_stand

    let_stand(cast.pk, REMINDED)
    remind(cast)
    assert not Message.objects.exists()
