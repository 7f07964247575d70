"""Consecutive reports of a corpus: which follow each other, what is written, and what becomes of one that cannot be read."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from small_reports import text_of, write_texts

from luoshi.corpus import engine
from luoshi.corpus.fault import CorpusError
from luoshi.corpus.succession import reconcile_corpus, successions
from luoshi_cli.corpus import corpus


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_texts(
        tmp_path / "texts.parquet",
        path=["a-24", "a-25", "a-25-short", "a-26", "b-25", "b-27", "c-26"],
        place=["云川市", "云川市", "云川市", "云川市", "澄溪市", "澄溪市", "远山市"],
        year=["2024", "2025", "2025", "2026", "2025", "2027", "2026"],
        text=[
            text_of(year=2024),
            text_of(year=2025) + "附：说明文字。",
            text_of(year=2025),
            text_of(year=2026),
            text_of(place="澄溪市", year=2025),
            text_of(place="澄溪市", year=2027),
            text_of(place="远山市", year=2026),
        ],
    )


def labels(source: Path) -> list[list[str]]:
    return [[report.label for report in run.reports] for run in successions([str(source)])]


def test_only_years_that_follow_are_paired_and_the_longest_text_is_taken(source: Path) -> None:
    assert labels(source) == [["a-24", "a-25", "a-26"]]


def test_two_tables_are_written(source: Path, tmp_path: Path) -> None:
    tally = reconcile_corpus([str(source)], tmp_path / "out", engine=engine.InProcess())
    rows = pq.read_table(tmp_path / "out" / "reconciliations.parquet").to_pylist()
    assert [(row["year"], row["report"], row["next_report"], row["error"]) for row in rows] == [
        (2024, "a-24", "a-25", ""),
        (2025, "a-25", "a-26", ""),
    ]
    pairs = pq.read_table(tmp_path / "out" / "pairs.parquet").to_pylist()
    assert (tally.reconciled, tally.failed, tally.subjects) == (2, 0, len(pairs))
    assert sum(tally.outcomes.values()) == len(pairs)
    schools = [row for row in pairs if row["unit"] == "所"]
    # Each year promises three schools; the next report speaks of parks alone.
    assert [(row["value"], row["outcome"]) for row in schools] == [(3.0, "not_mentioned")] * 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "pairs.parquet",
        "reconciliations.parquet",
    ]


def test_processes_give_the_same_tables(source: Path, tmp_path: Path) -> None:
    reconcile_corpus([str(source)], tmp_path / "one", engine=engine.InProcess())
    with engine.local(2) as processes:
        reconcile_corpus([str(source)], tmp_path / "two", engine=processes)
    for name in ("reconciliations.parquet", "pairs.parquet"):
        assert pq.read_table(tmp_path / "one" / name).equals(pq.read_table(tmp_path / "two" / name))


def test_a_report_that_cannot_be_read_fails_its_pairs_alone(source: Path, tmp_path: Path) -> None:
    rows = pq.read_table(source).to_pylist()
    rows[3]["text"] = " "
    broken = write_texts(
        tmp_path / "broken.parquet", **{name: [row[name] for row in rows] for name in rows[0]}
    )
    tally = reconcile_corpus([str(broken)], tmp_path / "out", engine=engine.InProcess())
    assert (tally.reconciled, tally.failed) == (1, 1)
    found = pq.read_table(tmp_path / "out" / "reconciliations.parquet").to_pylist()
    assert [bool(row["error"]) for row in found] == [False, True]


def test_a_pair_that_kills_its_worker_is_told_and_the_others_are_kept(source: Path, tmp_path: Path) -> None:
    class Lost(engine.InProcess):
        def submit(self, work):  # type: ignore[no-untyped-def]
            if any(report.label == "a-26" for report in work.reports):
                future: engine.Future = engine.Future()
                future.set_exception(engine.WorkerLost())
                return future
            return super().submit(work)

    tally = reconcile_corpus([str(source)], tmp_path / "out", engine=Lost())
    assert (tally.reconciled, tally.failed) == (1, 1)


def test_sources_without_a_succession_are_refused(tmp_path: Path) -> None:
    lone = write_texts(tmp_path / "lone.parquet", place=["云川市"], year=["2026"], text=[text_of()])
    with pytest.raises(CorpusError) as caught:
        reconcile_corpus([str(lone)], tmp_path / "out", engine=engine.InProcess())
    assert caught.value.code == "X008"


def test_the_command_says_what_it_did(source: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        corpus,
        ["reconcile", str(source), "-o", str(tmp_path / "out"), "--processes", "1"],
        env={"LUOSHI_LANG": "zh"},
    )
    assert done.exit_code == 0
    assert "核对 2 对报告，0 对出错" in done.stderr
