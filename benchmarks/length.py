"""Does the time per character stay the same when a text is ten times as long?

The bundled example over and over, random characters, one character without end, deep nesting. Floor: one regex pass.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable

from measuring import ROOT, machine

from luoshi import examples
from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import document, read

sys.path.append(str(ROOT / "tests" / "property"))
import mutation
from speed import NUMBER

HEAD = mutation.HEAD + "二、2026年重点工作\n"
MEGABYTES = 1_000_000


def repeated(words: str) -> Callable[[int], str]:
    """Return what makes a text of about so many bytes out of the same words."""
    return lambda size: HEAD + words * (size // len(words.encode()))


def whole(size: int) -> str:
    text = examples.text()
    return text * max(1, size // len(text.encode()))


def damaged(size: int) -> str:
    chance, parts = random.Random(3), []
    while size > 0:
        parts.append(mutation.mutant(chance))
        size -= len(parts[-1].encode())
    return "\n".join(parts)


def characters(first: int, last: int) -> Callable[[int], str]:
    """Return what makes a text of random characters of a range."""
    return lambda size: HEAD + "".join(map(chr, random.Random(3).choices(range(first, last), k=size // 3)))


FORMS: dict[str, Callable[[int], str]] = {
    "the example": whole,
    "the example, damaged": damaged,
    "random Chinese characters": characters(0x4E00, 0x9FFF),
    "random Unicode": characters(0x20, 0xD7FF),
    "brackets, nested": lambda size: HEAD + "（" * (size // 6) + "）" * (size // 6),
    "quotes, nested": lambda size: HEAD + "“‘" * (size // 12) + "’”" * (size // 12),
    "lists, nested": repeated("一、（一）1.（1）一是"),
    "targets in one sentence": repeated("新建学校3所，"),
    "sentences": repeated("新建学校3所。"),
}
CHARACTERS = "1一十万、，。“（《\n 　建的%-"


def seconds(text: str) -> float:
    """Return the processor seconds of reading and compiling `text`."""
    started = time.process_time()
    delivered = read(text.encode(), name="2026.txt")
    compile_report(document(delivered, name="2026.txt"), year=2026, force=True)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--megabytes", type=float, default=1, help="size of the longer text; the shorter is a tenth"
    )
    parser.add_argument("--one-character", action="store_true", help="only texts of one character")
    parser.add_argument("--characters", default=CHARACTERS)
    arguments = parser.parse_args()
    size = int(arguments.megabytes * MEGABYTES)
    print(
        f"{machine()}\nmicroseconds per character: {size // 10:,} bytes, {size:,} bytes, how many times as much"
    )
    seconds(examples.text())
    forms = {} if arguments.one_character else dict(FORMS)
    forms |= {f"one character: {character!r}": repeated(character) for character in arguments.characters}
    worst = 0.0
    for name, made in forms.items():
        text, longer = made(size // 10), made(size)
        short = min(seconds(text) for _ in range(3)) / len(text)
        long = seconds(longer) / len(longer)
        worst = max(worst, long / short)
        print(f"{name:30}{1e6 * short:8.2f}{1e6 * long:8.2f}{long / short:7.2f}", flush=True)
    started = time.process_time()
    NUMBER.findall(longer)
    print(f"{'floor: one regex pass':30}{'':8}{1e6 * (time.process_time() - started) / len(longer):8.2f}")
    print(f"worst: {worst:.2f}; most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
