"""`luoshi up`: from a report to a running site (启动网站)."""

from __future__ import annotations

import ipaddress
import json
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi_cli.site import load_site, migrate, say, stop
from luoshi_cli.speech import either, reading_language

if TYPE_CHECKING:
    from luoshi_web.plans.models import Import, PlanYear

_FIRST_PORT = 8000
_PORTS_TRIED = 20
_POLL_SECONDS = 0.15
_LARGEST = 20 * 1024 * 1024


@click.command(
    short_help=either("编译报告并启动网站。", "Compile a report and serve the site."),
    help=either(
        "编译 REPORT（txt、html、docx、pdf；不写则用自带的示例）并启动网站。再次运行很快，已有的内容不会丢失。\n\n"
        "\b\n示例：\n  luoshi up\n  luoshi up 报告.docx --port 8080\n  luoshi up --host 0.0.0.0 --no-demo --data-dir /srv/luoshi",
        "Compile REPORT (txt, html, docx or pdf; the bundled example without one) and serve the site. Running it again is quick "
        "and loses nothing.\n\n"
        "\b\nExamples:\n  luoshi up\n  luoshi up report.docx --port 8080\n  luoshi up --host 0.0.0.0 --no-demo --data-dir /srv/luoshi",
    ),
)
@click.argument("report", required=False, type=click.Path(path_type=Path))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=either("监听地址。", "Address to listen on.")
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=either("端口；不写则用 8000 或其后第一个空闲的。", "Port; 8000 or the next free one when left out."),
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="LUOSHI_DATA_DIR",
    default=Path("data"),
    show_default=True,
    help=either("数据文件夹：数据库、密钥和文件。", "Folder of database, secret key and files."),
)
@click.option(
    "--no-demo", is_flag=True, help=either("不建演示用户，不放示例。", "No demonstration users, no example.")
)
@click.option(
    "--draft-only",
    is_flag=True,
    help=either(
        "示例只编译为待审阅的草案，不填模拟年度。",
        "Leave the example a draft to be reviewed, without its simulated year.",
    ),
)
@click.option(
    "--place",
    default="",
    help=either("报告的地区（文中看不出时）。", "Place of the report, where the text does not tell."),
)
@click.option(
    "--year",
    type=click.IntRange(1949, 2100),
    help=either("计划年度（文中看不出时）。", "Year of the plan, likewise."),
)
@click.option(
    "--force",
    is_flag=True,
    help=either(
        "文件不像工作报告也照样导入。", "Import the file although it does not look like a work report."
    ),
)
def up(
    report: Path | None,
    host: str,
    port: int | None,
    data_dir: Path,
    no_demo: bool,
    draft_only: bool,
    place: str,
    year: int | None,
    force: bool,
) -> None:
    """Compile a report and serve the site."""
    data = _checked(report, place=place, year=year, force=force) if report is not None else None
    is_loopback = _is_loopback(host)
    with_demo = is_loopback and not no_demo
    _set_up(data_dir, host, with_demo=with_demo)
    say("［1］数据库 …", "[1] Database …")
    _migrate()
    say("［2］报告 …", "[2] Report …")
    plan_year = _with_report(report, data, with_demo=with_demo, place=place, year=year, force=force)
    if report is None and plan_year is not None and not draft_only:
        _fill_with_simulated_year(plan_year)
    if with_demo:
        _show_demo_users(data_dir, plan_year)
    elif not is_loopback or no_demo:
        _ask_for_administrators()
    running = _running_site(data_dir)
    if running:
        say(f"网站已在运行：{running}", f"The site is running already: {running}")
        return
    _serve(host, port, data_dir, plan_year)


