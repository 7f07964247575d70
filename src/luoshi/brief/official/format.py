"""Figures of the official format (公文格式参数): page, grid, fonts, sizes and places, by edition.

Standard:
    GB/T 9704—2012《党政机关公文格式》, in force from 2012-07-01; clauses stand beside the figures in ``format.yaml``.

Checked with:
    The same figures typed a second time beside the XML of a document (tests/unit/brief/test_official_format.py).

Limits:
    The general form of a document; not the letter (10.1 信函), the order (10.2 命令) and the minutes (10.3 纪要).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

import msgspec
import yaml


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of an edition: where its figures come from."""

    reference: str


class Page(_Part, frozen=True, kw_only=True):
    """Paper and margins, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def measure(self) -> int:
        """Width of the 版心 in twips."""
        return self.width - self.left - self.right


class Lines(_Part, frozen=True, kw_only=True):
    """Lines of a page, characters of a line, pitch of the lines in twips."""

    lines: int
    characters: int
    pitch: int


class Fonts(_Part, frozen=True, kw_only=True):
    """Names of fonts; `heading` by level."""

    body: str
    title: str
    heading: tuple[str, str, str, str]
    strong: str
    name: str
    page: str
    latin: str


class Sizes(_Part, frozen=True, kw_only=True):
    """Sizes of characters in points."""

    body: float
    title: float
    imprint: float
    page: float
    table: float
    form: float


class HeadFormat(_Part, frozen=True, kw_only=True):
    """Place, size and colour of what stands above the red rule; lengths in twips, the rule in eighths of a point."""

    sign_below: int
    sign_size: float
    sign_least_size: float
    colour: str
    digits: int
    blank_before_number: int
    rule_below: int
    rule_eighths: int


class TitleFormat(_Part, frozen=True, kw_only=True):
    """Blank lines around the title."""

    blank_before: int
    blank_after: int


class BodyFormat(_Part, frozen=True, kw_only=True):
    """Indent of paragraphs in characters, blank lines before the list of annexes."""

    indent_characters: int
    blank_before_annexes: int


class SignatureFormat(_Part, frozen=True, kw_only=True):
    """Distances from the right in characters, and blank lines before."""

    day_with_seal: int
    name_without_seal: int
    blank_before_with_seal: int
    blank_before_without_seal: int


class ImprintFormat(_Part, frozen=True, kw_only=True):
    """Rules in eighths of a point, indent in characters."""

    outer_rule_eighths: int
    inner_rule_eighths: int
    indent_characters: int


class PageNumberFormat(_Part, frozen=True, kw_only=True):
    """Distance of the footer from the paper's edge in twips, indent in characters."""

    footer: int
    indent_characters: int


class Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of the format."""

    name: str
    since: date
    page: Page
    grid: Lines
    fonts: Fonts
    sizes: Sizes
    head: HeadFormat
    title: TitleFormat
    body: BodyFormat
    signature: SignatureFormat
    imprint: ImprintFormat
    page_number: PageNumberFormat


@cache
def formats() -> tuple[Format, ...]:
    """Return the editions, the oldest first."""
    text = resources.files("luoshi.brief.official").joinpath("format.yaml").read_text(encoding="utf-8")
    made = msgspec.convert(yaml.safe_load(text)["editions"], list[Format])
    return tuple(sorted(made, key=lambda edition: edition.since))


def format_on(day: date, known: Iterable[Format] | None = None) -> Format:
    """Return the edition in force on a day.

    Raises:
        ValueError: None is in force then.
    """
    in_force = [one for one in (known if known is not None else formats()) if one.since <= day]
    if not in_force:
        raise ValueError(f"no edition of the official format is in force on {day}")
    return max(in_force, key=lambda edition: edition.since)
