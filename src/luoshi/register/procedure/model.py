"""A procedure as data (流程定义): stages, parallel tasks, units, limits, papers, moves and outcomes.

A procedure comes from a pack, from the report's own words or from a drawing (BPMN 2.0). It is edited as a draft and published as a version; a case keeps the
version under which it began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from luoshi.cadence.limit import Limit
from luoshi.kernel.label import Labelled, Language


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a procedure names.

    Attributes:
        key: Identity inside the procedure.
        name: Name, in Chinese.
        en: Name in English, or "".
    """

    key: str
    name: str
    en: str = ""

    def label(self, language: Language = "zh") -> str:
        """Return its name; the Chinese one where there is no other."""
        return self.en if language == "en" and self.en else self.name


class FieldKind(Labelled):
    """What a field holds (字段类型)."""

    TEXT = "text", "文字", "text"
    NUMBER = "number", "数", "number"
    DAY = "day", "日期", "day"
    CHOICE = "choice", "选项", "choice"
    MARK = "mark", "是否", "yes or no"
    UNIT = "unit", "单位", "unit"
    POINT = "point", "经纬度", "longitude and latitude"
    PERSON = "person", "姓名", "name of a person"
    TELEPHONE = "telephone", "电话", "telephone"

    @property
    def is_personal(self) -> bool:
        """Whether it names a person, so that it is kept outside the ledger and can be erased."""
        return self in (FieldKind.PERSON, FieldKind.TELEPHONE)


class Field(Part, frozen=True, kw_only=True):
    """A field of a case.

    Attributes:
        kind: What it holds.
        options: What can be chosen.
        unit: Unit of a number.
        is_required: Whether a case cannot be opened without it.
        in_list: Whether lists show it.
        is_public: Whether an applicant is asked for it on line.
    """

    kind: FieldKind = FieldKind.TEXT
    options: tuple[str, ...] = ()
    unit: str = ""
    is_required: bool = False
    in_list: bool = False
    is_public: bool = False


class Paper(Part, frozen=True, kw_only=True):
    """A paper that a stage asks for (要件), and whether the stage can be left without it."""

    is_required: bool = True


class Check(Part, frozen=True, kw_only=True):
    """A question to be answered (核查事项), its group, and whether the stage can be left without a yes."""

    group: str = ""
    is_required: bool = False


class Task(Part, frozen=True, kw_only=True):
    """Something done beside others while a stage lasts (并联事项): the unit that does it, and its limit."""

    unit: str = ""
    limit: Limit | None = None


class Stage(Part, frozen=True, kw_only=True):
    """A stage (环节): a case stands in exactly one.

    Attributes:
        unit: Unit that handles it; "" leaves it to dispatch.
        limit: Limit of the stage itself.
        tasks: What is done in parallel; the stage is left only when all of it is done.
        papers: Papers asked for.
        checks: Questions to be answered.
        needs: Fields that must be filled before the stage is left.
        is_counted: Whether its time counts for the limit of the whole.
    """

    unit: str = ""
    limit: Limit | None = None
    tasks: tuple[Task, ...] = ()
    papers: tuple[Paper, ...] = ()
    checks: tuple[Check, ...] = ()
    needs: tuple[str, ...] = ()
    is_counted: bool = True


