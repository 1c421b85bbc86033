"""Where trials are found by looking, a process that got the pid of a program that has ended is nobody of its trial."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from supervising import Supervisor, alive, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_PID = Path("/proc/sys/kernel/ns_last_pid")
"""The number that was given last; where it can be written (root, Linux), it chooses the next."""
TRIES = 200

pytestmark = pytest.mark.skipif(not os.access(LAST_PID, os.W_OK), reason="pids cannot be chosen")


@contextlib.contextmanager
def a_stranger(pid: int) -> Iterator[None]:
    """A process with that pid, in a session and a group of its own."""
    for _ in range(TRIES):
        try:
            LAST_PID.write_text(str(pid - 1))
        except OSError as error:
            pytest.skip(f"pids cannot be chosen: {error}")
        with subprocess.Popen(["/bin/sleep", "600"], start_new_session=True) as process:
            try:
                if process.pid == pid:
                    yield
                    return
            finally:
                process.kill()
    pytest.skip(f"others were always faster to get {pid}")


@pytest.mark.parametrize("how", ["ends", "killed"])
def test_when_the_trial_has_ended(how: str) -> None:
    """Neither the supervisor, when it ends, nor its guardian kills who has the number of the last program."""
    with Supervisor("--cgroup", "none") as supervisor:
        pid = supervisor.source("")["pid"]
        with a_stranger(pid):
            if how == "killed":
                supervisor.process.kill()
            else:
                supervisor.process.stdin.close()  # type: ignore[union-attr]
            supervisor.process.wait()
            assert supervisor.cleared()
            assert eventually(lambda: not alive(supervisor.hello["guardian"]))
            assert alive(pid)


def test_while_something_of_the_trial_is_left(tmp_path: Path) -> None:
    """It is no leftover, and is not killed with those that are."""
    noted = tmp_path / "pid"
    leave = (
        f"import os, pathlib, time\nif os.fork():\n    pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))\n"
        "else:\n    os.setsid()\n    time.sleep(600)\n"
    )
    with Supervisor("--cgroup", "none") as supervisor:
        supervisor.order("", command=[sys.executable, "-c", leave], grace=2)
        assert eventually(lambda: noted.exists() and noted.read_text() and not alive(int(noted.read_text())))
        pid = int(noted.read_text())
        with a_stranger(pid):
            history = supervisor.history()
            left = [one["pid"] for one in history["left_after_grace"]]
            assert len(left) == 1
            assert left != [pid]
            assert alive(pid)
            assert eventually(lambda: not alive(left[0]))
