"""Does any text crash the compiler, or take it out of proportion?

Damaged copies of the bundled example for so many seconds, as text and as bytes of files. Floor: the example itself.
"""

import argparse
import random
import sys
import time
from contextlib import suppress

from measuring import ROOT, machine

from luoshi import examples
from luoshi.compiler.pipeline import compile_report
from luoshi.compiler.source import Delivered, document, read
from luoshi.kernel.errors import LuoshiError, UnreadableError
from luoshi.plan.model import Medium

sys.path.append(str(ROOT / "tests" / "property"))
import mutation


def seconds(text: str) -> float:
    """Compile a text; return the processor seconds."""
    started = time.process_time()
    with suppress(LuoshiError):  # refused with a sentence, as it should be
        compile_report(document(Delivered(text, Medium.TEXT), name="2026.txt"), force=True)
    return time.process_time() - started


def damaged(data: bytearray, chance: random.Random) -> bytes:
    """Damage the bytes of a file at some places."""
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 50)]
            case _:
                data[at:at] = data[at : at + chance.randint(1, 50)]
    return bytes(data)


def files() -> list[bytes]:
    """Return the example in the forms that are read."""
    from reading import files as made

    return list(made(examples.text()[:3000]).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(machine())
    chance = random.Random(arguments.seed)
    usual = seconds(examples.text()) and min(seconds(examples.text()) for _ in range(3)) / len(
        examples.text()
    )
    print(f"floor: the example, {1e6 * usual:.1f} microseconds per character")
    made, texts, refused, slowest = files(), 0, 0, (0.0, 0)
    end = time.monotonic() + arguments.seconds
    while time.monotonic() < end:
        text = mutation.mutant(chance)
        slowest = max(slowest, (seconds(text) / max(1000, len(text)), texts))
        texts += 1
        try:
            read(damaged(bytearray(chance.choice(made)), chance), name="report")
        except UnreadableError:
            refused += 1
    print(f"{texts} damaged texts compiled, {texts} damaged files read ({refused} refused): no crash")
    print(
        f"slowest: text {slowest[1]}, {1e6 * slowest[0]:.1f} microseconds per character, {slowest[0] / usual:.1f} times the example"
    )


if __name__ == "__main__":
    main()
