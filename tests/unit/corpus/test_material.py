"""What sources name, and what is known of each report."""

from pathlib import Path

import pytest
from small_reports import folder_of, write_texts

from luoshi.corpus.fault import CorpusError
from luoshi.corpus.material import Material, count, materials


def labels(*sources: Path | str) -> list[str]:
    return [material.label for material in materials([str(source) for source in sources])]


def test_a_folder_gives_its_reports_in_order_and_leaves_the_rest(tmp_path: Path) -> None:
    folder_of(tmp_path / "reports" / "b", second="二")
    folder_of(tmp_path / "reports" / "a", first="一")
    folder_of(tmp_path / "reports" / ".hidden", third="三")
    (tmp_path / "reports" / "notes.md").write_text("不是报告", encoding="utf-8")
    (tmp_path / "reports" / "PAGE.HTML").write_text("<p>网页</p>", encoding="utf-8")
    assert labels(tmp_path / "reports") == ["PAGE.HTML", "a/first.txt", "b/second.txt"]


def test_a_file_named_by_itself_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    note = tmp_path / "report.md"
    note.write_text("文字", encoding="utf-8")
    (material,) = materials([str(note)])
    assert (material.label, material.name, material.content) == (
        note.as_posix(),
        "report.md",
        "文字".encode(),
    )


def test_a_pattern_gives_the_files_that_it_matches(tmp_path: Path) -> None:
    folder_of(tmp_path / "x", r2025="一", r2026="二")
    folder_of(tmp_path / "y", r2026="三")
    found = labels(str(tmp_path / "**" / "r2026.txt"))
    assert found == [(tmp_path / folder / "r2026.txt").as_posix() for folder in ("x", "y")]


def test_reports_of_the_same_name_stay_apart(tmp_path: Path) -> None:
    one, other = folder_of(tmp_path / "one", r="一"), folder_of(tmp_path / "other", r="二")
    assert labels(one, other) == ["r.txt", "r.txt#2"]


def test_a_table_of_texts_says_what_it_knows(tmp_path: Path) -> None:
    table = write_texts(
        tmp_path / "texts.parquet",
        path=["city/2026_云川市.txt", None],
        place=["云川市", None],
        level=["city", None],
        year=["2026", "约2026"],
        text=["文字", None],
    )
    known, nameless = materials([str(table)])
    assert known == Material("city/2026_云川市.txt", "2026_云川市.txt", "文字", "云川市", "city", "", 2026)
    assert nameless == Material(f"{table.as_posix()}:2", "texts.parquet:2", "", "", "", "", None)


def test_a_table_needs_texts_alone(tmp_path: Path) -> None:
    table = write_texts(tmp_path / "texts.parquet", text=["一", "二"])
    assert [material.content for material in materials([str(table)])] == ["一", "二"]


def test_the_count_is_that_of_the_materials(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "reports", a="一", b="二", c="三")
    table = write_texts(tmp_path / "texts.parquet", text=["四", "五"])
    assert count([str(folder), str(table)]) == 5


@pytest.mark.parametrize("source", ["nowhere", "nowhere/*.txt", "empty"])
def test_a_source_that_names_nothing_is_refused(tmp_path: Path, source: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError) as refused:
        count([str(tmp_path / source)])
    assert refused.value.code == "X002"


def test_a_table_without_texts_is_refused_with_its_columns(tmp_path: Path) -> None:
    table = write_texts(tmp_path / "other.parquet", place=["云川市"], body=["文字"])
    with pytest.raises(CorpusError) as refused:
        count([str(table)])
    assert refused.value.code == "X003"
    assert refused.value.parameters["columns"] == "place、body"


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.parquet").write_text("文字", encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        count([str(tmp_path / "other.parquet")])
    assert refused.value.code == "X003"


BASE = Material("a", "a", "文字")


@pytest.mark.parametrize(
    "changed",
    [
        Material("b", "a", "文字"),
        Material("a", "b", "文字"),
        Material("a", "a", "文字。"),
        Material("a", "a", "文字".encode()),
        Material("a", "a", "文字", "云川市"),
        Material("a", "a", "文字", year=2026),
    ],
)
def test_the_key_changes_with_all_that_the_result_depends_on(changed: Material) -> None:
    assert changed.key != BASE.key


def test_the_key_is_the_same_for_the_same_report() -> None:
    assert Material("a", "a", "文字").key == BASE.key
