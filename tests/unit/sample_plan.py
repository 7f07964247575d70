"""A small draft plan, made by hand from a report of the invented city 云川.

Five commitments in two sections, five targets, four deliverables, one project, one procedure, one term, one claim.
In doubt: the target of new places (its unit), the commitment of the station (its lead unit).
"""

from datetime import date
from decimal import Decimal

from luoshi.kernel.identity import digest
from luoshi.kernel.span import Span
from luoshi.plan.model import (
    Basis,
    Claim,
    Commitment,
    Comparator,
    Course,
    DayType,
    Deadline,
    Deliverable,
    JudgedAs,
    Level,
    Limit,
    Passage,
    PassageKind,
    Place,
    Plan,
    Procedure,
    ProcedureKind,
    Project,
    ProjectKind,
    ProjectStage,
    Role,
    Section,
    Source,
    Stage,
    Target,
    TargetKind,
    Term,
    Unit,
)

TEXT = """云川市人民政府工作报告
各位代表：
一、2025年工作回顾
全市建成口袋公园12个，空气优良天数比率为88.5%。
二、2026年重点工作
（一）稳住工业经济
力争规模以上工业增加值增长6.5%左右，新增规上工业企业20家以上。
推动云川东站年内开工。
（二）办好民生实事
新建改扩建学校3所，新增学位2400个。
6月底前建成青杉社区养老服务中心。
推行项目“四步法”，审批时限压减至30个工作日以内。
名词解释
四步法：指项目推进的申报、会商、落地、回访四个步骤。
"""

YEAR_END = Deadline(day=date(2026, 12, 31))


def span(words: str, after: int = 0) -> Span:
    """The place of the first `words` in the text at or after an offset."""
    start = TEXT.index(words, after)
    return Span("S1", start, start + len(words))


def section(id: str, number: str, title: str, level: int, parent: str, until: str, role: Role) -> Section:
    heading = span(number + title)
    end = TEXT.index(until, heading.end) if until else len(TEXT)
    return Section(
        id=id,
        number=number,
        title=title,
        level=level,
        parent=parent,
        span=Span("S1", heading.start, end),
        heading=heading,
        role=role,
    )


def commitment(id: str, words: str, section: str, title: str, **fields: object) -> Commitment:
    place = span(words)
    made = {"deadline": YEAR_END} | fields
    return Commitment(id=id, spans=(place,), text=words, section=section, title=title, **made)  # type: ignore[arg-type]


def target(id: str, commitment: str, clause: str, number: str, **fields: object) -> Target:
    place = span(clause)
    made = {
        "comparator": Comparator.EQ,
        "kind": TargetKind.COUNT,
        "judged_as": JudgedAs.AT_LEAST,
        "course": Course.CUMULATIVE,
        "deadline": YEAR_END,
    } | fields
    return Target(
        id=id,
        spans=(place,),
        text=clause,
        commitment=commitment,
        number=span(number, place.start),
        **made,  # type: ignore[arg-type]
    )


def deliverable(id: str, commitment: str, words: str, done_when: str, **fields: object) -> Deliverable:
    made = {"evidence": "验收单", "due": YEAR_END, "weight": Decimal(1)} | fields
    return Deliverable(
        id=id,
        spans=(span(words),),
        text=words,
        commitment=commitment,
        done_when=done_when,
        **made,  # type: ignore[arg-type]
    )


def draft() -> Plan:
    return Plan(
        place=Place(name="云川市", code="", level=Level.CITY),
        year=2026,
        compiler="0.1.0",
        sources=(
            Source(
                id="S1", name="yunchuan.txt", title="云川市人民政府工作报告", digest=digest(TEXT), text=TEXT
            ),
        ),
        sections=(
            section("s-review", "一、", "2025年工作回顾", 1, "", "二、", Role.REVIEW),
            section("s-work", "二、", "2026年重点工作", 1, "", "名词解释", Role.WORK),
            section("s-industry", "（一）", "稳住工业经济", 2, "s-work", "（二）", Role.WORK),
            section("s-life", "（二）", "办好民生实事", 2, "s-work", "名词解释", Role.WORK),
            section("s-terms", "", "名词解释", 0, "", "", Role.GLOSSARY),
        ),
        units=(
            Unit(id="u-industry", name="市经信局", bureau="industry"),
            Unit(id="u-transport", name="市交通局", bureau="transport"),
            Unit(id="u-education", name="市教育局", bureau="education"),
            Unit(id="u-civil", name="市民政局", bureau="civil-affairs"),
        ),
        commitments=_commitments(),
        targets=_targets(),
        deliverables=_deliverables(),
        projects=(
            Project(
                id="p-station",
                spans=(span("云川东站"),),
                text="云川东站",
                commitment="c-station",
                name="云川东站",
                kind=ProjectKind.FACILITY,
                action="开工",
                stage=ProjectStage.STARTED,
                deadline=YEAR_END,
                clause=span("推动云川东站年内开工"),
            ),
        ),
        procedures=(
            Procedure(
                id="m-steps",
                spans=(span("四步法"),),
                text="四步法",
                name="四步法",
                kind=ProcedureKind.PIPELINE,
                scope="项目",
                stages=tuple(
                    Stage(name=name, span=span(name, TEXT.index("名词解释")))
                    for name in ("申报", "会商", "落地", "回访")
                ),
                limits=(
                    Limit(
                        subject="审批",
                        comparator=Comparator.LE,
                        value=Decimal(30),
                        unit="工作日",
                        day_type=DayType.WORKING_DAY,
                        span=span("30个工作日"),
                    ),
                ),
                declared_count=4,
                definition=span("四步法：指项目推进的申报、会商、落地、回访四个步骤。"),
            ),
        ),
        terms=(
            Term(
                id="g-steps",
                spans=(span("四步法：指项目推进的申报、会商、落地、回访四个步骤。"),),
                text="四步法：指项目推进的申报、会商、落地、回访四个步骤。",
                name="四步法",
                definition="指项目推进的申报、会商、落地、回访四个步骤。",
                uses=(span("四步法"),),
                procedure="m-steps",
            ),
        ),
        claims=(
            Claim(
                id="r-park",
                spans=(span("全市建成口袋公园12个"),),
                text="全市建成口袋公园12个",
                indicator="口袋公园",
                value=Decimal(12),
                unit="个",
                comparator=Comparator.EQ,
                kind=TargetKind.COUNT,
                year=2025,
                number=span("12个"),
            ),
        ),
        passages=(Passage(span=span("各位代表："), kind=PassageKind.FRAMING),),
    )


