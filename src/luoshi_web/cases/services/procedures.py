"""Prepare and publish procedures (编制与发布流程); a supervisor does."""

from __future__ import annotations

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.register.procedure import bpmn
from luoshi.register.procedure.check import faults_of
from luoshi.register.procedure.model import Procedure
from luoshi_web.audit.action import Action
from luoshi_web.audit.services import record
from luoshi_web.cases import selectors, store
from luoshi_web.frame.clock import now
from luoshi_web.plans.store import together
from luoshi_web.rights import Actor, Right


def draft(actor: Actor, plan_year: int, procedure: Procedure) -> None:
    """Keep a procedure that is being prepared.

    Raises:
        RefusedError: The person is no supervisor there.
    """
    actor.require(Right.SUPERVISE, plan_year)
    with together():
        store.save_draft(plan_year, procedure, by=actor.name, at=now())
        record(actor, Action.PROCEDURE_DRAFTED, procedure.name, plan_year=plan_year, key=procedure.key)


def import_drawing(
    actor: Actor, plan_year: int, *, name: str, data: bytes
) -> tuple[Procedure | None, tuple[Diagnostic, ...]]:
    """Keep what a BPMN drawing says as a draft.

    Returns:
        The draft; or None and what is wrong, and then nothing is kept.

    Raises:
        RefusedError: The person is no supervisor there.
        RegisterError: The file is no drawing (R320).
    """
    actor.require(Right.SUPERVISE, plan_year)
    procedure, faults = bpmn.read(data, name=name)
    if procedure is not None:
        draft(actor, plan_year, procedure)
    return procedure, faults


def publish(actor: Actor, plan_year: int, key: str) -> tuple[int, tuple[Diagnostic, ...]]:
    """Publish a draft as the next version; cases that began before keep theirs.

    Returns:
        The number of the version, 0 where nothing was published; and what keeps it from being published.

    Raises:
        RefusedError: The person is no supervisor there.
    """
    actor.require(Right.SUPERVISE, plan_year)
    with together():
        procedure = selectors.draft_of(plan_year, key)
        if procedure is None:
            return 0, ()
        faults = faults_of(procedure)
        if faults:
            return 0, faults
        number = selectors.published(plan_year).get(key, (0, procedure))[0] + 1
        store.add_version(plan_year, procedure, number=number, by=actor.name, at=now())
        store.drop_draft(plan_year, key)
        record(
            actor,
            Action.PROCEDURE_PUBLISHED,
            procedure.name,
            plan_year=plan_year,
            key=key,
            version=str(number),
        )
    return number, ()
