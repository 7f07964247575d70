"""What happens in the simulated year besides reports (模拟事件): a queue of moments, each with something that is done then."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from luoshi_web.frame.clock import standing_at

_HOURS_AHEAD = 8
"""The place is eight hours ahead of UTC."""

Deed = Callable[[datetime], object]


@dataclass(slots=True)
class Play:
    """Deeds in the order of their moments; a deed may plan others."""

    _queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def plan(self, at: datetime, deed: Deed) -> None:
        """Plan a deed.

        Args:
            at: Moment by the wall clock of the place.
            deed: What is done; it is given the moment.
        """
        heapq.heappush(self._queue, (at, next(self._order), deed))

    def until(self, day: date) -> None:
        """Do everything that is planned up to the end of a day, each at its moment."""
        end = datetime.combine(day + timedelta(days=1), time.min)
        while self._queue and self._queue[0][0] < end:
            at, _order, deed = heapq.heappop(self._queue)
            with standing_at((at - timedelta(hours=_HOURS_AHEAD)).replace(tzinfo=UTC)):
                deed(at)
