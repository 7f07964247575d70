"""How long does it take to get the text out of a file, in this process and under limits?

The bundled example as text, web page, Word and PDF; floor: decoding its bytes.
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
from measuring import ROOT, machine, options

from luoshi import examples
from luoshi.compiler.source import read, read_limited

sys.path.append(str(ROOT / "tests" / "unit" / "compiler" / "source"))
import made_pdf

A_PAGE = 26
A_LINE = 28


def files(text: str) -> dict[str, bytes]:
    """Return the text in every form."""
    lines = text.split("\n")
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    saved = io.BytesIO()
    word.save(saved)
    page = "".join(f"<p>{line}</p>\n" for line in lines)
    short = [line[at : at + A_LINE] for line in lines for at in range(0, len(line), A_LINE)]
    pages = [made_pdf.lines(*short[at : at + A_PAGE]) for at in range(0, len(short), A_PAGE)]
    return {
        "report.txt": text.encode(),
        "report-gb18030.txt": text.encode("gb18030"),
        "report.html": f"<!DOCTYPE html><html><head><title>报告</title></head><body><div>{page}</div></body></html>".encode(),
        "report.docx": saved.getvalue(),
        "report.pdf": made_pdf.pdf(pages),
    }


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return the least wall time of `work`, in milliseconds."""
    least = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - started)
    return 1000 * least


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="other files to read")
    arguments = parser.parse_args()
    text = examples.text()
    print(f"{machine()}\nthe bundled example: {len(text):,} characters; least of several, milliseconds")
    data = text.encode()
    print(f"{'floor: bytes decoded':24}{milliseconds(data.decode, 50):9.2f}")
    found = files(text) | {path.name: path.read_bytes() for path in arguments.files}
    print(f"{'':24}{'here':>9}{'limited':>9}")
    for name, content in found.items():
        here = milliseconds(lambda name=name, content=content: read(content, name=name), 10)
        limited = milliseconds(lambda name=name, content=content: read_limited(content, name=name), 5)
        print(f"{name:24}{here:9.2f}{limited:9.1f}   {len(content) / 1024:,.0f} KB")


if __name__ == "__main__":
    main()
