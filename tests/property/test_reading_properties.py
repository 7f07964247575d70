"""Properties of the reading text, from the docstring of `luoshi.compiler.reading.Reading`."""

import itertools
import re
import unicodedata
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler.reading import Reading, from_source
from luoshi.compiler.source import Delivered, document
from luoshi.plan.model import Medium

CHARACTERS = "新建学校三所一二。，、；：！？（）“”《》—,;:!?()\"'.%％-０５9ＧA5b·〇○*#|\t \u3000\n\n\r\u200b\xad⼯㎡①🏫"
ANY = st.one_of(st.text(alphabet=CHARACTERS, max_size=120), st.text(max_size=80))
# Forms that differ from the delivered character by more than compatibility: straight quotes, dashes, spaces, stops.
SHOWN = {
    '"': "“”", "'": "‘’", "-": "—", ".": "。", "0": "〇", "O": "〇", "o": "〇", "○": "〇", "Ο": "〇", "ο": "〇",
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？ ", "(": "（", ")": "）", "|": "\t", "∶": ":", "︰": ":", "〜": "~", "﹑": "、", "､": "、",
}  # fmt: skip


WORDS = [
    "推进",
    "改造老旧小区",
    "新建学校",
    "3所",
    "，",
    "、",
    "增长5.5%",
    "“两新”",
    "（含续建）",
    "开通5G基站",
    "办好实事",
]


def paragraphs_of(random: Random) -> list[str]:
    """Return paragraphs of some lines each, in a language of eleven words."""
    return [
        "".join(sentence_of(random) for _ in range(random.randint(3, 6)))
        for _ in range(random.randint(8, 14))
    ]


def sentence_of(random: Random) -> str:
    words = ["推进"]
    for _ in range(random.randint(12, 40)):
        words.append(random.choice([word for word in WORDS if word not in "，、" or words[-1] not in "，、"]))
    return "".join(words) + random.choice("。。。！；")


def columns_of(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def wrapped(paragraph: str, *, indent: str, width: int) -> str:
    """Break `paragraph` as a word processor does: no mark begins a line, no number is torn."""
    lines, line, columns = [], indent, columns_of(indent)
    for token in re.findall(r"[（“]?(?:[A-Za-z0-9.%]+|.)[，。、；！”）]*", paragraph):
        if columns + columns_of(token) > width:
            lines.append(line)
            line, columns = "", 0
        line += token
        columns += columns_of(token)
    return "\n".join([*lines, line])


def reading_of(text: str) -> Reading:
    return from_source(document(Delivered(text, Medium.TEXT), name="report.txt"))


def shows(reading: str, delivered: str) -> bool:
    plain = unicodedata.normalize("NFKC", delivered)
    if reading in " \n\t":
        return (
            delivered.isspace()
            or unicodedata.category(delivered) in ("Zl", "Zp", "Cc")
            or delivered in "?|&nbsp;emsp"
        )
    return reading in (delivered, plain) or reading in SHOWN.get(delivered, "") or reading in SHOWN.get(plain, "") or {
        reading, delivered
    } <= set("—―─━⸺﹘") or (reading == "-" and unicodedata.category(delivered) in ("Pd", "Sm"))  # fmt: skip


def han(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if "一" <= c <= "鿿")


@given(ANY)
def test_each_character_comes_from_the_delivered_character_that_it_shows(text: str) -> None:
    """Offset in the source of each character, rising; the last is the source's length."""
    reading = reading_of(text)
    origin = list(reading.origin)
    assert len(origin) == len(reading.text) + 1
    assert all(before < after for before, after in itertools.pairwise(origin))
    assert origin[-1] == len(text)
    for character, place in zip(reading.text, origin, strict=False):
        assert shows(character, text[place]), (character, text[place])


@given(ANY, st.data())
def test_a_span_quotes_what_its_characters_came_from(text: str, data: st.DataObject) -> None:
    """`Reading.span` leads back to the source as delivered."""
    reading = reading_of(text)
    if reading.text:
        start = data.draw(st.integers(0, len(reading.text) - 1))
        end = data.draw(st.integers(start + 1, len(reading.text)))
        quote = reading.quote(start, end)
        assert shows(reading.text[start], quote[0])
        assert shows(reading.text[end - 1], quote[-1])
        assert han(reading.text[start:end]) == han(quote)


@given(ANY)
def test_no_chinese_character_is_lost_or_moved(text: str) -> None:
    """Whatever was normalised, the words stay."""
    assert han(reading_of(text).text) == han(text)


PARAGRAPH = st.text(alphabet=[c for c in CHARACTERS if c not in "\n\r|"], max_size=80)
UNPAIRED = st.text(
    alphabet="新建学校三所一二。，、；：,;:.%％-０５9ＧA5b·〇○*#\t \u3000\u200b\xad⼯①", max_size=60
)


@given(PARAGRAPH)
def test_a_paragraph_reads_as_itself(text: str) -> None:
    """What is regular stays as it is."""
    once = reading_of(text).text
    assert reading_of(once).text == once


@given(st.lists(UNPAIRED.map(lambda line: "新" + line + "。")))
def test_a_reading_reads_as_itself(lines: list[str]) -> None:
    """What is regular stays as it is, from line to line."""
    once = reading_of("\n".join(lines)).text
    assert reading_of(once).text == once


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**32),
    st.sampled_from([40, 56, 76]),
    st.sampled_from([("　　", "\n"), ("    ", "\n"), ("", "\n\n"), ("　　", "\n\n")]),
)
def test_a_wrapped_text_reads_as_the_same_text_unwrapped(
    seed: int, width: int, form: tuple[str, str]
) -> None:
    """Line breaks inside a sentence are gone; a paragraph ends with a line feed."""
    paragraphs = paragraphs_of(Random(seed))
    indent, gap = form
    text = gap.join(wrapped(paragraph, indent=indent, width=width) for paragraph in paragraphs)
    assert reading_of(text).text == "\n".join(paragraphs)
