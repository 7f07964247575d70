"""A small ledger for tests: one commitment with two targets and a deliverable, and a hand that writes entries."""

from datetime import UTC, date, datetime
from decimal import Decimal

from luoshi.delivery.issue import CommitmentsIssued, Issued, IssuedDeliverable
from luoshi.delivery.year import Year, fold
from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Proposal
from luoshi.ledger.note import Note

SCHOOLS = Issued(
    lineage="L-1",
    title="新建学校3所",
    lead_unit="市教育局",
    supporting_units=("市住建局",),
    deadline=date(2026, 12, 31),
    targets=("t-schools", "t-places"),
    deliverables=(
        IssuedDeliverable(
            id="d-open",
            done_when="学校交付使用",
            evidence="竣工验收备案表",
            due=date(2026, 11, 30),
            weight=Decimal(1),
        ),
    ),
)


def note(text: str):
    """Return a note as the chain holds it."""
    return Note(salt="salt", text=text).ref


class Hand:
    """Writes entries into a ledger and folds them."""

    def __init__(self):
        self.head = Head(scope="绫江市/2026")
        self.entries = []
        self.year = Year()
        fact = CommitmentsIssued(version=1, plan_digest="sha256:0", commitments=(SCHOOLS,))
        self.write(Proposal(fact=fact, day=date(2026, 2, 1)), on=date(2026, 2, 1))

    def write(self, *proposals, on, who="p-liaison"):
        """Write proposals on a day at noon and return the number of the last entry."""
        known_at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        added = extend(self.head, proposals, author=Author(who=who, role="liaison"), known_at=known_at)
        self.head = head_of(self.head, added)
        self.entries += added
        self.year = fold(added, self.year)
        return self.head.number
