"""Settlement: proposals worked by hand, confirmation, lock, correction, and statements that are the same for the same ledger."""

from datetime import date

import msgspec
import pytest
from settlement_cast import (
    BASELINE,
    END,
    FIRST,
    GROUND,
    SETTLED,
    Office,
    ground_with,
    note,
    schools,
    target,
)  # fmt: skip

from luoshi.delivery.fault import DeliveryError
from luoshi.delivery.handling import Handling, HandlingApproved, HandlingFiled, PlannedDeliverable
from luoshi.delivery.verdict import Verdict, correct
from luoshi.delivery.year import fold
from luoshi.ledger.entry import Proposal
from luoshi.settle.settlement.act import UnsettledError, confirm, lock
from luoshi.settle.settlement.baseline import Baseline, amendments_of
from luoshi.settle.settlement.proposal import proposals_of
from luoshi.settle.settlement.statement import check_lock, corrected, statement_of, unsettled

JUNE = date(2026, 6, 30)


@pytest.fixture
def office():
    return Office()


def proposed(office, ground=GROUND, baseline=BASELINE, on=SETTLED):
    return {one.lineage: one for one in proposals_of(office.year, ground, baseline, on=on)}


def refusal(action):
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value.code


def test_all_targets_met_is_met_and_the_entries_are_named(office):
    filing = office.reported("2026-12", END, schools="3", places="2400")
    one = proposed(office)["L-1"]
    # Entry 1 issued it, entry 2 is the December report.
    assert (one.verdict, one.code, one.entries) == (Verdict.MET, "S601", (1, filing))
    assert (one.title, one.lead_unit, one.amendments) == ("新建学校3所", "市教育局", ())


def test_exceeded_only_where_every_target_is(office):
    office.reported("2026-12", END, schools="4", places="2400")
    assert proposed(office)["L-1"].verdict is Verdict.MET
    office.reported("2026-12", END, schools="4", places="2401")
    assert proposed(office)["L-1"].verdict is Verdict.EXCEEDED


def test_one_met_and_one_missed_is_partly_and_none_met_is_not_met(office):
    office.reported("2026-12", END, schools="3", places="100")
    assert proposed(office)["L-1"].verdict is Verdict.PARTLY
    office.reported("2026-12", END, schools="1", places="100")
    # 1 of 3 is 33.3 %, 100 of 2400 is 4.2 %: both below 60.
    assert proposed(office)["L-1"].verdict is Verdict.NOT_MET
    office.reported("2026-12", END, schools="2", places="100")
    # 2 of 3 is 66.7 %.
    assert proposed(office)["L-1"].verdict is Verdict.PARTLY


def test_a_silent_part_leaves_the_whole_without_a_proposal(office):
    assert proposed(office)["L-1"].code == "S608"
    office.reported("2026-12", END, schools="3")
    one = proposed(office)["L-1"]
    assert (one.verdict, one.parameters["silent"], one.parameters["all"]) == (None, "1", "2")
    office.reported("2026-12", END, schools="3", places="2400", is_accepted=False)
    # A correction that waits for the supervisor is no basis, and what it corrects is none any more.
    assert proposed(office)["L-1"].parameters["silent"] == "2"


def test_a_commitment_with_nothing_to_judge_by(office):
    office.issued(2, schools(targets=(), deliverables=()), on=date(2026, 3, 1))
    assert proposed(office)["L-1"].code == "S609"
    assert proposed(office)["L-1"].verdict is None


def test_a_commitment_that_was_left_out_is_withdrawn_or_lives_on_elsewhere(office):
    other = schools(lineage="L-2", title="新建学位2400个", targets=())
    left = office.issued(2, other, on=date(2026, 5, 8))
    one = proposed(office)["L-1"]
    assert (one.verdict, one.code, one.entries) == (Verdict.WITHDRAWN, "S606", (1, left))
    assert (one.parameters["version"], one.parameters["day"]) == ("2", "2026-05-08")
    merged = Baseline(targets=FIRST, carried={"L-1": ("L-2",)})
    one = proposed(office, baseline=merged)["L-1"]
    assert (one.verdict, one.code, one.parameters["titles"]) == (Verdict.ADJUSTED, "S607", "新建学位2400个")


