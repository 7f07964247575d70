"""Deleting a pack's folder breaks only its own tests: the packages are copied without it, and what is not about it is tested there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(
    path.name for path in (ROOT / "src" / "luoshi" / "packs").iterdir() if (path / "pack.yaml").is_file()
)

KNOWN = """
from luoshi.packs import packs
found = packs()
assert {gone!r} not in found, found
for pack in found.values():
    for procedure in pack.procedures.values():
        assert procedure.stages, procedure.key
print(*sorted(found))
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The domain and its tests, copied once; each test moves one pack aside."""
    base = tmp_path_factory.mktemp("without")
    shutil.copytree(
        ROOT / "src" / "luoshi", base / "src" / "luoshi", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("packs", "unit"):
        shutil.copytree(
            ROOT / "tests" / name,
            base / "tests" / name,
            ignore=shutil.ignore_patterns("__pycache__", "test_deleting.py"),
        )
    shutil.copy(ROOT / "pyproject.toml", base)
    return base


def run(base, *arguments):
    environment = os.environ | {"PYTHONPATH": str(base / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=base, env=environment, capture_output=True, text=True, check=False
    )


def test_there_are_packs():
    assert PACKS == ["approvals", "investment", "projects", "services"]


@pytest.mark.parametrize("gone", PACKS)
def test_without_a_pack_the_others_and_the_registers_go_on(copied, gone):
    folder, aside = copied / "src" / "luoshi" / "packs" / gone, copied / gone
    folder.rename(aside)
    try:
        known = run(copied, "-c", KNOWN.format(gone=gone))
        assert known.returncode == 0, known.stderr
        assert known.stdout.split() == [one for one in PACKS if one != gone]
        others = sorted(
            str(path.relative_to(copied))
            for path in (copied / "tests" / "packs").glob("test_*.py")
            if not path.name.startswith(f"test_{gone}")
        )
        tested = run(
            copied, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *others, "tests/unit/register"
        )
        assert tested.returncode == 0, tested.stdout[-3000:]
        own = run(
            copied, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", f"tests/packs/test_{gone}.py"
        )
        assert own.returncode != 0
    finally:
        aside.rename(folder)
