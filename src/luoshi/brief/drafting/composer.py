"""Puts a document together (组稿): every figure goes through here and leaves with its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from luoshi.brief.chart import CourseChart
from luoshi.brief.drafting.situation import Item, Situation
from luoshi.brief.official.model import (
    Block,
    Chart,
    Column,
    Figure,
    Heading,
    Known,
    Paragraph,
    Passage,
    Row,
    Source,
    SourceList,
    Table,
)
from luoshi.brief.wording import plain
from luoshi.ledger.observation import Attestation, Observation


class Composer:
    """Collects blocks, figures, passages and sources of one document.

    Attributes:
        situation: What the document is drafted from.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._figures: list[Figure] = []
        self._passages: list[Passage] = []
        self._sources: list[Source] = []
        self._blocks: list[Block] = []
        self._count = 0

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Figures so far."""
        return tuple(self._figures)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Passages so far."""
        return tuple(self._passages)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Sources so far."""
        return tuple(self._sources)

    def take_blocks(self) -> tuple[Block, ...]:
        """Return the blocks since they were last taken."""
        blocks, self._blocks = tuple(self._blocks), []
        return blocks

    def source(
        self,
        what: str,
        entries: Iterable[int],
        *,
        known: Sequence[Known] = (Known.COUNTED,),
        attested: Sequence[Attestation] = (),
        method: str = "",
        as_of: date | None = None,
    ) -> str:
        """Add a source and return its identity; one that was added already is not added again.

        Args:
            what: What its figures say.
            entries: Ledger entries that they rest on.
            known: How they are known.
            attested: Who stands for them.
            method: Rule or method by which they follow.
            as_of: Day as of which they hold; that of the document where None is given.
        """
        numbers = tuple(sorted(set(entries)))
        made = Source(
            id=f"s{len(self._sources) + 1}",
            what=plain(what),
            entries=numbers,
            known=tuple(dict.fromkeys(known)),
            attested=tuple(dict.fromkeys(attested)),
            as_of=as_of or self.situation.as_of,
            method=method,
        )
        for one in self._sources:
            if (one.what, one.entries, one.as_of, one.known) == (
                made.what,
                made.entries,
                made.as_of,
                made.known,
            ):
                return one.id
        self._sources.append(made)
        return made.id

    def lights_source(self, what: str, items: Iterable[Item]) -> str:
        """Add the source of a count of lights: the entries with which they were given, or the issue where none was given yet."""
        listed = list(items)
        entries = {entry for item in listed for entry in item.entries}
        if not entries or any(not item.entries for item in listed):
            entries.add(self.situation.year.issue_entry)
        rules = {item.given.light.rule for item in listed if item.given is not None}
        return self.source(what, entries, method="、".join(sorted(rules)))

    def figure(self, text: object, source: str) -> str:
        """Add a figure and return its placeholder."""
        made = Figure(id=f"f{len(self._figures) + 1}", text=str(text), source=source)
        self._figures.append(made)
        return "{" + made.id + "}"

    def passage(self, text: str, *, lineage: str = "", entries: Sequence[int] = ()) -> str:
        """Add words that are quoted and return their placeholder."""
        made = Passage(
            id=f"p{len(self._passages) + 1}", text=plain(text), lineage=lineage, entries=tuple(entries)
        )
        self._passages.append(made)
        return "{" + made.id + "}"

    def title_of(self, item: Item) -> str:
        """Return the placeholder of a commitment's name."""
        return self.passage(item.issued.title, lineage=item.issued.lineage)

    def heading(self, level: int, text: str) -> None:
        """Add a heading."""
        self._blocks.append(Heading(id=self._next(), level=level, text=text))

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self._blocks.append(Paragraph(id=self._next(), text=text))

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
        """Add a table."""
        made = tuple(Row(cells=tuple(row)) for row in rows)
        self._blocks.append(Table(id=self._next(), title=title, columns=tuple(columns), rows=made))

    def form(self, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        """Add a form, whose first column names what stands beside it."""
        self._blocks.append(Table(id=self._next(), columns=tuple(columns), rows=tuple(rows)))

    def chart(self, chart: CourseChart, source: str) -> None:
        """Add a chart."""
        self._blocks.append(Chart(id=self._next(), chart=chart, source=source))

    def source_list(self) -> None:
        """Add the list of everything cited."""
        self._blocks.append(SourceList(id=self._next()))

    def _next(self) -> str:
        self._count += 1
        return f"b{self._count}"


def known_of(observations: Iterable[Observation]) -> tuple[Known, ...]:
    """Return how some observations are known."""
    return tuple(dict.fromkeys(Known(str(one.computed.value)) for one in observations))


def attested_by(observations: Iterable[Observation]) -> tuple[Attestation, ...]:
    """Return who stands for some observations, the least independent first."""
    return tuple(sorted({one.attestation for one in observations}, key=lambda one: one.rank))
