"""What an interpreter and its surroundings are: the identity that `target/identity.py` prints, typed; and its short name."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Method = Literal["fork", "spawn", "forkserver", "default", "none"]
StreamKind = Literal["pipe", "file", "terminal"]


class Environment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An interpreter (implementation, exact version, build), an OS, a libc, a container, limits."""

    suffix: str = ""
    """Tells two interpreters of one name in a run apart: `~2`."""
    options: tuple[str, ...] = ()
    """The words that the interpreter is given before the program: `-W`, `error`."""
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

        Options of the interpreter stand at its end: `cpython-3.13.0-linux-Werror-Xdev`.
        """
        return self._named(self.version)

    @property
    def kind(self) -> str:
        """The name without the version, `cpython-*-linux`: what the releases of one interpreter share."""
        return self._named("*")

    def _named(self, version: str) -> str:
        flags = "t" * self.free_threaded + "d" * self.debug
        system = {"darwin": "macos", "win32": "windows"}.get(self.platform, self.platform)
        wine = "-wine" if self.container == "wine" else ""
        options = re.sub(r"[^\w.=-]", "_", "".join(self.options))
        return f"{self.implementation}-{version}{flags}-{system}{wine}{options}{self.suffix}"


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
