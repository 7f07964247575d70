"""The plan as a document (计划): what a report promises, every item pointing at its text.

A draft and a published version have the same shape; `Plan.version` is 0 for a draft. All values are
immutable; a change makes a new plan. The JSON form is described by ``docs/reference/plan.schema.json``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of
from luoshi.kernel.span import Span

SCHEMA: Literal["luoshi.plan/1"] = "luoshi.plan/1"


class Role(Labelled):
    """What a section of a report is for."""

    REVIEW = "review", "工作回顾", "review of past work"
    GOALS = "goals", "主要目标", "goals"
    WORK = "work", "重点工作", "work of the year"
    SELF_GOVERNMENT = "self_government", "政府自身建设", "the government's own conduct"
    GLOSSARY = "glossary", "用语说明", "glossary"
    ANNEX = "annex", "附件", "annex"
    FRAME = "frame", "开头结尾", "opening and closing"

    @property
    def is_forward(self) -> bool:
        """Whether promises are read from a section of this role."""
        return self in (Role.GOALS, Role.WORK, Role.SELF_GOVERNMENT)


class Level(Labelled):
    """Rank of the place that reports."""

    NATION = "nation", "国家", "nation"
    PROVINCE = "province", "省级", "province"
    CITY = "city", "市级", "city"
    COUNTY = "county", "县级", "county"
    TOWNSHIP = "township", "乡镇", "township"
    UNKNOWN = "unknown", "未知", "unknown"


class Medium(Labelled):
    """Form in which a source was delivered."""

    TEXT = "txt", "纯文本", "plain text"
    HTML = "html", "网页", "web page"
    DOCX = "docx", "Word 文档", "Word document"
    PDF = "pdf", "PDF 文档", "PDF document"
    PASTED = "pasted", "粘贴文本", "pasted text"


class Origin(Labelled):
    """Who put an item into the plan."""

    COMPILED = "compiled", "编译所得", "read by the compiler"
    HAND = "hand", "人工添加", "added by hand"


class ReviewState(Labelled):
    """How far review of an item has come."""

    PROPOSED = "proposed", "待审", "to review"
    ACCEPTED = "accepted", "已采纳", "accepted"
    REJECTED = "rejected", "已剔除", "rejected"


class Publicity(Labelled):
    """Who may be shown a commitment."""

    PUBLIC = "public", "主动公开", "public"
    ON_REQUEST = "on_request", "依申请公开", "on request"
    INTERNAL = "internal", "内部", "internal"


class Comparator(Labelled):
    """Relation that the text states between the figure and the promised value."""

    GE = "ge", "达到（不低于）", "at least"
    LE = "le", "以内（不超过）", "at most"
    OVER = "over", "超过（高于）", "more than"
    UNDER = "under", "低于（小于）", "less than"
    ABOUT = "about", "左右", "about"
    EQ = "eq", "未注明", "as stated"
    RANGE = "range", "区间", "range"


class TargetKind(Labelled):
    """What sort of quantity a target promises."""

    LEVEL = "level", "总量", "level"
    COUNT = "count", "数量", "count"
    INCREMENT = "increment", "新增", "increment"
    GROWTH = "growth", "增长", "growth"
    CUT = "cut", "下降", "cut"
    RATIO = "ratio", "比率", "ratio"
    DURATION = "duration", "时限", "duration"
    RANK = "rank", "位次", "rank"


class JudgedAs(Labelled):
    """How "met" is decided; reviewed apart from the words of the text."""

    AT_LEAST = "at_least", "不少于即完成", "met at or above the value"
    ABOVE = "above", "超过才完成", "met above the value"
    AT_MOST = "at_most", "不超过即完成", "met at or below the value"
    BELOW = "below", "低于才完成", "met below the value"
    WITHIN_BAND = "within_band", "在允许范围内即完成", "met within a stated band"
    BETWEEN = "between", "在区间内即完成", "met between the two values"
    EXACTLY = "exactly", "恰好等于才完成", "met at exactly the value"
    REFERENCE = "reference", "按参照值判定", "judged by a reference value"


class Course(Labelled):
    """Course that the figure is expected to take through the year."""

    CUMULATIVE = "cumulative", "逐月累计", "adds up through the year"
    FROM_BASE = "from_base", "由基数变动", "a stock moving from a base"
    HOLD = "hold", "全年保持", "must hold all year"
    STEP = "step", "到期一次完成", "all at once at a date"
    ANNUAL = "annual", "年度一次核定", "known once a year"


class ProcedureKind(Labelled):
    """What a mechanism is made into."""

    PIPELINE = "pipeline", "流程", "pipeline"
    STATE_SET = "state_set", "状态库", "state set"
    CLOCK = "clock", "时限", "clock"
    CADENCE = "cadence", "节奏", "cadence"
    CHECKLIST = "checklist", "清单", "checklist"
    SERVICE = "service", "服务", "service"
    MEMBER_SET = "member_set", "集合", "set of members"
    MECHANISM = "mechanism", "机制", "mechanism"


class DayType(Labelled):
    """How a limit counts time."""

    WORKING_DAY = "working_day", "工作日", "working days"
    CALENDAR_DAY = "calendar_day", "自然日", "calendar days"
    MONTH = "month", "月", "months"
    YEAR = "year", "年", "years"
    HOUR = "hour", "小时", "hours"
    NONE = "none", "非时间", "not a time"


class Beat(Labelled):
    """How often a cadence strikes."""

    WEEK = "week", "每周", "weekly"
    TEN_DAYS = "ten_days", "每旬", "every ten days"
    MONTH = "month", "每月", "monthly"
    QUARTER = "quarter", "每季", "quarterly"
    HALF_YEAR = "half_year", "每半年", "half-yearly"
    YEAR = "year", "每年", "yearly"


class PassageKind(Labelled):
    """Why a sentence of the forward part holds no commitment."""

    HEADING = "heading", "标题", "heading"
    FRAMING = "framing", "承接语", "framing"
    SLOGAN = "slogan", "口号与号召", "slogan or appeal"
    DESCRIPTION = "description", "背景描述", "description"
    FURNITURE = "furniture", "页面文字", "page furniture"


class NumberKind(Labelled):
    """Why a number of the forward part is not a target."""

    DATE = "date", "日期", "date"
    ENUMERATOR = "enumerator", "序号", "enumerator"
    NAME = "name", "名称", "name"
    SLOGAN = "slogan", "口号简称", "slogan"
    QUALIFIER = "qualifier", "限定条件", "qualifier"
    ENUMERATION = "enumeration", "列举总数", "count of a list"
    PAST = "past", "以往成绩", "past result"
    BACKGROUND = "background", "背景数字", "background"
    WORD = "word", "词语一部分", "part of a word"
    DEFINITION = "definition", "用语定义", "part of a definition"


class ProjectKind(Labelled):
    """What a named undertaking is."""

    PROJECT = "project", "建设项目", "construction project"
    PROGRAMME = "programme", "工程行动", "programme"
    FACILITY = "facility", "园区设施", "facility"
    ENTERPRISE = "enterprise", "企业", "enterprise"
    TITLE = "title", "创建称号", "title to win"
    SYSTEM = "system", "平台系统", "system"
    EVENT = "event", "活动", "event"
    OTHER = "other", "其他", "other"


class ProjectStage(Labelled):
    """Stage that the text promises a project to reach."""

    PLANNED = "planned", "谋划", "being planned"
    PREPARED = "prepared", "前期工作", "in preparation"
    STARTED = "started", "开工", "started"
    BUILDING = "building", "在建", "under construction"
    COMPLETED = "completed", "建成投用", "completed"
    UNSTATED = "unstated", "未注明", "not stated"


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a plan: immutable, keyword-only, strict about unknown fields."""


