"""From draft to issued document: edits keep figures, what is issued never changes."""

from datetime import date

import msgspec
import pytest
from brief_cast import LETTERHEAD, situation

from luoshi.brief.drafting.periodic import draft_brief
from luoshi.brief.official import issuing
from luoshi.brief.official.issuing import Difference, DocumentError, DocumentState
from luoshi.brief.official.model import Paragraph, Table
from luoshi.cadence.cycle import Frequency

DAY = date(2026, 5, 13)


@pytest.fixture
def draft():
    document = draft_brief(situation(), LETTERHEAD, frequency=Frequency.MONTH)
    return issuing.begin(document, on=DAY)


def first_paragraph(version):
    return next(block for block in version.document.blocks if isinstance(block, Paragraph))


def refusal(action):
    with pytest.raises(DocumentError) as caught:
        action()
    return caught.value.code


def edited(version, text, block=None):
    return issuing.edit(version, block=block or first_paragraph(version).id, text=text, who="p-1", on=DAY)


def issued(draft):
    approved = issuing.approve(draft, who="p-2", on=DAY)
    return issuing.issue(approved, serial=8, who="p-3", on=date(2026, 5, 14))


def test_words_can_change_while_figures_stay(draft):
    before = first_paragraph(draft)
    after = edited(draft, "总的看，" + before.text)
    assert after.revision == 2
    assert first_paragraph(after).text == "总的看，" + before.text
    (difference,) = issuing.differences(draft, after)
    assert difference == Difference(
        before.id,
        "截至2026年5月12日，云川市2026年政府工作报告共分解目标任务5项，其中严重滞后1项、未报1项、正常2项、未启动1项。",
        "总的看，截至2026年5月12日，云川市2026年政府工作报告共分解目标任务5项，其中严重滞后1项、未报1项、正常2项、未启动1项。",
    )


def test_an_edit_that_harms_a_figure_is_refused(draft):
    text = first_paragraph(draft).text
    assert refusal(lambda: edited(draft, "情况总体平稳。")) == "B213"
    assert refusal(lambda: edited(draft, text + "{f999}")) == "B214"
    assert refusal(lambda: edited(draft, text + "另有3项。")) == "B215"
    assert refusal(lambda: edited(draft, "  ")) == "B212"


def test_tables_and_unknown_blocks_are_not_edited_by_hand(draft):
    table = next(block for block in draft.document.blocks if isinstance(block, Table))
    assert refusal(lambda: edited(draft, "甲", block=table.id)) == "B211"
    assert refusal(lambda: edited(draft, "甲", block="b0")) == "B211"


def test_only_a_draft_is_edited_and_only_what_is_approved_is_issued(draft):
    assert refusal(lambda: issuing.issue(draft, serial=8, who="p", on=DAY)) == "B210"
    approved = issuing.approve(draft, who="p-2", on=DAY)
    assert refusal(lambda: edited(approved, first_paragraph(draft).text)) == "B210"
    assert refusal(lambda: issuing.issue(approved, serial=0, who="p", on=DAY)) == "B217"
    reopened = issuing.reopen(approved, who="p-2", on=DAY)
    assert reopened.state is DocumentState.DRAFT
    done = issued(draft)
    assert refusal(lambda: issuing.reopen(done, who="p", on=DAY)) == "B210"


def test_what_lacks_a_reference_is_not_approved(draft):
    lacking = msgspec.structs.replace(draft.document, sources=())
    version = msgspec.structs.replace(draft, document=lacking)
    assert refusal(lambda: issuing.approve(version, who="p", on=DAY)) == "B216"


def test_issuing_gives_number_and_day_and_freezes_the_content(draft):
    done = issued(draft)
    number = done.document.head.number
    assert (number.sign, number.year, number.serial) == ("云政督", 2026, 8)
    assert done.document.signature.day == date(2026, 5, 14)
    assert done.digest.startswith("sha256:")
    assert issuing.is_unchanged(done)
    assert not issuing.is_unchanged(draft)
    title = msgspec.structs.replace(done.document, title="关于别的事情的专报")
    assert not issuing.is_unchanged(msgspec.structs.replace(done, document=title))


def test_one_figure_changed_in_an_issued_document_shows(draft):
    done = issued(draft)
    figure = msgspec.structs.replace(done.document.figures[0], text="6")
    document = msgspec.structs.replace(done.document, figures=(figure, *done.document.figures[1:]))
    changed = msgspec.structs.replace(done, document=document)
    assert not issuing.is_unchanged(changed)
    assert [one.block for one in issuing.differences(done, changed)] == [first_paragraph(done).id]


def test_a_version_can_be_stored_as_json(draft):
    done = issued(draft)
    stored = msgspec.json.decode(msgspec.json.encode(done), type=issuing.Version)
    assert stored == done
    assert issuing.is_unchanged(stored)
