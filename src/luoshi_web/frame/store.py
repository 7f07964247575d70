"""What the frame asks of the database."""

from __future__ import annotations

from django.db import DatabaseError, connection


def is_database_ready() -> bool:
    """Tell whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
