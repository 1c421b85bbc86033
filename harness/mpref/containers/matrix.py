"""The matrix: which environments containers give, and their profiles of limits; `docker/` holds both as TOML."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
from msgspec import Meta

from mpref.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
Id = Annotated[str, Meta(pattern=r"^[a-z]+-\d+\.\d+t?-[a-z]+$")]
Path_ = Annotated[str, Meta(pattern=r"^/")]


class Official(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An image that a registry has, and the interpreter in it."""

    image: str
    python: Path_


class Package(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Debian package and the interpreter that it brings."""

    package: str
    python: Path_


class Offline(Package, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same in a suite of Debian, from which a root file system is made."""

    suite: str
    supervisor: Package | None = None
    """What supervises there; None: the interpreter under test itself."""


class Windows(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source package of the Python package registry that carries a build for Windows, in a folder of its data.zip."""

    package: str
    version: str
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    folder: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One environment of the matrix."""

    id: Id
    official: Official | None = None
    offline: Offline | None = None
    windows: Windows | None = None
    """Given: it is Windows' CPython, and the offline base brings Wine."""
    prerelease: bool = False
    """Whether only its whole name chooses it."""

    @property
    def system(self) -> str:
        """The last word of its identifier: debian, alpine, windows."""
        return self.id.rpartition("-")[2]


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of a container; None: as every container."""

    cpus: float | None = None
    """Cores' worth of CPU time."""
    cpuset: str | None = None
    """Processors, as `0` or `0,2-3`."""
    processes: int | None = None
    shm: int | None = None
    """MiB of /dev/shm."""
    memory: int | None = None
    """MiB, swap included."""
    init: bool = True
    """Whether an init is the container's first process, rather than the supervisor, or the program itself."""
    first: bool = False
    """Whether every trial has a container of its own, which the supervisor watches from outside."""

    def options(self) -> list[str]:
        """What the engine is told."""
        told = {
            "--cpus": self.cpus,
            "--cpuset-cpus": self.cpuset,
            "--pids-limit": self.processes or PROCESSES,
            "--shm-size": None if self.shm is None else f"{self.shm}m",
            "--memory": f"{self.memory or MEMORY}m",
            "--memory-swap": f"{self.memory or MEMORY}m",
        }
        words = [word for option, value in told.items() if value is not None for word in (option, str(value))]
        return [*words, "--init"] if self.init else words


PROCESSES = 512
MEMORY = 2048
"""MiB: what every container is held to, so that a scenario that goes wild ends there."""


class _Matrix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    environment: tuple[Entry, ...]


class _Profiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profile: dict[str, Profile]


def folder() -> Path:
    """Where Dockerfile, matrix and profiles are: what the package carries, else the clone's."""
    carried = Path(__file__).parent.parent / "docker"
    return carried if carried.is_dir() else Path(__file__).parents[3] / "docker"


def entries() -> tuple[Entry, ...]:
    """The whole matrix. Raises UsageError for a file that is none."""
    path = folder() / "matrix.toml"
    found = _read(path, _Matrix).environment
    names = [entry.id for entry in found]
    if double := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f"{double} stands there twice", where=str(path), advice="Remove one, or give it its own name.")
    return found


def profile(name: str) -> Profile:
    """A profile by its name. Raises UsageError where there is none."""
    path = folder() / "profiles.toml"
    known = _read(path, _Profiles).profile
    if name not in known:
        advice = f"Choose from {', '.join(known)}."
        raise UsageError(f"--profile {name}: there is no such profile", where=str(path), advice=advice)
    return known[name]


def selected(globs: Sequence[str]) -> list[tuple[Entry, bool]]:
    """The entries that any glob matches, in the matrix's order, and whether one was named in full; pre-releases only then.

    Raises UsageError for a glob that matches nothing.
    """
    known = entries()
    for glob in globs:
        if not any(_chosen(entry, glob) for entry in known):
            advice = f"The matrix has {', '.join(entry.id for entry in known)}."
            raise UsageError(
                f"--container {glob}: it selects nothing", where=str(folder() / "matrix.toml"), advice=advice
            )
    return [(entry, entry.id in globs) for entry in known if any(_chosen(entry, glob) for glob in globs)]


def _chosen(entry: Entry, glob: str) -> bool:
    return entry.id == glob or (fnmatchcase(entry.id, glob) and not entry.prerelease)


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise UsageError(
            f"cannot be read: {error.strerror}", where=str(path), advice="Check the installation."
        ) from None
    except msgspec.DecodeError as error:
        raise UsageError(f"not what it should be: {error}", where=str(path), advice="Correct it.") from None
