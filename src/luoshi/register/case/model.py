"""A case as its entries tell it (办件状态): one stage, one state, clocks, amounts, checks, obstacles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec

from luoshi.cadence.clock import Extension, Pause
from luoshi.kernel.label import Labelled
from luoshi.ledger.note import NoteRef


class CaseState(Labelled):
    """Where a case is in being handled (办理状态)."""

    RECEIVED = "received", "待分派", "received"
    DISPATCHED = "dispatched", "待接办", "dispatched"
    UNDER_WAY = "under_way", "办理中", "under way"
    PAUSED = "paused", "暂停计时", "paused"
    CLOSED = "closed", "已办结", "closed"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self is not CaseState.CLOSED


class Channel(Labelled):
    """How a case came in (受理渠道)."""

    WINDOW = "window", "窗口", "window"
    ONLINE = "online", "网上", "on line"
    PHONE = "phone", "电话", "telephone"
    MOBILE = "mobile", "掌上", "mobile"
    OFFICE = "office", "单位登记", "entered by a unit"
    IMPORT = "import", "批量导入", "import"


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """A stay in a stage: which, since when, until when (None while it lasts), unit, entry that began it."""

    stage: str
    since: datetime
    until: datetime | None = None
    unit: str = ""
    entry: int = 0


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """What blocks a case (堵点): which kind, told in a note, who removes it, by when; when it was raised and removed."""

    key: str
    kind: str
    note: NoteRef
    unit: str
    due: date
    raised: datetime
    removed: datetime | None = None
    entry: int = 0


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """An amount of a month: value, evidence, entry, entries before it was corrected."""

    value: Decimal
    evidence: tuple[str, ...] = ()
    entry: int
    earlier: tuple[int, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case (办件).

    Attributes:
        id: Identity.
        number: Receipt number.
        procedure: Key of its procedure.
        version: Version of the procedure under which it began.
        case_class: Class, or "".
        title: What it is about, without the name of a person.
        channel: How it came in.
        desk: Unit that received it.
        unit: Unit that handles it now; "" while it waits for dispatch.
        holder: Who took it over, as an opaque identity, or "".
        state: State.
        stays: Stays in stages, the oldest first; the last is where it stands.
        done: Moments at which tasks of the present stay were finished, by key.
        pauses: When its clock stood still.
        extensions: More time that was given.
        fields: Values of fields that name no person.
        personal: Digest of the part that names persons, or None.
        amounts: Amounts by series and month (``2026-03``).
        checks: Answers by key of the check.
        papers: Digests of papers by key of the paper.
        obstacles: What blocked it, the oldest first.
        opened: When it was received.
        closed: When it was closed last; None while it is open.
        outcome: How it ended, or "".
        rating: 1 to 5 by the applicant; 0 for none.
        reopened: How often it was opened again.
        parent: Identity of the case from which it came, or "".
        entry: Its last entry.
        trail: Its entries.
    """

    id: str
    number: str
    procedure: str
    version: int
    case_class: str = ""
    title: str
    channel: Channel
    desk: str
    unit: str = ""
    holder: str = ""
    state: CaseState
    stays: tuple[Stay, ...]
    done: Mapping[str, datetime] = {}
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    fields: Mapping[str, str] = {}
    personal: NoteRef | None = None
    amounts: Mapping[str, Mapping[str, Amount]] = {}
    checks: Mapping[str, bool] = {}
    papers: Mapping[str, str] = {}
    obstacles: tuple[Obstacle, ...] = ()
    opened: datetime
    closed: datetime | None = None
    outcome: str = ""
    rating: int = 0
    reopened: int = 0
    parent: str = ""
    entry: int = 0
    trail: tuple[int, ...] = ()

    @property
    def stage(self) -> str:
        """Key of the stage in which it stands, or stood when it was closed."""
        return self.stays[-1].stage

    @property
    def entered(self) -> datetime:
        """When it entered its stage."""
        return self.stays[-1].since

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.state.is_open

    @property
    def blocked_by(self) -> tuple[Obstacle, ...]:
        """Obstacles that are not removed."""
        return tuple(one for one in self.obstacles if one.removed is None)

    def total_of(self, series: str, until: str = "9999-99", since: str = "") -> Decimal:
        """Return the sum of a series over the months from `since` up to and with `until`."""
        months = self.amounts.get(series, {})
        return sum((one.value for month, one in months.items() if since <= month <= until), Decimal(0))