class Move(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way from one stage to another: both keys, what it is called, and whether it needs a reason."""

    source: str
    target: str
    name: str = ""
    needs_reason: bool = False


class CaseClass(Part, frozen=True, kw_only=True):
    """A class of cases (项目类别), with the limit of the whole procedure for it."""

    limit: Limit | None = None


class Outcome(Part, frozen=True, kw_only=True):
    """How a case can end (办理结果): whether it succeeded, and from which stages; any where none is named."""

    is_success: bool = True
    stages: tuple[str, ...] = ()


class Series(Part, frozen=True, kw_only=True):
    """Amounts by month that a case reports (按月数据), such as money spent: unit, and whether proof is needed."""

    unit: str = ""
    needs_evidence: bool = False


class FollowUp(Part, frozen=True, kw_only=True):
    """What a case leads to in another register (后续事项), such as the project that a signed lead becomes, or the items of a joint matter.

    Attributes:
        procedure: Key of the procedure of the other register.
        stages: Stages from which it can be opened; any where none is named.
        carried: Fields there, each with the field here that gives its value.
        given: Fields there with a value of their own.
        is_single: Whether a case leads to one alone.
        is_awaited: Whether the stage is left only when all of them are closed.
    """

    procedure: str
    stages: tuple[str, ...] = ()
    carried: Mapping[str, str] = {}
    given: Mapping[str, str] = {}
    is_single: bool = False
    is_awaited: bool = False


class Origin(Labelled):
    """Where a procedure comes from (流程来源)."""

    PACK = "pack", "业务包", "pack"
    REPORT = "report", "报告原文", "the report's own words"
    DRAWING = "drawing", "流程图（BPMN）", "drawing (BPMN)"
    HAND = "hand", "手工建立", "made by hand"


class Procedure(Part, frozen=True, kw_only=True):
    """A procedure (流程).

    Attributes:
        noun: What goes through it (项目, 线索, 办件).
        noun_en: The same in English.
        origin: Where it comes from.
        source: Name of the pack, identity of the plan's mechanism, or name of the drawing.
        basis: Text on which it rests.
        stages: Stages in order; the first is where a case begins.
        moves: Ways between stages; where none is given, each stage leads to the next.
        classes: Classes with limits of the whole; the first is the default.
        limit: Limit of the whole where there are no classes.
        outcomes: How a case can end.
        fields: Fields of a case.
        series: Amounts by month.
        follow_ups: What a case leads to in other registers.
        pauses: Codes of reasons for which the clock may stand still.
        extension: Most that the limit of the whole can be extended by; None where it cannot.
        extension_basis: Text that allows it.
        is_dispatched: Whether a case waits to be sent to a unit and taken over; else the unit of the stage has it at once.
        is_public: Whether anybody can apply on line.
        prefix: First letters of the numbers of its cases.
    """

    noun: str
    noun_en: str = ""
    origin: Origin
    source: str = ""
    basis: str = ""
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...] = ()
    classes: tuple[CaseClass, ...] = ()
    limit: Limit | None = None
    outcomes: tuple[Outcome, ...] = ()
    fields: tuple[Field, ...] = ()
    series: tuple[Series, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    pauses: tuple[str, ...] = ()
    extension: Decimal | None = None
    extension_basis: str = ""
    is_dispatched: bool = False
    is_public: bool = False
    prefix: str = ""

    def stage(self, key: str) -> Stage:
        """Return a stage.

        Raises:
            KeyError: There is none of this key.
        """
        return self.stages[self.place_of(key)]

    def place_of(self, key: str) -> int:
        """Return the place of a stage in order, from 0.

        Raises:
            KeyError: There is none of this key.
        """
        for place, stage in enumerate(self.stages):
            if stage.key == key:
                return place
        raise KeyError(key)

    def moves_from(self, key: str) -> tuple[Move, ...]:
        """Return the ways out of a stage."""
        if self.moves:
            return tuple(move for move in self.moves if move.source == key)
        place = self.place_of(key)
        following = self.stages[place + 1 : place + 2]
        return tuple(Move(source=key, target=stage.key) for stage in following)

    def outcomes_from(self, key: str) -> tuple[Outcome, ...]:
        """Return how a case that stands in a stage can end."""
        return tuple(one for one in self.outcomes if not one.stages or key in one.stages)

    def follow_ups_from(self, key: str) -> tuple[FollowUp, ...]:
        """Return what a case that stands in a stage can lead to."""
        return tuple(one for one in self.follow_ups if not one.stages or key in one.stages)

    def limit_of(self, case_class: str) -> Limit | None:
        """Return the limit of the whole for a class of cases."""
        found = [one.limit for one in self.classes if one.key == case_class]
        return found[0] if found else self.limit

    def field(self, key: str) -> Field | None:
        """Return a field; None where there is none of this key."""
        return next((one for one in self.fields if one.key == key), None)

    def units(self) -> Iterator[str]:
        """Yield the units that it names."""
        for stage in self.stages:
            if stage.unit:
                yield stage.unit
            yield from (task.unit for task in stage.tasks if task.unit)


def encode(procedure: Procedure) -> bytes:
    """Return a procedure as JSON, the form in which a version is kept."""
    return msgspec.json.encode(procedure, order="sorted")


def decode(text: str | bytes) -> Procedure:
    """Return the procedure that JSON holds.

    Raises:
        msgspec.ValidationError: It is no procedure.
    """
    return _DECODER.decode(text)


_DECODER = msgspec.json.Decoder(Procedure)
