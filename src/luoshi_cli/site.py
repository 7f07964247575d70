"""Load the site of a data folder, for commands that run on the server itself (载入网站)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from luoshi_cli.speech import either


def say(chinese: str, english: str) -> None:
    """Say something to the person at the terminal."""
    click.echo(either(chinese, english))


def stop(chinese: str, english: str) -> NoReturn:
    """Say why it does not go on, and end with status 2."""
    click.echo(either(chinese, english), err=True)
    sys.exit(2)


def load_site(data_dir: Path) -> None:
    """Load the site of a data folder; its other settings come from the environment."""
    os.environ["LUOSHI_DATA_DIR"] = str(data_dir.resolve())
    os.environ.setdefault("LUOSHI_LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi_web.settings"
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
    except ModuleNotFoundError:
        stop(
            "网站部分没有安装。请运行 python3 bin/up，或 pip install 'luoshi[site]'。",
            "The site is not installed. Run python3 bin/up, or pip install 'luoshi[site]'.",
        )
    try:
        django.setup()
    except ImproperlyConfigured as error:
        stop(f"设置有误：{error}", str(error))


def load_existing_site(data_dir: Path) -> None:
    """Load the site of a data folder that must be there already, in the form of this edition."""
    if not os.environ.get("DATABASE_URL") and not (data_dir / "luoshi.sqlite3").is_file():
        stop(
            f"{data_dir} 里没有落实的数据。请用 --data-dir 指明数据文件夹。",
            f"There are no data of Luoshi in {data_dir}. Name the data folder with --data-dir.",
        )
    load_site(data_dir)
    from django.db import DatabaseError, connection

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        _stop_at_database(error)
    if "ledger_head" not in tables:
        stop(
            "数据库里没有落实的数据，或来自更早的版本。请先运行 luoshi up。",
            "The database has no data of Luoshi, or those of an older edition. Run luoshi up first.",
        )


def _stop_at_database(error: Exception) -> NoReturn:
    detail = str(error).strip().splitlines()[0]
    stop(
        f"数据库打不开：{detail}。请核对 DATABASE_URL 或数据文件夹的权限。",
        f"The database cannot be opened: {detail}. Check DATABASE_URL or the rights of the data folder.",
    )


def migrate() -> None:
    """Bring the database to the form of this edition."""
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        _stop_at_database(error)
