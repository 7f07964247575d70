"""Whatever the text and the list of units: an assignment exists, is ranked, and never shows more than one chance in one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from luoshi.catalogue.bureau import bureaus
from luoshi.compiler import unit
from luoshi.compiler.unit.duty import duties
from luoshi.plan.model import Level

WORDS = sorted({word for bureau in bureaus().values() for word in (*bureau.own, *bureau.usual, *bureau.part)})
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=12).map("".join)
names = st.lists(
    st.sampled_from(["县教育局", "县住建局", "柳林镇", "县发改局", "合唱团"]) | st.text(max_size=6),
    max_size=6,
)


@given(
    text=texts,
    title=texts,
    units=st.none() | names,
    level=st.sampled_from(Level),
    year=st.none() | st.integers(1990, 2040),
)
def test_every_task_gets_a_ranked_assignment(text, title, units, level, year):
    made = unit.assign([text], level=level, year=year, units=units, contexts=[title])[0]
    confidences = [candidate.confidence for candidate in made.candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert all(candidate.name for candidate in made.candidates)
    assert len({candidate.name for candidate in made.candidates}) == len(made.candidates)
    assert made.lead not in made.supporting


@given(text=texts)
def test_words_found_stand_in_the_text_and_none_lies_inside_another(text):
    hits = list(duties().find(text))
    ends = [hit.start + len(hit.word) for hit in hits]
    assert all(text.startswith(hit.word, hit.start) for hit in hits)
    assert all(earlier < later for earlier, later in pairwise(ends))


@given(units=names)
def test_a_unit_of_the_list_is_named_or_told_to_be_unknown(units):
    roll = unit.roll(units)
    assert {name for found in roll.units.values() for name in found} | set(roll.unknown) == set(units)
