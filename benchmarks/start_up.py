"""How long until `luoshi --help` has answered? Floor: a Python that does nothing."""

import subprocess
import sys
import time

from measuring import machine, options, script

ASKED = {
    "floor: python -c pass": [sys.executable, "-c", "pass"],
    "luoshi --help": [script("luoshi"), "--help"],
    "luoshi compile --help": [script("luoshi"), "compile", "--help"],
    "luoshi corpus compile --help": [script("luoshi"), "corpus", "compile", "--help"],
    "luoshi --version": [script("luoshi"), "--version"],
}


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--times", type=int, default=15)
    arguments = parser.parse_args()
    print(f"{machine()}\nof {arguments.times} starts, seconds: least, middle")
    for name, command in ASKED.items():
        taken = []
        for _ in range(arguments.times):
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            taken.append(time.perf_counter() - started)
        taken.sort()
        print(f"{name:30}{taken[0]:7.3f}{taken[len(taken) // 2]:7.3f}")


if __name__ == "__main__":
    main()
