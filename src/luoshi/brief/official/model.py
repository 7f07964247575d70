"""An official document as plain data (公文): what it says, which figures it states, and where each comes from.

Words of a document are templates: ``{f3}`` stands for the figure `f3`, ``{p2}`` for the passage `p2`. So a person can edit a sentence and the figures
in it stay what the ledger says. Everything can be written as JSON and read back.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

import msgspec

from luoshi.brief.chart import CourseChart
from luoshi.kernel.label import Labelled
from luoshi.ledger.canonical import canonical
from luoshi.ledger.observation import Attestation

SCHEMA: Literal["luoshi.document/1"] = "luoshi.document/1"


class DocumentKind(Labelled):
    """What a document is for (文种)."""

    MONTH = "month", "月度专报", "monthly brief"
    QUARTER = "quarter", "季度通报", "quarterly brief"
    HALF_YEAR = "half_year", "半年通报", "half-yearly brief"
    YEAR = "year", "年度报告", "year-end brief"
    SUPERVISION = "supervision", "督办单", "supervision notice"
    CIRCULATION = "circulation", "通报", "circulation notice"


class Known(Labelled):
    """How a figure of a document is known (得知方式)."""

    MEASURED = "measured", "自动测得", "measured"
    COUNTED = "counted", "计数", "counted"
    IMPORTED = "imported", "统计导入", "imported"
    REPORTED = "reported", "人工填报", "reported"
    FORETOLD = "foretold", "按方法推算", "foretold by a method"
    SET = "set", "本文件规定", "set by the document itself"
    SIMULATED = "simulated", "模拟数据", "simulated"

    @property
    def mark(self) -> str:
        """One character for lists: 测, 数, 导, 报, 推, 定 or 模."""
        return {
            "measured": "测",
            "counted": "数",
            "imported": "导",
            "reported": "报",
            "foretold": "推",
            "set": "定",
            "simulated": "模",
        }[str(self.value)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a document: immutable, keyword-only, strict about unknown fields."""


class DocumentNumber(_Part, frozen=True, kw_only=True):
    """Number of a document (发文字号): the office's own sign (机关代字), year, serial number; 0 before it is given one."""

    sign: str
    year: int
    serial: int = 0


class Head(_Part, frozen=True, kw_only=True):
    """What stands above the red rule (版头).

    Attributes:
        issuer: Sign of the issuing office (发文机关标志), printed red; "" for a document without a red head.
        number: Number of the document; None for none.
        copy_number: Number of the copy (份号), 0 for none.
        secrecy: Secrecy and its term (密级和保密期限), such as ``秘密★1年``, or "".
        urgency: Urgency (紧急程度), or "".
        signer: Who signs a document to a higher office (签发人), or "".
    """

    issuer: str = ""
    number: DocumentNumber | None = None
    copy_number: int = 0
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""


class Source(_Part, frozen=True, kw_only=True):
    """Where figures of a document come from (数据来源).

    Attributes:
        id: ``s1``, ``s2`` …, in the order in which they are cited.
        what: What the figures say.
        entries: Numbers of the ledger entries that they rest on.
        known: How they are known.
        attested: Who stands for them, where that is told.
        as_of: Day as of which they hold.
        method: Rule or method by which they follow from the entries, or "".
    """

    id: str
    what: str
    entries: tuple[int, ...]
    known: tuple[Known, ...]
    attested: tuple[Attestation, ...] = ()
    as_of: date
    method: str = ""


class Figure(_Part, frozen=True, kw_only=True):
    """A figure as the document prints it, and its source."""

    id: str
    text: str
    source: str


class Passage(_Part, frozen=True, kw_only=True):
    """Words that are quoted and not the office's own: the report's, a unit's (引文).

    Attributes:
        id: ``p1``, ``p2`` ….
        text: The words.
        lineage: Commitment that they are of, or "".
        entries: Ledger entries that hold them; empty for words of the published plan.
    """

    id: str
    text: str
    lineage: str = ""
    entries: tuple[int, ...] = ()


