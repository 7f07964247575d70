"""`luoshi corpus compile`: what it says and how it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_reports import folder_of, schools, text_of

from luoshi_cli.corpus import corpus
from luoshi_cli.main import COMMANDS


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "reports", a=text_of(schools=3), b=text_of(schools=4))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(corpus, ["compile", *map(str, arguments)], env={"LUOSHI_LANG": "zh"})


def test_it_writes_the_tables_and_says_what_it_did(source: Path, tmp_path: Path) -> None:
    (source / "c.txt").write_bytes(b"")
    done = run(source, "-o", tmp_path / "data", "--processes", "1")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert (
        done.stderr
        == f"{tmp_path / 'data'}：新编译 3 份（其中 1 份出错，见 reports 表的 error 列），沿用 0 份。\n"
    )
    assert schools(tmp_path / "data") == {"a.txt": 3, "b.txt": 4}


def test_a_second_run_keeps_what_is_there(source: Path, tmp_path: Path) -> None:
    run(source, "-o", tmp_path / "data", "--processes", "1")
    assert "新编译 0 份" in run(source, "-o", tmp_path / "data", "--processes", "1").stderr
    assert "新编译 2 份" in run(source, "-o", tmp_path / "data", "--processes", "1", "--again").stderr


def test_nothing_but_errors_ends_with_status_one(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "reports")
    (folder / "c.txt").write_bytes(b"")
    result = CliRunner().invoke(
        corpus,
        ["compile", str(folder), "-o", str(tmp_path / "data"), "--processes", "1"],
        standalone_mode=False,
    )
    assert result.return_value == 1


def test_processes_and_a_scheduler_exclude_each_other(source: Path, tmp_path: Path) -> None:
    refused = run(source, "-o", tmp_path / "data", "--processes", "2", "--scheduler", "tcp://127.0.0.1:8786")
    assert refused.exit_code == 2
    assert "只能用一个" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_an_interruption_says_how_to_go_on(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("luoshi.corpus.run.compile_corpus", interrupted)
    done = run(source, "-o", tmp_path / "data", "--processes", "1")
    assert done.exit_code != 0
    assert "再次运行会接着做" in done.stderr


def test_it_is_one_of_the_commands() -> None:
    assert COMMANDS["corpus"][0] == "luoshi_cli.corpus:corpus"
