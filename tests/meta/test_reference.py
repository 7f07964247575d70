"""The reference pages are what the code says."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
GENERATE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(GENERATE)


@pytest.mark.parametrize("name", sorted(GENERATE.PAGES))
def test_page_is_what_the_code_says(name):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == GENERATE.PAGES[name](), "run .venv/bin/python docs/generate.py"


def markdown_files():
    return [
        path
        for path in ROOT.rglob("*.md")
        if not {".venv", "build", "node_modules", "data"} & set(path.relative_to(ROOT).parts)
    ]


@pytest.mark.parametrize("path", markdown_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
