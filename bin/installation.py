"""What bin/up, bin/test, bin/bundle and bin/lock share: the private environment and the lock file.

Standard library only; it runs before anything is installed, on Python 3.11 and later.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
WHEELS = ROOT / "wheels"
SITE_SECTIONS = ("domain", "site", "postgres", "oidc", "build")
OLDEST = (3, 11)


class SetupError(Exception):
    """Something outside Luoshi is missing; the text says what and what helps."""


def say(chinese, english):
    """Print one line in the reader's language."""
    print(chinese if speaks_chinese() else english, flush=True)


def speaks_chinese():
    """Whether messages are shown in Chinese: the locale says so, or LUOSHI_LANG does."""
    wanted = os.environ.get("LUOSHI_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return wanted.lower().startswith("zh")


def either(chinese, english):
    return chinese if speaks_chinese() else english


def require_python():
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(
            either(
                f"需要 Python 3.11 或更新版本，现在是 {found}。请安装新版 Python 后再运行。",
                f"Python 3.11 or later is needed; this is {found}. Install a newer Python and run this again.",
            )
        )


def python_of(environment):
    """Path of the interpreter inside a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def script_of(environment, name):
    """Path of an installed command inside a virtual environment."""
    return environment / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def entries_of(text):
    """Split requirement lines into (first line without its continuation mark, whole entry)."""
    entries = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        lines = [line for line in block.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if lines:
            entries.append((lines[0].rstrip("\\ "), "\n".join(lines)))
    return entries


def sections():
    """Return the lock file's entries by section."""
    parts = re.split(r"^# section: (\S+)$", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: entries_of(body) for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def all_entries():
    return [entry for entries in sections().values() for entry in entries]


def make_environment(folder):
    """Make a virtual environment, or say in one sentence what is missing."""
    if python_of(folder).exists():
        return
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            either(
                f"这个 Python 不带 venv，无法建立私有环境。Debian/Ubuntu 请先运行：sudo apt install python{version}-venv，然后重试。",
                f"This Python comes without venv, so no private environment can be made. On Debian or Ubuntu run "
                f"`sudo apt install python{version}-venv`, then try again.",
            )
        ) from None
    done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)
    if done.returncode:
        detail = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise SetupError(
            either(
                f"无法在 {folder} 建立私有环境：{''.join(detail)}",
                f"No private environment could be made in {folder}: {''.join(detail)}",
            )
        )


def install(environment, wanted, *, wheels=None):
    """Install sections of the lock into an environment, and Luoshi itself as the code that lies here.

    Does nothing when the environment already holds exactly these pins. Wheels come from `wheels` (a folder made
    by bin/bundle) where given, else from the package index that pip is set up for.
    """
    held = sections()
    entries = [entry for name in wanted for entry in held[name]]
    project = (ROOT / "pyproject.toml").read_bytes()
    stamp_file = environment / "luoshi-installed.json"
    stamp = {
        "pins": hashlib.sha256("\n".join(whole for _, whole in entries).encode()).hexdigest(),
        "project": hashlib.sha256(project).hexdigest(),
        "root": str(ROOT),
        "python": sys.version,
    }
    if stamp_file.exists() and json.loads(stamp_file.read_text(encoding="utf-8")) == stamp:
        return False
    stamp_file.unlink(missing_ok=True)
    source = ["--no-index", "--find-links", str(wheels)] if wheels else []
    pip = [str(python_of(environment)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text("\n".join(whole for _, whole in entries) + "\n", encoding="utf-8")
        _run_pip(
            [
                *pip,
                "install",
                "--no-deps",
                "--require-hashes",
                "--only-binary",
                ":all:",
                *source,
                "-r",
                str(pins),
            ],
            total=len(entries),
        )
    _run_pip(
        [*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)], total=0
    )
    stamp_file.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return True


def _run_pip(command, *, total):
    started, done, tail = time.monotonic(), 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        for line in pip.stdout:
            tail = [*tail[-20:], line.rstrip()]
            if total and line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
                done += 1
                _show(
                    f"  {done}/{total} {re.split(r'[=<> ]', line.split(': ' if ': ' in line else ' ', 1)[-1].strip())[0]}"
                )
            elif total and line.startswith("Installing collected packages"):
                _show(either(f"  正在安装 {done} 个包 …", f"  installing {done} packages …"))
    _show("")
    if pip.returncode:
        raise SetupError(
            either("依赖安装失败：", "Installing the dependencies failed:")
            + "\n"
            + "\n".join(tail[-8:])
            + "\n"
            + either(
                "请检查网络或软件源；内网可先在能上网的机器上运行 bin/bundle，再把 wheels 文件夹放到这里。再次运行会接着做。",
                "Check the network or the package index; for an intranet run bin/bundle on a connected machine and put its "
                "`wheels` folder here. Running this again goes on from where it stopped.",
            )
        )
    if total:
        seconds = time.monotonic() - started
        say(f"  {done} 个包，用时 {seconds:.0f} 秒", f"  {done} packages in {seconds:.0f} s")


def _show(text):
    if sys.stdout.isatty():
        print("\r\x1b[K" + text, end="", flush=True)
