"""The people of the invented city's units, and a hand that acts for them through HTTP on a given day."""

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.test import Client

from luoshi.plan.items import every
from luoshi.plan.review import Accept
from luoshi_web.accounts import store as account_store
from luoshi_web.frame import clock
from luoshi_web.plans import services
from luoshi_web.reporting import selectors
from luoshi_web.rights import Actor, Grant, Role

PASSWORD = "Yunchuan-2026-test"
UNITS = {"education": "市教育局", "transport": "市交通局", "industry": "市经信局", "civil": "市民政局"}


def noon(day: date) -> datetime:
    """Noon in the place on a day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class Cast:
    """Users with roles, signed in, acting on the plan-year."""

    def __init__(self, plan_year):
        self.plan_year = plan_year
        self.pk = plan_year.pk
        self.users = {}
        since = date(2026, 1, 1)
        for name, unit in UNITS.items():
            self._add(f"{name}-liaison", Role.LIAISON, unit, since)
            self._add(f"{name}-head", Role.UNIT_HEAD, unit, since)
        self._add("supervisor", Role.SUPERVISOR, "", since)
        self._add("leader", Role.LEADER, "", since)
        self.clients = {}
        self.day = since

    def _add(self, name, role, unit, since):
        user = account_store.add_user(
            username=name, display_name=f"{name}某", password=PASSWORD, at=noon(since), must_change=False
        )
        account_store.add_grant(
            user=user, role=role, plan_year=self.pk if unit else None, unit=unit, since=since, until=None,
            granted_by=None, at=noon(since),
        )  # fmt: skip
        self.users[name] = user

    @contextmanager
    def on(self, day):
        """Let it be noon on a day."""
        self.day = day
        with clock.standing_at(noon(day)):
            yield self

    def client(self, name) -> Client:
        """Return a client in which a person is signed in."""
        client = Client()
        client.force_login(self.users[name], backend="luoshi_web.accounts.backend.PasswordBackend")
        return client

    def address(self, path=""):
        return f"/plans/{self.pk}/delivery/{path}"

    def get(self, name, path="", **query):
        return self.client(name).get(self.address(path), query)

    def post(self, name, path, /, **data):
        """Post as a person; keys with __ stand for a hyphen."""
        return self.client(name).post(
            self.address(path), {key.replace("__", "-"): value for key, value in data.items()}
        )

    def act(self, name, what, /, **data):
        """Do one of the acts of a page."""
        answer = self.post(name, f"acts/{what}/", **data)
        return answer

    @property
    def year(self):
        return selectors.year_of(self.pk)

    def lineage(self, title):
        """Return the lineage of a commitment by its title."""
        return next(one.lineage for one in self.year.issued.values() if one.title == title)

    def publish(self, day, plan):
        """Accept everything and publish through the desk."""
        with self.on(day):
            supervisor = Actor(self.users["supervisor"].pk, "督查员", (Grant(Role.SUPERVISOR),))
            services.decide(
                supervisor, self.pk, Accept(items=tuple(item.id for _kind, item in every(plan))), revision=1
            )
            answer = self.client("supervisor").post(
                f"/plans/{self.pk}/desk/publish/", {"reason": "首版", "revision": 2}
            )
            assert answer.status_code == 302, answer.content.decode()[:2000]


def text_of(answer) -> str:
    """Return the words of a page, without marks and runs of white space."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
