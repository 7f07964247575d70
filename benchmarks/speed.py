"""How fast is compiling, in characters a second a core, beside one regex pass and a part-of-speech tagger?"""

import re
import time
from collections.abc import Callable

from measuring import machine, options, texts

from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import Delivered, document
from luoshi.kernel.errors import LuoshiError
from luoshi.plan.model import Medium

NUMBER = re.compile(r"\d[\d,.]*(?:[十百千万亿]*(?:个百分点|[个家项所条座元亩吨人户%％]|公里|平方米)?)")


def timed(work: Callable[[str], object], found: list[str]) -> float:
    """Return the processor seconds that `work` takes over all texts."""
    started = time.process_time()
    for text in found:
        work(text)
    return time.process_time() - started


def compiled(text: str) -> None:
    """Compile a text; one that cannot be compiled costs what it costs."""
    try:
        compile_report(document(Delivered(text, Medium.TEXT), name="2021.txt"), force=True)
    except LuoshiError:
        return


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--reports", type=int, default=200, help="how many reports (0: all)")
    arguments = parser.parse_args()
    found = texts(arguments.corpus, arguments.reports or None)
    characters = sum(map(len, found))
    print(f"{machine()}\n{len(found)} reports, {characters:,} characters")
    compiled(found[0])  # catalogues are loaded once
    passes: dict[str, Callable[[str], object]] = {
        "luoshi: compile_report": compiled,
        "floor: one regex pass": NUMBER.findall,
    }
    try:
        import rjieba

        rjieba.tag(found[0])
        passes["floor: rjieba tagging"] = rjieba.tag
    except ImportError:
        print("rjieba is not installed: pip install rjieba")
    for name, work in passes.items():
        seconds = timed(work, found)
        print(f"{name:26}{seconds:9.2f} s {characters / seconds:14,.0f} characters/s/core")


if __name__ == "__main__":
    main()
