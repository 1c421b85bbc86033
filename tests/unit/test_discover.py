"""Which interpreters are asked at all where a version or a name is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import findpython
import pytest
from findpython.providers.base import BaseProvider

from mpref.record.discover import Plausible

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


def found_in(spec: str, *folders: Path, scripts: bool = False) -> list[Path]:
    return sorted(one.executable for one in Plausible(spec, [In(folders)], scripts=scripts).find_pythons())


def test_a_file_is_asked_once_a_folder_by_its_longest_name(folder: Path) -> None:
    assert found_in("3", folder, folder) == [folder / "python3.13", folder / "python3.14"]
    assert len(found_in("3.13", folder, folder / "linked")) == 1


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


def test_a_script_is_asked_only_where_it_is_asked_for(folder: Path) -> None:
    shims = folder / "shims"
    assert found_in("3.13", shims) == []
    assert found_in("3.13", shims, scripts=True) == [shims / "python3.13"]