def test_a_later_deadline_makes_adjusted_unless_the_first_one_was_kept(office):
    # Both targets were due on 30 June at first and are due on 31 December now.
    first = {name: target(name, str(one.value), deadline=JUNE) for name, one in FIRST.items()}
    early = Baseline(targets=first)
    office.reported("2026-06", JUNE, schools="2", places="2400")
    office.reported("2026-09", date(2026, 9, 30), schools="3", places="2400")
    one = proposed(office, baseline=early)["L-1"]
    assert (one.verdict, one.as_in_force, one.code) == (Verdict.ADJUSTED, Verdict.MET, "S605")
    assert [(a.subject, a.field, a.was, a.now, a.eases) for a in one.amendments] == [
        ("t-schools", "deadline", "2026-06-30", "2026-12-31", True),
        ("t-places", "deadline", "2026-06-30", "2026-12-31", True),
    ]
    office.reported("2026-06", JUNE, schools="3", places="2400")
    assert (proposed(office, baseline=early)["L-1"].verdict) is Verdict.MET


def test_a_smaller_value_makes_adjusted_and_a_larger_one_does_not(office):
    office.reported("2026-12", END, schools="2", places="2400")
    smaller = proposed(office, ground=ground_with(schools=target("t-schools", "2")))["L-1"]
    assert (smaller.verdict, smaller.as_in_force) == (Verdict.ADJUSTED, Verdict.MET)
    assert smaller.amendments[0].was == "3"
    office.reported("2026-12", END, schools="3", places="2400")
    larger = proposed(office, ground=ground_with(schools=target("t-schools", "4")))["L-1"]
    # 3 of 4 is 75 %, and places are met.
    assert (larger.verdict, larger.amendments[0].eases) == (Verdict.PARTLY, False)


def test_a_dropped_target_makes_adjusted(office):
    office.reported("2026-12", END, schools="3", places="100")
    changed = office.issued(2, schools(targets=("t-schools",)), on=date(2026, 8, 3))
    one = proposed(office)["L-1"]
    assert (one.verdict, one.as_in_force) == (Verdict.ADJUSTED, Verdict.MET)
    (amendment,) = one.amendments
    assert (amendment.field, amendment.was, amendment.entry) == ("dropped", "t-places 2400个", changed)


def planned(office, words, due):
    handling = Handling(
        deliverables=(PlannedDeliverable(id="d-open", done_when=words, evidence="备案表", due=due, weight=1),)
    )
    filing = office.write(Proposal(fact=HandlingFiled(handling=handling), day=due, lineage="L-1"), on=JUNE)
    return office.write(
        Proposal(fact=HandlingApproved(filing=filing), day=due, lineage="L-1"), on=JUNE, who="p-supervisor"
    )


def test_a_reworded_deliverable_tells_nothing_about_the_first_words(office):
    november = date(2026, 11, 30)
    planned(office, "学校交付使用", november)
    office.reported("2026-12", END, schools="3", places="2400", ticked=november)
    assert proposed(office)["L-1"].verdict is Verdict.MET
    approval = planned(office, "主体结构封顶", november)
    one = proposed(office)["L-1"]
    assert (one.verdict, one.as_in_force) == (Verdict.ADJUSTED, Verdict.MET)
    (amendment,) = amendments_of(office.year, "L-1", GROUND, BASELINE)
    assert (amendment.was, amendment.now, amendment.entry) == ("学校交付使用", "主体结构封顶", approval)


def settle(office, verdict, *, basis=None, reason=None, ground=GROUND):
    made = confirm(
        office.year.settling, proposed(office, ground=ground)["L-1"], verdict=verdict,
        basis=note(basis) if basis else None, reason=note(reason) if reason else None, on=SETTLED,
    )  # fmt: skip
    return office.write(made, on=SETTLED, who="p-supervisor")


def test_a_verdict_that_departs_needs_a_reason(office):
    office.reported("2026-12", END, schools="3", places="2400")
    assert refusal(lambda: settle(office, Verdict.PARTLY)) == "L302"
    assert refusal(lambda: settle(office, Verdict.WITHDRAWN, reason="不需要了")) == "L305"
    first = settle(office, Verdict.PARTLY, reason="一所学校未通过消防验收")
    second = settle(office, Verdict.MET)
    assert refusal(lambda: settle(office, Verdict.MET)) == "L304"
    settled = office.year.settling.verdicts["L-1"]
    assert (settled.verdict, settled.entry, settled.earlier) == (Verdict.MET, second, (first,))
    assert office.entries[second - 1].replaces == first


def test_without_a_proposal_basis_and_reason_are_needed(office):
    assert refusal(lambda: settle(office, Verdict.MET, reason="现场查看")) == "L303"
    assert refusal(lambda: settle(office, Verdict.MET, basis="竣工验收备案表")) == "L303"
    settle(office, Verdict.MET, basis="竣工验收备案表", reason="十二月填报系统停用")
    fact = office.year.settling.verdicts["L-1"].fact
    assert (fact.proposed, fact.verdict) == (None, Verdict.MET)