class Basis(_Document, frozen=True, kw_only=True):
    """Why a field has its proposed value, and how sure the proposal is (依据).

    Attributes:
        field: Name of the item's field.
        confidence: 0 to 1; below `SURE` the review desk asks a person.
        code: Message code of the reason.
        parameters: Values that fill the message.
    """

    field: str
    confidence: float
    code: str
    parameters: dict[str, str] = {}

    def describe(self, language: Language = "zh") -> str:
        """Return the reason in `language`."""
        return text_of(self.code, self.parameters, language)


SURE = 0.8
"""Confidence from which an item may be accepted in bulk."""

ADVICE = frozenset({"supporting_units"})
"""Fields whose proposals advise and decide nothing: the lead unit completes them in its handling plan, so a
weak proposal there puts nothing in doubt."""


class Deadline(_Document, frozen=True, kw_only=True):
    """When something is due (完成时限).

    Attributes:
        day: Last day on which it is in time.
        written: Words of the text, such as ``上半年``; "" where the default (the year's end) applies.
        span: Place of these words; None where the default applies or a person set it.
    """

    day: date
    written: str = ""
    span: Span | None = None


class Item(_Document, frozen=True, kw_only=True):
    """What every reviewable item of a plan has.

    Attributes:
        id: Identity inside the plan, from content (`luoshi.kernel.identity`).
        spans: Where the item stands in the text, in text order; empty only for items added by hand.
        text: The words at the first span, or what a person wrote.
        origin: Who put it here.
        state: How far review has come.
        bases: Why fields have their values; a field without a basis is certain.
        reviewed: Names of fields that a person has set; a recompilation never overwrites them.
    """

    id: str
    spans: tuple[Span, ...]
    text: str
    origin: Origin = Origin.COMPILED
    state: ReviewState = ReviewState.PROPOSED
    bases: tuple[Basis, ...] = ()
    reviewed: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """The least confidence of any field that no person has set, advice left aside; 1 where there is none."""
        open_fields = (b for b in self.bases if b.field not in self.reviewed and b.field not in ADVICE)
        return min((basis.confidence for basis in open_fields), default=1.0)

    @property
    def is_sure(self) -> bool:
        """Whether no field is in doubt."""
        return self.confidence >= SURE


