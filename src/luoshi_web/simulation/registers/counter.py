"""Simulated one-window services (模拟政务服务): items that are put on line, cases at the counter, businesses that are started."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, CaseState, Channel
from luoshi_web.cases import services
from luoshi_web.cases.services import Done, Intake
from luoshi_web.rights import NOBODY
from luoshi_web.simulation.names import person
from luoshi_web.simulation.play import Deed
from luoshi_web.simulation.registers.scene import BEGINS, Scene

_FIELDS = (
    "道路运输", "食品经营", "卫生许可", "户外广告", "燃气经营", "民办教育", "水土保持", "排水许可", "林木采伐", "船舶检验", "医师执业", "社会团体", "消防安全",
    "特种设备", "农药经营", "种子生产", "档案查询", "人才引进", "住房公积金", "不动产", "生育登记", "养老补贴", "就业见习", "税务登记", "出版物", "旅行社",
)  # fmt: skip
_OBJECTS = (
    "资格",
    "场所",
    "人员",
    "项目",
    "车辆",
    "设备",
    "证书",
    "备案",
    "名称",
    "地址",
    "法定代表人",
    "范围",
    "期限",
    "年检",
    "补贴",
)
_ACTS = ("新办", "变更", "延续", "补办", "注销", "查询")
_CASES_A_MONTH, _BUSINESSES_A_MONTH = 18, 5


def begin(scene: Scene, at: datetime) -> None:
    """Enter the items that are offered already, and plan the year at the counter."""
    web = scene.wanted("services/items:web", "项", 400)
    joint = scene.wanted("services/items:joint", "项", 20)
    provinces = scene.wanted("services/items:provinces", "项", 100)
    names = [f"{field}{thing}{act}" for act in _ACTS for thing in _OBJECTS for field in _FIELDS]
    web = min(web, len(names))
    first = round(web * 0.86)
    months = range(3, 10)
    each = round((web - first) * 1.02 / 10)
    _items(scene, names[:first], joint=round(joint * 0.3), provinces=round(provinces * 0.6))
    for step, month in enumerate(months):
        part = names[first + step * each : first + (step + 1) * each]
        scene.play.plan(scene.at(scene.some_day(month)), _more(scene, part, joint // 12, provinces // 24))
    for month in range(BEGINS.month, scene.ends.month + 1):
        for n in range(_CASES_A_MONTH):
            day = scene.some_day(month)
            if BEGINS <= day < scene.ends:
                scene.play.plan(scene.at(day), _case(scene, scene.random.choice(names), n))
        for n in range(_BUSINESSES_A_MONTH):
            day = scene.some_day(month)
            if BEGINS <= day < scene.ends:
                moment = datetime.combine(scene.at(day).date(), time(9, 5 * n))
                scene.play.plan(moment, _business(scene, month, n))


def _items(scene: Scene, names: list[str], *, joint: int, provinces: int) -> None:
    intakes = [
        Intake(
            title=name,
            channel=Channel.IMPORT,
            stage="offered",
            fields={
                "window": "是",
                "web": "是",
                "mobile": "是" if n % 3 else "否",
                "joint": "是" if n < joint else "否",
                "provinces": "是" if n < provinces else "否",
                "promised": str(n % 9 + 1),
            },
        )
        for n, name in enumerate(names)
    ]
    if intakes:
        scene.take_in("services", "service_items", intakes)


def _more(scene: Scene, names: list[str], joint: int, provinces: int) -> Deed:
    return lambda _at: _items(scene, names, joint=joint, provinces=provinces)


def _case(scene: Scene, item: str, n: int) -> Deed:
    """A case comes in, is sent to a unit and decided; some wait for papers, one in twenty is forgotten and becomes late."""
    random = scene.random

    def deed(at: datetime) -> None:
        intake = Intake(
            title=f"{item}申请",
            channel=random.choice((Channel.WINDOW, Channel.ONLINE, Channel.PHONE, Channel.MOBILE)),
            fields={"item": item, "applicant": f"模拟·{person(random)}", "telephone": f"136000{random.randint(0, 99999):05d}"},
        )  # fmt: skip
        (done,) = scene.take_in("services", "service_cases", [intake])
        if random.random() < 0.05:
            return
        unit = random.choice(scene.units)
        scene.play.plan(at + timedelta(hours=1), _sent(scene, done, unit, n))

    return deed


def _sent(scene: Scene, done: Done, unit: str, n: int) -> Deed:
    random = scene.random

    def deed(at: datetime) -> None:
        case = scene.act(done.case, Act.DISPATCH, by=scene.supervisor, to=unit)
        day = scene.calendar.add(at.date(), random.randint(1, 2)).day
        if day < scene.ends:
            scene.play.plan(scene.at(day), _taken(scene, case, done.code, n))

    return deed


def _taken(scene: Scene, case: Case, code: str, n: int) -> Deed:
    random = scene.random

    def deed(at: datetime) -> None:
        taken = scene.act(case, Act.TAKE_OVER)
        if n % 5 == 0:
            taken = scene.act(taken, Act.PAUSE, reason="supplement", note="模拟：请补交场所证明")
        day = scene.calendar.add(at.date(), random.randint(2, 16)).day
        if day < scene.ends:
            scene.play.plan(scene.at(day), _decided(scene, taken, code))

    return deed


def _decided(scene: Scene, case: Case, code: str) -> Deed:
    random = scene.random

    def deed(at: datetime) -> None:
        stood = scene.act(case, Act.RESUME) if case.state is CaseState.PAUSED else case
        stood = scene.act(stood, Act.MOVE, to="review", unit="", reason="")
        if random.random() < 0.06:
            scene.act(stood, Act.CLOSE, outcome="refused", reason="模拟：不符合许可条件")
            return
        stood = scene.act(stood, Act.MOVE, to="hand_out", unit="", reason="")
        scene.act(stood, Act.CLOSE, outcome="granted", reason="")
        if random.random() < 0.5:
            rating = random.choices((5, 4, 3, 2, 1), (60, 25, 9, 4, 2))[0]
            services.perform(NOBODY, scene.plan_year, case=case.id, act=Act.RATE, code=code, rating=rating)

    return deed


def _business(scene: Scene, month: int, n: int) -> Deed:
    random = scene.random

    def deed(at: datetime) -> None:
        fields = {
            "type": random.choice(("有限责任公司", "个人独资企业", "合伙企业")),
            "applicant": f"模拟·{person(random)}",
            "telephone": f"135000{random.randint(0, 99999):05d}",
        }
        intake = Intake(title=f"模拟企业{month}月{n + 1}号开办", channel=Channel.ONLINE, fields=fields)
        (done,) = scene.take_in("services", "start_ups", [intake])
        scene.play.plan(at + timedelta(hours=2), lambda _at: scene.act(done.case, Act.MOVE, to="together"))
        # One business in thirty waits for the next day, so that the half-day parts are not kept everywhere.
        hours = 5 if random.random() < 0.97 else 26
        scene.play.plan(at + timedelta(hours=hours), _opened(scene, done.case))

    return deed


def _opened(scene: Scene, case: Case) -> Deed:
    def deed(_at: datetime) -> None:
        for task in ("seals", "invoices", "insurance", "bank"):
            scene.act(case, Act.FINISH_TASK, task=task)
        scene.act(case, Act.FILL, fields={"cost": format(Decimal(0), "f")})
        scene.act(case, Act.CLOSE, outcome="opened", reason="")

    return deed
