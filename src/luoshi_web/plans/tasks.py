"""Imports in threads of the server's own process (后台编译).

One worker reads and compiles, so that two large reports do not fight for memory; a beat tells that the process
lives. An import whose beat has stopped was cut off by a restart and is shown as interrupted.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from time import sleep

from django.conf import settings
from django.db import close_old_connections

from luoshi_web.frame.clock import now
from luoshi_web.plans import importing, store

RUNNER = secrets.token_hex(8)
"""Name of this process in the rows of the imports that it runs."""
BEAT_SECONDS = 5

_log = logging.getLogger(__name__)
_waiting: queue.Queue[int] = queue.Queue()
_starting = threading.Lock()
_threads: list[threading.Thread] = []


def begin(import_id: int) -> None:
    """Have an import compiled soon; at once, in the tests."""
    if not settings.IMPORTS_IN_BACKGROUND:
        importing.run(import_id)
        return
    with _starting:
        if not any(thread.is_alive() for thread in _threads):
            _threads[:] = [
                threading.Thread(target=_work, name="luoshi-import", daemon=True),
                threading.Thread(target=_beat, name="luoshi-beat", daemon=True),
            ]
            for thread in _threads:
                thread.start()
    _waiting.put(import_id)


def _work() -> None:
    while True:
        import_id = _waiting.get()
        close_old_connections()
        try:
            importing.run(import_id)
        except Exception:
            # The worker must outlive every import; what happened is in the log and in the row.
            _log.exception("import %s broke", import_id)
        finally:
            close_old_connections()


def _beat() -> None:
    while True:
        sleep(BEAT_SECONDS)
        close_old_connections()
        try:
            store.beat_imports(RUNNER, at=now())
        except Exception:
            _log.exception("no beat")
        finally:
            close_old_connections()
