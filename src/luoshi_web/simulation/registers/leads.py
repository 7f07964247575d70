"""Simulated leads (模拟招商线索): most are lost on the way, some are signed, of those a few are broken."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, Channel
from luoshi_web.cases.services import Intake
from luoshi_web.simulation.names import place_names
from luoshi_web.simulation.play import Deed
from luoshi_web.simulation.registers.scene import BEGINS, Scene, spread

_INDUSTRIES = ("储能电池", "新材料", "液压件", "预制菜", "生物提取", "电子封装", "智能仓储")
_REGIONS = ("长三角", "珠三角", "京津冀", "成渝", "省内")
_STEPS = ("visited", "assessed", "decided", "signed")
_LOST = 90


def begin(scene: Scene, at: datetime) -> None:
    """Enter the leads that there are and plan what becomes of them."""
    random = scene.random
    wanted = scene.wanted("investment/signed:10000", "个", 100)
    sizes = _sizes(scene, round(wanted * 0.95))
    signings = spread(random, len(sizes), range(2, 13))
    money = scene.wanted("investment/money", "万元", 2_000_000)
    for number, (size, month, name) in enumerate(
        zip(sizes, signings, place_names(random, len(sizes), "科技"), strict=True)
    ):
        signed = scene.some_day(month)
        met = max(BEGINS, signed - timedelta(days=random.randint(20, 70)))
        if met <= scene.ends:
            scene.play.plan(scene.at(met), _met(scene, name, size, signed, number))
    share = Decimal(money) / len(sizes) / 9
    scene.play.plan(scene.at(BEGINS), _of_last_year(scene, share))
    for month in spread(random, _LOST, range(2, 10)):
        scene.play.plan(scene.at(scene.some_day(month)), _hopeless(scene))


def _sizes(scene: Scene, count: int) -> list[Decimal]:
    """Return agreed amounts in 万元: as many large ones as the report promises, less those that will not come; the others ordinary."""
    sizes: list[Decimal] = []
    for least, most, otherwise, missed in (
        (500_000, 900_000, 2, 1),
        (100_000, 400_000, 10, 2),
    ):
        promised = scene.wanted(f"investment/signed:{least}", "个", otherwise)
        sizes += [scene.money(least, most) for _ in range(max(0, promised - missed))]
    sizes += [scene.money(10_000, 80_000) for _ in range(max(0, count - len(sizes)))]
    scene.random.shuffle(sizes)
    return sizes


def _intake(scene: Scene, name: str, stage: str, **fields: str) -> Intake:
    random = scene.random
    given = {
        "firm": f"{name}（模拟企业）",
        "region": random.choice(_REGIONS),
        "industry": random.choice(_INDUSTRIES),
        "is_manufacturing": "是" if random.random() < 0.7 else "否",
        "contact": "模拟联系人",
        "telephone": f"138000{random.randint(0, 99999):05d}",
        **fields,
    }
    return Intake(title=f"{name}投资意向", channel=Channel.OFFICE, stage=stage, fields=given)


def _met(scene: Scene, name: str, size: Decimal, signed: date, number: int) -> Deed:
    def deed(at: datetime) -> None:
        (done,) = scene.take_in("investment", "leads", [_intake(scene, name, _STEPS[0])])
        _plan_step(scene, done.case, 1, size, signed, number, at.date())

    return deed


def _plan_step(
    scene: Scene, case: Case, place: int, size: Decimal, signed: date, number: int, since: date
) -> None:
    """Plan the next step of a lead, so that the last one falls on about the day on which it is to be signed."""
    steps = len(_STEPS) - place
    day = since + timedelta(days=max(1, (signed - since).days // steps))
    if day < scene.ends:
        scene.play.plan(scene.at(day), _moved(scene, case, place, size, signed, number))


def _moved(scene: Scene, case: Case, place: int, size: Decimal, signed: date, number: int) -> Deed:
    def deed(at: datetime) -> None:
        stage = _STEPS[place]
        scene.act(case, Act.MOVE, to=stage)
        if stage != "signed":
            _plan_step(scene, case, place + 1, size, signed, number, at.date())
            return
        promised = (size * Decimal("0.03")).quantize(Decimal(1))
        fields = {"promised": format(promised, "f"), "agreement": f"绫招〔2026〕{number + 1}号"}
        scene.act(
            case,
            Act.FILL,
            fields=fields | {"signed": at.date().isoformat(), "amount": format(size, "f")},
        )
        _plan_after(scene, case, size, at.date())

    return deed


def _plan_after(scene: Scene, case: Case, size: Decimal, signed: date) -> None:
    """Plan what follows an agreement: the move to the site, money, the start; one in thirty is broken."""
    random = scene.random
    begun = signed + timedelta(days=random.randint(30, 110))
    if random.random() < 0.03:
        broken = signed + timedelta(days=random.randint(30, 120))
        if broken < scene.ends:
            scene.play.plan(scene.at(broken), _broken(scene, case))
        return
    served = signed + timedelta(days=random.randint(7, 20))
    if served < scene.ends:
        scene.play.plan(scene.at(served), lambda _at: scene.act(case, Act.MOVE, to="served"))
    if begun < scene.ends and random.random() < 0.85:
        scene.play.plan(scene.at(begun), _begun(scene, case))
    for month in range(signed.month + 1, scene.ends.month, 2):
        value = (size * Decimal(str(round(random.uniform(0.04, 0.12), 3)))).quantize(Decimal(1))
        scene.play.plan(
            scene.at(date(2026, month + 1, random.randint(2, 6))), _paid(scene, case, f"2026-{month:02d}", value)
        )  # fmt: skip


def _begun(scene: Scene, case: Case) -> Deed:
    def deed(at: datetime) -> None:
        scene.act(case, Act.FILL, fields={"started": at.date().isoformat()})

    return deed


def _broken(scene: Scene, case: Case) -> Deed:
    def deed(_at: datetime) -> None:
        scene.act(case, Act.CLOSE, outcome="broken", reason="模拟：企业资金链断裂")

    return deed


def _paid(scene: Scene, case: Case, month: str, value: Decimal) -> Deed:
    def deed(at: datetime) -> None:
        if at.date() >= scene.ends:
            return
        proof = scene.proof(case, f"{month} 到位资金 {value} 万元")
        scene.act(case, Act.STATE_AMOUNT, series="money", month=month, value=value, evidence=(proof,))

    return deed


def _of_last_year(scene: Scene, share: Decimal) -> Deed:
    """Enter agreements of last year, whose money still comes."""

    def deed(_at: datetime) -> None:
        for number, name in enumerate(place_names(scene.random, 24, "实业")):
            size = scene.money(20_000, 200_000)
            fields = {
                "signed": f"2025-{number % 12 + 1:02d}-15",
                "amount": format(size, "f"),
                "started": "2026-01-12",
            }
            (done,) = scene.take_in("investment", "leads", [_intake(scene, name, "served", **fields)])
            for month in range(1, scene.ends.month):
                value = (share * 5 * Decimal(str(round(scene.random.uniform(0.7, 1.3), 3)))).quantize(
                    Decimal(1)
                )
                day = date(2026, month + 1, scene.random.randint(2, 6))
                scene.play.plan(scene.at(day), _paid(scene, done.case, f"2026-{month:02d}", value))

    return deed


def _hopeless(scene: Scene) -> Deed:
    def deed(at: datetime) -> None:
        stage = scene.random.choice(("found", "contacted", "visited", "assessed"))
        name = scene.random.choice(place_names(scene.random, 60, "制造"))
        (done,) = scene.take_in("investment", "leads", [_intake(scene, name, stage)])
        day = at.date() + timedelta(days=scene.random.randint(15, 120))
        if day < scene.ends:
            reason = scene.random.choice(("用地规模谈不拢", "选择了其他城市", "环保评估不符合要求"))
            scene.play.plan(
                scene.at(day),
                lambda _at: scene.act(done.case, Act.CLOSE, outcome="lost", reason=f"模拟：{reason}"),
            )

    return deed
