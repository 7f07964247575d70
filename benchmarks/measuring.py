"""What every benchmark needs: the texts, the machine, and a process whose memory is watched."""

import argparse
import os
import platform
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus" / "reports.parquet"


def options(description: str) -> argparse.ArgumentParser:
    """Return the options that all benchmarks have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--corpus",
        type=Path,
        default=SHARED,
        help="parquet of texts; the bundled example where it is not there",
    )
    return parser


def texts(corpus: Path, reports: int | None = None) -> list[str]:
    """Return the texts of a corpus, or of `reports` of them, always the same ones."""
    if not corpus.exists():
        from luoshi import examples

        print(f"{corpus} is not there: the bundled example is used in its place")
        return [examples.text()] * (reports or 100)
    import pyarrow.parquet as pq

    found = [text for text in pq.read_table(corpus, columns=["text"])["text"].to_pylist() if text]
    return found if reports is None else random.Random(1).sample(found, min(reports, len(found)))


def machine() -> str:
    """Return what the figures were measured on, and how busy it was."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        named = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = "/".join(f"{average:.1f}" for average in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return f"{cores} cores ({model}), {platform.system()}, Python {platform.python_version()}, load {load}"


@dataclass
class Ran:
    """How a command ended: wall seconds, and the most memory that it and its children held together, in MB."""

    seconds: float
    megabytes: float
    output: str


def run(command: list[str], **environment: str) -> Ran:
    """Run a command, watching the memory of it and its children (shared pages counted once)."""
    import psutil

    started, most = time.perf_counter(), 0.0
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            most = max(most, _held(watched))
            time.sleep(0.05)
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}: {output}")
    return Ran(time.perf_counter() - started, most, output)


def _held(process: object) -> float:
    """Return the proportional set size of a process and its children, in MB."""
    import psutil

    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            memory = each.memory_full_info()
            total += getattr(memory, "pss", memory.uss)
    except psutil.Error:
        return 0.0
    return total / 1024 / 1024


def script(name: str) -> str:
    """Return the path of a command that is installed beside this Python."""
    folder = Path(sys.executable).parent
    return str(folder / (f"{name}.exe" if os.name == "nt" else name))


def wait_until_quiet(pid: int, *, most: float = 5.0, seconds: float = 600.0) -> float:
    """Wait until a process has used no more than `most` percent of a core for three seconds; return the seconds waited."""
    import psutil

    started, calm = time.perf_counter(), 0
    watched = psutil.Process(pid)
    while calm < 3 and time.perf_counter() - started < seconds:
        calm = calm + 1 if watched.cpu_percent(interval=1.0) <= most else 0
    return time.perf_counter() - started
