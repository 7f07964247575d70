"""Workers that are killed while they send, and processes that are killed during the daily work: nothing lost, nothing twice."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from random import Random

import pytest
from aiosmtpd.controller import Controller
from real_site import real_site, wait_until

MAILS, ROUNDS = 40, 4

QUEUE = """
import django; django.setup()
from django.utils import timezone
from luoshi_web.accounts.models import User
from luoshi_web.mail import store
user = User.objects.get(username="education-liaison")
user.email = "liaison@city.example"
user.save()
letters = [store.Letter(user.pk, f"test:{{n}}", f"第{{n}}封", "正文") for n in range({count})]
store.add({plan_year}, letters, at=timezone.now())
"""

TOLD = """
import django, json; django.setup()
from luoshi_web.mail.models import Message
from luoshi_web.mail.services import message_id
print(json.dumps([[message_id(row), row.state] for row in Message.objects.order_by("id")]))
"""

REMINDERS = """
import django, json; django.setup()
from luoshi.delivery.year import fact_of
from luoshi_web.ledger import selectors
facts = [fact_of(e) for e in selectors.entries_after({plan_year}, 0) if e.fact == "reminders_sent"]
print(json.dumps([[r.unit, r.key, str(r.due), r.offset] for f in facts for r in f.reminders]))
"""


class Inbox:
    """A mail server that keeps the Message-ID of every mail it takes, and takes its time to say so."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, server, session, envelope):
        self.got.append(message_from_bytes(envelope.content)["Message-ID"])
        await asyncio.sleep(0.05)
        return "250 taken"


@pytest.fixture
def inbox():
    """A mail server on a port of its own."""
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        inbox.port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    controller.start()
    yield inbox
    controller.stop()


def python(environment, code):
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def worker(environment):
    return subprocess.Popen(
        [sys.executable, "-m", "luoshi_cli", "work", "--data-dir", environment["LUOSHI_DATA_DIR"]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def told(environment):
    return dict(json.loads(python(environment, TOLD)))


@pytest.mark.postgres
@pytest.mark.parametrize("workers", [1, 2])
def test_workers_that_are_killed_while_they_send_lose_nothing_and_send_nothing_twice(
    tmp_path, inbox, workers
):
    with real_site(tmp_path) as site:
        environment = site.environment | {
            "LUOSHI_MAIL_HOST": "127.0.0.1",
            "LUOSHI_MAIL_PORT": str(inbox.port),
            "LUOSHI_MAIL_PATIENCE": "2",
            "LUOSHI_BACKGROUND": "workers",
        }
        python(environment, QUEUE.format(count=MAILS, plan_year=site.plan_year))
        chance = Random(workers)
        for _round in range(ROUNDS):
            running = [worker(environment) for _one in range(workers)]
            try:
                wanted = min(len(inbox.got) + chance.randint(2, 7), MAILS - ROUNDS)
                wait_until(lambda wanted=wanted: len(inbox.got) >= wanted, 60)
                # Somewhere between two mails, or in the middle of one.
                time.sleep(chance.random() * 0.1)
            finally:
                for process in running:
                    kill(process)
        assert len(inbox.got) < MAILS
        last = worker(environment)
        try:
            wait_until(lambda: not set(told(environment).values()) & {"queued", "sending"}, 120)
        finally:
            last.terminate()
            last.wait(30)
        ends, received = told(environment), Counter(inbox.got)
        assert len(ends) == MAILS
        assert set(ends.values()) <= {"sent", "uncertain"}
        # Nothing arrived twice, nothing that was not queued, and everything that is said to be sent arrived.
        assert set(received.values()) == {1}
        assert set(received) <= set(ends)
        assert {one for one, state in ends.items() if state == "sent"} <= set(received)
        # A kill leaves at most one mail a worker whose outcome is unknown; a person decides about it.
        assert sum(state == "uncertain" for state in ends.values()) <= ROUNDS * workers


def test_a_process_that_is_killed_during_the_daily_work_reminds_nobody_twice(tmp_path):
    with real_site(tmp_path) as site:
        chance = Random(5)
        arguments = [
            sys.executable,
            "-m",
            "luoshi_cli",
            "lights",
            "--data-dir",
            site.environment["LUOSHI_DATA_DIR"],
        ]
        for _round in range(5):
            process = subprocess.Popen(
                arguments, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(0.8 + chance.random() * 2)
            kill(process)
        site.command("lights", "--data-dir", site.environment["LUOSHI_DATA_DIR"])
        site.command("lights", "--data-dir", site.environment["LUOSHI_DATA_DIR"])
        reminded = [
            tuple(one)
            for one in json.loads(python(site.environment, REMINDERS.format(plan_year=site.plan_year)))
        ]
        assert reminded
        assert len(reminded) == len(set(reminded))
        assert site.verified()["faults"] == []


def test_workers_without_postgres_say_why_they_cannot_run(tmp_path):
    environment = os.environ | {"LUOSHI_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "LUOSHI_LANG": "en"}
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)",
        ],
        env=environment | {"DJANGO_SETTINGS_MODULE": "luoshi_web.settings"},
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-m", "luoshi_cli", "work", "--data-dir", str(tmp_path)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr
    assert "Traceback" not in done.stderr
