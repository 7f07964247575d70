"""Compiling a corpus: what the tables hold, what is kept, and what a bad report does."""

from pathlib import Path

import docx
import pytest
from small_reports import Watched, folder_of, rows, schools, text_of, write_texts

from luoshi.corpus import portion, run
from luoshi.corpus.fault import CorpusError
from luoshi.corpus.run import Summary, compile_corpus
from luoshi.corpus.table import NAMES


def compiled(source: Path, out: Path, engine: Watched | None = None, *, again: bool = False) -> Summary:
    return compile_corpus([str(source)], out, engine=engine or Watched(), again=again)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "reports", a=text_of(schools=3), b=text_of(schools=4), c=text_of(schools=5))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send and store every report by itself."""
    monkeypatch.setattr(portion, "_COUNT", 1)
    monkeypatch.setattr("luoshi.corpus.store._REPORTS_A_PART", 1)
    monkeypatch.setattr(run, "_AHEAD", 1)


def test_each_report_gives_its_rows(source: Path, out: Path) -> None:
    assert compiled(source, out) == Summary(kept=0, compiled=3, failed=0)
    assert schools(out) == {"a.txt": 3, "b.txt": 4, "c.txt": 5}
    assert [row["report"] for row in rows(out, "reports")] == ["a.txt", "b.txt", "c.txt"]
    assert {row["place"] for row in rows(out, "projects")} == {"云川市"}
    assert [(row["value"], row["unit"]) for row in rows(out, "claims")] == [(12, "个")] * 3
    counted = [
        sum(row["report"] == "a.txt" for row in rows(out, name)) for name in ("targets", "claims", "projects")
    ]
    assert [rows(out, "reports")[0][name] for name in ("targets", "claims", "projects")] == counted


def test_the_folder_holds_the_tables_and_their_description_alone(source: Path, out: Path) -> None:
    compiled(source, out)
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["datapackage.json", *(f"{name}.parquet" for name in NAMES)]
    )


def test_offsets_count_in_the_text_of_the_table(tmp_path: Path, out: Path) -> None:
    text = text_of(place="天门市")
    table = write_texts(
        tmp_path / "texts.parquet", path=["r"], place=["天门市"], level=["city"], year=["2024"], text=[text]
    )
    compiled(table, out)
    found = rows(out, "targets")
    assert {(row["place"], row["code"], row["level"], row["year"]) for row in found} == {
        ("天门市", "429006", "city", 2024)
    }
    assert all(text[row["start"] : row["end"]] == row["text"] for row in found)


def test_pages_and_documents_are_read_like_texts(tmp_path: Path, out: Path) -> None:
    folder = folder_of(tmp_path / "mixed")
    lines = text_of(schools=7).splitlines()
    body = "".join(f"<p>{line}</p>" for line in lines)
    (folder / "page.html").write_text(f"<html><body><div>{body}</div></body></html>", encoding="utf-8")
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    word.save(str(folder / "word.docx"))
    (folder / "old.txt").write_bytes(text_of(schools=8).encode("gb18030"))
    compiled(folder, out)
    assert [row["error"] for row in rows(out, "reports")] == ["", "", ""]
    assert schools(out) == {"old.txt": 8, "page.html": 7, "word.docx": 7}
    assert [row["medium"] for row in rows(out, "reports")] == ["txt", "html", "docx"]


def test_a_bad_report_is_a_row_with_its_error(source: Path, out: Path) -> None:
    (source / "ab.txt").write_bytes(b"")
    (source / "ac.txt").write_bytes(bytes(range(256)) * 40)
    (source / "ad.txt").write_text("今天天气很好。", encoding="utf-8")
    assert compiled(source, out) == Summary(kept=0, compiled=6, failed=3)
    errors = {row["report"]: row["error"] for row in rows(out, "reports")}
    assert errors == {
        "a.txt": "",
        "ab.txt": "C106",
        "ac.txt": "C113",
        "ad.txt": "C001",
        "b.txt": "",
        "c.txt": "",
    }
    assert all(row["error_text"] for row in rows(out, "reports") if row["error"])
    assert schools(out) == {"a.txt": 3, "b.txt": 4, "c.txt": 5}


def test_half_a_report_keeps_its_past_results_and_is_marked(source: Path, out: Path) -> None:
    (source / "half.txt").write_text(text_of().partition("二、")[0], encoding="utf-8")
    assert compiled(source, out).failed == 1
    half = rows(out, "reports")[-1]
    assert (half["report"], half["error"], half["commitments"], half["targets"]) == ("half.txt", "C001", 0, 0)
    assert [row["number"] for row in rows(out, "claims") if row["report"] == "half.txt"] == ["12个"]
    assert half["claims"] == 1


def test_a_fault_of_the_program_is_a_row_with_its_place(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(material: portion.Material) -> dict[str, list[portion.Row]]:
        if material.label == "b.txt":
            raise ZeroDivisionError
        return compile_one(material)

    compile_one = portion._compile
    monkeypatch.setattr(portion, "_compile", broken)
    assert compiled(source, out).failed == 1
    (row,) = [row for row in rows(out, "reports") if row["error"]]
    assert (row["report"], row["error"]) == ("b.txt", "X010")
    assert "ZeroDivisionError" in row["error_text"]
    assert "test_run.py:" in row["error_text"]


def test_what_was_compiled_is_kept(source: Path, out: Path) -> None:
    compiled(source, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    engine = Watched()
    assert compiled(source, out, engine) == Summary(kept=3, compiled=0, failed=0)
    assert engine.compiled == []
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_only_what_changed_is_compiled(source: Path, out: Path) -> None:
    compiled(source, out)
    folder_of(source, b=text_of(schools=9), d=text_of(schools=6))
    (source / "c.txt").unlink()
    engine = Watched()
    assert compiled(source, out, engine) == Summary(kept=1, compiled=2, failed=0)
    assert engine.compiled == ["b.txt", "d.txt"]
    assert schools(out) == {"a.txt": 3, "b.txt": 9, "d.txt": 6}


def test_everything_is_compiled_again_when_asked(source: Path, out: Path) -> None:
    compiled(source, out)
    assert compiled(source, out, again=True) == Summary(kept=0, compiled=3, failed=0)
    assert schools(out) == {"a.txt": 3, "b.txt": 4, "c.txt": 5}


def test_another_version_compiles_everything_again(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(source, out)
    monkeypatch.setattr("luoshi.__version__", "99.0")
    assert compiled(source, out).compiled == 3


@pytest.mark.usefixtures("one_by_one")
def test_an_interrupted_run_goes_on_and_ends_as_if_it_had_not_been(
    source: Path, out: Path, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        compiled(source, out, Watched(stops_at=2))
    assert not (out / "reports.parquet").exists()
    engine = Watched()
    assert compiled(source, out, engine) == Summary(kept=2, compiled=1, failed=0)
    assert engine.compiled == ["c.txt"]
    compiled(source, tmp_path / "at once")
    for name in NAMES:
        assert rows(out, name) == rows(tmp_path / "at once", name)


@pytest.mark.usefixtures("one_by_one")
def test_a_part_that_was_not_finished_is_left_out(source: Path, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        compiled(source, out, Watched(stops_at=1))
    (out / "parts" / "new").mkdir()
    (out / "parts" / "new" / "targets.parquet").write_bytes(b"PAR1")
    assert compiled(source, out) == Summary(kept=1, compiled=2, failed=0)
    assert schools(out) == {"a.txt": 3, "b.txt": 4, "c.txt": 5}


def test_a_report_that_kills_its_worker_is_alone_in_being_lost(source: Path, out: Path) -> None:
    assert compiled(source, out, Watched(deadly="b.txt")) == Summary(kept=0, compiled=3, failed=1)
    assert schools(out) == {"a.txt": 3, "c.txt": 5}
    assert [row["error"] for row in rows(out, "reports")] == ["", "X011", ""]


def test_a_lost_report_is_tried_again(source: Path, out: Path) -> None:
    compiled(source, out, Watched(deadly="b.txt"))
    engine = Watched()
    assert compiled(source, out, engine) == Summary(kept=2, compiled=1, failed=0)
    assert engine.compiled == ["b.txt"]
    assert schools(out) == {"a.txt": 3, "b.txt": 4, "c.txt": 5}
    assert [row["error"] for row in rows(out, "reports")] == [""] * 3


def test_progress_is_told_up_to_the_last_report(source: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []
    compile_corpus(
        [str(source)], out, engine=Watched(), progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (3, 3)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_folder_with_other_things_is_refused_and_left_as_it_is(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.docx").write_bytes(b"x")
    with pytest.raises(CorpusError) as refused:
        compiled(source, home)
    assert refused.value.code == "X004"
    assert [path.name for path in home.iterdir()] == ["thesis.docx"]


def test_a_file_cannot_be_the_folder(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CorpusError) as refused:
        compiled(source, tmp_path / "file")
    assert refused.value.code == "X004"
