"""Lists of a plan as declarations: columns, facets, search; and the list that a query asks for.

A screen declares what it has; `ask` applies a query to it. The query is the address of the page, so every
state of a list can be bookmarked, saved as a view and exported as shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import QueryDict

Row = TypeVar("Row")
PAGE_SIZE = 500
_MOST_CHIPS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        text: Words shown and exported.
        is_words: Whether they are words of the report, Chinese in every language.
        sub: A second, quiet line (words of the report).
        hint: Explanation on hover.
        tone: ``muted``, ``amber``, ``green``, ``red`` or "".
        mark: A short mark beside the words, in the language of the page.
    """

    text: str
    is_words: bool = False
    sub: str = ""
    hint: str = ""
    tone: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its key in the query, its title, what it shows, how it sorts."""

    key: str
    title: Any
    cell: Callable[[Row], Cell]
    sort: Callable[[Row], Any] | None = None
    is_main: bool = False
    is_number: bool = False
    is_tight: bool = False
    is_shown: bool = True

    @property
    def is_sortable(self) -> bool:
        """Whether the list can be sorted by it."""
        return self.sort is not None


@dataclass(frozen=True, slots=True)
class Facet(Generic[Row]):
    """A way to narrow a list: the keys that a row has, and how each is called.

    Attributes:
        key: Name in the query.
        title: Name shown.
        keys: Keys of a row.
        name: What a key is called.
        order: Keys in the order in which they are shown; None sorts by count.
        is_words: Whether names are words of the report.
        is_chips: Whether all choices stand as chips above the list, and not in a menu.
        depth: How far a key is indented in the menu.
    """

    key: str
    title: Any
    keys: Callable[[Row], Iterable[str]]
    name: Callable[[str], str]
    order: Sequence[str] | None = None
    is_words: bool = False
    is_chips: bool = False
    depth: Callable[[str], int] = lambda key: 0


@dataclass(frozen=True, slots=True)
class Screen(Generic[Row]):
    """A list: its rows in text order, and everything that can be asked of them."""

    key: str
    rows: Sequence[Row]
    columns: Sequence[Column[Row]]
    facets: Sequence[Facet[Row]]
    words: Callable[[Row], str]
    identity: Callable[[Row], str]
    rows_a_page: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a facet: its name, how many rows it has, whether it is chosen, and the query that toggles it."""

    key: str
    name: str
    count: int
    is_on: bool
    query: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with its choices."""

    key: str
    title: Any
    choices: list[Choice]
    is_words: bool
    is_chips: bool
    chosen: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a shown column: ``ascending``, ``descending`` or "", and the query that sorts by it."""

    column: Column[Any]
    direction: str
    query: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as shown."""

    identity: str
    cells: list[tuple[Column[Any], Cell]]


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to a query: what the page, the partial update and the export all show."""

    headings: list[Heading]
    rows: list[ShownRow]
    facets: list[ShownFacet]
    columns: list[Choice]
    found: int
    all: int
    text: str
    query: str
    query_without_text: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    previous: str = ""
    next: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but order and columns was asked for."""
        return bool(self.text) or any(facet.chosen for facet in self.facets)


def ask(screen: Screen[Row], query: QueryDict, *, is_paged: bool = True) -> Listing:
    """Apply a query to a screen.

    Args:
        screen: The screen.
        query: ``q``, ``sort``, ``cols``, ``page`` and one name for each facet; unknown names are left alone.
        is_paged: Whether only one page of rows is returned; an export takes all.
    """
    text = query.get("q", "").strip()[:100]
    chosen = {facet.key: set(query.getlist(facet.key)) for facet in screen.facets}
    searched = [row for row in screen.rows if _has_words(screen, row, text)]
    matching = [row for row in searched if _is_chosen(screen, row, chosen)]
    sort = query.get("sort", "")
    ordered = _sorted(screen, matching, sort)
    size = screen.rows_a_page or PAGE_SIZE
    pages = max(1, -(-len(ordered) // size))
    page = min(max(_number(query.get("page", "1")), 1), pages)
    part = ordered[(page - 1) * size : page * size] if is_paged else ordered
    columns = _columns(screen, query)
    return Listing(
        headings=[_heading(column, sort, query) for column in columns],
        rows=[ShownRow(screen.identity(row), [(c, c.cell(row)) for c in columns]) for row in part],
        facets=[_facet(screen, facet, searched, chosen, query) for facet in screen.facets],
        columns=_column_choices(screen, columns, query),
        found=len(matching),
        all=len(screen.rows),
        text=text,
        query=_with(query, page=None, open=None),
        query_without_text=_with(query, q=None, page=None, open=None),
        hidden=[(k, v) for k in query if k not in {"q", "page", "open"} for v in query.getlist(k)],
        page=page,
        pages=pages,
        previous=_with(query, page=str(page - 1), open=None) if page > 1 else "",
        next=_with(query, page=str(page + 1), open=None) if page < pages else "",
    )


def cell_text(cell: Cell) -> str:
    """Return a cell as an export writes it: without dashes for what is unknown, second line in brackets."""
    text = "" if cell.text == "—" else cell.text
    return f"{text}（{cell.sub}）" if cell.sub else text


def _has_words(screen: Screen[Row], row: Row, text: str) -> bool:
    if not text:
        return True
    words = screen.words(row).casefold()
    return all(part in words for part in text.casefold().split())


def _is_chosen(screen: Screen[Row], row: Row, chosen: dict[str, set[str]], but: str = "") -> bool:
    return all(
        not chosen[facet.key] or facet.key == but or chosen[facet.key] & set(facet.keys(row))
        for facet in screen.facets
    )


def _sorted(screen: Screen[Row], rows: list[Row], sort: str) -> list[Row]:
    for column in screen.columns:
        if column.key == sort.removeprefix("-") and column.sort is not None:
            known = [row for row in rows if column.sort(row) is not None]
            unknown = [row for row in rows if column.sort(row) is None]
            return sorted(known, key=column.sort, reverse=sort.startswith("-")) + unknown
    return rows


def _columns(screen: Screen[Row], query: QueryDict) -> list[Column[Row]]:
    wanted = query.get("cols")
    if wanted is None:
        return [column for column in screen.columns if column.is_shown]
    keys = set(wanted.split("-"))
    return [column for column in screen.columns if column.is_main or column.key in keys]


def _column_choices(screen: Screen[Row], shown: list[Column[Row]], query: QueryDict) -> list[Choice]:
    keys = [column.key for column in shown]
    choices = []
    for column in screen.columns:
        if column.is_main:
            continue
        is_on = column.key in keys
        rest = [key for key in keys if key != column.key] if is_on else [*keys, column.key]
        choices.append(
            Choice(column.key, column.title, 0, is_on, _with(query, cols="-".join(rest), open=None))
        )
    return choices


def _facet(
    screen: Screen[Row], facet: Facet[Row], rows: list[Row], chosen: dict[str, set[str]], query: QueryDict
) -> ShownFacet:
    counts = Counter(
        key for row in rows if _is_chosen(screen, row, chosen, but=facet.key) for key in set(facet.keys(row))
    )
    on = chosen[facet.key]
    keys: Iterable[str]
    if facet.order is None:
        keys = sorted({*counts, *on}, key=lambda key: (-counts[key], key))
    else:
        keys = [key for key in facet.order if counts[key] or key in on]
    choices = [
        Choice(
            key, facet.name(key), counts[key], key in on, _toggled(query, facet.key, key), facet.depth(key)
        )
        for key in keys
    ]
    is_chips = facet.is_chips and len(choices) <= _MOST_CHIPS
    return ShownFacet(facet.key, facet.title, choices, facet.is_words, is_chips, len(on))


def _heading(column: Column[Row], sort: str, query: QueryDict) -> Heading:
    if column.sort is None:
        return Heading(column, "", "")
    if sort == column.key:
        return Heading(column, "ascending", _with(query, sort=f"-{column.key}", page=None, open=None))
    if sort == f"-{column.key}":
        return Heading(column, "descending", _with(query, sort=None, page=None, open=None))
    return Heading(column, "", _with(query, sort=column.key, page=None, open=None))


def _with(query: QueryDict, **changes: str | None) -> str:
    changed = query.copy()
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        else:
            changed[key] = value
    return changed.urlencode()


def _toggled(query: QueryDict, key: str, value: str) -> str:
    changed = query.copy()
    values = changed.getlist(key)
    changed.setlist(key, [v for v in values if v != value] if value in values else [*values, value])
    for name in ("page", "open"):
        changed.pop(name, None)
    return changed.urlencode()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
