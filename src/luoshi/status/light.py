"""Lights (亮灯): one of six colours with the reason, for a target, for deliverables, for a commitment.

Rules (docs/explanation/lights.md has the same as a table):
    Blue only where the promise is met by `judged_as` and what shows it was accepted; what must hold or stay within a limit is never met before its deadline.
    Silence is grey. Nobody types a light.

A light carries the name of its rule and the digest of all its inputs, so that it can be told later from what it followed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of
from luoshi.ledger.canonical import canonical
from luoshi.ledger.observation import Observation
from luoshi.plan.model import Course, JudgedAs
from luoshi.status.course import Path, expected_on
from luoshi.status.rule import LightRule

_HUNDRED = Decimal(100)


class Colour(Labelled):
    """Colours of lights (灯色)."""

    DONE = "done", "完成", "done"
    ON_COURSE = "on_course", "正常", "on course"
    BEHIND = "behind", "滞后", "behind"
    FAR_BEHIND = "far_behind", "严重滞后", "far behind"
    SILENT = "silent", "未报", "not reported"
    NOT_STARTED = "not_started", "未启动", "not started"

    @property
    def shape(self) -> str:
        """Shape that goes with the colour, so that nobody has to see colours."""
        return {
            "done": "●",
            "on_course": "▲",
            "behind": "◆",
            "far_behind": "■",
            "silent": "○",
            "not_started": "·",
        }[str(self.value)]

    @property
    def severity(self) -> int:
        """How bad it is: red 5, grey 4, yellow 3, white 2, green 1, blue 0."""
        return {
            "far_behind": 5,
            "silent": 4,
            "behind": 3,
            "not_started": 2,
            "on_course": 1,
            "done": 0,
        }[str(self.value)]


class Light(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A light with its reason.

    Attributes:
        colour: The colour.
        code: Message code of the reason.
        parameters: Values that fill it.
        rule: Name of the rule that gave it.
        inputs: Digest of everything that it follows from.
        parts: Lights of targets and deliverables that it was put together from.
        subject: Target or deliverable that it is of; "" for a commitment.
    """

    colour: Colour
    code: str
    parameters: dict[str, str] = {}
    rule: str
    inputs: str
    parts: tuple[Light, ...] = ()
    subject: str = ""

    def describe(self, language: Language = "zh") -> str:
        """Return the reason in `language`."""
        return text_of(self.code, self.parameters, language)

    @property
    def silent_parts(self) -> int:
        """How many parts are silent."""
        return sum(part.colour is Colour.SILENT for part in self.parts)


