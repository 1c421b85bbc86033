"""Which interpreters are asked at all where a version or a name is looked for."""

from __future__ import annotations

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
    found = [one.name for one in Plausible(spec, [Known()]).find_pythons()]
    assert found == [name for name in NAMES if name not in others]
