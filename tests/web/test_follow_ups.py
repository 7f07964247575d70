"""What a case leads to in another register: the project of a signed lead, the items of a joint matter."""

import case_cast_web as cast
import pytest

from luoshi.register.case.act import Act
from luoshi.register.case.model import CaseState, Channel
from luoshi.register.fault import RegisterError
from luoshi_web.cases import selectors, services
from luoshi_web.cases.models import CaseRow
from luoshi_web.rights import Actor, Grant, RefusedError, Role


@pytest.fixture
def boss(acting):
    return acting(Role.SUPERVISOR)


@pytest.fixture
def operator(issued):
    return Actor(None, "操作员", (Grant(Role.OPERATOR, issued.plan_year_id, cast.UNIT),))


def test_a_signed_lead_becomes_one_project(issued, boss, operator, client_of):
    pk = issued.plan_year_id
    cast.offered(boss, pk, "investment", "leads")
    cast.offered(boss, pk, "projects", "projects")
    fields = {"firm": "青禾新材料", "industry": "新材料", "amount": "52000", "contact": "柳某某"}
    intake = services.Intake(
        title="青禾新材料投资意向", channel=Channel.OFFICE, fields=fields, stage="decided"
    )
    lead = services.receive(operator, pk, intake, procedure="leads", desk=cast.UNIT).case
    with pytest.raises(RegisterError) as error:
        services.follow(operator, pk, case=lead.id, key="project")
    assert error.value.code == "R425"
    services.perform(operator, pk, case=lead.id, act=Act.MOVE, to="signed", unit="", reason="")
    client = client_of(Role.OPERATOR)
    place = f"/plans/{pk}/cases/leads/{lead.id}/"
    assert "转为项目" in client.get(place).content.decode()
    answer = client.post(f"{place}follow/project/", {"title": "青禾新材料一期"})
    assert answer.status_code == 302
    project = selectors.case_of(CaseRow.objects.get(procedure="projects"))
    assert answer["Location"] == f"/plans/{pk}/cases/projects/{project.id}/"
    assert (project.title, project.parent) == ("青禾新材料一期", lead.id)
    assert project.fields == {"total": "52000", "industry": "新材料", "flow": "企业投资"}
    assert services.show_person(operator, pk, case=project.id) == {"contact": "柳某某"}
    assert lead.number in client.get(answer["Location"]).content.decode()
    assert "转为项目" not in client.get(place).content.decode()
    assert client.post(f"{place}follow/project/", {}).status_code == 422
    assert CaseRow.objects.filter(procedure="projects").count() == 1


def test_a_joint_matter_is_handed_out_when_all_its_items_are_closed(issued, boss, operator):
    pk = issued.plan_year_id
    cast.offered(boss, pk, "services", "service_cases", "joint_matters")
    fields = {"matter": "开一家餐饮店", "applicant": "柳某某", "telephone": "13900001111"}
    intake = services.Intake(title="开一家餐饮店", channel=Channel.WINDOW, fields=fields)
    matter = services.receive(operator, pk, intake, procedure="joint_matters", desk=cast.UNIT).case
    services.perform(operator, pk, case=matter.id, act=Act.MOVE, to="together", unit="", reason="")
    with pytest.raises(RegisterError, match="分办事项"):
        services.perform(operator, pk, case=matter.id, act=Act.MOVE, to="hand_out", unit="", reason="")
    parts = [
        services.follow(operator, pk, case=matter.id, key="part", title=title, unit=unit).case
        for title, unit in [("食品经营许可", cast.UNIT), ("门头招牌备案", cast.OTHER)]
    ]
    assert [part.unit for part in parts] == [cast.UNIT, cast.OTHER]
    builder = Actor(None, "交通", (Grant(Role.OPERATOR, pk, cast.OTHER),))
    for part, who in zip(parts, (operator, builder), strict=True):
        with pytest.raises(RegisterError) as error:
            services.perform(operator, pk, case=matter.id, act=Act.MOVE, to="hand_out", unit="", reason="")
        assert error.value.code == "R412"
        assert part.number in error.value.describe("zh")
        services.perform(who, pk, case=part.id, act=Act.TAKE_OVER)
        services.perform(who, pk, case=part.id, act=Act.CLOSE, outcome="withdrawn", reason="并入另一项")
    moved = services.perform(operator, pk, case=matter.id, act=Act.MOVE, to="hand_out", unit="", reason="")
    closed = services.perform(operator, pk, case=moved.case.id, act=Act.CLOSE, outcome="done", reason="")
    assert closed.case.state is CaseState.CLOSED


def test_people_of_other_units_open_nothing(issued, boss, operator):
    pk = issued.plan_year_id
    cast.offered(boss, pk, "services", "service_cases", "joint_matters")
    fields = {"matter": "新生儿出生", "applicant": "柳某某", "telephone": "13900001111"}
    intake = services.Intake(title="新生儿出生", channel=Channel.WINDOW, fields=fields, stage="together")
    matter = services.receive(operator, pk, intake, procedure="joint_matters", desk=cast.UNIT).case
    stranger = Actor(None, "交通", (Grant(Role.OPERATOR, pk, cast.OTHER),))
    for who in (stranger, boss):
        with pytest.raises(RefusedError):
            services.follow(who, pk, case=matter.id, key="part")
    assert CaseRow.objects.count() == 1


def test_the_page_names_only_items_that_the_person_may_see(issued, boss, operator, client_of):
    pk = issued.plan_year_id
    cast.offered(boss, pk, "services", "service_cases", "joint_matters")
    fields = {"matter": "开一家餐饮店", "applicant": "柳某某", "telephone": "13900001111"}
    intake = services.Intake(title="开一家餐饮店", channel=Channel.WINDOW, fields=fields, stage="together")
    matter = services.receive(operator, pk, intake, procedure="joint_matters", desk=cast.UNIT).case
    own = services.follow(operator, pk, case=matter.id, key="part", title="食品经营许可").case
    other = services.follow(
        operator, pk, case=matter.id, key="part", title="门头招牌备案", unit=cast.OTHER
    ).case
    place = f"/plans/{pk}/cases/joint_matters/{matter.id}/"
    page = client_of(Role.OPERATOR).get(place).content.decode()
    # The desk received both; both concern it, so that it may follow them.
    assert own.id in page
    assert other.id in page
    CaseRow.objects.get(case=other.id).concerns.filter(unit=cast.UNIT).delete()
    page = client_of(Role.OPERATOR).get(place).content.decode()
    assert own.id in page
    assert other.id not in page
