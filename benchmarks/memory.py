"""Does memory stay flat while a corpus grows?

The corpus is compiled once and three times over; floor: a Python that has loaded the compiler and pyarrow.
"""

import sys
import tempfile
from pathlib import Path

from measuring import machine, options, run, script

LOAD = "import luoshi.compiler.pipeline, luoshi.corpus.run, pyarrow.parquet, time; time.sleep(0.5)"


def multiplied(corpus: Path, reports: int, times: int, folder: Path) -> Path:
    """Write the first reports of a corpus, `times` over, each under a name of its own."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = pq.read_table(corpus, columns=["path", "place", "level", "year", "text"]).slice(0, reports)
    path = folder / f"{times}.parquet"
    with pq.ParquetWriter(path, rows.schema) as writer:
        for number in range(times):
            names = pa.array(
                [f"{number}/{name}" for name in rows["path"].to_pylist()], rows.schema.field("path").type
            )
            writer.write_table(rows.set_column(0, rows.schema.field("path"), names))
    return path


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--reports", type=int, default=200, help="how many reports are once")
    arguments = parser.parse_args()
    print(machine())
    print(f"{'floor: everything loaded':34}{run([sys.executable, '-c', LOAD]).megabytes:7.0f} MB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in (1, 3):
            source = multiplied(arguments.corpus, arguments.reports, times, folder)
            for processes in (1, 2):
                out = folder / f"{times}-{processes}"
                ran = run(
                    [
                        script("luoshi"),
                        "corpus",
                        "compile",
                        str(source),
                        "-o",
                        str(out),
                        "--processes",
                        str(processes),
                    ]
                )
                what = f"{times * arguments.reports} reports, {processes} process{'es' * (processes > 1)}"
                print(f"{what:34}{ran.megabytes:7.0f} MB at most {ran.seconds:8.1f} s")


if __name__ == "__main__":
    main()
