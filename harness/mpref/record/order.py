"""A trial order: what the driver asks of a supervisor, and the command lines that start a program in each of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mpref.environment import Environment, StreamKind

if TYPE_CHECKING:
    from mpref.environment import Method

TARGET = Path(__file__).resolve().parent.parent / "target"
EVENT_PATH = TARGET / "path"
INTERPRETER_OPTIONS = ("-X", "faulthandler")
"""Given to every interpreter under test, so that SIGABRT makes each process dump its stacks before a hang is ended."""


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One execution of one program in fresh processes. Durations are seconds, `output` is bytes."""

    trial: int
    command: tuple[str, ...]
    environ: dict[str, str]
    stdin: str | None
    cwd: str | None
    """The working directory; None: a fresh one of the trial's own."""
    stream: StreamKind
    deadline: float
    quiet: float
    """The longest time in which the program may use no CPU before it is called blocked."""
    grace: float = 2.0
    processes: int
    cpu: float
    output: int = 512 * 1024 * 1024
    regime: str = "none"
    seed: int = 0
    calibrate: bool = False
    """Whether to measure, before and after, how many cores the machine gives."""


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A program, the interpreter that runs it, the form in which it is started, and its arguments."""

    path: Path
    environment: Environment
    form: str
    args: tuple[str, ...] = ()

    @property
    def stdin(self) -> str | None:
        """The file its standard input is, where the program arrives there."""
        return self.environment.path(self.path) if self.form == "stdin" else None

    @property
    def cwd(self) -> str | None:
        """`-m` finds modules in the working directory; every other form runs in a fresh one."""
        return self.environment.path(self.path.parent) if self.form == "module" else None

    def bare(self) -> list[str]:
        """The arguments with which a user would start it."""
        match self.form:
            case "file":
                return [self.environment.path(self.path), *self.args]
            case "module":
                return ["-m", self.path.stem, *self.args]
            case "command":
                return ["-c", self.path.read_text(encoding="utf-8"), *self.args]
            case "stdin":
                return ["-", *self.args]
            case _:
                msg = f"no such form: {self.form}"
                raise AssertionError(msg)

    def launched(self, method: Method) -> list[str]:
        """The arguments that start it under the launcher, which chooses the start method."""
        target = self.path.stem if self.form == "module" else self.environment.path(self.path)
        return [self.environment.path(TARGET / "launch.py"), method, self.form, target, *self.args]

    def command(self, method: Method) -> tuple[str, ...]:
        """The whole command line: `default` and `none` use no launcher."""
        rest = self.bare() if method in {"default", "none"} else self.launched(method)
        return (self.environment.executable, *INTERPRETER_OPTIONS, *self.environment.options, *rest)
