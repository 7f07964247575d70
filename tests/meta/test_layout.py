"""The house inspects itself: folders, arrows and words are what the documents say."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "src" / "luoshi"
PACKAGES = ("luoshi", "luoshi_web", "luoshi_cli")


def python_files():
    return [
        path
        for name in PACKAGES
        for path in sorted((ROOT / "src" / name).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_architecture_names_every_folder_of_the_domain_and_no_other():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`src/luoshi/(\w+)/`", text))
    there = {path.name for path in DOMAIN.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert named == there


def test_architecture_names_every_pass_of_the_compiler():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`compiler/(\w+)`", text))
    there = {path.stem for path in (DOMAIN / "compiler").iterdir() if not path.name.startswith("_")}
    assert named == there


def test_architecture_names_every_room_of_the_site():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`src/luoshi_web/(\w+)/`", text))
    there = {path.parent.name for path in (ROOT / "src" / "luoshi_web").glob("*/__init__.py")}
    assert named == there


def test_every_domain_module_can_be_imported_while_django_cannot():
    modules = [
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for name in ("luoshi", "luoshi_cli")
        for path in sorted((ROOT / "src" / name).rglob("*.py"))
        if path.stem != "__main__"
    ]
    code = "import sys, importlib\nsys.modules['django'] = None\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", code, *modules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rows_are_reached_in_store_and_selectors_only():
    offenders = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src" / "luoshi_web").rglob("*.py")
        if path.stem not in {"store", "selectors"} and "migrations" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\b[A-Z]\w+\.objects\b", line)
    ]
    assert offenders == []


@pytest.mark.parametrize(
    "forbidden", [{"utils", "helpers", "common", "misc", "manager", "handler", "base", "util"}]
)
def test_no_module_is_a_catch_all(forbidden):
    assert [str(path.relative_to(ROOT)) for path in python_files() if path.stem in forbidden] == []


def test_identifiers_use_the_glossary_words():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = [
        line.strip("|").split("|")
        for line in glossary.splitlines()
        if line.startswith("|") and "---" not in line
    ]
    forbidden = {
        word.strip() for row in rows[1:] if len(row) == 4 for word in row[3].split(",") if word.strip()
    }
    assert len(forbidden) >= 10
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names = [node.name]
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names = [node.id]
            elif isinstance(node, ast.arg):
                names = [node.arg]
            for name in names:
                words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
                if words & forbidden or name in forbidden:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert found == []


def test_nothing_names_a_machine_or_a_registry():
    # The patterns are put together here so that this file does not contain what it looks for.
    patterns = [
        r"(^|[^A-Za-z0-9_.])/" + "work" + "/",
        r"/" + "home/[a-z]+/",
        "py" + "pi\\.org",
        "python" + "hosted",
        r"cdn\.",
        "un" + "pkg",
        "jsdel" + "ivr",
    ]
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".mo", ".pdf", ".docx", ".xlsx", ".npz", ".bin", ".jpg"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [
            f"{path.relative_to(ROOT)}: {pattern}"
            for pattern in patterns
            if re.search(pattern, text, re.MULTILINE)
        ]
    assert found == []


def test_nothing_is_left_unfinished():
    marks = ["TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error"]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(re.search(rf"\b{mark}\b", line) for mark in marks)
    ]
    assert found == []