def _checked(report: Path, *, place: str, year: int | None, force: bool) -> bytes:
    """Return the report's bytes, read and compiled once on trial, so that a bad file leaves nothing behind."""
    from luoshi.compiler import pipeline
    from luoshi.compiler.source import document, read_limited
    from luoshi.kernel.errors import UnreadableError
    from luoshi.plan.model import Place

    try:
        delivered = read_limited(report, name=report.name)
        source = document(delivered, name=report.name)
        plan = pipeline.compile_report(
            source, place=Place(name=place) if place else None, year=year, force=force
        )
    except UnreadableError as error:
        click.echo(error.describe(reading_language()), err=True)
        sys.exit(2)
    if not plan.place.name or not plan.year:
        stop(
            f"“{report.name}”里没有读出明确的地方或年度。请写明，例如：--place 某某市 --year 2026。",
            f"“{report.name}” does not tell for certain its place or year. Name them, such as: --place 某某市 --year 2026.",
        )
    return report.read_bytes()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _set_up(data_dir: Path, host: str, *, with_demo: bool) -> None:
    """Tell the site by its variables what was asked for, and load it."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        stop(
            f"数据文件夹 {data_dir} 不能建立：{error.strerror}。请用 --data-dir 换一个。",
            f"The data folder {data_dir} cannot be made: {error.strerror}. Name another with --data-dir.",
        )
    os.environ["LUOSHI_DEMO"] = "true" if with_demo else "false"
    if not _is_loopback(host):
        os.environ.setdefault("LUOSHI_ALLOWED_HOSTS", ",".join(_own_names(host)))
    load_site(data_dir)


def _own_names(host: str) -> list[str]:
    """Return the names and addresses by which this machine may be asked for."""
    names = {"localhost", "127.0.0.1", "[::1]", socket.gethostname(), socket.getfqdn()}
    if host in {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened on
        with suppress(OSError):
            names |= {str(row[4][0]) for row in socket.getaddrinfo(socket.gethostname(), None)}
    else:
        names.add(host)
    return sorted(f"[{name}]" if ":" in name and not name.startswith("[") else name for name in names)


def _migrate() -> None:
    migrate()
    from luoshi_web.plans.services import mark_interrupted_imports

    mark_interrupted_imports()


def _with_report(
    report: Path | None, data: bytes | None, *, with_demo: bool, place: str, year: int | None, force: bool
) -> PlanYear | None:
    """Import the report, or the example, unless it is there; return its plan-year."""
    if report is None or data is None:
        if not with_demo:
            return None
        from luoshi import examples

        name, data = examples.NAME, examples.path().read_bytes()
    else:
        name = report.name
    from luoshi_web.plans.selectors import plan_year_with_file

    there = plan_year_with_file(data)
    if there is not None:
        say(f"  {name} 已在“{there}”里，不再导入。", f"  {name} is in “{there}” already.")
        return there
    return _import(name, data, place=place, year=year, force=force)


def _import(name: str, data: bytes, *, place: str, year: int | None, force: bool) -> PlanYear | None:
    from luoshi_web.plans.models import ImportState
    from luoshi_web.plans.services import start_import
    from luoshi_web.rights import machine

    job = start_import(
        machine("luoshi up"), name=name, data=data, place=place, year=year, even_if_no_report=force
    )
    _wait_for(job)
    match ImportState(job.state):
        case ImportState.DONE:
            say(
                f"  {name} 已编译为“{job.plan_year}”的草案。",
                f"  {name} is compiled into the draft of “{job.plan_year}”.",
            )
            return job.plan_year
        case ImportState.ASKING:
            # The person answers on the site, where he sees what differs; nothing is overwritten meanwhile.
            say(
                f"  {_sentence(job)}请在网站“导入报告”页作答。",
                f"  {_sentence(job)} Answer on the site's page of imports.",
            )
            return job.plan_year
        case _:
            click.echo(_sentence(job), err=True)
            sys.exit(2)


def _fill_with_simulated_year(plan_year: PlanYear) -> None:
    """Give the example, while nobody has touched it, a simulated year; all of it or nothing."""
    from luoshi_web.plans.selectors import draft_and_revision, highest_version

    found = draft_and_revision(plan_year.pk)
    if found is None or found[1] != 1 or highest_version(plan_year.pk):
        return
    from luoshi_web.simulation.year import STANDS_AT, simulate

    with click.progressbar(
        length=100, label=either("  模拟年度", "  simulated year"), file=sys.stderr
    ) as bar:
        shown = 0

        def tell(share: float) -> None:
            nonlocal shown
            bar.update(round(100 * share) - shown)
            shown = round(100 * share)

        simulate(plan_year, told=tell)
    say(
        f"  已用模拟数据填到 {STANDS_AT}（处处标明“模拟数据”）。",
        f"  Filled with simulated data up to {STANDS_AT} (marked as such everywhere).",
    )


def _sentence(job: Import) -> str:
    from luoshi.kernel.message import text_of

    return text_of(
        job.message, {key: str(value) for key, value in job.parameters.items()}, reading_language()
    )


def _wait_for(job: Import) -> None:
    from luoshi_web.plans.models import ImportState

    with click.progressbar(length=100, label="  " + job.file.name, file=sys.stderr) as bar:
        shown = 0
        while ImportState(job.state).is_under_way:
            time.sleep(_POLL_SECONDS)
            job.refresh_from_db()
            share = round(100 * job.progress)
            bar.update(max(0, share - shown))
            shown = max(shown, share)
        bar.update(100 - shown)


def _show_demo_users(data_dir: Path, plan_year: PlanYear | None) -> None:
    """Make the demonstration users once and keep their passwords where only the owner reads them."""
    from luoshi_web.accounts.services import create_demo_users
    from luoshi_web.plans.selectors import leading_unit_of

    kept = data_dir / "demo-users.json"
    if kept.exists():
        people = json.loads(kept.read_text(encoding="utf-8"))
    else:
        unit = leading_unit_of(plan_year.pk) if plan_year is not None else ""
        made = create_demo_users(plan_year.pk if plan_year else None, **({"unit": unit} if unit else {}))
        people = [
            {"name": one.username, "password": one.password, "zh": one.role.zh, "en": one.role.en}
            for one in made
        ]
        with _owner_only(kept) as file:
            json.dump(people, file, ensure_ascii=False, indent=1)
    say(
        "［3］演示用户（仅限本机，口令随机生成）：",
        "[3] Demonstration users (this machine only; random passwords):",
    )
    for one in people:
        click.echo(f"  {one['name']:<18}{one['password']:<22}{one[reading_language()]}")


@contextmanager
def _owner_only(path: Path) -> Iterator[Any]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        yield file


def _ask_for_administrators() -> None:
    """Have the first holders of the three administrations named, three people."""
    from django.core.exceptions import ValidationError

    from luoshi_web.accounts.selectors import is_role_held
    from luoshi_web.accounts.services import create_first_administrator
    from luoshi_web.frame.clock import today
    from luoshi_web.rights import Role, RuleError

    wanted = [
        role
        for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)
        if not is_role_held(role, day=today())
    ]
    if not wanted:
        return
    if not sys.stdin.isatty():
        say(
            "［3］还没有管理员。请在终端里再运行一次，或用 luoshi administrator 建立。",
            "[3] There is no administrator yet. Run this once in a terminal, or use luoshi administrator.",
        )
        return
    say(
        "［3］首次启动，请指定三类管理员（由三个人分别担任）：",
        "[3] First start: name the three administrators (three people):",
    )
    for role in wanted:
        while True:
            username = click.prompt("  " + either(f"{role.zh}的用户名", f"user name of the {role.en}"))
            try:
                password = create_first_administrator(role, username=username, display_name=username)
            except (RuleError, ValidationError) as error:
                text = (
                    error.describe(reading_language())
                    if isinstance(error, RuleError)
                    else "; ".join(error.messages)
                )
                click.echo("  " + text, err=True)
                continue
            say(
                f"  {username} 的口令：{password}（首次登录须修改）",
                f"  password of {username}: {password} (to be changed at the first sign-in)",
            )
            break


def _running_site(data_dir: Path) -> str:
    """Return the address of the site that serves this data folder, or ""."""
    note = data_dir / "site.json"
    try:
        address = str(json.loads(note.read_text(encoding="utf-8"))["address"])
        with closing(urllib.request.urlopen(f"{address}health/", timeout=2)) as answer:  # noqa: S310 -- our own note
            return address if answer.read(3) == b"ok\n" else ""
    except (OSError, ValueError, KeyError):
        return ""


def _free_port(host: str, port: int | None) -> int:
    tried = [port] if port else list(range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for one in tried:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host.strip("[]"), one))
            except OSError:
                continue
            return one
    stop(
        f"端口 {tried[0]} 已被占用或不可用。请用 --port 换一个。"
        if port
        else f"{tried[0]}–{tried[-1]} 没有空闲端口。请用 --port 指定一个。",
        f"Port {tried[0]} is taken or may not be used. Name another with --port."
        if port
        else f"No port from {tried[0]} to {tried[-1]} is free. Name one with --port.",
    )
    raise AssertionError


def _serve(host: str, port: int | None, data_dir: Path, plan_year: PlanYear | None) -> None:
    from luoshi_web.server import serve

    note = data_dir / "site.json"

    def ready(address: str) -> None:
        shown = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
        with _owner_only(note) as file:
            json.dump({"address": shown, "process": os.getpid()}, file)
        where = f"{shown}plans/{plan_year.pk}/" if plan_year is not None else shown
        say(
            f"\n网站已启动：{where}\n按 Ctrl-C 停止。",
            f"\nThe site is running: {where}\nPress Ctrl-C to stop.",
        )

    # A service manager ends the site with a signal; the note about it must go then as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve(host, _free_port(host, port), ready=ready)
    except KeyboardInterrupt:
        pass
    finally:
        note.unlink(missing_ok=True)
        say("已停止。", "Stopped.")
