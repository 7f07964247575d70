"""Imports in threads of the server's own process (后台编译).

One worker reads and compiles, so that two large reports do not fight for memory; a beat tells that the process
lives. An import whose beat has stopped was cut off by a restart and is shown as interrupted.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading

from django.conf import settings
from django.db import connection

from luoshi_web.frame.clock import now
from luoshi_web.plans import importing, store

RUNNER = secrets.token_hex(8)
"""Name of this process in the rows of the imports that it runs."""
BEAT_SECONDS = 5

_log = logging.getLogger(__name__)
_waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
_changing = threading.Lock()
_workers: list[threading.Thread] = []


def begin(import_id: int) -> None:
    """Have an import compiled soon; at once, in the tests."""
    if not settings.IMPORTS_IN_BACKGROUND:
        importing.run(import_id)
        return
    with _changing:
        _waiting.put(import_id)
        if not _workers:
            worker = threading.Thread(target=_work, name="luoshi-import", daemon=True)
            _workers.append(worker)
            worker.start()


def finish() -> None:
    """Wait until everything that was begun is over."""
    for worker in list(_workers):
        worker.join()


def _work() -> None:
    is_over = threading.Event()
    beat = threading.Thread(target=_beat, args=(is_over,), name="luoshi-beat", daemon=True)
    beat.start()
    while True:
        with _changing:
            # Told under the lock, so that no import is put between the last look and the end.
            if _waiting.empty():
                _workers.clear()
                break
        _run(_waiting.get())
    is_over.set()
    beat.join()
    connection.close()


def _run(import_id: int) -> None:
    try:
        importing.run(import_id)
    except Exception:
        # The worker must outlive every import; what happened is in the log, and the row is seen to be silent.
        _log.exception("import %s broke", import_id)


def _beat(is_over: threading.Event) -> None:
    while not is_over.wait(BEAT_SECONDS):
        try:
            store.beat_imports(RUNNER, at=now())
        except Exception:
            _log.exception("no beat")
    connection.close()
