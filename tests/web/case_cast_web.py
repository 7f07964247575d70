"""A published procedure of the sample city, and a case in it."""

import msgspec
from case_cast import PERMIT

from luoshi.register.case.act import Act
from luoshi.register.case.model import Case, Channel
from luoshi.register.procedure.model import Field, FieldKind, Procedure
from luoshi_web.cases import services

UNIT, OTHER = "市教育局", "市交通局"


def procedure() -> Procedure:
    """The permit of the unit tests, with the units of the sample city and a telephone."""
    stages = tuple(
        msgspec.structs.replace(
            stage,
            unit=UNIT if stage.unit else "",
            tasks=tuple(
                msgspec.structs.replace(task, unit=OTHER if task.unit else "") for task in stage.tasks
            ),
        )
        for stage in PERMIT.stages
    )
    telephone = Field(key="telephone", name="联系电话", kind=FieldKind.TELEPHONE)
    fields = tuple(msgspec.structs.replace(field, in_list=field.key == "kind") for field in PERMIT.fields)
    return msgspec.structs.replace(PERMIT, stages=stages, fields=(*fields, telephone))


def published(supervisor, plan_year: int) -> None:
    services.draft(supervisor, plan_year, procedure())
    number, faults = services.publish(supervisor, plan_year, "permit")
    assert (number, faults) == (1, ())


def received(supervisor, operator, plan_year: int, *, title: str = "城东小学扩建") -> Case:
    """Publish the procedure where it is not, take a case in, send it to the unit."""
    from luoshi_web.cases import selectors

    if "permit" not in selectors.published(plan_year):
        published(supervisor, plan_year)
    done = services.receive(
        operator,
        plan_year,
        services.Intake(
            title=title,
            channel=Channel.WINDOW,
            fields={"kind": "房建", "applicant": "柳某某", "telephone": "13900001111"},
        ),
        procedure="permit",
        desk=UNIT,
    )
    return services.perform(supervisor, plan_year, case=done.case.id, act=Act.DISPATCH, to=UNIT).case


def offered(supervisor, plan_year: int, pack: str, *keys: str) -> None:
    """Publish procedures of a pack, with a unit that receives their cases."""
    for key in keys:
        found = services.adopt(supervisor, plan_year, pack=pack, procedure=key)
        first = msgspec.structs.replace(found.stages[0], unit=UNIT)
        services.draft(
            supervisor, plan_year, msgspec.structs.replace(found, stages=(first, *found.stages[1:]))
        )
        number, faults = services.publish(supervisor, plan_year, key)
        assert (number, faults) == (1, ())
