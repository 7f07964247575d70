"""Settings taken from the environment: declared once, read strictly, never guessed.

A variable that is set but cannot be used stops the start with a sentence that names it.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment that Luoshi reads.

    Attributes:
        name: Name of the variable.
        default: Value when it is not set.
        help: What it does, in one English sentence.
        zh: The same in Chinese.
        secret: Whether its value is never shown.
    """

    name: str
    default: str
    help: str
    zh: str
    secret: bool = False


SETTINGS = (
    Setting(
        "LUOSHI_DATA_DIR",
        "data",
        "Folder that holds the database, the secret key and the files.",
        "存放数据库、密钥和文件的文件夹。",
    ),
    Setting(
        "DATABASE_URL",
        "",
        "postgresql://user:password@host:5432/name; empty for SQLite in the data folder.",
        "postgresql://用户:口令@主机:5432/库名；留空用数据文件夹里的 SQLite。",
        True,
    ),
    Setting(
        "LUOSHI_SECRET_KEY",
        "",
        "Key that signs sessions; empty makes one in the data folder.",
        "给会话签名的密钥；留空则在数据文件夹里自动生成。",
        True,
    ),
    Setting(
        "LUOSHI_SECRET_KEY_FILE",
        "",
        "File that holds the key, instead of the variable.",
        "存放密钥的文件，代替上一项。",
    ),
    Setting(
        "LUOSHI_ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "Host names that the site answers to, with commas.",
        "网站应答的主机名，用逗号隔开。",
    ),
    Setting(
        "LUOSHI_TRUSTED_ORIGINS",
        "",
        "Origins such as https://luoshi.example.cn that a proxy serves, with commas.",
        "代理对外的网址，如 https://luoshi.example.cn，用逗号隔开。",
    ),
    Setting(
        "LUOSHI_TRUSTED_PROXY",
        "",
        "Address of the proxy whose forwarding headers are believed; empty for none.",
        "可信代理的地址，只采信它转来的信息；留空表示没有代理。",
    ),
    Setting(
        "LUOSHI_HTTPS",
        "false",
        "Whether people reach the site by https: cookies become secure, http is redirected.",
        "是否经 https 访问：是则 cookie 只走加密通道，http 自动转到 https。",
    ),
    Setting(
        "LUOSHI_HSTS_SECONDS",
        "0",
        "How long browsers must insist on https; 0 sends no such header.",
        "浏览器坚持用 https 的秒数；0 表示不发送。",
    ),
    Setting(
        "LUOSHI_IDLE_MINUTES",
        "60",
        "Minutes without a request after which a person is signed out.",
        "多少分钟没有操作就自动退出。",
    ),
    Setting(
        "LUOSHI_SESSION_HOURS",
        "12",
        "Hours after which a person signs in again in any case.",
        "登录满多少小时须重新登录。",
    ),
    Setting(
        "LUOSHI_MAX_UPLOAD_MB",
        "20",
        "Largest file that can be uploaded, in megabytes.",
        "上传文件的上限，单位 MB。",
    ),
    Setting(
        "LUOSHI_DEMO",
        "false",
        "Whether demonstration users may sign in; only for a site on loopback.",
        "是否允许演示用户登录；只用于本机演示。",
    ),
    Setting(
        "LUOSHI_PUBLIC",
        "true",
        "Whether everybody may see what was released, at /public/, without signing in.",
        "是否让公众不登录就能在 /public/ 看到已公开的内容。",
    ),
    Setting(
        "LUOSHI_OIDC_ISSUER",
        "",
        "Issuer of the office's OpenID Connect provider, such as https://id.example.cn/realm; empty for passwords alone.",
        "单位统一身份认证（OpenID Connect）的 issuer，如 https://id.example.cn/realm；留空则只用口令。",
    ),
    Setting(
        "LUOSHI_OIDC_CLIENT_ID",
        "",
        "Client that the provider knows this site as.",
        "本网站在统一身份认证登记的客户端编号。",
    ),
    Setting(
        "LUOSHI_OIDC_CLIENT_SECRET",
        "",
        "Secret of that client; empty for a public client.",
        "该客户端的密钥；公共客户端留空。",
        True,
    ),
    Setting(
        "LUOSHI_OIDC_SCOPES",
        "openid profile",
        "Scopes that are asked for, with spaces.",
        "申请的范围，用空格隔开。",
    ),
    Setting(
        "LUOSHI_OIDC_CLAIM",
        "",
        "Claim that holds the user name by which an account is linked at the first sign-in; empty: administrators link accounts.",
        "首次登录时按哪个声明里的用户名关联账号；留空则由系统管理员逐个关联。",
    ),
    Setting(
        "LUOSHI_OIDC_NAME",
        "",
        "Words on the button of the sign-in page; empty for the usual ones.",
        "登录页按钮上的文字；留空用默认的。",
    ),
    Setting(
        "LUOSHI_BACKGROUND",
        "process",
        "Where background work runs: process (the server itself) or workers (luoshi work, PostgreSQL only).",
        "后台工作在哪里做：process（网站进程自己）或 workers（luoshi work，只限 PostgreSQL）。",
    ),
    Setting(
        "LUOSHI_SITE_ADDRESS",
        "",
        "Address of the site for links in mails, such as https://luoshi.example; empty for mails without links.",
        "邮件里链接用的网站地址，如 https://luoshi.example；留空则邮件不带链接。",
    ),
    Setting(
        "LUOSHI_MAIL_HOST",
        "",
        "Mail server (SMTP); empty sends no mails.",
        "邮件服务器（SMTP）；留空不发邮件。",
    ),
    Setting("LUOSHI_MAIL_PORT", "25", "Port of the mail server.", "邮件服务器的端口。"),
    Setting(
        "LUOSHI_MAIL_SECURITY",
        "none",
        "How the mail server is talked to: none, starttls or tls.",
        "与邮件服务器怎样加密：none、starttls 或 tls。",
    ),
    Setting("LUOSHI_MAIL_USER", "", "User at the mail server.", "邮件服务器的用户名。"),
    Setting("LUOSHI_MAIL_PASSWORD", "", "Password at the mail server.", "邮件服务器的口令。", True),
    Setting(
        "LUOSHI_MAIL_FROM",
        "luoshi@localhost",
        "Address that mails come from.",
        "发件人地址。",
    ),
    Setting(
        "LUOSHI_MAIL_PATIENCE",
        "300",
        "Seconds after which a mail that is being sent counts as uncertain; longer than sending can take.",
        "邮件发送多少秒还没有结果就算结果不明；应比发送所需的时间长。",
    ),
    Setting("LUOSHI_THREADS", "8", "Threads of the web server.", "网站服务器的线程数。"),
    Setting(
        "LUOSHI_LOG_LEVEL",
        "INFO",
        "Least level of log lines: DEBUG, INFO, WARNING or ERROR.",
        "日志的最低级别：DEBUG、INFO、WARNING 或 ERROR。",
    ),
)
"""Every variable that the site reads."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def env_text(name: str) -> str:
    """Return the declared variable's value, or its default.

    Raises:
        KeyError: The variable is not declared in `SETTINGS`.
    """
    return os.environ.get(name, _BY_NAME[name].default).strip()


def env_bool(name: str) -> bool:
    """Return a variable as true or false."""
    value = env_text(name).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it can be true or false.")


def env_int(name: str, *, least: int = 0) -> int:
    """Return a variable as a whole number that is at least `least`."""
    value = env_text(name)
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} is {number}; it must be at least {least}.")
    return number


def env_list(name: str) -> list[str]:
    """Return a variable with commas as a list without empty parts."""
    return [part.strip() for part in env_text(name).split(",") if part.strip()]


def env_choice(name: str, choices: tuple[str, ...]) -> str:
    """Return a variable that must be one of `choices`."""
    value = env_text(name)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it can be {', '.join(choices)}.")
    return value


def env_secret(name: str, *, made_in: Path) -> str:
    """Return a secret from the variable, from the file that ``<name>_FILE`` names, or from a file made once.

    Args:
        name: Name of the variable.
        made_in: File that keeps a secret made here, readable by its owner alone.
    """
    value, file_name = env_text(name), env_text(f"{name}_FILE")
    if value and file_name:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if value:
        return value
    if file_name:
        return _read_secret(Path(file_name), f"{name}_FILE")
    if not made_in.exists():
        _make_secret(made_in)
    return _read_secret(made_in, str(made_in))


def _read_secret(path: Path, named: str) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{named}: {path} cannot be read ({error.strerror}).") from None
    if len(value) < 32:
        raise ImproperlyConfigured(f"{named}: {path} holds fewer than 32 characters; a secret needs more.")
    return value


def _make_secret(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    try:
        # A link is made whole or not at all, so that two starts at once agree on one key.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def database_from(url: str, *, data_dir: Path) -> dict[str, object]:
    """Return Django's description of the database that `url` names; SQLite in the data folder when it is empty.

    Example:
        >>> database_from("postgresql://ann:p%40ss@db:5433/luoshi", data_dir=Path("data"))["PASSWORD"]
        'p@ss'
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data_dir / "luoshi.sqlite3"),
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://, or be empty for SQLite.")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://user@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def oidc_from_environment() -> dict[str, str] | None:
    """Return how people sign in through the office's identity provider; None where they do not.

    Raises:
        ImproperlyConfigured: The client is missing, or the packages that it needs are not installed.
    """
    issuer = env_text("LUOSHI_OIDC_ISSUER")
    if not issuer:
        return None
    client = env_text("LUOSHI_OIDC_CLIENT_ID")
    if not client:
        raise ImproperlyConfigured("LUOSHI_OIDC_ISSUER is set, so LUOSHI_OIDC_CLIENT_ID must be set too.")
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise ImproperlyConfigured(
            "LUOSHI_OIDC_ISSUER is set, but the packages for it are missing: pip install 'luoshi[oidc]'."
        )
    return {
        "issuer": issuer,
        "client_id": client,
        "client_secret": env_text("LUOSHI_OIDC_CLIENT_SECRET"),
        "scopes": env_text("LUOSHI_OIDC_SCOPES"),
        "claim": env_text("LUOSHI_OIDC_CLAIM"),
        "name": env_text("LUOSHI_OIDC_NAME"),
    }
