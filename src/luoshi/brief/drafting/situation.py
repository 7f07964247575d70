"""What a document is drafted from (起草依据): the year as known, the version in force, the day, and the lights as they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from luoshi.brief.drafting.phrase import phrase
from luoshi.brief.official.model import Anchored
from luoshi.brief.wording import plain
from luoshi.cadence.cycle import Cycle
from luoshi.delivery.given import GivenLight, Override
from luoshi.delivery.issue import Issued
from luoshi.delivery.judging import Ground, cycles_for, deliverables_of, expected_for, extended_for
from luoshi.delivery.year import Year
from luoshi.ledger.chain import Head
from luoshi.plan.items import Contents
from luoshi.plan.model import Commitment, Plan
from luoshi.status.light import Colour


@dataclass(frozen=True, slots=True)
class Item:
    """A commitment with its light as given.

    Attributes:
        issued: The commitment as issued.
        commitment: As the plan has it.
        section: Heading under which it stands, with its number, or "".
        given: Light as given up to the day; None where none was.
        override: Override in force, or None.
    """

    issued: Issued
    commitment: Commitment
    section: str
    given: GivenLight | None
    override: Override | None

    @property
    def colour(self) -> Colour | None:
        """The colour that counts: that of an override where one is in force; None where no light was given."""
        if self.override is not None:
            return self.override.colour
        return self.given.light.colour if self.given is not None else None

    @property
    def entries(self) -> tuple[int, ...]:
        """Entries that the colour rests on."""
        given = (self.given.entry,) if self.given is not None else ()
        return (*given, self.override.entry) if self.override is not None else given

    @property
    def unit(self) -> str:
        """Lead unit; words that say so where nobody owns it."""
        return self.issued.lead_unit or phrase("no_unit")


@dataclass(frozen=True)
class Situation:
    """What is known on a day.

    Attributes:
        plan: The version in force on the day.
        year: The year as known on the day: what was appended later is not in it.
        ground: Targets and calendar.
        as_of: The day.
        head: End of the ledger's chain up to the day.
        since: Day of the brief before; None where there is none.
        notes: Texts of notes by digest, as far as they were not erased.
    """

    plan: Plan
    year: Year
    ground: Ground
    as_of: date
    head: Head
    since: date | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The commitments in force, in text order."""
        contents = Contents(self.plan)
        by_lineage = {commitment.lineage: commitment for commitment in self.plan.commitments}
        return tuple(
            Item(
                issued,
                by_lineage[lineage],
                _section_of(contents, by_lineage[lineage]),
                self.year.light_on(lineage, self.as_of),
                self.year.overrides.get(lineage),
            )
            for lineage, issued in self.year.issued.items()
        )

    @property
    def anchored(self) -> Anchored:
        """The end of the ledger, as a document prints it."""
        return Anchored(number=self.head.number, digest=self.head.digest)

    def with_colour(self, *colours: Colour) -> tuple[Item, ...]:
        """Return the commitments whose light has one of these colours."""
        return tuple(item for item in self.items if item.colour in colours)

    def item(self, lineage: str) -> Item:
        """Return a commitment.

        Raises:
            DeliveryError: There is none in force with this identity (L265).
        """
        self.year.issued_of(lineage)
        return next(item for item in self.items if item.issued.lineage == lineage)

    def owed(self, issued: Issued) -> tuple[Cycle, ...]:
        """Return the cycles of a commitment that fell due since it was first issued and for which no report has left the unit."""
        known, first = self.year, self.year.first_issued
        if first is None or not issued.lead_unit:
            return ()
        more = extended_for(known, issued)
        owed = []
        for cycle in cycles_for(known, issued, self.ground):
            period = cycle.period
            if period.end < first or max(cycle.due, more.get(period.key, cycle.due)) >= self.as_of:
                continue
            report = known.report(issued.lineage, period.key)
            if report is not None and report.valid is not None:
                continue
            asked = expected_for(known, issued, self.ground, before=period.end)
            if asked.asked or deliverables_of(known, issued):
                owed.append(cycle)
        return tuple(owed)

    def obstacles(self, lineage: str) -> tuple[str, int]:
        """Return what blocks a commitment as its newest report says, and the entry of that report; "" and 0 where it says nothing."""
        for report in reversed(self.year.reports_of(lineage)):
            if report.valid is not None:
                note = report.valid.fact.obstacles
                text = self.notes.get(note.digest, "") if note is not None else ""
                return (plain(text), report.valid.entry) if text else ("", 0)
        return "", 0


def grouped(items: Iterable[Item], *, by_unit: bool) -> dict[str, list[Item]]:
    """Return commitments by lead unit or by section, in the order in which these first come."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.unit if by_unit else item.section, []).append(item)
    return groups


def _section_of(contents: Contents, commitment: Commitment) -> str:
    path = contents.path(commitment.section)
    if not path:
        return ""
    section = path[min(1, len(path) - 1)]
    return plain(f"{section.number}{section.title}")
