"""The restore drill: backed up while people work, restored into an empty place, and the same figures are served."""

import gzip
import io
import json
import re
import shutil
import tarfile
import threading

import pytest
from real_site import Person, database, environment_of, real_site

PAGES = ("", "lights/", "rosters/r-schools/", "units/")


def words(text):
    """Return a page without what changes with every request."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|id="seed"[^>]*>', "", text)


def shown(address, plan_year, lineage):
    person = Person(address, "leader")
    paths = [f"/plans/{plan_year}/delivery/{page}" for page in (*PAGES, f"commitments/{lineage}/")]
    answers = {path: person.get(path) for path in paths}
    assert {status for status, _text in answers.values()} == {200}
    return {path: words(text) for path, (_status, text) in answers.items()}


def test_a_restored_site_serves_the_same_figures(tmp_path):
    archive = tmp_path / "backup.tar.gz"
    with real_site(tmp_path) as site:
        base = f"/plans/{site.plan_year}/delivery/"
        school = site.lineages["学校建设"]
        with site.served() as (address, _process):
            person = Person(address, "education-liaison")
            fields = {"act": "file", "progress": "开工", "value-t-schools": "1", "value-t-places": "800"}
            assert person.post(f"{base}commitments/{school}/reports/2026-01/", fields)[0] == 302
            stop = threading.Event()
            written = []

            def work():
                while not stop.is_set():
                    name = f"第{len(written)}所"
                    assert (
                        person.post(f"{base}rosters/r-schools/item/", {"name": name, "state": "planned"})[0]
                        == 302
                    )
                    written.append(name)

            worker = threading.Thread(target=work)
            worker.start()
            try:
                told = site.command("backup", str(archive))
            finally:
                stop.set()
                worker.join(timeout=30)
            assert written
            assert site.command("backup", "--check", str(archive)).returncode == 0
            again = tmp_path / "again.tar.gz"
            site.command("backup", str(again))
            before = shown(address, site.plan_year, school)
        refused = site.command("backup", str(archive), check=False)
        assert refused.returncode == 2
        assert "--force" in refused.stderr
        assert "sha256:" in told.stdout

        for which in (archive, again):
            target = tmp_path / f"restored-{which.name}"
            with database() as url:
                environment = environment_of(target, url)
                restored = site.command("restore", str(which), "--data-dir", str(target), DATABASE_URL=url)
                assert restored.returncode == 0, restored.stderr
                other = object.__new__(type(site))
                other.environment, other.plan_year = environment, site.plan_year
                assert other.verified()["faults"] == []
                with other.served() as (address, _process):
                    after = shown(address, site.plan_year, school)
                if which == again:
                    assert after.keys() == before.keys()
                    for path, page in after.items():
                        assert page.splitlines() == before[path].splitlines()
                else:
                    assert set(after) == set(before)

        if site.environment["DATABASE_URL"]:
            elsewhere = tmp_path / "elsewhere"
            occupied = site.command("restore", str(again), "--data-dir", str(elsewhere), check=False)
            assert occupied.returncode == 1
            assert "is not empty" in occupied.stderr
            assert not elsewhere.exists()
            assert site.verified()["faults"] == []
        full = site.command("restore", str(again), "--data-dir", str(tmp_path / "data"), check=False)
        assert full.returncode == 2
        assert "no empty folder" in full.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A sound backup, with the site that it is of."""
    folder = tmp_path_factory.mktemp("kept")
    with real_site(folder) as site:
        archive = folder / "sound.tar.gz"
        site.command("backup", str(archive))
        yield site, archive


def rewritten(source, target, change):
    """Write an archive anew, with members changed or added."""
    with tarfile.open(source) as before, tarfile.open(target, "w:gz") as after:
        for member in before:
            content = before.extractfile(member).read()
            for name, data, kind in change(member.name, content):
                made = tarfile.TarInfo(name)
                made.size, made.type = len(data), kind
                if kind == tarfile.SYMTYPE:
                    made.linkname, made.size, data = "/etc/passwd", 0, b""
                after.addfile(made, io.BytesIO(data))


def damaged(name, content):
    yield name, (content[:-1] + b"!" if name.startswith("database") else content), tarfile.REGTYPE


def incomplete(name, content):
    if not name.startswith("database"):
        yield name, content, tarfile.REGTYPE


def with_stranger(name, content):
    yield name, content, tarfile.REGTYPE
    if name == "manifest.json":
        yield "../outside.txt", b"x", tarfile.REGTYPE


def with_link(name, content):
    if name.startswith("database"):
        yield name, b"", tarfile.SYMTYPE
    else:
        yield name, content, tarfile.REGTYPE


def of_the_future(name, content):
    if name == "manifest.json":
        content = json.dumps(json.loads(content) | {"format": 99}).encode()
    yield name, content, tarfile.REGTYPE


def without_manifest(name, content):
    if name != "manifest.json":
        yield name, content, tarfile.REGTYPE


def of_another_end(name, content):
    """Claim in the manifest that the ledger ends elsewhere: the archive is whole, the ledger is not the one that was kept."""
    if name == "manifest.json":
        told = json.loads(content)
        told["heads"][0]["digest"] = "sha256:" + "0" * 64
        content = json.dumps(told).encode()
    yield name, content, tarfile.REGTYPE


CHANGES = {
    "damaged": (damaged, 2, "damaged"),
    "incomplete": (incomplete, 2, "not whole"),
    "with a stranger": (with_stranger, 2, "does not belong"),
    "with a link": (with_link, 2, "does not belong"),
    "of the future": (of_the_future, 2, "format 99"),
    "without manifest": (without_manifest, 2, "no backup of Luoshi"),
    "of another end": (of_another_end, 1, "The end of the ledger"),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_wrong_backup_restores_nothing(kept, tmp_path, name):
    site, sound = kept
    change, status, said = CHANGES[name]
    archive, target = tmp_path / "wrong.tar.gz", tmp_path / "target"
    rewritten(sound, archive, change)
    with database() as url:
        done = site.command("restore", str(archive), "--data-dir", str(target), check=False, DATABASE_URL=url)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert not target.exists()
    assert not (tmp_path / "outside.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.tar.gz"]


def test_what_is_no_archive_is_refused_with_a_sentence(kept, tmp_path):
    site, sound = kept
    for data in (b"hello", gzip.compress(b"hello"), sound.read_bytes()[:500]):
        wrong = tmp_path / "wrong.tar.gz"
        wrong.write_bytes(data)
        done = site.command("backup", "--check", str(wrong), check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "backup" in done.stderr


def test_a_backup_holds_no_setting_that_is_secret(kept, tmp_path):
    site, _sound = kept
    archive = tmp_path / "with-settings.tar.gz"
    site.command("backup", str(archive), LUOSHI_SECRET_KEY="x" * 60, LUOSHI_IDLE_MINUTES="45")
    with tarfile.open(archive) as tar:
        settings = json.loads(tar.extractfile("settings.json").read())
    assert settings["LUOSHI_IDLE_MINUTES"] == "45"
    assert "LUOSHI_SECRET_KEY" not in settings
    assert "DATABASE_URL" not in settings
    assert archive.stat().st_mode & 0o077 == 0
    assert shutil.which("tar") is None or archive.stat().st_size > 1000