class Place(_Document, frozen=True, kw_only=True):
    """Place that reports: ``name`` as written (天门市), administrative code (GB/T 2260) or "", rank."""

    name: str
    code: str = ""
    level: Level = Level.UNKNOWN


class Source(_Document, frozen=True, kw_only=True):
    """A document of the plan-year (来源文件), with its whole text as delivered.

    Attributes:
        id: ``S1``, ``S2`` … in the order in which they were added.
        name: File name, without any folder.
        title: Title line of the report, or "".
        body: Assembly to which it was delivered (市第八届人民代表大会), or "".
        session: Session (第五次会议), or "".
        day: Day of delivery, where the text states it.
        medium: Form in which it came.
        digest: Digest of `text`.
        text: Characters as delivered; every span of the plan counts in it.
    """

    id: str
    name: str
    title: str = ""
    body: str = ""
    session: str = ""
    day: date | None = None
    medium: Medium = Medium.TEXT
    digest: str
    text: str


class Section(_Document, frozen=True, kw_only=True):
    """A numbered part of a report (章节).

    Attributes:
        id: Identity inside the plan.
        number: Number as written: ``三``, ``（一）``, ``二是``; "" where there is none.
        title: Title without its number.
        level: 1 for 一、; 2 for （一）; 3 for 一是 or 1.; 0 for parts without a number, one more than its parent for a heading without a number inside a part.
        parent: Identity of the section above, or "".
        span: From the number to the end of the section, sections inside included.
        heading: The number and the title alone.
        role: What it is for.
    """

    id: str
    number: str
    title: str
    level: int
    parent: str
    span: Span
    heading: Span
    role: Role


class Unit(_Document, frozen=True, kw_only=True):
    """A responsible unit (责任单位): its name here and its bureau in the catalogue ("" if none)."""

    id: str
    name: str
    bureau: str = ""


