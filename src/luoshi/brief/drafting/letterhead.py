"""What an office puts on its documents (发文信息): sign, number, addressees, signature, copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.brief.drafting.composer import Composer
from luoshi.brief.official.model import (
    Annex,
    Block,
    Document,
    DocumentKind,
    DocumentNumber,
    Head,
    Imprint,
    Signature,
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an office puts on a document.

    Attributes:
        unit: Unit that signs.
        sign: Its own sign in the number of a document (机关代字), or "" for no number.
        year: Year of the number.
        serial: Serial number; 0 before it is given.
        red_head: Words of the red head (发文机关标志), or "" for none.
        addressees: Offices that it goes to.
        copies: Offices that get a copy.
        day: Day of the document (成文日期); None before it is set.
        secrecy: Secrecy and its term, or "".
        urgency: Urgency, or "".
        signer: Who signs a document to a higher office, or "".
    """

    unit: str
    sign: str = ""
    year: int = 0
    serial: int = 0
    red_head: str = ""
    addressees: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    day: date | None = None
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""


def assembled(
    composer: Composer,
    letterhead: Letterhead,
    *,
    kind: DocumentKind,
    title: str,
    blocks: tuple[Block, ...],
    annexes: tuple[Annex, ...],
) -> Document:
    """Return the document of what was composed."""
    situation = composer.situation
    number = None
    if letterhead.sign:
        number = DocumentNumber(
            sign=letterhead.sign, year=letterhead.year or situation.plan.year, serial=letterhead.serial
        )
    return Document(
        kind=kind,
        title=title,
        head=Head(
            issuer=letterhead.red_head,
            number=number,
            secrecy=letterhead.secrecy,
            urgency=letterhead.urgency,
            signer=letterhead.signer,
        ),
        addressees=letterhead.addressees,
        blocks=blocks,
        annexes=annexes,
        signature=Signature(unit=letterhead.unit, day=letterhead.day),
        imprint=Imprint(copies=letterhead.copies, printer=letterhead.unit, day=letterhead.day)
        if letterhead.copies
        else None,
        figures=composer.figures,
        passages=composer.passages,
        sources=composer.sources,
        as_of=situation.as_of,
        since=situation.since,
        ledger=situation.anchored,
        is_simulated=situation.year.is_simulated,
    )
