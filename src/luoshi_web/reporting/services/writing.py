"""Write into the ledger of a plan-year: one transaction, one lock, the year as it is under the lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from luoshi.delivery.year import Year
from luoshi.kernel.zone import PLACE_TIME
from luoshi.ledger.chain import Author
from luoshi.ledger.entry import Entry, Proposal
from luoshi.ledger.note import NoteRef
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.ledger import selectors as ledger_selectors
from luoshi_web.ledger import store as ledger
from luoshi_web.plans.models import PlanYear
from luoshi_web.plans.selectors import plan_year_with_id
from luoshi_web.plans.store import together
from luoshi_web.reporting.selectors import year_of
from luoshi_web.rights import Actor, RuleError


@dataclass(slots=True)
class Writing:
    """A ledger that is open for writing; nobody else writes into it meanwhile.

    Attributes:
        actor: Who writes.
        plan_year: The plan-year.
        year: The year as it was when the ledger was locked.
        at: This moment.
        entries: What was written so far.
    """

    actor: Actor
    plan_year: PlanYear
    year: Year
    at: datetime
    entries: list[Entry] = field(default_factory=list)

    @property
    def on(self) -> date:
        """Today, in the place's time zone."""
        return self.at.astimezone(PLACE_TIME).date()

    @property
    def who(self) -> str:
        """The person as the ledger names him."""
        return ledger.person_key(self.actor.id)

    def note(self, text: str, *, lineage: str = "") -> NoteRef:
        """Keep what a person wrote and return what the chain holds of it."""
        return ledger.keep_note(self.plan_year, text.strip(), lineage=lineage, at=self.at)

    def note_or_none(self, text: str, *, lineage: str = "") -> NoteRef | None:
        """Keep what a person wrote, where he wrote anything."""
        return self.note(text, lineage=lineage) if text.strip() else None

    def add(self, *proposals: Proposal, action: Action, about: str = "") -> Sequence[Entry]:
        """Write entries, and one line in the audit log."""
        role = self.actor.roles[0].value if self.actor.id is not None and self.actor.roles else ""
        added = ledger.append(
            self.plan_year,
            proposals,
            author=Author(who=self.who, role=str(role)),
            at=self.at,
            is_simulated=self.plan_year.stands_at is not None,
        )
        self.entries += added
        record(
            self.actor,
            action,
            about or added[0].lineage,
            plan_year=self.plan_year.pk,
            entries=f"{added[0].number}–{added[-1].number}" if len(added) > 1 else str(added[0].number),
            unit=added[0].unit,
        )
        return added


@contextmanager
def writing(actor: Actor, plan_year: int) -> Iterator[Writing]:
    """Open the ledger of a plan-year for writing, all or nothing.

    Raises:
        RuleError: There is no such plan-year (W601).
    """
    with together():
        row = plan_year_with_id(plan_year)
        if row is None:
            raise RuleError("W601")
        ledger.lock(row)
        yield Writing(actor, row, year_of(plan_year), ledger_selectors.moment_of(row))
