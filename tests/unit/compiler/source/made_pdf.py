"""PDF files written by hand: Chinese lines at given places, without an embedded font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 16
LEFT = 72
TOP = 760


@dataclass(frozen=True)
class At:
    """A line of text and where its first character stands, in points from the lower left corner."""

    x: float
    y: float
    text: str


def lines(*texts: str, head: str = "", foot: str = "") -> list[At]:
    """Set lines below each other; two ideographic spaces before a text set it in by two characters."""
    placed = [At(200, 810, head)] if head else []
    for row, text in enumerate(texts):
        words = text.lstrip("　")
        placed.append(At(LEFT + SIZE * (len(text) - len(words)), TOP - 28 * row, words))
    return [*placed, At(290, 30, foot)] if foot else placed


def pdf(pages: Sequence[Sequence[At]]) -> bytes:
    """Return a PDF file with these pages; its font is named and left to the reader (Adobe-GB1)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >>",
    ]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 {SIZE} Tf 1 0 0 1 {at.x} {at.y} Tm <{at.text.encode('utf-16-be').hex()}> Tj ET\n"
            for at in page
        ).encode()
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(data),
    )  # fmt: skip
