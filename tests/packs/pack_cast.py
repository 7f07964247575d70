"""A register in memory: cases come in, move, state amounts and close on given days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from case_cast import WHY, Book

from luoshi.cadence.workday import WorkCalendar
from luoshi.register.case import act
from luoshi.register.case.model import Case, Channel
from luoshi.register.pack import Pack, Window
from luoshi.register.procedure.model import Procedure

YEAR = 2026


def window(until: str) -> Window:
    on = date.fromisoformat(until)
    return Window(date(on.year, 1, 1), on, WorkCalendar())


class Register:
    """Cases of one procedure of a pack; what a stage asks for is given at once."""

    def __init__(self, pack: Pack, procedure: str, **change: Any) -> None:
        self.pack = pack
        self.procedure: Procedure = msgspec.structs.replace(pack.procedures[procedure], **change)
        self.books: dict[str, Book] = {}

    def _add(self, key: str, proposal: Any, day: str) -> Case:
        return self.books[key].add(proposal, day)

    def open(self, key: str, day: str, *, stage: str = "", case_class: str = "", **fields: str) -> None:
        required = {
            field.key: field.options[0] if field.options else "1"
            for field in self.procedure.fields
            if field.is_required and not field.kind.is_personal
        }
        personal = [field.key for field in self.procedure.fields if field.kind.is_personal]
        self.books[key] = Book()
        proposal = act.receive(
            self.procedure, 1, case=key, number=key, title=key, channel=Channel.OFFICE, desk="甲局", unit="甲局",
            stage=stage, case_class=case_class, fields=required | fields, given=personal, on=date.fromisoformat(day[:10]),
        )  # fmt: skip
        case = self._add(key, proposal, day)
        if case.state.value == "dispatched":
            self._add(key, act.take_over(case, self.procedure, on=date.fromisoformat(day[:10])), day)

    def case(self, key: str) -> Case:
        return self.books[key].cases[key]

    def fill(self, key: str, day: str, **fields: str) -> None:
        self._add(
            key, act.fill(self.case(key), self.procedure, fields=fields, on=date.fromisoformat(day[:10])), day
        )

    def _complete(self, key: str, day: str) -> None:
        stage = self.procedure.stage(self.case(key).stage)
        on = date.fromisoformat(day[:10])
        for task in stage.tasks:
            if task.key not in self.case(key).done:
                self._add(key, act.finish_task(self.case(key), self.procedure, task=task.key, on=on), day)

    def move(self, key: str, day: str, to: str) -> None:
        self._complete(key, day)
        proposal = act.move(
            self.case(key), self.procedure, to=to, reason=WHY, on=date.fromisoformat(day[:10])
        )
        self._add(key, proposal, day)

    def pause(self, key: str, since: str, until: str, reason: str = "supplement") -> None:
        self._add(
            key,
            act.pause(self.case(key), self.procedure, reason=reason, on=date.fromisoformat(since[:10])),
            since,
        )
        self._add(key, act.resume(self.case(key), self.procedure, on=date.fromisoformat(until[:10])), until)

    def close(self, key: str, day: str, outcome: str) -> None:
        self._complete(key, day)
        proposal = act.close(
            self.case(key), self.procedure, outcome=outcome, reason=WHY, on=date.fromisoformat(day[:10])
        )
        self._add(key, proposal, day)

    def amount(self, key: str, day: str, series: str, month: str, value: str) -> None:
        proposal = act.state_amount(
            self.case(key), self.procedure, series=series, month=month, value=Decimal(value), evidence=["sha256:a"],
            on=date.fromisoformat(day[:10]),
        )  # fmt: skip
        self._add(key, proposal, day)

    def figure(self, indicator: str, until: str, parameter: str = "") -> tuple[Decimal | None, int]:
        cases = [book.cases[key] for key, book in self.books.items()]
        found = self.pack.figure(indicator, cases, self.procedure, window(until), parameter)
        return found.value, found.cases
