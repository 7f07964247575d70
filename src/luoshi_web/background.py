"""Background work (后台工作): the site's own process by default, separate workers with a task queue on PostgreSQL.

The functions are the same in both ways (`tasks` of the apps). Each can be killed at any moment and begun again: what it does is written in transactions, and a mail is claimed before it is sent. So the queue only has to
see to it that they run; a job that died with its worker is taken up again, and does no harm where it had finished.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection

_LOG = logging.getLogger("luoshi.background")
_HOUR, _MINUTE = 3600.0, 60.0
_STALLED = 60


def work() -> tuple[tuple[str, Callable[[], int], float], ...]:
    """Return what has to be done in the background: name, function, seconds between two runs."""
    from luoshi_web.mail.tasks import send_waiting
    from luoshi_web.supervision.tasks import catch_up_every_year

    return ("daily", catch_up_every_year, _HOUR), ("mail", send_waiting, _MINUTE)


def begin_in_process() -> None:
    """Let this process do the background work, unless separate workers are to do it."""
    if settings.BACKGROUND == "process":
        Thread(target=_run, name="background", daemon=True).start()


def _run() -> None:
    due = {name: 0.0 for name, _function, _seconds in work()}
    while True:
        for name, function, seconds in work():
            if monotonic() >= due[name]:
                _done(name, function)
                due[name] = monotonic() + seconds
        sleep(1)


def _done(name: str, function: Callable[[], int]) -> None:
    close_old_connections()
    try:
        function()
    except Exception:  # the site goes on serving; the next turn tries again
        _LOG.exception("%s could not be done", name)
    finally:
        close_old_connections()


class NoQueueError(Exception):
    """Separate workers cannot run here; the words say why."""


def queue() -> Any:
    """Return the task queue of this database, with the background work as periodic tasks; its tables are made where they are missing.

    Raises:
        NoQueueError: The database is not PostgreSQL, or procrastinate is not installed.
    """
    if connection.vendor != "postgresql":
        raise NoQueueError("separate workers need PostgreSQL (DATABASE_URL)")
    try:
        import procrastinate
    except ModuleNotFoundError:
        raise NoQueueError("procrastinate is not installed: pip install 'luoshi[postgres]'") from None
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(kwargs=_connection(), min_size=1, max_size=4)
    )
    for name, function, seconds in work():
        _periodic(app, name, function, "* * * * *" if seconds == _MINUTE else "0 * * * *")

    @app.periodic(cron="* * * * *")
    @app.task(queueing_lock="stalled", name="stalled", pass_context=True)
    async def stalled(context: Any, timestamp: int) -> None:
        """Take up again what died with its worker."""
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED):
            try:
                await app.job_manager.retry_job(job)
            except ConnectorException:
                # Another one of its kind waits already and will do the same.
                await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)

    return app


def _periodic(app: Any, name: str, function: Callable[[], int], cron: str) -> None:
    # One such job waits at a time, however many workers there are and however long it takes.
    @app.periodic(cron=cron)
    @app.task(queueing_lock=name, name=name)
    def task(timestamp: int = 0) -> None:
        _done(name, function)


def _connection() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("host", "port", "user", "password", "dbname") if given.get(name)}


def run_worker(*, concurrency: int = 2) -> None:
    """Work until the process is told to stop; everything is begun once at the start, so that nothing waits for its hour.

    Raises:
        NoQueueError: As `queue`.
    """
    import asyncio

    asyncio.run(_worker(queue(), concurrency))


async def _worker(app: Any, concurrency: int) -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    async with app.open_async():
        if not await app.check_connection_async():
            await _make_tables(app)
        for name in ("stalled", *(one for one, _function, _seconds in work())):
            try:
                await app.configure_task(name).defer_async(timestamp=0)
            except AlreadyEnqueued:
                continue
        await app.run_worker_async(
            concurrency=concurrency, install_signal_handlers=True, delete_jobs="always"
        )


async def _make_tables(app: Any) -> None:
    from procrastinate.exceptions import ConnectorException

    try:
        await app.schema_manager.apply_schema_async()
    except ConnectorException:
        # Another worker made them meanwhile.
        if not await app.check_connection_async():
            raise
