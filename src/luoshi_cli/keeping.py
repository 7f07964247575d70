"""`luoshi verify`, `backup`, `restore` and `lights`: commands that keep a site's ledger safe and up to date (台账维护)."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi_cli.site import load_existing_site, load_site, migrate, say, stop
from luoshi_cli.speech import either, reading_language

if TYPE_CHECKING:
    from luoshi_web.cases.services import CheckedBook
    from luoshi_web.ledger.services import Checked
    from luoshi_web.safekeeping.archive import Manifest


def _data_dir(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="LUOSHI_DATA_DIR",
        default=Path("data"),
        show_default=True,
        help=either("数据文件夹。", "Data folder."),
    )(command)


@click.command(
    help=either(
        "核验台账：链条、末尾、查询列、佐证材料和附言。一切完好返回 0，发现问题返回 1。\n\n"
        "\b\n示例：\n  luoshi verify --data-dir data\n  luoshi verify --anchor sha256:…（印在通报上的摘要）",
        "Check the ledgers: chain, end, look-up columns, evidence and notes. Ends with 0 where all is sound and with 1 where something is wrong.\n\n"
        "\b\nExamples:\n  luoshi verify --data-dir data\n  luoshi verify --anchor sha256:… (a digest from a printed brief)",
    )
)
@_data_dir
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="DIGEST",
    help=either(
        "留存在别处的摘要，可写多次；须与 --plan-year 同用。",
        "Digest kept elsewhere; may be repeated; goes with --plan-year.",
    ),
)
@click.option(
    "--plan-year", type=int, help=either("只核验这个编号的年度计划。", "Only the plan-year of this number.")
)
@click.option(
    "--json", "as_json", is_flag=True, help=either("每个年度一行 JSON。", "One line of JSON a plan-year.")
)
def verify(data_dir: Path, anchors: tuple[str, ...], plan_year: int | None, as_json: bool) -> None:
    """Check the ledgers of a site."""
    load_existing_site(data_dir)
    from luoshi_web.cases.services import check_books
    from luoshi_web.ledger.selectors import every_ledger
    from luoshi_web.ledger.services import check
    from luoshi_web.supervision.services.settling import verified

    found = [row for row in every_ledger() if plan_year in (None, row.pk)]
    if not found and (plan_year is not None or anchors):
        _refuse("W712", plan_year=plan_year or "—")
    if anchors and len(found) > 1:
        raise click.UsageError(either("--anchor 要与 --plan-year 同用。", "--anchor goes with --plan-year."))
    if not found:
        say("还没有台账。", "There is no ledger yet.")
    checks = [check(row, anchors=anchors) for row in found]
    for one in checks:
        click.echo(_as_json(one) if as_json else _in_words(one))
    books = [book for row in found for book in check_books(row.pk)]
    settlements = {row: verified(row.pk) for row in found}
    for book in books:
        if as_json:
            click.echo(_book_as_json(book))
        else:
            _say_book(book)
    for row, faults in settlements.items():
        for fault in faults:
            if as_json:
                told = {"settlement": str(row), "code": fault.code, "message": fault.describe("en")}
                click.echo(json.dumps(told, ensure_ascii=False))
                continue
            say(f"结账 {row}：{fault.describe('zh')}", f"settlement {row}: {fault.describe('en')}")
    if any(one.faults for one in (*checks, *books)) or any(settlements.values()):
        sys.exit(1)


def _book_as_json(book: CheckedBook) -> str:
    told = {
        "register": book.head.scope,
        "entries": book.head.number,
        "head": book.head.digest,
        "faults": [{"code": one.code, "message": one.describe("en")} for one in book.faults],
    }
    return json.dumps(told, ensure_ascii=False)


def _say_book(book: CheckedBook) -> None:
    scope, count = book.head.scope, book.head.number
    if not book.faults:
        say(f"登记簿 {scope}：{count} 条，完好。", f"register {scope}: {count} entries; sound.")
        return
    say(
        f"登记簿 {scope}：{count} 条，有 {len(book.faults)} 处问题：",
        f"register {scope}: {count} entries; faults: {len(book.faults)}",
    )
    for fault in book.faults:
        click.echo(f"  {fault.describe(reading_language())}")


def _as_json(checked: Checked) -> str:
    faults = [{"code": fault.code, "message": fault.describe(reading_language())} for fault in checked.faults]
    return json.dumps(
        {
            "plan_year": checked.plan_year.pk,
            "name": str(checked.plan_year),
            "entries": checked.head.number,
            "head": checked.head.digest,
            "files": checked.files,
            "notes": checked.notes,
            "faults": faults,
        },
        ensure_ascii=False,
    )


def _in_words(checked: Checked) -> str:
    head = either(
        f"{checked.plan_year}（编号 {checked.plan_year.pk}）：台账 {checked.head.number} 条，材料 {checked.files} 份，附言 {checked.notes} 条",
        f"{checked.plan_year} (number {checked.plan_year.pk}): {checked.head.number} entries, {checked.files} files, {checked.notes} notes",
    )
    if not checked.faults:
        return either(
            f"{head}，完好。\n  末尾摘要 {checked.head.digest}",
            f"{head}; sound.\n  last digest {checked.head.digest}",
        )
    lines = [fault.describe(reading_language()) for fault in checked.faults]
    count = len(lines)
    return "\n  ".join([either(f"{head}，有 {count} 处问题：", f"{head}; faults: {count}"), *lines])


def _refuse(code: str, **parameters: object) -> None:
    from luoshi.kernel.message import text_of

    text = text_of(code, {key: str(value) for key, value in parameters.items()}, reading_language())
    click.echo(text, err=True)
    sys.exit(2)


@click.command(
    help=either(
        "把数据库、报告和佐证材料、密钥和设置打成一个文件 ARCHIVE；网站可以照常运行。\n\n"
        "\b\n示例：\n  luoshi backup 备份/2026-10-09.tar.gz\n  luoshi backup --check 备份/2026-10-09.tar.gz",
        "Put database, reports and evidence, keys and settings into one file ARCHIVE; the site may go on running.\n\n"
        "\b\nExamples:\n  luoshi backup backups/2026-10-09.tar.gz\n  luoshi backup --check backups/2026-10-09.tar.gz",
    )
)
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@_data_dir
@click.option(
    "--force", is_flag=True, help=either("同名文件可以覆盖。", "A file of that name may be replaced.")
)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help=either("只逐字节检查这个备份，不做新的。", "Only check this backup byte for byte; make none."),
)
def backup(archive: Path, data_dir: Path, force: bool, only_check: bool) -> None:
    """Make a backup, or check one."""
    if not only_check:
        load_existing_site(data_dir)
    from luoshi_web.rights import RuleError
    from luoshi_web.safekeeping import services

    try:
        manifest = services.check(archive) if only_check else services.back_up(archive, is_replacing=force)
    except RuleError as error:
        click.echo(error.describe(reading_language()), err=True)
        sys.exit(1 if only_check else 2)
    size = sum(file.size for file in manifest.files.values())
    told = (len(manifest.files), size // 1024, archive, manifest.made_at)
    if only_check:
        say(
            "备份完好：{2}，{0} 个文件，{1} KB，{3} 所做。".format(*told),
            "The backup is sound: {2}, {0} files, {1} KB, made at {3}.".format(*told),
        )
    else:
        say(
            "已备份到 {2}：{0} 个文件，{1} KB。".format(*told),
            "Backed up to {2}: {0} files, {1} KB.".format(*told),
        )
    _tell_heads(manifest)


def _tell_heads(manifest: Manifest) -> None:
    for head in manifest.heads:
        say(
            f"  {head.scope}：台账 {head.number} 条，末尾摘要 {head.digest}",
            f"  {head.scope}: {head.number} entries, last digest {head.digest}",
        )


@click.command(
    help=either(
        "把备份 ARCHIVE 恢复到空的数据文件夹（用 PostgreSQL 时，恢复到 DATABASE_URL 所指的空库），核验后才算完成。\n\n"
        "\b\n示例：\n  luoshi restore 备份/2026-10-09.tar.gz --data-dir 新数据",
        "Restore the backup ARCHIVE into an empty data folder (with PostgreSQL, into the empty database that DATABASE_URL names); "
        "it is done only once the ledgers were checked.\n\n"
        "\b\nExample:\n  luoshi restore backups/2026-10-09.tar.gz --data-dir new-data",
    )
)
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help=either("空的或还不存在的数据文件夹。", "Data folder that is empty or missing."),
)
def restore(archive: Path, data_dir: Path) -> None:
    """Restore a backup."""
    from luoshi_web.rights import RuleError
    from luoshi_web.safekeeping.services import unpack_into

    try:
        manifest = unpack_into(archive, data_dir)
    except RuleError as error:
        click.echo(error.describe(reading_language()), err=True)
        sys.exit(2)
    try:
        load_site(data_dir)
        faults = _put_in_place(manifest, data_dir)
    except BaseException:
        shutil.rmtree(data_dir, ignore_errors=True)
        raise
    if faults:
        shutil.rmtree(data_dir, ignore_errors=True)
        for fault in faults:
            click.echo(fault, err=True)
        sys.exit(1)
    say(f"已恢复到 {data_dir}，台账核验无误。", f"Restored into {data_dir}; the ledgers are sound.")
    _tell_heads(manifest)


def _put_in_place(manifest: Manifest, data_dir: Path) -> list[str]:
    """Bring the database into use and check it against the manifest; return what is wrong."""
    from luoshi_web.rights import RuleError
    from luoshi_web.safekeeping import database

    try:
        if manifest.engine != database.engine():
            raise RuleError("W713", {"kept": manifest.engine, "engine": database.engine()})
        copy = data_dir / database.POSTGRESQL
        if copy.exists():
            database.put_back(copy)
            copy.unlink()
    except RuleError as error:
        return [error.describe(reading_language())]
    migrate()
    from django.utils import timezone

    from luoshi_web.ledger.selectors import every_ledger
    from luoshi_web.ledger.services import check
    from luoshi_web.mail.store import doubt_all

    # What waited when the backup was made may have been sent since.
    doubt_all(at=timezone.now())

    checks = [check(row) for row in every_ledger()]
    found = {(one.head.scope, one.head.number, one.head.digest) for one in checks}
    faults = [_in_words(one) for one in checks if one.faults]
    faults += [
        RuleError("W714", {"scope": head.scope, "number": head.number}).describe(reading_language())
        for head in manifest.heads
        if head.number and (head.scope, head.number, head.digest) not in found
    ]
    if faults and manifest.engine != "sqlite":
        database.take_away()
    return faults


@click.command(
    help=either(
        "为已经结束、还没有亮灯的每一天补上亮灯。网站运行时每小时自动做一次。",
        "Give the lights of every day that has ended and has none yet. A running site does so by itself once an hour.",
    )
)
@_data_dir
def lights(data_dir: Path) -> None:
    """Give the lights of past days."""
    load_existing_site(data_dir)
    migrate()
    from luoshi_web.ledger.selectors import every_ledger
    from luoshi_web.supervision.services.daily import catch_up

    for row in every_ledger():
        days = catch_up(row.pk)
        say(f"{row}：补了 {days} 天。", f"{row}: {days} days given.")


@click.command(
    help=either(
        "做后台工作：每日更新、提醒、发邮件。只限 PostgreSQL；网站要设 LUOSHI_BACKGROUND=workers。可以在几台机器上各运行几个，同一件事不会做两遍；"
        "被杀掉后再启动会接着做。\n\n\b\n示例：\n  DATABASE_URL=postgresql://… luoshi work --data-dir data",
        "Do the background work: what a day's end brings, reminders, mails. PostgreSQL only; the site has to be told LUOSHI_BACKGROUND=workers. Several may run on "
        "several machines, nothing is done twice; one that was killed goes on when it is started again.\n\n\b\nExample:\n  DATABASE_URL=postgresql://… luoshi work --data-dir data",
    )
)
@_data_dir
@click.option(
    "--concurrency",
    type=click.IntRange(1, 16),
    default=2,
    show_default=True,
    help=either("同时做几件事。", "How many things are done at a time."),
)
def work(data_dir: Path, concurrency: int) -> None:
    """Do the background work."""
    load_existing_site(data_dir)
    migrate()
    from luoshi_web.background import NoQueueError, run_worker

    try:
        run_worker(concurrency=concurrency)
    except NoQueueError as error:
        stop(f"这里不能运行独立的后台进程：{error}", f"Separate workers cannot run here: {error}")
