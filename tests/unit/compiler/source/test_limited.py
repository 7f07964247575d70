import json
import os
import subprocess
import sys
import zlib

import made_docx
import made_page
import made_pdf
import pytest

from luoshi.compiler.source import guard, limited, read, read_limited
from luoshi.kernel.errors import UnreadableError

FILES = {
    "report.txt": "一、总体要求\r\n新建学校３所。\n".encode("gb18030"),
    "report.html": made_page.PAGES["zoom"].encode(),
    "report.docx": made_docx.data(made_docx.of("一、总体要求", "新建学校３所。")),
    "report.pdf": made_pdf.pdf(
        [made_pdf.lines("一、总体要求和主要目标任务", "新建学校3所，改造老旧小区12个。"), []]
    ),
}


def code_of(file: bytes | os.PathLike[str], name: str = "report.txt", **options: float) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_limited(file, name=name, **options)
    return caught.value


class TestReading:
    @pytest.mark.parametrize("name", FILES)
    def test_it_gives_what_reading_here_gives(self, name: str):
        assert read_limited(FILES[name], name=name) == read(FILES[name], name=name)

    def test_a_path_is_read(self, tmp_path):
        path = tmp_path / "报告 2026.txt"
        path.write_bytes(FILES["report.txt"])
        assert read_limited(path, name=path.name).text == "一、总体要求\n新建学校３所。\n"
        assert read_limited(str(path), name=path.name).text == "一、总体要求\n新建学校３所。\n"

    def test_errors_come_back_with_code_and_parameters(self):
        error = code_of("新建学校".encode() * 20 + b"\xff")
        assert (error.code, error.parameters) == ("C110", {"byte": "240"})

    def test_it_works_from_any_folder(self, tmp_path, monkeypatch):
        (tmp_path / "json.py").write_text(
            "raise SystemExit(9)"
        )  # a trap for an interpreter that is not isolated
        monkeypatch.chdir(tmp_path)
        assert read_limited(FILES["report.txt"], name="x").text


class TestFiles:
    def test_a_missing_file_is_told(self, tmp_path):
        error = code_of(tmp_path / "no.txt", name="no.txt")
        assert (error.code, error.parameters) == ("C101", {"name": "no.txt"})

    def test_a_file_taken_for_a_folder_is_told(self, tmp_path):
        (tmp_path / "a.txt").write_text("一")
        assert code_of(tmp_path / "a.txt" / "b.txt").code == "C101"

    def test_a_folder_is_told(self, tmp_path):
        assert code_of(tmp_path).code == "C102"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
    def test_a_pipe_is_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        assert code_of(tmp_path / "pipe").code == "C102"

    def test_a_closed_file_is_told(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_text("一")

        def refuse(*_arguments: object, **_options: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "open", refuse)  # root may read any file
        assert code_of(path).code == "C103"

    def test_a_name_that_no_file_can_have_is_told(self):
        assert code_of("a\0b").code == "C105"  # type: ignore[arg-type]

    def test_too_large_a_file_is_not_opened(self, tmp_path):
        path = tmp_path / "large.txt"
        with path.open("wb") as file:
            file.truncate(20 * 1024 * 1024 + 1)
        assert code_of(path).code == "C104"
        assert code_of(bytes(20 * 1024 * 1024 + 1)).code == "C104"


class TestLimits:
    def test_reading_that_takes_too_long_is_stopped(self):
        error = code_of(FILES["report.pdf"], seconds=0.001)
        assert (error.code, error.parameters) == ("C160", {"seconds": "0.001"})

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process reliably")
    def test_reading_that_takes_too_much_memory_is_stopped(self, monkeypatch):
        monkeypatch.setattr(
            limited, "_START", limited._START.replace("main()", "guard.MEGABYTES = 100; main()").replace("import main", "import guard, main")
        )  # fmt: skip
        assert code_of(("新建学校。" * 1_300_000).encode()).code == "C161"

    @pytest.mark.parametrize("act", ["raise SystemExit(3)", "os.abort()", "print('no answer')"])
    def test_a_reader_that_breaks_off_is_one_clear_error(self, act: str, monkeypatch):
        monkeypatch.setattr(limited, "_START", f"import os; {act}")
        assert code_of(FILES["report.txt"]).code == "C162"

    def test_a_word_file_of_highest_ratio_is_refused_here_too(self):
        bomb = zlib.compress(bytes(10))  # not a zip file at all
        assert code_of(bomb, name="report.docx").code == "C113"


ACTS = {
    "a connection": "socket.create_connection(('127.0.0.1', 9))",
    "looking up a name": "socket.getaddrinfo('example.org', 80)",
    "a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "another program": "subprocess.run([sys.executable, '-V'])",
    "a shell": "os.system('echo x')",
    "writing": "open('written.txt', 'w')",
    "appending": "open('written.txt', 'a')",
    "writing below open": "os.open('written.txt', os.O_WRONLY | os.O_CREAT)",
    "removing": "os.remove('here.txt')",
    "a new folder": "os.mkdir('new')",
    "a library": "ctypes.CDLL('libc.so.6')",
}
TRIAL = """
import ctypes, json, os, socket, subprocess, sys
from luoshi.compiler.source import guard
guard.arm()
refused = []
for name, act in json.loads(sys.argv[1]).items():
    try:
        exec(act)
    except guard.ForbiddenError:
        refused.append(name)
    except Exception:
        pass
print(json.dumps([refused, open('here.txt').read()]))
"""


class TestGuard:
    def test_it_refuses_what_a_reader_has_no_need_of_and_leaves_reading_free(self, tmp_path):
        (tmp_path / "here.txt").write_text("x")
        done = subprocess.run(
            [sys.executable, "-c", TRIAL, json.dumps(ACTS)],
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=True,
        )
        assert json.loads(done.stdout) == [list(ACTS), "x"]
        assert [path.name for path in tmp_path.iterdir()] == ["here.txt"]

    def test_the_environment_is_empty(self, monkeypatch):
        monkeypatch.setenv("LUOSHI_SECRET", "geheim")
        monkeypatch.setattr(limited, "_START", "import os, sys; sys.exit('LUOSHI_SECRET' in os.environ)")
        assert code_of(FILES["report.txt"]).code == "C162"
        answer = limited._ask(b"", "x", guard.SECONDS)
        assert answer[2] == 0
