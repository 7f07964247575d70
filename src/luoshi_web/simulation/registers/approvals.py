"""Simulated approvals (模拟工程审批): parallel tasks, pauses while papers are mended, and a few that take too long."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, Channel
from luoshi_web.cases.services import Intake
from luoshi_web.simulation.names import place_names
from luoshi_web.simulation.play import Deed
from luoshi_web.simulation.registers.scene import BEGINS, Scene

_LIMITS = {"public": ("approvals/longest:public", 80), "private": ("approvals/longest:private", 60), "small": ("approvals/longest:small", 40)}  # fmt: skip
_STAGES = (
    ("land", ("project", "site", "land_permit"), 0.3),
    ("works", ("scheme", "works_permit"), 0.2),
    ("building", ("drawings", "building_permit"), 0.3),
    ("construction", (), 0.0),
    ("acceptance", ("joint", "filing"), 0.2),
)
_COUNT = 42
_PAUSES = ("supplement", "notice", "expert_review", "testing")


def begin(scene: Scene, at: datetime) -> None:
    """Plan the projects that ask for approval, one after the other through the year."""
    random = scene.random
    for number, name in enumerate(place_names(random, _COUNT, "工程")):
        case_class = ("public", "private", "private", "small")[number % 4]
        day = BEGINS + timedelta(days=number * 5)
        if day < scene.ends:
            scene.play.plan(scene.at(day), _received(scene, name, case_class, is_slow=number == 9))


def _received(scene: Scene, name: str, case_class: str, *, is_slow: bool) -> Deed:
    random = scene.random
    source, otherwise = _LIMITS[case_class]
    limit = scene.wanted(source, "个工作日", otherwise)
    speed = 1.25 if is_slow else random.uniform(0.5, 0.9)

    def deed(at: datetime) -> None:
        fields = {
            "builder": f"{name[:2]}建设公司（模拟）",
            "area": f"绫江市{name[:2]}片区",
            "total": format(scene.money(800, 90_000), "f"),
            "point": f"{113.05 + random.random() * 0.3:.4f},{30.55 + random.random() * 0.2:.4f}",
            "contact": "模拟联系人",
            "telephone": f"137000{random.randint(0, 99999):05d}",
        }
        intake = Intake(title=name, channel=Channel.WINDOW, case_class=case_class, fields=fields)
        (done,) = scene.take_in("approvals", "approvals", [intake])
        _plan_stage(scene, done.case, 0, at.date(), limit * speed)

    return deed


def _plan_stage(scene: Scene, case: Case, place: int, since: date, days: float) -> None:
    """Plan the tasks of a stage and the step to the next; each stage is planned when the one before ends."""
    random = scene.random
    key, tasks, share = _STAGES[place]
    if key == "construction":
        ends = since + timedelta(days=random.randint(45, 110))
    else:
        ends = scene.calendar.add(since, max(1, round(days * share))).day
        if random.random() < 0.4:
            paused = scene.calendar.add(since, 1).day
            resumed = scene.calendar.add(paused, random.randint(3, 9)).day
            reason = random.choice(_PAUSES)
            if resumed < scene.ends:
                scene.play.plan(scene.at(paused), _act(scene, case, Act.PAUSE, reason=reason))
                scene.play.plan(scene.at(resumed), _act(scene, case, Act.RESUME))
                ends = scene.calendar.add(max(ends, resumed), 3).day
            elif paused < scene.ends:
                scene.play.plan(scene.at(paused), _act(scene, case, Act.PAUSE, reason=reason))
                return
    if ends >= scene.ends:
        return

    def deed(at: datetime) -> None:
        for task in tasks:
            scene.act(case, Act.FINISH_TASK, task=task)
        if place + 1 == len(_STAGES):
            scene.act(case, Act.CLOSE, outcome="accepted", reason="")
            return
        scene.act(case, Act.MOVE, to=_STAGES[place + 1][0])
        _plan_stage(scene, case, place + 1, at.date(), days)

    scene.play.plan(scene.at(ends), deed)


def _act(scene: Scene, case: Case, act: Act, **given: str) -> Deed:
    def deed(_at: datetime) -> None:
        scene.act(case, act, **given)

    return deed