def _commitments() -> tuple[Commitment, ...]:
    return (
        commitment(
            "c-industry",
            "力争规模以上工业增加值增长6.5%左右，新增规上工业企业20家以上。",
            "s-industry",
            "工业增长和规上企业培育",
            action="增长",
            object="规模以上工业增加值",
            strength="力争",
            lead_unit="u-industry",
        ),
        commitment(
            "c-station",
            "推动云川东站年内开工。",
            "s-industry",
            "云川东站开工",
            action="开工",
            object="云川东站",
            deadline=Deadline(day=date(2026, 12, 31), written="年内", span=span("年内")),
            lead_unit="u-transport",
            supporting_units=("u-industry",),
            bases=(Basis(field="lead_unit", confidence=0.4, code="P380"),),
        ),
        commitment(
            "c-school",
            "新建改扩建学校3所，新增学位2400个。",
            "s-life",
            "学校建设",
            action="新建改扩建",
            object="学校",
            lead_unit="u-education",
        ),
        commitment(
            "c-elder",
            "6月底前建成青杉社区养老服务中心。",
            "s-life",
            "青杉社区养老服务中心建成",
            action="建成",
            object="青杉社区养老服务中心",
            deadline=Deadline(day=date(2026, 6, 30), written="6月底前", span=span("6月底前")),
            lead_unit="u-civil",
        ),
        commitment(
            "c-steps",
            "推行项目“四步法”，审批时限压减至30个工作日以内。",
            "s-life",
            "项目四步法",
            action="推行",
        ),
    )


def _targets() -> tuple[Target, ...]:
    return (
        target(
            "t-growth",
            "c-industry",
            "规模以上工业增加值增长6.5%左右",
            "6.5%",
            indicator="规模以上工业增加值",
            comparator=Comparator.ABOUT,
            value=Decimal("6.5"),
            unit="%",
            kind=TargetKind.GROWTH,
            judged_as=JudgedAs.WITHIN_BAND,
            course=Course.ANNUAL,
            strength="力争",
        ),
        target(
            "t-firms",
            "c-industry",
            "新增规上工业企业20家以上",
            "20家",
            indicator="新增规上工业企业",
            comparator=Comparator.GE,
            value=Decimal(20),
            unit="家",
            kind=TargetKind.INCREMENT,
        ),
        target(
            "t-schools",
            "c-school",
            "新建改扩建学校3所",
            "3所",
            indicator="新建改扩建学校",
            value=Decimal(3),
            unit="所",
        ),
        target(
            "t-places",
            "c-school",
            "新增学位2400个",
            "2400个",
            indicator="新增学位",
            value=Decimal(2400),
            unit="个",
            kind=TargetKind.INCREMENT,
            bases=(Basis(field="unit", confidence=0.6, code="P380"),),
        ),
        target(
            "t-limit",
            "c-steps",
            "审批时限压减至30个工作日以内",
            "30个工作日",
            indicator="审批时限",
            comparator=Comparator.LE,
            value=Decimal(30),
            unit="个工作日",
            kind=TargetKind.DURATION,
            judged_as=JudgedAs.AT_MOST,
            course=Course.HOLD,
        ),
    )


def _deliverables() -> tuple[Deliverable, ...]:
    return (
        deliverable("d-station", "c-station", "云川东站年内开工", "云川东站取得开工令"),
        deliverable("d-school", "c-school", "新建改扩建学校3所", "3所学校竣工验收", weight=Decimal("0.5")),
        deliverable("d-places", "c-school", "新增学位2400个", "2400个学位投入使用", weight=Decimal("0.5")),
        deliverable(
            "d-elder",
            "c-elder",
            "建成青杉社区养老服务中心",
            "养老服务中心竣工验收",
            due=Deadline(day=date(2026, 6, 30), written="6月底前", span=span("6月底前")),
        ),
    )
