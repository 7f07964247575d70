"""Take a sheet of cases in (批量导入), all or nothing; the same sheet twice changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.register.case import table
from luoshi.register.case.act import Act
from luoshi.register.case.model import Channel
from luoshi.register.case.table import Stated
from luoshi.register.fault import RegisterError
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.cases import selectors
from luoshi_web.cases.services.handling import Intake, perform, receive
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, Right


@dataclass(frozen=True, slots=True)
class Imported:
    """What a sheet changed: cases that are new, cases whose fields changed, rows that said nothing new; and what is wrong."""

    new: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[Diagnostic, ...] = ()


class _WrongError(Exception):
    """A row cannot be taken, so that nothing is."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.code)
        self.fault = fault


def import_cases(
    actor: Actor, plan_year: int, *, procedure: str, data: bytes, desk: str, units: Collection[str]
) -> Imported:
    """Take the rows of a sheet in: a row with a number changes that case, one without is a new case unless one of its title is there.

    Args:
        actor: Who brings it in; one who handles cases of `desk`.
        plan_year: Identity of the plan-year.
        procedure: Key of the procedure.
        data: The file.
        desk: Unit that brings it in.
        units: Units that there are.

    Raises:
        RefusedError: The person does not handle cases of that unit.
        RegisterError: There is no such procedure (R403), or the file cannot be read (R20x).
    """
    actor.require_for(Right.HANDLE_CASES, plan_year, desk)
    known = selectors.published(plan_year).get(procedure)
    if known is None:
        raise RegisterError("R403", {"name": procedure})
    rows, faults = table.read(data, known[1], units=units, desk=desk)
    if faults:
        return Imported(faults=faults)
    counts = {"new": 0, "changed": 0, "same": 0}
    try:
        with together():
            for row in rows:
                counts[_take(actor, plan_year, procedure, row, desk)] += 1
            if counts["new"] or counts["changed"]:
                record(
                    actor, Action.CASES_IMPORTED, known[1].name, plan_year=plan_year,
                    new=str(counts["new"]), changed=str(counts["changed"]), unit=desk,
                )  # fmt: skip
    except _WrongError as error:
        return Imported(faults=(error.fault,))
    return Imported(**counts)


def _take(actor: Actor, plan_year: int, procedure: str, row: Stated, desk: str) -> str:
    found = selectors.row_of_number(actor, plan_year, procedure, row.number) if row.number else None
    if row.number and found is None:
        raise _WrongError(_fault("R437", row=str(row.row), number=row.number))
    if found is None:
        found = selectors.row_of_title(actor, plan_year, procedure, row.title)
    try:
        if found is None:
            intake = Intake(
                title=row.title,
                channel=Channel.IMPORT,
                case_class=row.case_class,
                unit=row.unit,
                fields=row.fields,
                stage=row.stage,
            )
            receive(actor, plan_year, intake, procedure=procedure, desk=desk)
            return "new"
        before = selectors.case_of(found)
        if all(before.fields.get(key, "") == text for key, text in row.fields.items()):
            return "same"
        after = perform(actor, plan_year, case=before.id, act=Act.FILL, fields=row.fields).case
        return "changed" if after.entry != before.entry else "same"
    except RegisterError as error:
        reason = error.describe("zh")
        raise _WrongError(_fault("R438", row=str(row.row), title=row.title, reason=reason)) from error


def _fault(code: str, **parameters: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, parameters=parameters)
