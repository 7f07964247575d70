"""Engines that work on portions (运行方式): this process, several processes, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Protocol, TypeVar

import luoshi
from luoshi.corpus.fault import CorpusError, require_extra

_PATIENCE = "20s"


P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)


class Work(Protocol[P_co]):
    """A piece of work that is given to one worker at a time, and what it makes."""

    def made(self) -> P_co:
        """Do the work and return what it makes."""


def do(work: Work[P]) -> P:
    """Do a piece of work; engines send this function to their workers."""
    return work.made()


class Engine(Protocol):
    """What works on portions.

    Attributes:
        workers: How many portions it works on at a time.
    """

    @property
    def workers(self) -> int:
        """How many portions it works on at a time."""

    def submit(self, work: Work[P]) -> Future[P]:
        """Begin a piece of work."""


class WorkerLost(Exception):
    """The worker died while it held a portion."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class InProcess:
    """Compiles in this process, when asked."""

    workers = 1

    def submit(self, work: Work[P]) -> Future[P]:
        """Do a piece of work and return what it made as a future that is done."""
        future: Future[P] = Future()
        future.set_result(work.made())
        return future


class Processes:
    """A pool of processes on this machine; a pool that broke is replaced."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._new()

    def _new(self) -> Executor:
        # spawn, not fork: Arrow runs threads, and a fork of a process with threads may hang; it is also the same on every system.
        return ProcessPoolExecutor(self.workers, mp_context=multiprocessing.get_context("spawn"))

    def submit(self, work: Work[P]) -> Future[P]:
        """Begin a piece of work."""
        try:
            return self._pool.submit(do, work)
        except BrokenExecutor:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._new()
            return self._pool.submit(do, work)

    def close(self) -> None:
        """Give up what has not begun and end the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class Cluster:
    """A Dask cluster, by the address of its scheduler; workers that join while it runs are used too."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor: Executor = client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """Threads of all workers; at least 1, for a cluster that is growing."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, work: Work[P]) -> Future[P]:
        """Begin a piece of work."""
        return self._executor.submit(do, work)

    def close(self) -> None:
        """Give up what has not begun and leave the cluster."""
        self._executor.shutdown(wait=False)
        self._client.close()


@contextmanager
def local(workers: int) -> Iterator[Engine]:
    """Compile on this machine with `workers` processes; with one, in this process."""
    if workers == 1:
        yield InProcess()
        return
    processes = Processes(workers)
    try:
        yield processes
    finally:
        processes.close()


@contextmanager
def cluster(scheduler: str) -> Iterator[Engine]:
    """Compile on the Dask cluster whose scheduler listens at `scheduler` (``tcp://host:8786``).

    Raises:
        CorpusError: Dask is not installed (X001), the scheduler does not answer or has no worker (X005), or a worker has
            another version of Luoshi, or none (X006).
    """
    require_extra("distributed")
    client_of: Any = import_module("distributed").Client
    try:
        client = client_of(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:
        raise CorpusError("X005", {"scheduler": scheduler}) from fault
    try:
        _check(client, scheduler)
        engine = Cluster(client)
        try:
            yield engine
        finally:
            with suppress(Exception):
                engine.close()
    finally:
        client.close()


def _check(client: Any, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as fault:
        raise CorpusError("X005", {"scheduler": scheduler}) from fault
    found = client.run(_version)
    others = {address: version for address, version in found.items() if version != luoshi.__version__}
    if others:
        address, version = next(iter(others.items()))
        raise CorpusError("X006", {"worker": address, "found": version or "—", "wanted": luoshi.__version__})


def _version() -> str:
    """Return the version of Luoshi where this runs."""
    return luoshi.__version__


def outcome(future: Future[P]) -> P:
    """Wait for a portion.

    Raises:
        WorkerLost: The worker died with it.
        CorpusError: The cluster was lost (X007).
    """
    try:
        return future.result()
    except BrokenExecutor as fault:
        raise WorkerLost from fault
    except CancelledError as fault:
        raise CorpusError("X007") from fault
    except Exception as fault:
        if type(fault).__name__ == "KilledWorker":  # of distributed, which need not be installed
            raise WorkerLost from fault
        raise
