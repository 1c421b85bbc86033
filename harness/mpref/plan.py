"""The plan of a run: which cells there are, for the scenarios, environments and options given."""

from __future__ import annotations

import contextlib
import zlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from mpref.environment import Cell, Environment, Method
from mpref.errors import UsageError
from mpref.judge.declaration import is_declaration, load
from mpref.judge.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario where it lies: program and declaration side by side, the folder being its chapter."""

    path: Path
    scenario: Scenario

    @classmethod
    def from_path(cls, path: Path, read: Mapping[str, Scenario] | None = None) -> Declared:
        """The declaration of that path: as it was `read`, else it is read now.

        Raises UsageError for anything wrong with it or its program.
        """
        path = path.resolve()
        return cls(path=path, scenario=(read or {}).get(str(path)) or load(path))

    @property
    def name(self) -> str:
        """`chapter/stem`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def program(self) -> Path:
        """The program, beside its declaration."""
        return self.path.with_suffix(".py")

    @property
    def sources(self) -> tuple[Path, str, str]:
        """(folder, declaration, program), as the run file keeps them."""
        return sources(self.path)

    def rank(self, cell: Cell) -> tuple[float, ...]:
        """For sorting: what an answer costs. Equals are mixed, lest the cells of one scenario wait, or compute, all at once."""
        return *self.scenario.cost, zlib.crc32(cell.id.encode())

    def cells(self, environments: Iterable[Environment], methods: Sequence[Method] = ()) -> Iterator[Cell]:
        """Every cell of this scenario; `methods` leaves only those start methods, if any are given."""
        for environment in filter(self.scenario.runs_in, environments):
            for method in self.scenario.methods:
                if methods and method not in methods:
                    continue
                for stream in self.scenario.streams:
                    yield Cell(scenario=self.name, environment=environment.name, method=method, stream=stream)


def dealt(cheapest_first: Sequence[T]) -> list[T]:
    """The dearest and the cheapest by turns, those in between last: what mostly waits shares the machine with what computes."""
    half = len(cheapest_first) // 2
    dear, cheap = cheapest_first[half:][::-1], cheapest_first[:half]
    return [*chain.from_iterable(zip(dear, cheap, strict=False)), *dear[half:]]


def sources(path: Path) -> tuple[Path, str, str]:
    """(folder, declaration, program) of a declaration's path. Raises OSError, UnicodeDecodeError."""
    return path.parent, path.read_text(encoding="utf-8"), path.with_suffix(".py").read_text(encoding="utf-8")


def readable(places: Iterable[Path]) -> dict[str, Scenario]:
    """The scenarios in these folders and files, by the resolved path of their declarations.

    Left out are malformed ones, and those that are not the same any more when they were handed on as MessagePack.
    """
    found: dict[str, Scenario] = {}
    for place in places:
        for path in declarations(place) if place.is_dir() else [place]:
            with contextlib.suppress(UsageError):
                found[str(path.resolve())] = load(path)
    handed_on = msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=dict[str, Scenario])
    return {path: scenario for path, scenario in found.items() if handed_on[path] == scenario}


def declarations(folder: Path) -> list[Path]:
    """Every declaration below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*.toml") if is_declaration(path))


def scenario_folder() -> Path:
    """Where the scenarios are: in the working directory's `scenarios`, else those that the package carries."""
    here = Path.cwd() / "scenarios"
    if here.is_dir() and declarations(here):
        return here
    carried = Path(__file__).parent / "scenarios"
    return carried if carried.is_dir() else Path(__file__).parent.parent.parent / "scenarios"
