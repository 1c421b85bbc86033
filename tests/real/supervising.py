"""Runs the supervisor as the harness does, for the tests of it: orders in, histories out, and who is left of a trial."""

from __future__ import annotations

import _multiprocessing
import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil
import pytest

import mpref

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = Path(mpref.__file__).parent / "record" / "supervisor" / "__main__.py"
PROGRAMS = Path(__file__).parent / "trial_programs"
SHARED = Path("/dev/shm")
PATIENCE = 30.0
"""Seconds after which something that must happen has not happened."""


class Supervisor:
    """A supervisor under test; every trial's environment carries a mark of its own."""

    def __init__(self, *arguments: str, python: str = sys.executable, **how: Any) -> None:
        self.mark = uuid.uuid4().hex
        command = [python, "-S", "-E", str(MAIN), *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **how)
        self.hello = self.read()["hello"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def read(self) -> dict[str, Any]:
        """The next record."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the supervisor is gone"
        return dict(json.loads(line))

    def order(self, *program: str, python: str = sys.executable, **parts: Any) -> None:
        """Order a trial: `program` is one of the trial programs and its arguments."""
        command = [python, "-X", "faulthandler", str(PROGRAMS / program[0]), *program[1:]]
        parts = {"trial": 1, "command": command, **parts}
        parts["environ"] = {"MARK": self.mark, **parts.get("environ", {})}
        self.send(json.dumps(parts))

    def send(self, line: str) -> None:
        """Send a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def history(self) -> dict[str, Any]:
        """The next history, streams decoded."""
        found = dict(self.read()["history"])
        for name in {"stdout", "stderr", "dump"} & set(found):
            for part in ("head", "tail"):
                found[name][part] = base64.b64decode(found[name][part])
        return found

    def run(self, *program: str, **parts: Any) -> dict[str, Any]:
        """Order a trial and wait for its history."""
        self.order(*program, **parts)
        return self.history()

    def source(self, text: str, **parts: Any) -> dict[str, Any]:
        """Run a program given as text."""
        python = parts.pop("python", sys.executable)
        return self.run("", command=[python, "-X", "faulthandler", "-c", text], **parts)

    def left(self) -> list[int]:
        """Living processes that carry the mark."""
        return bearers(self.mark)

    def nothing_left(self) -> bool:
        """Whether all of them are gone; those killed from outside the supervisor may take a moment."""
        return eventually(lambda: not self.left())

    def cleared(self) -> bool:
        """Whether its folder and groups are gone and nothing is left."""
        folder = Path(self.hello["folder"])
        nonce = self.hello["environ"]["MPREF_NONCE"][:16]
        gone = eventually(lambda: not folder.exists() and not has_group(f"mpref-{nonce}"))
        return gone and self.nothing_left()


def has_group(prefix: str) -> bool:
    """Whether any control group's name begins so; groups of other supervisors may come and go meanwhile."""
    return any(name.startswith(prefix) for _, names, _ in os.walk("/sys/fs/cgroup") for name in names)


def bearers(mark: str) -> list[int]:
    """Living processes whose environment holds the mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if mark in process.environ().values() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


@contextlib.contextmanager
def a_semaphore() -> Iterator[str]:
    """The name of a semaphore that everybody may open; it is removed in the end. Skips where they have no files."""
    if not SHARED.is_dir():
        pytest.skip("POSIX shared memory lies elsewhere")
    name = f"/mpref-{uuid.uuid4().hex}"
    kept = _multiprocessing.SemLock(1, 1, 1, name, False)
    try:
        for file in semaphore_files(name):
            file.chmod(0o666)
        yield name
    finally:
        for file in semaphore_files(name):
            file.unlink()
        del kept


def semaphore_files(name: str) -> list[Path]:
    """The file of a semaphore, if it is there: glibc puts `sem.` before its name, musl does not."""
    return [path for path in SHARED.iterdir() if path.name in {f"sem.{name[1:]}", name[1:]}]


def alive(pid: int) -> bool:
    """Whether a process lives; a zombie does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def eventually(true: Any) -> bool:
    """Wait until something is true; False where it does not become so."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def end(pid: int) -> None:
    """Kill a process of this test's."""
    if alive(pid):
        os.kill(pid, signal.SIGKILL)
