"""What there is to review, in the order in which to look at it (待审队列).

A commitment stands with its targets, deliverables and projects as one entry, as a supervisor reads it; mechanisms,
terms, and whatever belongs to no commitment stand for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.kernel.label import Labelled
from luoshi.plan.items import ItemKind, label_of
from luoshi.plan.model import ADVICE, Basis, Item, ReviewState
from luoshi_web.plans.index import PlanIndex

BELONGING = (ItemKind.TARGET, ItemKind.DELIVERABLE, ItemKind.PROJECT)


class Show(Labelled):
    """Which entries the queue shows."""

    DOUBT = "doubt", "存疑", "in doubt"
    OPEN = "open", "待审", "to review"
    ALL = "all", "全部", "all"
    REJECTED = "rejected", "已剔除", "rejected"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what belongs to it.

    Attributes:
        kind: Kind of the item itself.
        item: The item.
        parts: What belongs to a commitment, with its kind, in the order of the plan.
    """

    kind: ItemKind
    item: Item
    parts: tuple[tuple[ItemKind, Item], ...] = ()

    @property
    def id(self) -> str:
        """Identity of the item."""
        return self.item.id

    @property
    def label(self) -> str:
        """Short words that name it."""
        return label_of(self.item)

    @property
    def members(self) -> tuple[Item, ...]:
        """The item and all that belongs to it."""
        return (self.item, *(part for _kind, part in self.parts))

    @property
    def proposed(self) -> tuple[Item, ...]:
        """The members still to review."""
        return tuple(member for member in self.members if member.state is ReviewState.PROPOSED)

    @property
    def doubtful(self) -> tuple[Item, ...]:
        """The members still to review that are not sure."""
        return tuple(member for member in self.proposed if not member.is_sure)

    @property
    def confidence(self) -> float:
        """Least confidence of a member still to review; 1 where there is none."""
        return min((member.confidence for member in self.proposed), default=1.0)

    @property
    def worst(self) -> tuple[Item, Basis] | None:
        """The least sure field of a member still to review, with the member."""
        found = [
            (basis.confidence, number, member, basis)
            for number, member in enumerate(self.doubtful)
            for basis in member.bases
            if basis.field not in {*member.reviewed, *ADVICE}
        ]
        if not found:
            return None
        _confidence, _number, member, basis = min(found, key=lambda row: row[:2])
        return member, basis


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked the queue to show.

    Attributes:
        show: Which entries.
        kind: Only entries of this kind; None for all.
        section: Only entries inside this section; "" for all.
        words: Only entries whose label or text holds these words.
    """

    show: Show = Show.DOUBT
    kind: ItemKind | None = None
    section: str = ""
    words: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address; what it does not know counts as not said."""
        shows = {str(show.value): show for show in Show}
        kinds = {str(kind.value): kind for kind in ItemKind}
        return cls(
            shows.get(query.get("show", ""), Show.DOUBT),
            kinds.get(query.get("kind", "")),
            query.get("section", "")[:40],
            query.get("q", "").strip()[:100],
        )


@dataclass(frozen=True, slots=True)
class Queue:
    """Entries as asked for, and how many there are of each sort.

    Attributes:
        entries: The entries, the most doubtful first where doubts are shown, else in text order.
        shows: How many entries each `Show` has, whatever else was asked.
        kinds: How many entries each kind has under the chosen `Show`.
    """

    entries: tuple[Entry, ...]
    shows: dict[Show, int]
    kinds: dict[ItemKind, int]

    def after(self, item_id: str, *, step: int = 1) -> str:
        """Return the identity of the entry `step` places after another; of the first where that one is not shown."""
        ids = [entry.id for entry in self.entries]
        if not ids:
            return ""
        if item_id not in ids:
            return ids[0]
        place = ids.index(item_id) + step
        return ids[place] if 0 <= place < len(ids) else ""


def entries_of(index: PlanIndex) -> tuple[Entry, ...]:
    """Return every entry of a draft, in text order by kind."""
    plan = index.plan
    belonging: dict[str, list[tuple[ItemKind, Item]]] = {}
    alone: list[Entry] = []
    for kind in BELONGING:
        for item in getattr(plan, kind.list_name):
            if item.commitment in index.commitments:
                belonging.setdefault(item.commitment, []).append((kind, item))
            else:
                alone.append(Entry(kind, item))
    rows = [Entry(ItemKind.COMMITMENT, row, tuple(belonging.get(row.id, ()))) for row in plan.commitments]
    mechanisms = [Entry(ItemKind.PROCEDURE, item) for item in plan.procedures]
    terms = [Entry(ItemKind.TERM, item) for item in plan.terms]
    return (*rows, *alone, *mechanisms, *terms)


def queue_of(index: PlanIndex, wanted: Wanted) -> Queue:
    """Return the queue as the person asked for it."""
    within = [entry for entry in entries_of(index) if _is_within(index, entry, wanted)]
    shown = {show: [entry for entry in within if _is_shown(entry, show)] for show in Show}
    chosen = shown[wanted.show]
    kinds = {kind: sum(entry.kind is kind for entry in chosen) for kind in ItemKind}
    if wanted.kind is not None:
        chosen = [entry for entry in chosen if entry.kind is wanted.kind]
    if wanted.show is Show.DOUBT:
        chosen = sorted(chosen, key=lambda entry: entry.confidence)
    return Queue(tuple(chosen), {show: len(found) for show, found in shown.items()}, kinds)


def entry_of(index: PlanIndex, item_id: str) -> Entry | None:
    """Return the entry that an item is, or is part of; nothing for an unknown identity."""
    for entry in entries_of(index):
        if any(member.id == item_id for member in entry.members):
            return entry
    return None


def _is_within(index: PlanIndex, entry: Entry, wanted: Wanted) -> bool:
    if wanted.section and all(section.id != wanted.section for section in index.path_of(entry.item)):
        return False
    return not wanted.words or any(
        wanted.words in text for member in entry.members for text in (label_of(member), member.text)
    )


def _is_shown(entry: Entry, show: Show) -> bool:
    match show:
        case Show.DOUBT:
            return bool(entry.doubtful)
        case Show.OPEN:
            return bool(entry.proposed)
        case Show.REJECTED:
            return any(member.state is ReviewState.REJECTED for member in entry.members)
        case Show.ALL:
            return True
