"""Simulated projects (模拟项目库): some start late because something blocks them, some are dropped, most invest month by month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, Channel
from luoshi_web.cases.services import Intake
from luoshi_web.reporting.selectors import version_of, year_of
from luoshi_web.simulation.names import place_names
from luoshi_web.simulation.play import Deed
from luoshi_web.simulation.registers.scene import Scene, spread

_NOUNS = (
    "产业园",
    "水厂扩建",
    "学校",
    "标准厂房",
    "仓储中心",
    "道路改造",
    "泵站",
    "医院",
    "停车场",
    "管网更新",
)
_INDUSTRIES = ("装备制造", "新材料", "食品加工", "生物医药", "市政", "交通", "水利", "教育卫生")
_OBSTACLES = ("征地拆迁", "资金未到位", "规划许可", "用地指标", "管线迁改")
_LARGE = 10_000
_CHECKS = ("approval", "land", "planning", "environment", "funds")


def begin(scene: Scene, at: datetime) -> None:
    """Fill the three libraries and plan the year of their projects."""
    random = scene.random
    in_library = scene.wanted("projects/in_library", "个", 300)
    starts = scene.wanted("projects/new_starts:10000", "个", 60)
    completions = scene.wanted("projects/completed", "个", 80)
    invested = scene.wanted("projects/invested", "万元", 2_000_000)
    count = round(in_library * 0.97)
    names = _names(scene, count)
    reserve, construction = round(count * 0.42), round(count * 0.44)
    stages = (
        ["reserve"] * reserve
        + ["construction"] * construction
        + ["effective"] * (count - reserve - construction)
    )
    # What the report promises to be invested is planned for the large projects that are being built or will be.
    builders = construction + starts
    each = invested / max(1, builders)
    intakes = [
        _intake(scene, name, stage, planned=Decimal(round(each * random.uniform(0.4, 1.6))))
        for name, stage in zip(names, stages, strict=True)
    ]
    done = [one.case for one in scene.take_in("projects", "projects", intakes)]
    waiting = [case for case in done if case.stage == "reserve"]
    building = [case for case in done if case.stage == "construction"]
    random.shuffle(waiting)
    random.shuffle(building)
    for case, month in zip(waiting, spread(random, starts, range(2, 13)), strict=False):
        _plan_start(scene, case, month)
    for case, month in zip(building, spread(random, completions, range(3, 13)), strict=False):
        _plan_completion(scene, case, month)
    for case in building:
        _plan_investment(scene, case, 2)
    for case in waiting[starts : starts + 6]:
        scene.play.plan(scene.at(scene.some_day(random.randint(4, 9))), _dropped(scene, case))
    for month in range(3, 10):
        scene.play.plan(scene.at(scene.some_day(month)), _newcomers(scene, month))


def _names(scene: Scene, count: int) -> list[str]:
    year = year_of(scene.plan_year)
    index = version_of(scene.plan_year, year.version)
    named = list(dict.fromkeys(project.name for project in index.plan.projects if project.name))[:count]
    per = -(-(count - len(named)) // len(_NOUNS))
    invented = [name for noun in _NOUNS for name in place_names(scene.random, per, noun)]
    return [*named, *invented][:count]


def _intake(scene: Scene, name: str, stage: str, *, planned: Decimal) -> Intake:
    random = scene.random
    total = max(planned * random.randint(2, 4), Decimal(_LARGE))
    fields = {
        "flow": random.choices(("政府投资", "企业投资"), (2, 3))[0],
        "total": format(total, "f"),
        "planned": format(planned, "f"),
        "industry": random.choice(_INDUSTRIES),
        "point": f"{113.05 + random.random() * 0.3:.4f},{30.55 + random.random() * 0.2:.4f}",
        "plan_start": date(2026, random.randint(2, 11), 28).isoformat(),
        "plan_end": date(random.choice((2026, 2027)), random.randint(3, 12), 28).isoformat(),
        "contact": "模拟联系人",
        "telephone": f"139000{random.randint(0, 99999):05d}",
    }
    if stage != "reserve":
        fields["started"] = date(random.choice((2024, 2025)), random.randint(1, 12), 18).isoformat()
    if stage == "effective":
        fields["started"] = "2024-03-18"
        fields["completed"] = date(2025, random.randint(1, 12), 18).isoformat()
    return Intake(
        title=name, channel=Channel.IMPORT, unit=random.choice(scene.units), fields=fields, stage=stage
    )


def _plan_start(scene: Scene, case: Case, month: int) -> None:
    """Plan the start of a project; one in four slips, because something blocks it."""
    random = scene.random
    day = scene.some_day(month)
    if random.random() < 0.25:
        blocked = scene.at(day - timedelta(days=10))
        until = day + timedelta(days=random.randint(20, 100))
        scene.play.plan(blocked, _blocked(scene, case, until))
        day = until + timedelta(days=5)
    if day <= scene.ends:
        scene.play.plan(scene.at(day), _started(scene, case))


def _blocked(scene: Scene, case: Case, until: date) -> Deed:
    random = scene.random
    kind, unit = random.choice(_OBSTACLES), random.choice(scene.units)
    promised = until - timedelta(days=random.choice((0, 0, 15)))

    def deed(at: datetime) -> None:
        due = max(promised, at.date())
        after = scene.act(case, Act.BLOCK, kind=kind, note=f"模拟：{kind}影响开工", unit=unit, due=due)
        obstacle = after.blocked_by[-1].key
        scene.play.plan(scene.at(until), lambda _at: _freed(scene, case, obstacle))

    return deed


def _freed(scene: Scene, case: Case, obstacle: str) -> None:
    scene.act(case, Act.UNBLOCK, obstacle=obstacle)


def _started(scene: Scene, case: Case) -> Deed:
    def deed(at: datetime) -> None:
        for check in _CHECKS:
            scene.act(case, Act.CHECK, check=check, is_yes=True)
        scene.act(case, Act.FILL, fields={"started": at.date().isoformat()})
        scene.act(case, Act.MOVE, to="construction")
        _plan_investment(scene, case, at.month + 1)

    return deed


def _plan_completion(scene: Scene, case: Case, month: int) -> None:
    day = scene.some_day(month)
    if scene.random.random() < 0.2:
        day += timedelta(days=scene.random.randint(20, 90))
    if day > scene.ends:
        return

    def deed(at: datetime) -> None:
        scene.act(case, Act.FILL, fields={"completed": at.date().isoformat()})
        scene.act(case, Act.MOVE, to="effective")

    scene.play.plan(scene.at(day), deed)


def _plan_investment(scene: Scene, case: Case, first: int) -> None:
    """Plan what a project reports in the first days of each month for the month before; now and then it forgets."""
    random = scene.random
    share = Decimal(case.fields["planned"]) / Decimal(11)
    for month in range(first, scene.ends.month):
        if random.random() < 0.04:
            continue
        value = (share * Decimal(str(round(random.uniform(0.6, 1.35), 3)))).quantize(Decimal(1))
        day = date(2026, month + 1, random.randint(1, 6))
        if day < scene.ends:
            scene.play.plan(scene.at(day), _stated(scene, case, f"2026-{month:02d}", value))


def _stated(scene: Scene, case: Case, month: str, value: Decimal) -> Deed:
    return lambda _at: scene.act(case, Act.STATE_AMOUNT, series="invested", month=month, value=value)


def _dropped(scene: Scene, case: Case) -> Deed:
    return lambda _at: scene.act(case, Act.CLOSE, outcome="dropped", reason="模拟：投资方放弃")


def _newcomers(scene: Scene, month: int) -> Deed:
    def deed(_at: datetime) -> None:
        intakes = [
            _intake(scene, f"{month}月入库{name}", "reserve", planned=scene.money(500, 9000))
            for name in place_names(scene.random, 8, "项目")
        ]
        scene.take_in("projects", "projects", intakes)

    return deed
