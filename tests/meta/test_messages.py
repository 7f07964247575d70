"""Every message code has both languages, is documented and is used."""

import re
import string
from pathlib import Path

import pytest

from luoshi.kernel.message import catalogue

ROOT = Path(__file__).resolve().parents[2]
CODES = sorted(catalogue())


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_it_with_the_same_values(code):
    message = catalogue()[code]
    assert set(message) == {"zh", "en"}
    assert message["zh"].strip()
    assert message["en"].strip()
    assert fields(message["zh"]) == fields(message["en"])
    assert not re.search(r"[一-鿿]", re.sub(r"[“\"(（《].*?[”\")）》]", "", message["en"])), (
        "the English text has Chinese outside a quotation"
    )


def used_codes():
    sources = [
        path.read_text(encoding="utf-8")
        for name in ("luoshi", "luoshi_web", "luoshi_cli")
        for path in (ROOT / "src" / name).rglob("*.py")
    ]
    data = [
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "luoshi" / "catalogue").rglob("*.yaml")
    ]
    return set(re.findall(r"\b([A-Z]\d{3})\b", "\n".join(sources + data)))


def test_every_code_in_the_catalogue_is_used():
    assert [code for code in CODES if code not in used_codes()] == []


def test_codes_are_unique_over_all_files():
    written = [
        code
        for path in (ROOT / "src" / "luoshi" / "kernel" / "messages").glob("*.yaml")
        for code in re.findall(r"^([A-Z]\d{3}):", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(written) == len(set(written))
    assert set(written) == set(CODES)