def statement(office, on=SETTLED):
    return statement_of(office.year, office.head, GROUND, BASELINE, on=on)


def test_the_lock_is_refused_while_anything_is_unsettled_and_lists_it(office):
    office.reported("2026-12", END, schools="3", places="2400")
    with pytest.raises(UnsettledError) as caught:
        lock(office.year.settling, statement(office), on=SETTLED)
    assert [(one.lineage, one.code) for one in caught.value.standing] == [("L-1", "L310")]
    settle(office, Verdict.MET)
    # The figures are corrected after the confirmation: it was given on another basis.
    office.reported("2026-12", END, schools="3", places="2500")
    assert [one.code for one in unsettled(statement(office))] == ["L311"]
    settle(office, Verdict.MET)
    made = lock(office.year.settling, statement(office), on=SETTLED)
    assert (made.fact.head, made.fact.number, made.fact.settled) == (
        office.head.digest, office.head.number, 1,
    )  # fmt: skip
    assert made.fact.statement == statement(office).digest


def locked(office):
    office.reported("2026-12", END, schools="3", places="2400")
    settle(office, Verdict.MET)
    paper = statement(office)
    office.write(lock(office.year.settling, paper, on=SETTLED), on=SETTLED, who="p-supervisor")
    return paper


def test_after_the_lock_a_correction_stands_beside_the_verdict(office):
    assert refusal(lambda: amend(office, Verdict.PARTLY)) == "L306"
    paper = locked(office)
    assert refusal(lambda: settle(office, Verdict.PARTLY, reason="有误")) == "L301"
    assert refusal(lambda: lock(office.year.settling, paper, on=SETTLED)) == "L301"
    assert refusal(lambda: amend(office, Verdict.MET)) == "L308"
    assert refusal(lambda: amend(office, Verdict.PARTLY, reason="")) == "L207"
    entry = office.write(amend(office, Verdict.PARTLY), on=date(2027, 3, 1), who="p-supervisor")
    settled = office.year.settling.verdicts["L-1"]
    assert (settled.fact.verdict, settled.verdict) == (Verdict.MET, Verdict.PARTLY)
    shown = corrected(paper, office.year)
    assert [(c.was, c.verdict, c.entry) for c in shown.rows[0].corrections] == [
        (Verdict.MET, Verdict.PARTLY, entry)
    ]
    assert (paper.counts()[Verdict.MET], shown.counts()[Verdict.PARTLY]) == (1, 1)


def amend(office, verdict, reason="复核发现一所学校未启用"):
    return correct(
        office.year.settling, lineage="L-1", verdict=verdict, reason=note(reason), on=date(2027, 3, 1)
    )


def test_what_was_never_settled_cannot_be_corrected(office):
    locked(office)
    action = lambda: correct(  # noqa: E731
        office.year.settling, lineage="L-9", verdict=Verdict.MET, reason=note("有误"), on=SETTLED
    )
    assert refusal(action) == "L307"


def test_two_settlements_of_the_same_ledger_are_identical(office):
    paper = locked(office)
    number = office.year.settling.lock.fact.number
    again = fold(office.entries[:number])
    head = type(office.head)(scope=office.head.scope, number=number, digest=office.entries[number - 1].digest)
    second = statement_of(again, head, GROUND, BASELINE, on=SETTLED)
    assert second.content() == paper.content()
    assert second.digest == office.year.settling.lock.fact.statement
    with pytest.raises(ValueError, match="not the statement that was locked"):
        corrected(statement_of(again, head, GROUND, BASELINE, on=date(2027, 1, 21)), office.year)
    with pytest.raises(ValueError, match="folded up to entry"):
        statement_of(again, office.head, GROUND, BASELINE, on=SETTLED)


def test_a_lock_finds_a_ledger_that_was_changed(office):
    paper = locked(office)
    lock = office.year.settling.lock.fact
    assert check_lock(lock, paper, office.entries) == ()
    other = msgspec.structs.replace(paper, on=date(2027, 1, 21))
    assert [one.code for one in check_lock(lock, other, office.entries)] == ["L312"]
    assert [one.code for one in check_lock(lock, paper, office.entries[: lock.number - 1])] == ["L313"]
    changed = list(office.entries)
    changed[lock.number - 1] = msgspec.structs.replace(changed[lock.number - 1], digest="sha256:0")
    assert [one.code for one in check_lock(lock, paper, changed)] == ["L313"]
