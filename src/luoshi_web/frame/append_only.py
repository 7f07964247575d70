"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ACTIONS = ("UPDATE", "DELETE")


def _statements_to_refuse(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for action in _ACTIONS
        ]
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def _statements_to_allow(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{action.lower()}" for action in _ACTIONS]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_refuse()",
    ]


def refuse_changes(table: str) -> Callable[[object, BaseDatabaseSchemaEditor], None]:
    """Return a migration step that makes `table` append-only."""

    def step(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements_to_refuse(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return step


def allow_changes(table: str) -> Callable[[object, BaseDatabaseSchemaEditor], None]:
    """Return the reverse of `refuse_changes`."""

    def step(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements_to_allow(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return step
