"""Copy the database as it is at one moment, and put a copy into an empty one (数据库快照)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from luoshi_web.rights import RuleError
from luoshi_web.safekeeping.archive import KeptHead

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
_HEADS = "SELECT scope, number, digest FROM ledger_head ORDER BY scope"


def engine() -> str:
    """Return the engine in use: ``sqlite`` or ``postgresql``."""
    return connection.vendor


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[str, Path, tuple[KeptHead, ...]]]:
    """Copy the database as it is now, while others go on writing.

    Args:
        folder: Where the copy is made.

    Yields:
        Name in an archive, the copy, and the ends of the ledgers as they are in it.

    Raises:
        RuleError: A program of PostgreSQL is missing (W706) or failed (W707).
    """
    if connection.vendor == "sqlite":
        yield _of_sqlite(folder)
    else:
        yield _of_postgresql(folder)


def _of_sqlite(folder: Path) -> tuple[str, Path, tuple[KeptHead, ...]]:
    copy = folder / SQLITE
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        # The online backup of SQLite starts over when somebody writes meanwhile, and so always ends with one moment.
        connection.connection.backup(target)
        heads = tuple(
            KeptHead(scope=scope, number=number, digest=digest)
            for scope, number, digest in target.execute(_HEADS)
        )
    copy.chmod(0o600)
    return SQLITE, copy, heads


def _of_postgresql(folder: Path) -> tuple[str, Path, tuple[KeptHead, ...]]:
    copy = folder / POSTGRESQL
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        cursor.execute(_HEADS)
        heads = tuple(
            KeptHead(scope=scope, number=number, digest=digest) for scope, number, digest in cursor.fetchall()
        )
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={name}", f"--file={copy}")
    copy.chmod(0o600)
    return POSTGRESQL, copy, heads


_VARIABLES = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGDATABASE": "dbname",
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
    "PGSSLCERT": "sslcert",
    "PGSSLKEY": "sslkey",
}
"""Variables by which the programs of PostgreSQL take the settings of a connection; a password never stands on a command line."""


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise RuleError("W706", {"program": program})
    known = connection.get_connection_params()
    environment = dict(os.environ) | {
        variable: str(known[key]) for variable, key in _VARIABLES.items() if known.get(key)
    }
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise RuleError("W707", {"program": program, "reason": reason})


def is_empty() -> bool:
    """Tell whether the database has no table."""
    return not connection.introspection.table_names()


def put_back(copy: Path) -> None:
    """Put a copy into the empty PostgreSQL database that is configured, all or nothing.

    A copy of SQLite needs no such step: it is the database.

    Raises:
        RuleError: The database is not empty (W708); a program of PostgreSQL is missing (W706) or failed (W707).
    """
    if not is_empty():
        raise RuleError("W708")
    _run(
        "pg_restore", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error", f"--dbname={_name()}", str(copy)
    )  # fmt: skip


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def take_away() -> None:
    """Empty the PostgreSQL database again into which a copy was put that turned out wrong."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