class Commitment(Item, frozen=True, kw_only=True):
    """A promise that a supervisor puts on one row (目标任务).

    Attributes:
        section: Identity of its section, or "".
        title: Short name, for lists.
        action: The promised act (建成, 推进).
        object: What the act is done to.
        strength: Word of strength (力争, 确保), or "".
        deadline: When it is due.
        lead_unit: Identity of the lead unit (牵头单位), or "".
        supporting_units: Identities of supporting units (配合单位).
        leading_official: Leading official (牵头领导), or "".
        parent: The commitment that this one was split from, or "".
        merged_from: Commitments that were merged into this one.
        split_rule: Message code of the rule by which the compiler split a compound promise, or "".
        lineage: Permanent identity, minted at first publication; "" before.
        publicity: Who may be shown it.
    """

    section: str = ""
    title: str
    action: str = ""
    object: str = ""
    strength: str = ""
    deadline: Deadline
    lead_unit: str = ""
    supporting_units: tuple[str, ...] = ()
    leading_official: str = ""
    parent: str = ""
    merged_from: tuple[str, ...] = ()
    split_rule: str = ""
    lineage: str = ""
    publicity: Publicity = Publicity.INTERNAL


class Deliverable(Item, frozen=True, kw_only=True):
    """What counts as done for a commitment (成果).

    Attributes:
        commitment: Identity of its commitment.
        done_when: What counts as done; `text` quotes the words that it was proposed from.
        evidence: Evidence wanted (佐证材料).
        due: When.
        weight: Share of the commitment, all its deliverables together 1.
        approved: Whether the supervisor has approved it.
    """

    commitment: str
    done_when: str
    evidence: str
    due: Deadline
    weight: Decimal
    approved: bool = False


class Target(Item, frozen=True, kw_only=True):
    """A promise with a number (量化指标), or with a reference in a number's place.

    Attributes:
        commitment: Identity of its commitment.
        indicator: Complete noun phrase of what is measured, ellipsis resolved.
        indicator_key: Key of the indicator in the catalogue, or "".
        comparator: What the text states.
        value: Number as written, in `unit`; None where there is a reference.
        upper: Upper number of a range.
        reference: Reference in a number's place (不低于省下达任务), or "".
        unit: Unit as written, multiplier included (亿元, 万亩, 个百分点).
        kind: Sort of quantity.
        base_period: Period or base compared with (比上年, 较2020年), or "".
        judged_as: How "met" is decided.
        course: Expected course through the year.
        deadline: When it is due.
        strength: Word of strength whose scope covers it, or "".
        number: Place of number and unit (of the reference, where there is no number).
    """

    commitment: str
    indicator: str
    indicator_key: str = ""
    comparator: Comparator
    value: Decimal | None
    upper: Decimal | None = None
    reference: str = ""
    unit: str = ""
    kind: TargetKind
    base_period: str = ""
    judged_as: JudgedAs
    course: Course
    deadline: Deadline
    strength: str = ""
    number: Span | None


class Project(Item, frozen=True, kw_only=True):
    """A named undertaking (项目); the first span is its name.

    Attributes:
        commitment: Identity of the commitment that names it, or "".
        name: Name, completed where the text shares a tail (…等项目).
        kind: What it is.
        action: Promised act, as the text says (推进…开工).
        stage: Stage that the act promises.
        place: Place, or "".
        amount: Amount of money as written, in `amount_unit`; None where none is given.
        amount_unit: 亿元, 万元 …, or "".
        deadline: When.
        clause: The clause that states action and name.
        member_of: The count target of whose list it is a named member, or "".
    """

    commitment: str = ""
    name: str
    kind: ProjectKind
    action: str
    stage: ProjectStage
    place: str = ""
    amount: Decimal | None = None
    amount_unit: str = ""
    deadline: Deadline
    clause: Span | None
    member_of: str = ""


class Stage(_Document, frozen=True, kw_only=True):
    """A stage, state or member of a procedure, with its place in the text."""

    name: str
    span: Span | None = None


class Limit(_Document, frozen=True, kw_only=True):
    """A limit that a procedure sets: what it limits, how, how much, in which unit and day type."""

    subject: str
    comparator: Comparator
    value: Decimal
    unit: str
    day_type: DayType
    span: Span | None = None


