"""What an interpreter and its surroundings are: the identity that `target/identity.py` prints, typed; and its short name."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath
from typing import Literal, NamedTuple

import msgspec

Method = Literal["fork", "spawn", "forkserver", "default", "none"]
StreamKind = Literal["pipe", "file", "terminal"]


class Box(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The container that an environment's trials run in, and how one like it is made again."""

    entry: str
    """Its identifier in the matrix: cpython-3.14-debian."""
    image: str
    """The image's id."""
    base: str
    """What the image was made of."""
    supervisor: str
    """The Python that supervises there."""
    profile: str = "default"
    """The limits that it has, by name."""
    limits: tuple[str, ...] = ()
    """As the engine was told them."""
    first: bool = False
    """Whether every trial has a container of its own, in which the program is the first process, or that of an init."""
    special: bool = False
    """Whether only those scenarios run in it that name its profile."""

    @property
    def system(self) -> str:
        """The system and the limits, for names: debian, debian-half-cpu."""
        system = self.entry.rpartition("-")[2]
        return system if self.profile == "default" else f"{system}-{self.profile}"


class Place(NamedTuple):
    """Where trials run, as far as another supervisor is needed there."""

    box: Box | None = None
    through: str = ""


class Environment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An interpreter (implementation, exact version, build), an OS, a libc, a container, limits."""

    suffix: str = ""
    """Tells two interpreters of one name in a run apart: `~2`."""
    options: tuple[str, ...] = ()
    """The words that the interpreter is given before the program: `-W`, `error`."""
    box: Box | None = None
    """The container of ours that it lives in; None: it is the harness's own machine."""
    through: str = ""
    """The command that starts a Windows interpreter on a system that is not Windows; `executable` is its path there."""
    executable: str
    """The path it is started by, never resolved: a virtual environment is its path."""
    implementation: str
    """Lower case: cpython, pypy, graalpy."""
    version: str
    """PEP 440, exact: 3.15.0rc1. For PyPy, that of the language."""
    implementation_version: str
    build: str
    """The build's own line: date, compiler, revision."""
    free_threaded: bool
    debug: bool
    optimize: int
    warn_options: tuple[str, ...]
    x_options: tuple[str, ...]
    platform: str
    """sys.platform: linux, darwin, win32."""
    os: str
    """Name and release of the system in one line."""
    machine: str
    libc: str
    container: str
    """docker, podman, wine, ...; empty outside."""
    cpus: int
    """Logical processors."""
    affinity: int
    """Processors this process may run on."""
    quota: float | None
    """Cores' worth of CPU that the cgroup allows; None without a limit."""
    start_methods: tuple[str, ...]
    default_method: str
    capabilities: tuple[str, ...]
    """Dotted public names of os, signal, multiprocessing and concurrent.futures that exist here: `os.fork`."""

    @property
    def name(self) -> str:
        """Stable and short: `cpython-3.13.0-linux`; `t` and `d` mark free-threaded and debug builds, `wine` Wine.

        In a container of ours the system is that of its image, with its limits: `cpython-3.14.10-debian-half-cpu`.

        Options of the interpreter stand at its end: `cpython-3.13.0-linux-Werror-Xdev`.
        """
        return self._named(self.version)

    @property
    def kind(self) -> str:
        """The name without the version, `cpython-*-linux`: what the releases of one interpreter share."""
        return self._named("*")

    @property
    def place(self) -> Place:
        """Environments of one place can share a supervisor."""
        return Place(self.box, self.through)

    def path(self, path: Path) -> str:
        """How the interpreter calls a file of the harness's machine."""
        return seen(path, foreign=bool(self.through))

    def _named(self, version: str) -> str:
        flags = "t" * self.free_threaded + "d" * self.debug
        outside = {"darwin": "macos", "win32": "windows"}.get(self.platform, self.platform)
        system = self.box.system if self.box else outside
        wine = "-wine" if self.container == "wine" else ""
        options = re.sub(r"[^\w.=-]", "_", "".join(self.options))
        return f"{self.implementation}-{version}{flags}-{system}{wine}{options}{self.suffix}"


def seen(path: Path, *, foreign: bool) -> str:
    """How a file is called here, or where it is foreign: Wine shows the root as its drive Z."""
    return str(PureWindowsPath("Z:/", *path.parts[1:])) if foreign else str(path)


class Cell(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Scenario x environment x start method x stream kind."""

    scenario: str
    """`chapter/stem`."""
    environment: str
    method: Method
    stream: StreamKind

    @property
    def id(self) -> str:
        """Stable for ever: resume, `--lf` and compare live on it."""
        return f"{self.scenario}[{self.environment}-{self.method}-{self.stream}]"
