"""Which interpreters are asked at all where a version or a name is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import findpython
import pytest
from findpython.providers.base import BaseProvider
from packaging.version import Version

from mpref.record.discover import Plausible
from mpref.record.discover import _named_by as named_by

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = [
    *("python", "python3", "python2", "python3.13", "python3.1", "python313.exe", "python3.12", "python3.13t"),
    *("pypy3", "pypy3.11", "python2.7", "python3.13.sh"),
]


class Known(BaseProvider):
    """Finds one of each name; whoever started one would fail, as there are none."""

    @classmethod
    def create(cls) -> None:
        """Made by hand."""

    def find_pythons(self) -> Iterator[findpython.PythonVersion]:
        return (findpython.PythonVersion(Path("/nowhere", name)) for name in NAMES)


@pytest.mark.parametrize(
    ("spec", "others"),
    [
        ("3.13", {"python2", "python3.1", "python3.12", "pypy3.11", "python2.7"}),
        ("3.13.2", {"python2", "python3.1", "python3.12", "pypy3.11", "python2.7"}),
        (
            "3.1",
            {
                "python2",
                "python3.13",
                "python313.exe",
                "python3.12",
                "python3.13t",
                "pypy3.11",
                "python2.7",
                "python3.13.sh",
            },
        ),
        ("3", {"python2", "python2.7"}),
        (
            "cpython@3.11",
            {
                "python2",
                "python3.13",
                "python3.1",
                "python313.exe",
                "python3.12",
                "python3.13t",
                "python2.7",
                "python3.13.sh",
            },
        ),
        ("pypy3", set(NAMES) - {"pypy3"}),
    ],
)
def test_a_name_that_tells_another_version_is_not_asked(spec: str, others: set[str]) -> None:
    """All others are: `python` may be any."""
    found = {one.name for one in Plausible(spec, [Known()]).find_pythons()}
    assert found == set(NAMES) - others


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two interpreters with the usual further names, and a script."""
    folder = tmp_path.resolve()
    for name in ("python3.13", "python3.14"):
        (folder / name).write_bytes(b"\x7fELF")
        (folder / name).chmod(0o755)
    try:
        for name, target in (("python3", "python3.13"), ("python", "python3"), ("python4", "python3.14")):
            (folder / name).symlink_to(target)
        (folder / "linked").symlink_to(folder, target_is_directory=True)
    except OSError as error:
        pytest.skip(f"links cannot be made here: {error}")
    (folder / "shims").mkdir()
    (folder / "shims" / "python3.13").write_bytes(b"#!/bin/sh\n")
    return folder


@dataclass
class In(BaseProvider):
    """Finds what there is in some folders."""

    folders: tuple[Path, ...]

    @classmethod
    def create(cls) -> None:
        """Made by hand."""

    def find_pythons(self) -> Iterator[findpython.PythonVersion]:
        return (findpython.PythonVersion(one) for folder in self.folders for one in sorted(folder.glob("python*")))


def found_in(spec: str, *folders: Path, look: bool | None = None) -> list[Path]:
    plausible = Plausible(spec, [In(folders)])
    plausible.look = look
    return sorted(one.executable for one in plausible.find_pythons())


def test_an_interpreter_is_asked_once_a_folder_by_its_longest_name(folder: Path) -> None:
    assert found_in("3", folder, folder) == [folder / "python3.13", folder / "python3.14"]


def test_of_two_paths_to_one_folder_the_longer_is_asked(folder: Path) -> None:
    """As findpython does it: `/usr/bin`, not `/bin` that leads there."""
    linked = folder / "linked"
    assert found_in("3.13", folder, linked) == found_in("3.13", linked, folder) == [linked / "python3.13"]


def test_a_link_that_leads_to_another_version_is_not_asked(folder: Path) -> None:
    assert found_in("3.13", folder) == [folder / "python3.13"]
    assert found_in("3.14", folder) == [folder / "python3.14"]
    assert found_in("4", folder) == []


def test_a_link_elsewhere_is_an_interpreter_of_its_own(folder: Path, tmp_path: Path) -> None:
    """A virtual environment is its path."""
    own = tmp_path / "environment"
    own.mkdir()
    (own / "python").symlink_to(folder / "python3.13")
    assert found_in("3.13", folder, own) == [own / "python", folder / "python3.13"]


def test_links_to_another_program_are_told_apart(folder: Path, tmp_path: Path) -> None:
    """It is called by the link's name and starts what that says."""
    shims = tmp_path / "links"
    shims.mkdir()
    for name in ("python3.12", "python3.13", "python3.13t"):
        (shims / name).symlink_to(folder / "x86_64-starter1")
    assert found_in("3.13", shims) == [shims / "python3.13", shims / "python3.13t"]


def test_a_script_is_left_to_the_second_look(folder: Path) -> None:
    """Where a minor version is looked for: of all Pythons 3 the newest may be behind a script."""
    shims = folder / "shims"
    assert found_in("3.13", folder, shims, look=False) == [folder / "python3.13"]
    assert found_in("3.13", folder, shims, look=True) == [shims / "python3.13"]
    assert Plausible("3.13", []).looks == (False, True)
    assert Plausible("3", []).looks == Plausible("python3", []).looks == (None,)


def test_a_script_is_found_where_there_is_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And an interpreter comes before it, as long as there is one; but not before a script, where any version will do."""
    there = [folder / "shims"]
    monkeypatch.setattr(
        findpython.Finder, "setup_providers", lambda _, chosen=None: [In(tuple(there))] if chosen is None else []
    )
    monkeypatch.setattr(findpython.PythonVersion, "is_valid", lambda _: True)
    monkeypatch.setattr(findpython.PythonVersion, "version", property(version_by_folder))
    monkeypatch.setattr(findpython.PythonVersion, "architecture", "64bit")
    monkeypatch.setattr(findpython.PythonVersion, "freethreaded", False)
    assert named_by("3.13") == str(folder / "shims" / "python3.13")
    there.append(folder)
    assert named_by("3.13") == str(folder / "python3.13")
    assert named_by("3") == str(folder / "shims" / "python3.13")


def version_by_folder(one: findpython.PythonVersion) -> Version:
    """What is behind the script is the newest."""
    return Version("3.13.9" if one.executable.parent.name == "shims" else "3.13.0")