class Strike(_Document, frozen=True, kw_only=True):
    """One beat of a cadence: how often, and what is done (调度, 拉练)."""

    beat: Beat
    act: str
    span: Span | None = None


class Procedure(Item, frozen=True, kw_only=True):
    """A mechanism that the report sets up or refers to (机制、流程); its spans are its uses.

    Attributes:
        name: Name (八步走).
        kind: What it is made into.
        scope: What it applies to, in the text's words (项目, 招商引资), or "".
        stages: Stages or states, in order.
        members: Members of a set or items of a checklist.
        limits: Limits.
        strikes: Beats of a cadence.
        declared_count: Count that the name declares (八步走: 8), where it declares one.
        definition: Place of its definition in the glossary, where there is one.
        supersedes: Identity of the procedure of the same name with other limits that it replaces, or "".
    """

    name: str
    kind: ProcedureKind
    scope: str = ""
    stages: tuple[Stage, ...] = ()
    members: tuple[Stage, ...] = ()
    limits: tuple[Limit, ...] = ()
    strikes: tuple[Strike, ...] = ()
    declared_count: int | None = None
    definition: Span | None = None
    supersedes: str = ""


class Term(Item, frozen=True, kw_only=True):
    """A term that the glossary explains (用语); its first span is its entry.

    Attributes:
        name: The term.
        definition: What it means, as written.
        uses: Where the term occurs outside its entry.
        procedure: Identity of the procedure made from it, or "".
    """

    name: str
    definition: str
    uses: tuple[Span, ...] = ()
    procedure: str = ""


class Claim(Item, frozen=True, kw_only=True):
    """A past result that the review part states (成效).

    Attributes:
        indicator: What was measured.
        indicator_key: Key of the indicator in the catalogue, or "".
        value: Number as written in `unit`, or None.
        unit: Unit as written.
        comparator: What the text states.
        kind: Sort of quantity.
        growth_percent: Growth stated beside the value, in percent, or None.
        year: Year that the claim is about, or None where it is not stated.
        number: Place of number and unit.
    """

    indicator: str
    indicator_key: str = ""
    value: Decimal | None
    unit: str = ""
    comparator: Comparator
    kind: TargetKind
    growth_percent: Decimal | None = None
    year: int | None = None
    number: Span | None


class Passage(_Document, frozen=True, kw_only=True):
    """A sentence of the forward part that holds no commitment, and why."""

    span: Span
    kind: PassageKind


class OtherNumber(_Document, frozen=True, kw_only=True):
    """A number of the forward part that is not a target, and why."""

    span: Span
    kind: NumberKind


class Plan(_Document, frozen=True, kw_only=True):
    """A plan-year's plan: a draft (version 0) or a published version.

    Attributes:
        schema: Name and number of this shape.
        place: Place that reports.
        year: Year that the plan is for.
        version: 0 for a draft; 1, 2 … for published versions.
        reason: Why this version was published; "" for a draft.
        compiler: Version of Luoshi that compiled it.
        sources: Documents, in the order added.
        sections: Outline, in text order.
        units: Responsible units that the commitments refer to.
        commitments: In text order, as are the lists below.
        diagnostics: What the compiler has to say.
    """

    schema: Literal["luoshi.plan/1"] = SCHEMA
    place: Place
    year: int
    version: int = 0
    reason: str = ""
    compiler: str = ""
    sources: tuple[Source, ...]
    sections: tuple[Section, ...] = ()
    units: tuple[Unit, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    targets: tuple[Target, ...] = ()
    projects: tuple[Project, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    terms: tuple[Term, ...] = ()
    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()
    numbers: tuple[OtherNumber, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def end_day(self) -> date:
        """The last day of the plan year, the default deadline."""
        return date(self.year, 12, 31)

    def source(self, source_id: str) -> Source:
        """Return the source with this identity.

        Raises:
            KeyError: There is none.
        """
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def quote(self, span: Span) -> str:
        """Return the words at `span`."""
        return span.quote(self.source(span.source).text)
