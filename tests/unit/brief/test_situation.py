"""What documents are drafted from: lights as given by the day, overrides, and what has no light yet."""

from dataclasses import replace
from datetime import date

import msgspec
from brief_cast import LETTERHEAD, OBSTACLE, situation

from luoshi.brief.drafting.periodic import draft_brief
from luoshi.brief.official.model import Paragraph
from luoshi.brief.official.template import Marks, faults_of
from luoshi.cadence.cycle import Frequency
from luoshi.delivery.given import Override
from luoshi.delivery.year import Extension
from luoshi.status.light import Colour


def opening_of(known):
    document = draft_brief(known, LETTERHEAD, frequency=Frequency.MONTH)
    assert faults_of(document) == ()
    first = next(block for block in document.blocks if isinstance(block, Paragraph))
    return document, Marks(document).plain(first.text)


def with_year(known, **changed):
    return replace(known, year=msgspec.structs.replace(known.year, **changed))


def test_lights_are_those_given_by_the_day():
    earlier = replace(situation(since=None), as_of=date(2026, 4, 30))
    assert {item.issued.lineage: item.colour for item in earlier.items} == {
        "L-industry": Colour.BEHIND,
        "L-station": Colour.NOT_STARTED,
        "L-school": Colour.ON_COURSE,
        "L-elder": Colour.ON_COURSE,
        "L-steps": Colour.SILENT,
    }
    assert {item.entries for item in earlier.items} == {(6,)}


def test_an_override_counts_and_is_counted_with_its_entry_and_reason():
    override = Override(colour=Colour.FAR_BEHIND, reason=OBSTACLE.ref, entry=8, day=date(2026, 5, 11))
    document, text = opening_of(with_year(situation(), overrides={"L-elder": override}))
    # Red: schools by the rule, the care centre by the override; green: industry alone.
    assert "严重滞后2项、未报1项、正常1项、未启动1项" in text
    assert text.endswith("其中1项的亮灯由督查员说明理由后调整。")
    changed = next(one for one in document.sources if one.what == "调整过的亮灯")
    assert changed.entries == (6, 8)
    # The reason is the unit's words, quoted and not counted: once for the schools' obstacle, once for the override.
    assert [one.entries for one in document.passages if one.text == OBSTACLE.text] == [(7,), (8,)]


def test_what_has_no_light_yet_is_counted_apart_and_rests_on_the_issue():
    known = situation()
    lights = {lineage: given for lineage, given in known.year.lights.items() if lineage != "L-elder"}
    document, text = opening_of(with_year(known, lights=lights))
    assert "共分解目标任务5项，其中严重滞后1项、未报1项、正常1项、未启动1项。" in text
    assert text.endswith("另有1项尚未给出亮灯。")
    assert document.sources[0].entries == (1, 6, 9)


def test_more_time_to_file_is_not_silence():
    known = situation()
    more = Extension(unit="市经信局", lineage="", period="2026-04", until=date(2026, 5, 20), entry=9)
    longer = with_year(known, extensions=(more,))
    issued = longer.year.issued["L-industry"]
    assert [cycle.period.key for cycle in longer.owed(issued)] == ["2026-02"]
    assert [cycle.period.key for cycle in known.owed(issued)] == ["2026-02", "2026-04"]


def test_an_erased_note_leaves_no_words():
    known = replace(situation(), notes={})
    assert known.obstacles("L-school") == ("", 0)
    assert situation().obstacles("L-school") == (OBSTACLE.text, 7)
