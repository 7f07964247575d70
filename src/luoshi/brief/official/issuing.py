"""From draft to issued document (拟稿、审批、签发): edits that keep the figures, approval, a digest that freezes it, and what differs between two.

A person edits words and never figures: those are placeholders, and an edit that loses one, names one that is not there or writes a bare number is
refused. What is issued never changes; its digest tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import msgspec

from luoshi.brief.official.model import (
    Block,
    Document,
    DocumentNumber,
    Heading,
    Paragraph,
    Signature,
    digest_of,
)
from luoshi.brief.official.template import Marks, bare_numbers, faults_of, placeholders, templates_of
from luoshi.kernel.errors import LuoshiError
from luoshi.kernel.label import Labelled


class DocumentError(LuoshiError):
    """What was asked does not fit a document or its state (codes B2xx)."""


class DocumentState(Labelled):
    """How far a document has come (公文状态)."""

    DRAFT = "draft", "拟稿", "draft"
    APPROVED = "approved", "已审定", "approved"
    ISSUED = "issued", "已签发", "issued"


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document at one time of its making.

    Attributes:
        revision: 1 for the draft as made, one more with every edit and step.
        state: How far it has come.
        document: What it says.
        who: Opaque identity of who did the last step; "" for the machine.
        day: Day of the last step.
        digest: Digest of what was issued; "" before.
    """

    revision: int = 1
    state: DocumentState = DocumentState.DRAFT
    document: Document
    who: str = ""
    day: date
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions: identity of the block (or ``title``), what it said, what it says; "" where it is not there."""

    block: str
    before: str
    after: str


def begin(document: Document, *, who: str = "", on: date) -> Version:
    """Return the first version of a drafted document."""
    return Version(document=document, who=who, day=on)


def edit(version: Version, *, block: str, text: str, who: str, on: date) -> Version:
    """Return the version in which a paragraph or a heading says something else.

    Args:
        version: The version before.
        block: Identity of the block.
        text: New words, with the placeholders of all figures that the old ones had.
        who: Opaque identity of the person.
        on: The day.

    Raises:
        DocumentError: It is no draft any more (B210); there is no such paragraph or heading (B211); the words are empty (B212); a figure was lost (B213) or names one
            that the document does not have (B214); a number stands without a reference (B215).
    """
    _require(version, DocumentState.DRAFT)
    found = next((one for one in version.document.every_block if one.id == block), None)
    if not isinstance(found, Heading | Paragraph):
        raise DocumentError("B211", {"block": block})
    text = " ".join(text.split())
    if not text:
        raise DocumentError("B212")
    marks = Marks(version.document)
    lost = Counter(placeholders(found.text)) - Counter(placeholders(text))
    if lost:
        raise DocumentError("B213", {"figures": "、".join(marks.plain("{" + one + "}") for one in lost)})
    known = {one.id for one in version.document.figures} | {one.id for one in version.document.passages}
    unknown = [one for one in placeholders(text) if one not in known]
    if unknown:
        raise DocumentError("B214", {"names": "、".join(unknown)})
    bare = bare_numbers(text)
    if bare:
        raise DocumentError("B215", {"numbers": "、".join(bare)})
    changed: Block = msgspec.structs.replace(found, text=text)

    def swapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(changed if one is found else one for one in blocks)

    document = msgspec.structs.replace(
        version.document,
        blocks=swapped(version.document.blocks),
        annexes=tuple(
            msgspec.structs.replace(annex, blocks=swapped(annex.blocks)) for annex in version.document.annexes
        ),
    )
    return _after(version, DocumentState.DRAFT, document, who, on)


def approve(version: Version, *, who: str, on: date) -> Version:
    """Return the approved version.

    Raises:
        DocumentError: It is no draft (B210), or a figure in it has no reference (B216).
    """
    _require(version, DocumentState.DRAFT)
    faults = faults_of(version.document)
    if faults:
        raise DocumentError("B216", {"count": len(faults), "first": faults[0].describe("zh")})
    return _after(version, DocumentState.APPROVED, version.document, who, on)


def reopen(version: Version, *, who: str, on: date) -> Version:
    """Return an approved version as a draft again.

    Raises:
        DocumentError: It is not approved (B210).
    """
    _require(version, DocumentState.APPROVED)
    return _after(version, DocumentState.DRAFT, version.document, who, on)


def issue(version: Version, *, serial: int, who: str, on: date) -> Version:
    """Return the issued version, with its number and day, frozen by its digest.

    Args:
        version: An approved version.
        serial: Serial number that the office gives it; not looked at where the document bears no number.
        who: Opaque identity of the person.
        on: Day of the document (成文日期).

    Raises:
        DocumentError: It is not approved (B210), or the serial number is missing (B217).
    """
    _require(version, DocumentState.APPROVED)
    document = version.document
    head = document.head
    if head.number is not None:
        if serial <= 0:
            raise DocumentError("B217")
        number = DocumentNumber(sign=head.number.sign, year=on.year, serial=serial)
        head = msgspec.structs.replace(head, number=number)
    signature, imprint = document.signature, document.imprint
    if signature is not None:
        signature = Signature(unit=signature.unit, day=on, has_seal=signature.has_seal)
    if imprint is not None:
        imprint = msgspec.structs.replace(imprint, day=imprint.day or on)
    document = msgspec.structs.replace(document, head=head, signature=signature, imprint=imprint)
    issued = _after(version, DocumentState.ISSUED, document, who, on)
    return msgspec.structs.replace(issued, digest=digest_of(document))


def is_unchanged(version: Version) -> bool:
    """Tell whether an issued document still says what it said when it was issued."""
    return version.state is DocumentState.ISSUED and version.digest == digest_of(version.document)


def differences(before: Version, after: Version) -> tuple[Difference, ...]:
    """Return what the words of two versions differ in, in the order of the later one; what was left out comes last."""
    old, new = _said(before.document), _said(after.document)
    found = [
        Difference(block, old.get(block, ""), text)
        for block, text in new.items()
        if old.get(block, "") != text
    ]
    return (*found, *(Difference(block, text, "") for block, text in old.items() if block not in new))


def _said(document: Document) -> dict[str, str]:
    marks = Marks(document)
    said = {"title": document.title.replace("\n", "")}
    for block in document.every_block:
        said[block.id] = "\n".join(marks.plain(template) for template in templates_of(block))
    return said


def _require(version: Version, state: DocumentState) -> None:
    if version.state is not state:
        raise DocumentError("B210", {"state": version.state.label("zh"), "wanted": state.label("zh")})


def _after(version: Version, state: DocumentState, document: Document, who: str, on: date) -> Version:
    return Version(revision=version.revision + 1, state=state, document=document, who=who, day=on)
