"""Every kind of file that is not a report gets its own sentence, whatever its name says."""

import io
import zipfile

import pytest

from luoshi.compiler.source import form, read
from luoshi.compiler.source.form import Form
from luoshi.kernel.errors import UnreadableError
from luoshi.kernel.message import catalogue

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return data.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


REFUSED = [
    ("empty.txt", b"", "C106"),
    ("blank.txt", b"\xef\xbb\xbf \r\n\t\n", "C106"),
    ("program.exe", b"MZ\x90\x00" + bytes(range(256)) * 8, "C113"),
    ("program", b"\x7fELF\x02\x01\x01" + bytes(64), "C113"),
    ("data.txt", "新建学校".encode() + bytes(50), "C113"),
    ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(32), "C114"),
    ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(32), "C114"),
    ("scan.tif", b"II*\x00" + bytes(32), "C114"),
    ("photo.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(32), "C114"),
    ("report.doc", stream("WordDocument"), "C115"),
    ("report.wps", stream("WordDocument"), "C115"),
    ("report.docx", stream("WordDocument"), "C115"),
    ("report.rtf", b"{\\rtf1\\ansi report}", "C115"),
    ("report.odt", zipped("mimetype", "content.xml"), "C115"),
    ("report.ofd", zipped("OFD.xml", "Doc_0/Document.xml"), "C115"),
    ("report.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "C115"),
    ("table.xls", stream("Workbook"), "C116"),
    ("table.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "C116"),
    ("slides.pptx", zipped("[Content_Types].xml", "ppt/presentation.xml"), "C116"),
    ("files.zip", zipped("a.txt", "b.txt"), "C117"),
    ("report.docx", b"Rar!\x1a\x07\x00" + bytes(20), "C117"),
    ("locked.docx", stream("EncryptedPackage"), "C120"),
    ("cut.docx", zipped("word/document.xml")[:60], "C121"),
    ("page.mht", b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n", "C141"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "code"), REFUSED, ids=[f"{name}-{code}" for name, _, code in REFUSED]
)
def test_what_is_no_report_is_refused_with_its_own_code(name: str, data: bytes, code: str):
    with pytest.raises(UnreadableError) as caught:
        read(data, name=name)
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert "…" not in caught.value.describe(language)
        assert "{" not in caught.value.describe(language)


def test_too_large_a_file_is_refused_before_anything_else():
    with pytest.raises(UnreadableError) as caught:
        read(b"\x89PNG" + bytes(20 * 1024 * 1024), name="photo.png")
    assert caught.value.code == "C104"
    assert caught.value.parameters == {"size": "20.0", "limit": "20"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("一、总体要求".encode(), Form.TEXT),
        ("一、总体要求，x<y，且y>z".encode(), Form.TEXT),
        (b"<!DOCTYPE html><html><body>x</body></html>", Form.HTML),
        ("<p>一</p><p>二</p><div>三</div>".encode(), Form.HTML),
        ("\ufeff<HTML><HEAD>".encode("utf-16-le"), Form.HTML),
        (b"%PDF-1.7\n", Form.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", Form.PDF),
        (zipped("[Content_Types].xml", "word/document.xml"), Form.DOCX),
    ],
)
def test_the_content_decides_not_the_name(data: bytes, expected: Form):
    assert form.of(data, name="report.jpg") is expected


def test_every_message_is_one_that_helps_in_both_languages():
    codes = {code: texts for code, texts in catalogue().items() if code.startswith("C1")}
    assert {code for _, _, code in REFUSED} < set(codes)
    for texts in codes.values():
        assert set(texts) == {"zh", "en"}
        assert texts["zh"].count("。") >= 1
        assert texts["en"].endswith(".")