class Heading(_Part, frozen=True, kw_only=True, tag="heading"):
    """A heading; its number (一、（一）1.（1）) follows from its place (结构层次序数). Level 1 to 4."""

    id: str
    level: int
    text: str


class Paragraph(_Part, frozen=True, kw_only=True, tag="paragraph"):
    """A paragraph of the body."""

    id: str
    text: str


class Column(_Part, frozen=True, kw_only=True):
    """A column of a table: label, width in mm, whether it is centred, whether it numbers the rows by itself (序号)."""

    label: str
    width_mm: int
    is_centred: bool = False
    is_ordinal: bool = False


class Row(_Part, frozen=True, kw_only=True):
    """A row of a table: cells as templates, and the least height in mm for what is filled in by hand; 0 for none."""

    cells: tuple[str, ...]
    height_mm: int = 0


class Table(_Part, frozen=True, kw_only=True, tag="table"):
    """A table. Without labels in its columns it is a form whose first column names what stands beside it."""

    id: str
    title: str = ""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Chart(_Part, frozen=True, kw_only=True, tag="chart"):
    """The course of a figure as a drawing, and its source."""

    id: str
    chart: CourseChart
    source: str


class SourceList(_Part, frozen=True, kw_only=True, tag="sources"):
    """The list of everything cited (数据来源); it is made from the document's own sources."""

    id: str


Block = Heading | Paragraph | Table | Chart | SourceList


class Annex(_Part, frozen=True, kw_only=True):
    """An annex (附件): its name and what it holds."""

    title: str
    blocks: tuple[Block, ...]


class Signature(_Part, frozen=True, kw_only=True):
    """Who signs and when (署名、成文日期): unit, day, whether a seal covers it; None for a day that is not set yet."""

    unit: str
    day: date | None = None
    has_seal: bool = True


class Imprint(_Part, frozen=True, kw_only=True):
    """What stands at the foot of the last page (版记): copied to, printed by, on which day."""

    copies: tuple[str, ...] = ()
    printer: str = ""
    day: date | None = None


class Anchored(_Part, frozen=True, kw_only=True):
    """The end of the ledger that a document was drafted from: number and digest of its last entry."""

    number: int
    digest: str


class Document(_Part, frozen=True, kw_only=True):
    """A document.

    Attributes:
        schema: Name and number of this shape.
        kind: What it is for.
        title: Title, with a line feed where it breaks into lines.
        head: What stands above the red rule.
        addressees: Offices that it goes to (主送机关); empty for none.
        blocks: Body.
        annexes: Annexes.
        signature: Who signs.
        remark: Remark in brackets (附注), or "".
        imprint: Foot of the last page; None for none.
        figures: Figures that it states.
        passages: Words that it quotes.
        sources: Where its figures come from.
        as_of: Day as of which it holds.
        since: Day of the brief before, with which it compares; None for none.
        ledger: End of the ledger that it rests on.
        is_simulated: Whether its figures are invented for a demonstration.
    """

    schema: Literal["luoshi.document/1"] = SCHEMA
    kind: DocumentKind
    title: str
    head: Head = Head()
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    signature: Signature | None = None
    remark: str = ""
    imprint: Imprint | None = None
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()
    as_of: date
    since: date | None = None
    ledger: Anchored
    is_simulated: bool = False

    @property
    def every_block(self) -> tuple[Block, ...]:
        """Blocks of the body and of the annexes, in order."""
        return (*self.blocks, *(block for annex in self.annexes for block in annex.blocks))


def to_json(document: Document) -> bytes:
    """Return the document as JSON."""
    return msgspec.json.encode(document)


def from_json(data: bytes) -> Document:
    """Return the document that `to_json` wrote.

    Raises:
        msgspec.ValidationError: It is no document.
    """
    return msgspec.json.decode(data, type=Document)


def digest_of(document: Document) -> str:
    """Return the digest of all that a document says: ``sha256:`` and the hex digest of its canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(msgspec.to_builtins(document))).hexdigest()
