"""Engines: the same tables from several processes and from a Dask cluster."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_reports import Watched, folder_of, rows, text_of

import luoshi
from luoshi.corpus import engine
from luoshi.corpus.engine import WorkerLost
from luoshi.corpus.fault import CorpusError
from luoshi.corpus.portion import Portion
from luoshi.corpus.run import Summary, compile_corpus
from luoshi.corpus.table import NAMES


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of(
        tmp_path / "reports", **{f"r{number}": text_of(schools=number) for number in range(2, 22)}
    )


@pytest.fixture
def wanted(source: Path, tmp_path: Path) -> list[Any]:
    compile_corpus([str(source)], tmp_path / "wanted", engine=Watched())
    return [rows(tmp_path / "wanted", name) for name in NAMES]


def test_processes_give_the_same_tables(source: Path, tmp_path: Path, wanted: list[Any]) -> None:
    with engine.local(2) as processes:
        assert processes.workers == 2
        summary = compile_corpus([str(source)], tmp_path / "data", engine=processes)
    assert summary == Summary(kept=0, compiled=20, failed=0)
    assert [rows(tmp_path / "data", name) for name in NAMES] == wanted


def test_a_pool_whose_process_died_is_replaced() -> None:
    processes = engine.Processes(1)
    try:
        dead = processes._pool.submit(os._exit, 3)
        with pytest.raises(WorkerLost):
            engine.outcome(dead)
        product = engine.outcome(processes.submit(Portion(())))
        assert product.reports == 0
    finally:
        processes.close()


@pytest.fixture
def scheduler() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
        host="127.0.0.1",
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_tables(
    source: Path, tmp_path: Path, wanted: list[Any], scheduler: str
) -> None:
    with engine.cluster(scheduler) as dask:
        assert dask.workers == 1
        summary = compile_corpus([str(source)], tmp_path / "data", engine=dask)
    assert summary == Summary(kept=0, compiled=20, failed=0)
    assert [rows(tmp_path / "data", name) for name in NAMES] == wanted


def test_a_worker_of_another_version_is_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Client and worker share this process: the worker answers with the version that it reads now.
    monkeypatch.setattr(engine, "_version", _other_version)
    with pytest.raises(CorpusError) as refused, engine.cluster(scheduler):
        pass
    assert refused.value.code == "X006"
    assert refused.value.parameters["wanted"] == luoshi.__version__


def _other_version() -> str:
    return "0.0.1"


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PATIENCE", "0.2s")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(CorpusError) as refused, engine.cluster("tcp://127.0.0.1:9"):
            pass
    assert refused.value.code == "X005"
    assert refused.value.parameters == {"scheduler": "tcp://127.0.0.1:9"}


def test_one_process_is_this_one() -> None:
    with engine.local(1) as here:
        assert isinstance(here, engine.InProcess)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CorpusError) as refused:
        compile_corpus([str(tmp_path)], tmp_path / "data", engine=Watched())
    assert (refused.value.code, refused.value.parameters) == ("X001", {"modules": "pyarrow"})
