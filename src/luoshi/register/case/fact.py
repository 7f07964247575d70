"""What can happen to a case (办件事实), free of personal data; the lineage of its entry names the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Union

import msgspec

from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.register.case.model import Channel


class CaseReceived(Fact, frozen=True, kw_only=True, tag="case_received"):
    """It came in and got its number."""

    number: str
    procedure: str
    version: int
    stage: str
    case_class: str
    title: str
    channel: Channel
    desk: str
    unit: str
    waits: bool
    fields: Mapping[str, str] = {}
    personal: NoteRef | None = None
    parent: str = ""


class CaseDispatched(Fact, frozen=True, kw_only=True, tag="case_dispatched"):
    """It was sent to a unit."""

    to: str


class CaseTakenOver(Fact, frozen=True, kw_only=True, tag="case_taken_over"):
    """Somebody of the unit took it over; the entry says who."""


class CaseReturned(Fact, frozen=True, kw_only=True, tag="case_returned"):
    """The unit sent it back to the desk, and why."""

    reason: NoteRef


class CaseTransferred(Fact, frozen=True, kw_only=True, tag="case_transferred"):
    """It went to another unit, and why."""

    to: str
    reason: NoteRef


class CasePaused(Fact, frozen=True, kw_only=True, tag="case_paused"):
    """Its clock stands still from now on, for a reason of the procedure."""

    reason: str
    note: NoteRef | None = None


class CaseResumed(Fact, frozen=True, kw_only=True, tag="case_resumed"):
    """Its clock runs again."""


class CaseExtended(Fact, frozen=True, kw_only=True, tag="case_extended"):
    """The limit of the whole became longer."""

    amount: Decimal
    basis: str
    reason: NoteRef


class CaseMoved(Fact, frozen=True, kw_only=True, tag="case_moved"):
    """It left a stage for another."""

    source: str
    to: str
    unit: str
    waits: bool
    reason: NoteRef | None = None


class CaseTaskFinished(Fact, frozen=True, kw_only=True, tag="case_task_finished"):
    """A parallel task of its stage was finished."""

    task: str


class CaseFieldsSet(Fact, frozen=True, kw_only=True, tag="case_fields_set"):
    """Fields were filled or changed; `personal` replaces the part that names persons."""

    fields: Mapping[str, str] = {}
    personal: NoteRef | None = None


class CaseAmountSet(Fact, frozen=True, kw_only=True, tag="case_amount_set"):
    """An amount of a month was stated."""

    series: str
    month: str
    value: Decimal


class CaseChecked(Fact, frozen=True, kw_only=True, tag="case_checked"):
    """A question was answered."""

    check: str
    is_yes: bool
    note: NoteRef | None = None


class CasePaperAdded(Fact, frozen=True, kw_only=True, tag="case_paper_added"):
    """A paper was handed in; its digest is the entry's evidence."""

    paper: str


class CaseBlocked(Fact, frozen=True, kw_only=True, tag="case_blocked"):
    """Something blocks it; who removes that by when."""

    obstacle: str
    kind: str
    note: NoteRef
    unit: str
    due: date


class CaseUnblocked(Fact, frozen=True, kw_only=True, tag="case_unblocked"):
    """An obstacle was removed."""

    obstacle: str


class CaseClosed(Fact, frozen=True, kw_only=True, tag="case_closed"):
    """It ended."""

    outcome: str
    reason: NoteRef | None = None


class CaseReopened(Fact, frozen=True, kw_only=True, tag="case_reopened"):
    """It was opened again, and why; it stands where it stood."""

    reason: NoteRef


class CaseRated(Fact, frozen=True, kw_only=True, tag="case_rated"):
    """The applicant rated how it was handled, from 1 to 5."""

    rating: int


CASE_FACTS: tuple[type[Fact], ...] = (
    CaseReceived,
    CaseDispatched,
    CaseTakenOver,
    CaseReturned,
    CaseTransferred,
    CasePaused,
    CaseResumed,
    CaseExtended,
    CaseMoved,
    CaseTaskFinished,
    CaseFieldsSet,
    CaseAmountSet,
    CaseChecked,
    CasePaperAdded,
    CaseBlocked,
    CaseUnblocked,
    CaseClosed,
    CaseReopened,
    CaseRated,
)

_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Union[CASE_FACTS])  # noqa: UP007 -- made of a tuple


def decode(body: str) -> Fact:
    """Return the fact that an entry of a case holds.

    Raises:
        msgspec.ValidationError: It holds none.
    """
    fact: Fact = _DECODER.decode(body)
    return fact
