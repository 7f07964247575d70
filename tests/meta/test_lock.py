"""The lock file pins everything that pyproject.toml asks for, by hash."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        lines += extra
    for group in project["dependency-groups"].values():
        lines += [line for line in group if isinstance(line, str)]
    return {plain(re.match(r"[A-Za-z0-9_.-]+", line)[0]) for line in lines}


def test_every_dependency_is_pinned():
    pinned = {plain(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK, re.MULTILINE)}
    assert wanted() <= pinned


def test_every_pin_has_a_hash():
    for block in re.split(r"\n(?=[a-z0-9])", LOCK.split("# section: domain\n", 1)[1]):
        if "==" in block:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_no_address_is_pinned():
    assert "://" not in LOCK
