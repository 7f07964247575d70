"""How long does a corpus take, and what do a second process and a second Dask worker bring?

Floor: reading the texts alone, in one process.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import Ran, machine, options, run, script

READ = "import sys; from luoshi.corpus.material import materials; print(sum(m.size for m in materials([sys.argv[1]])))"


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Run a Dask scheduler and workers of one thread each on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    port = address.rpartition(":")[2]
    with tempfile.TemporaryDirectory() as folder:
        started = [
            subprocess.Popen(
                [script("dask"), "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
                **quiet,
            ),
            subprocess.Popen(
                [
                    script("dask"),
                    "worker",
                    address,
                    "--nworkers",
                    str(workers),
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    "--local-directory",
                    folder,
                ],
                **quiet,
            ),
        ]
        try:
            from distributed import Client

            with Client(address, timeout="60s", set_as_default=False) as client:
                client.wait_for_workers(workers, timeout="60s")
                client.run(__import__, "luoshi.compiler.pipeline")
            yield address
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()


def compiled(source: Path, *arguments: str) -> Ran:
    """Compile the corpus into a folder that is then thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        return run(
            [script("luoshi"), "corpus", "compile", str(source), "-o", f"{folder}/data", *arguments],
            LUOSHI_LANG="en",
        )


def part_of(corpus: Path, reports: int, folder: str) -> Path:
    """Write the first reports of a corpus into a file of their own; the corpus itself where all are wanted."""
    if not reports:
        return corpus
    import pyarrow.parquet as pq

    path = Path(folder) / "part.parquet"
    pq.write_table(pq.read_table(corpus).slice(0, reports), path)
    return path


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--reports", type=int, default=0, help="how many reports (0: all)")
    parser.add_argument("--only", choices=["processes", "dask"], help="measure one kind of worker alone")
    arguments = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        source = part_of(arguments.corpus, arguments.reports, folder)
        read = run([sys.executable, "-c", READ, str(source)])
        size = int(read.output)
        print(f"{'floor: reading the texts':28}{read.seconds:8.1f} s  ({size:,} characters)")
        if arguments.only != "dask":
            report(size, {count: compiled(source, "--processes", str(count)) for count in (1, 2)}, "process")
        if arguments.only != "processes":
            found = {}
            for count in (1, 2):
                with cluster(count) as address:
                    found[count] = compiled(source, "--scheduler", address)
            report(size, found, "Dask worker")
    print(f"at the end: {machine()}; {time.strftime('%Y-%m-%d')}")


def report(size: int, found: dict[int, Ran], kind: str) -> None:
    """Print the time of one and of two workers, and what the second brings."""
    for count, ran in found.items():
        plural = "" if count == 1 else "s" if kind != "process" else "es"
        print(f"{f'{count} {kind}{plural}':28}{ran.seconds:8.1f} s  {size / ran.seconds:12,.0f} characters/s")
        print("    " + ran.output.strip().splitlines()[-1].partition(": ")[2])
    print(f"    two bring {found[1].seconds / found[2].seconds:.2f} times one")


if __name__ == "__main__":
    main()