class TargetInputs(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the light of a target follows from.

    Attributes:
        target: Identity of the target.
        judged_as: How "met" is decided.
        upper: Upper value where it is judged between two.
        path: What its course follows; None where its reference is not known yet.
        unit: Unit of the values.
        observations: Figures that count, in any order.
        due_since: Last day of the newest period whose report is overdue; None where none was due yet.
        starts: Day from which it is due to have started.
    """

    target: str
    judged_as: JudgedAs
    upper: Decimal | None = None
    path: Path | None
    unit: str = ""
    observations: tuple[Observation, ...] = ()
    due_since: date | None = None
    starts: date


class DeliverableInputs(msgspec.Struct, frozen=True, kw_only=True):
    """A deliverable as its light needs it.

    Attributes:
        id: Its identity.
        due: When it is due.
        ticked: Day on which the unit says it was done; None before.
        accepted: Day on which that was accepted; None before.
        starts: Day from which it is due to have started.
        due_since: Last day of the newest period whose report is overdue; None where none was due yet.
        reported: Last day that the newest report covers; None where there is none.
    """

    id: str
    due: date
    ticked: date | None = None
    accepted: date | None = None
    starts: date
    due_since: date | None = None
    reported: date | None = None


def digest_of(*inputs: object) -> str:
    """Return the digest of what a light follows from."""
    return "sha256:" + hashlib.sha256(canonical(list(inputs))).hexdigest()


def latest(observations: Sequence[Observation], on: date) -> Observation | None:
    """Return the figure of the newest period that ended by a day; of several for it the one known last."""
    found = [one for one in observations if one.day <= on]
    return max(found, key=lambda one: (one.day, one.entry), default=None)


def of_target(inputs: TargetInputs, *, on: date, rule: LightRule, calendar: WorkCalendar) -> Light:
    """Return the light of a target at the end of a day.

    Args:
        inputs: What it follows from.
        on: The day.
        rule: Rule of lights in force.
        calendar: Working days of the place.
    """
    ordered = sorted(inputs.observations, key=lambda one: (one.day, one.entry))
    digest = digest_of(msgspec.structs.replace(inputs, observations=tuple(ordered)), on, rule.name)
    colour, code, parameters = _judge(inputs, latest(ordered, on), on, rule, calendar)
    return Light(
        colour=colour,
        code=code,
        parameters=parameters,
        rule=rule.name,
        inputs=digest,
        subject=inputs.target,
    )


Verdict = tuple[Colour, str, dict[str, str]]


def _judge(
    inputs: TargetInputs, newest: Observation | None, on: date, rule: LightRule, calendar: WorkCalendar
) -> Verdict:
    path = inputs.path
    if on < inputs.starts and newest is None:
        return Colour.NOT_STARTED, "S201", {"day": inputs.starts.isoformat()}
    if path is None:
        if inputs.due_since is None:
            return Colour.NOT_STARTED, "S202", {}
        return Colour.SILENT, "S203", {}
    is_due = on >= path.deadline
    if newest is None or (inputs.due_since is not None and newest.day < inputs.due_since):
        return _silent(inputs, newest, path, is_due=is_due)
    gap = _gap(inputs, path, newest.value, rule)
    if is_due and newest.day >= path.deadline:
        return _at_deadline(inputs, path, newest, gap)
    if gap <= 0 and is_met_early(inputs, path):
        if newest.is_accepted:
            return Colour.DONE, "S210", _shown(inputs, path, newest)
        return Colour.ON_COURSE, "S211", _shown(inputs, path, newest)
    if is_due:
        # The deadline has passed, and the newest figure is older than it.
        return (
            (Colour.FAR_BEHIND, "S213", _shown(inputs, path, newest))
            if gap > 0
            else (Colour.SILENT, "S214", {"day": newest.day.isoformat()})
        )
    if path.course is Course.HOLD or _has_to_hold(inputs, path):
        return _while_holding(inputs, path, newest, gap, rule)
    if path.course is Course.CUMULATIVE and inputs.judged_as in _CEILINGS:
        return _under_ceiling(inputs, path, newest, gap)
    return _on_the_way(inputs, path, newest, rule, calendar)


def _silent(inputs: TargetInputs, newest: Observation | None, path: Path, *, is_due: bool) -> Verdict:
    if newest is None and inputs.due_since is None and not is_due:
        return Colour.NOT_STARTED, "S204", {}
    if is_due:
        shown = {"value": _text(newest.value)} if newest else {"value": "—"}
        return Colour.FAR_BEHIND, "S215", shown | {"deadline": path.deadline.isoformat()}
    if newest is None:
        return Colour.SILENT, "S205", {"day": (inputs.due_since or path.start).isoformat()}
    return (
        Colour.SILENT,
        "S206",
        {"day": newest.day.isoformat(), "wanted": (inputs.due_since or newest.day).isoformat()},
    )


def _at_deadline(inputs: TargetInputs, path: Path, newest: Observation, gap: Decimal) -> Verdict:
    if gap > 0:
        return Colour.FAR_BEHIND, "S212", _shown(inputs, path, newest) | {"gap": _text(gap)}
    if newest.is_accepted:
        return Colour.DONE, "S210", _shown(inputs, path, newest)
    return Colour.ON_COURSE, "S211", _shown(inputs, path, newest)


def _is_limit(inputs: TargetInputs) -> bool:
    """Tell whether more is not better: what stays below, between or at a value can still leave it."""
    return inputs.judged_as in (
        JudgedAs.AT_MOST,
        JudgedAs.BELOW,
        JudgedAs.WITHIN_BAND,
        JudgedAs.BETWEEN,
        JudgedAs.EXACTLY,
    )


def is_met_early(inputs: TargetInputs, path: Path) -> bool:
    """Tell whether a promise can be met before its deadline: what adds up, moves or happens once, and is judged from below."""
    return path.course is not Course.HOLD and not _is_limit(inputs) and not _has_to_hold(inputs, path)


def _gap(inputs: TargetInputs, path: Path, value: Decimal, rule: LightRule) -> Decimal:
    return miss_of(value, goal=path.goal, judged_as=inputs.judged_as, upper=inputs.upper, band=rule.band)


def miss_of(
    value: Decimal, *, goal: Decimal, judged_as: JudgedAs, upper: Decimal | None, band: Decimal
) -> Decimal:
    """Return by how much a value misses a promise, in its unit; 0 or less where it meets it.

    Args:
        value: The value.
        goal: Promised value.
        judged_as: How "met" is decided.
        upper: Upper value where it is judged between two.
        band: Percent of the promised value within which 左右 is met.
    """
    match judged_as:
        case JudgedAs.AT_LEAST | JudgedAs.REFERENCE:
            return goal - value
        case JudgedAs.ABOVE:
            # Equality does not meet it; the least step that counts is not known, so the gap is told as nothing more than that.
            return goal - value if value != goal else Decimal("0.0001")
        case JudgedAs.AT_MOST:
            return value - goal
        case JudgedAs.BELOW:
            return value - goal if value != goal else Decimal("0.0001")
        case JudgedAs.WITHIN_BAND:
            return abs(value - goal) - abs(goal) * band / _HUNDRED
        case JudgedAs.BETWEEN:
            return max(goal - value, value - (upper if upper is not None else goal))
        case JudgedAs.EXACTLY:
            return abs(value - goal)


def _while_holding(
    inputs: TargetInputs, path: Path, newest: Observation, gap: Decimal, rule: LightRule
) -> Verdict:
    """Judge what must hold until its deadline: inside is green, slightly outside yellow, farther red."""
    shown = _shown(inputs, path, newest)
    if gap <= 0:
        return Colour.ON_COURSE, "S220", shown
    margin = abs(path.goal) * rule.hold_margin / _HUNDRED
    if gap <= margin:
        return Colour.BEHIND, "S221", shown | {"gap": _text(gap)}
    return Colour.FAR_BEHIND, "S221", shown | {"gap": _text(gap)}


_CEILINGS = (JudgedAs.AT_MOST, JudgedAs.BELOW)


def _has_to_hold(inputs: TargetInputs, path: Path) -> bool:
    """Tell whether a promise that should move begins where it is met already, so that it only has to stay there.

    A floor below the base, such as grain of at least 118 after 120, and a ceiling above it, are no way to go: a figure that stays
    better than promised must not be called behind.
    """
    if path.course is not Course.FROM_BASE or path.base is None:
        return False
    if inputs.judged_as in _CEILINGS:
        return path.base <= path.goal
    if _is_limit(inputs):
        return path.base == path.goal
    return path.base >= path.goal


def _under_ceiling(inputs: TargetInputs, path: Path, newest: Observation, gap: Decimal) -> Verdict:
    """Judge what adds up and must not exceed a ceiling: once above it, it cannot come back."""
    shown = _shown(inputs, path, newest)
    if gap <= 0:
        return Colour.ON_COURSE, "S220", shown
    return Colour.FAR_BEHIND, "S223", shown | {"gap": _text(gap)}


def _on_the_way(
    inputs: TargetInputs, path: Path, newest: Observation, rule: LightRule, calendar: WorkCalendar
) -> Verdict:
    """Judge a figure that moves to its goal, beside what is expected on the day that it covers."""
    expected = expected_on(path, newest.day, calendar)
    shown = _shown(inputs, path, newest)
    if expected.value is None and expected.code == "S105":
        return Colour.ON_COURSE, "S232", shown
    if expected.value is None:
        is_there = _gap(inputs, path, newest.value, rule) <= 0
        return Colour.ON_COURSE if is_there else Colour.BEHIND, "S233", shown
    begin = path.base if path.base is not None else Decimal(0)
    is_falling = inputs.judged_as in _CEILINGS or path.goal < begin
    lag = newest.value - expected.value if is_falling else expected.value - newest.value
    points = (lag / (abs(path.goal - begin) or abs(path.goal) or Decimal(1)) * _HUNDRED).quantize(_SHOWN)
    shown |= {
        "expected": _text(expected.value.quantize(_SHOWN)),
        "points": _text(abs(points)),
        "course": expected.code,
    }
    if points > rule.far_behind:
        return Colour.FAR_BEHIND, "S231", shown
    if points > rule.behind:
        return Colour.BEHIND, "S231", shown
    return Colour.ON_COURSE, "S230" if points <= 0 else "S234", shown


def _shown(inputs: TargetInputs, path: Path, newest: Observation) -> dict[str, str]:
    return {
        "value": _text(newest.value),
        "goal": _text(path.goal),
        "unit": inputs.unit,
        "day": newest.day.isoformat(),
        "deadline": path.deadline.isoformat(),
    }


_SHOWN = Decimal("0.01")
"""To which place an expected value and a gap in points are told."""


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")


def of_deliverable(inputs: DeliverableInputs, *, on: date, rule: LightRule, calendar: WorkCalendar) -> Light:
    """Return the light of a deliverable at the end of a day.

    Args:
        inputs: What it follows from.
        on: The day.
        rule: Rule of lights in force.
        calendar: Working days of the place.
    """
    colour, code, parameters = _of_deliverable(inputs, on, rule, calendar)
    return Light(
        colour=colour,
        code=code,
        parameters=parameters,
        rule=rule.name,
        inputs=digest_of(inputs, on, rule.name),
        subject=inputs.id,
    )


def _of_deliverable(inputs: DeliverableInputs, on: date, rule: LightRule, calendar: WorkCalendar) -> Verdict:
    due = {"due": inputs.due.isoformat()}
    if inputs.accepted is not None and inputs.accepted <= on:
        done = inputs.ticked or inputs.accepted
        return Colour.DONE, "S240" if done <= inputs.due else "S241", due | {"day": done.isoformat()}
    if inputs.ticked is not None and inputs.ticked <= on:
        is_late = inputs.ticked > inputs.due
        return (
            Colour.FAR_BEHIND if is_late else Colour.ON_COURSE,
            "S242",
            due | {"day": inputs.ticked.isoformat()},
        )
    if on > inputs.due:
        return Colour.FAR_BEHIND, "S243", due
    if on < inputs.starts:
        return Colour.NOT_STARTED, "S201", {"day": inputs.starts.isoformat()}
    if inputs.due_since is not None and (inputs.reported is None or inputs.reported < inputs.due_since):
        return Colour.SILENT, "S205", {"day": inputs.due_since.isoformat()}
    left = calendar.count(on, inputs.due).days
    if left <= rule.soon:
        return Colour.BEHIND, "S244", due | {"days": str(left)}
    return Colour.ON_COURSE, "S245", due


_OF_COMMITMENT = {
    Colour.DONE: "S251",
    Colour.ON_COURSE: "S256",
    Colour.BEHIND: "S252",
    Colour.FAR_BEHIND: "S255",
    Colour.SILENT: "S254",
    Colour.NOT_STARTED: "S257",
}


def of_commitment(parts: Sequence[Light], *, rule: LightRule) -> Light:
    """Return the light of a commitment from those of its targets and deliverables.

    Blue only where every part is; otherwise that of the worst part. Silence is never hidden: a silent part beside green ones makes grey,
    and beside a red one it is counted in the reason.
    """
    ordered = sorted(parts, key=lambda part: part.subject)
    digest = digest_of([part.inputs for part in ordered], rule.name)
    if not ordered:
        return Light(colour=Colour.NOT_STARTED, code="S250", rule=rule.name, inputs=digest)
    worst = max(ordered, key=lambda part: part.colour.severity)
    same = [part for part in ordered if part.colour is worst.colour]
    silent = sum(part.colour is Colour.SILENT for part in ordered)
    counts = {"count": str(len(same)), "all": str(len(ordered)), "silent": str(silent)}
    is_under_way = worst.colour is Colour.NOT_STARTED and len(same) < len(ordered)
    colour = Colour.ON_COURSE if is_under_way else worst.colour
    code, parameters = _OF_COMMITMENT[colour], counts
    if len(ordered) == 1:
        code, parameters = worst.code, worst.parameters
    elif colour is Colour.FAR_BEHIND and silent:
        code = "S253"
    return Light(
        colour=colour, code=code, parameters=parameters, rule=rule.name, inputs=digest, parts=tuple(ordered)
    )
