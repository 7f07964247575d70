"""Registers behind targets: bound, counted, written into the year, shown; and the check of a register's chain."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import case_cast_web as cast
import pytest
from django.db import connection

from luoshi.delivery.source import SourceKind
from luoshi.ledger.observation import Attestation, Computed
from luoshi.register.case.act import Act
from luoshi.register.observed import parts_of
from luoshi.register.pack import Indicator, Pack, RegisterFigure
from luoshi_web.cases import services
from luoshi_web.cases.models import CaseEntry, CaseRow
from luoshi_web.frame import clock
from luoshi_web.frame.append_only import allow_changes, refuse_changes
from luoshi_web.reporting import services as reporting
from luoshi_web.reporting.selectors import year_of
from luoshi_web.rights import Actor, Grant, Role

SOURCE = "permits/granted"


def on(day: date):
    return clock.standing_at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


@pytest.fixture
def packs(monkeypatch):
    """One pack of the tests' own, so that no other is needed: how many permits were granted."""

    def granted(cases, _procedure, window, _parameter):
        done = [case for case in cases if case.closed and window.holds(case.closed.date())]
        return RegisterFigure(Decimal(len(done)), len(done))

    indicator = Indicator(
        key="granted", procedure="permit", name="准予数", en="granted", unit="个", rule="办结的件数", rule_en="Cases closed.",
        patterns=("学校",),
    )  # fmt: skip
    pack = Pack(
        "permits",
        "许可",
        "permits",
        {"permit": cast.procedure()},
        {"granted": indicator},
        {"granted": granted},
        {},
    )
    for module in (
        "luoshi_web.cases.services.observing",
        "luoshi_web.cases.views.coverage",
        "luoshi_web.cases.views.procedures",
        "luoshi_web.reporting.services.sources",
        "luoshi_web.reporting.wording",
    ):
        monkeypatch.setattr(import_module(module), "packs", lambda: {"permits": pack})
    return {"permits": pack}


@pytest.fixture
def boss(acting):
    return acting(Role.SUPERVISOR)


@pytest.fixture
def operator(issued):
    return Actor(None, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, cast.UNIT),))


def close(boss, operator, pk, title):
    case = cast.received(boss, operator, pk, title=title)
    services.perform(operator, pk, case=case.id, act=Act.TAKE_OVER)
    return services.perform(
        operator, pk, case=case.id, act=Act.CLOSE, outcome="withdrawn", reason="撤回"
    ).case


def test_a_figure_of_a_register_becomes_the_figure_of_a_target(issued, boss, operator, packs, supervisor):
    pk = issued.plan_year_id
    with on(date(2026, 3, 2)):
        close(boss, operator, pk, "甲")
        reporting.bind_source(
            boss, pk, target="t-schools", kind=SourceKind.REGISTER, name=SOURCE, method="办结的件数"
        )
    with on(date(2026, 3, 3)):
        entry = services.observe(pk)
        assert entry is not None
        assert services.observe(pk) is None
    known = year_of(pk).observed[SOURCE]
    assert [(one.day, one.figure.value) for one in known] == [(date(2026, 3, 2), 1)]
    assert known[0].figure.head.startswith("sha256:")
    with on(date(2026, 3, 9)):
        close(boss, operator, pk, "乙")
    with on(date(2026, 3, 10)):
        services.observe(pk)
    # A register at rest says so once a month.
    with on(date(2026, 4, 8)):
        assert services.observe(pk) is not None
        assert services.observe(pk) is None
    page = supervisor.get(f"/plans/{pk}/cases/coverage/").content.decode()
    assert "登记簿“许可”：准予数" in page
    assert [one.figure.value for one in year_of(pk).observed[SOURCE]] == [1, 2, 2]
    lineage = year_of(pk).lineage_of_target("t-schools")
    shown = supervisor.get(f"/plans/{pk}/delivery/commitments/{lineage}/").content.decode()
    assert "登记簿“许可”：准予数" in shown


def test_how_a_figure_of_a_register_is_known(issued, boss, operator, packs):
    from luoshi.delivery.judging import observations_of
    from luoshi.status.rule import rule_on
    from luoshi_web.reporting.selectors import ground_of, version_of

    pk = issued.plan_year_id
    with on(date(2026, 3, 2)):
        close(boss, operator, pk, "甲")
        reporting.bind_source(boss, pk, target="t-schools", kind=SourceKind.REGISTER, name=SOURCE, method="")
    with on(date(2026, 3, 3)):
        services.observe(pk)
    year = year_of(pk)
    ground = ground_of(version_of(pk, year.version))
    lineage = year.lineage_of_target("t-schools")
    found = observations_of(
        year, ground.targets["t-schools"], lineage, date(2026, 3, 3), rule_on(date(2026, 3, 3))
    )
    assert [(one.value, one.computed, one.attestation) for one in found] == [
        (1, Computed.COUNTED, Attestation.UNIT)
    ]
    assert (
        observations_of(
            year, ground.targets["t-schools"], lineage, date(2026, 3, 1), rule_on(date(2026, 3, 1))
        )
        == ()
    )


def test_proposed_sources_are_bound_together(issued, boss, packs, supervisor):
    pk = issued.plan_year_id
    page = supervisor.get(f"/plans/{pk}/cases/coverage/").content.decode()
    assert "先发布流程" in page
    answer = supervisor.post(f"/plans/{pk}/cases/coverage/", {"target": ["t-schools", "no-such"]})
    assert answer.status_code == 302
    source = year_of(pk).source_of("t-schools")
    assert (source.kind, source.name, parts_of(source.name)) == (
        SourceKind.REGISTER,
        SOURCE,
        ("permits", "granted", ""),
    )
    # A second time nothing is bound again.
    assert services.bind_registers(boss, pk, ["t-schools"]) == 0


def test_a_procedure_of_a_pack_is_adopted_as_a_draft(issued, packs, supervisor):
    pk = issued.plan_year_id
    answer = supervisor.post(f"/plans/{pk}/cases/procedures/adopt/", {"procedure": "permits/permit"})
    assert answer.status_code == 302
    assert "施工许可" in supervisor.get(answer["Location"]).content.decode()


def test_a_source_of_no_pack_is_refused(issued, boss, packs):
    from luoshi.delivery.fault import DeliveryError

    with pytest.raises(DeliveryError) as caught:
        reporting.bind_source(
            boss,
            issued.plan_year_id,
            target="t-schools",
            kind=SourceKind.REGISTER,
            name="permits/none",
            method="",
        )
    assert caught.value.code == "L261"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda: CaseEntry.objects.filter(number=1).update(
                content=CaseEntry.objects.get(number=1).content.replace("甲", "乙")
            ),
            "L101",
        ),
        (lambda: CaseEntry.objects.order_by("-number").first().delete(), "L106"),
        (lambda: CaseEntry.objects.filter(number=2).update(case="k-other"), "L110"),
        (lambda: CaseRow.objects.update(document=CaseRow.objects.get().document.replace("甲", "丙")), "R440"),
    ],
)
def test_a_register_that_was_tampered_with_is_found(change, code, issued, boss, operator):
    pk = issued.plan_year_id
    close(boss, operator, pk, "甲")
    assert [book.faults for book in services.check_books(pk)] == [()]

    class Editor:
        def __init__(self):
            self.connection = connection

        def execute(self, sql):
            with connection.cursor() as cursor:
                cursor.execute(sql)

    allow_changes("cases_entry")(None, Editor())
    change()
    refuse_changes("cases_entry")(None, Editor())
    found = [fault.code for book in services.check_books(pk) for fault in book.faults]
    assert code in found
