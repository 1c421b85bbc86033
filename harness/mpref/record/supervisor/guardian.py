"""The guardian: a process beside the supervisor that clears up when the supervisor dies, however it dies.

It holds the reading end of a pipe. A line tells it the session of the trial that runs (only where there are no control
groups); `done` lets it go; the end of the pipe, without `done`, means that the supervisor is dead: all that is left of the
trial is killed, its groups and folder are removed. It lives in a session of its own and ignores what Ctrl-C sends.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, List, Sequence, Union

if TYPE_CHECKING:
    from .cgroup import Group
    from .scan import Scan


class Guardian:
    """The supervisor's side: starts the guardian and tells it what it must know."""

    def __init__(self, enclosures: Sequence[Union[Group, Scan]], nonce: str, folder: str) -> None:
        groups = [group for one in enclosures for group in one.entrances()]
        command = [sys.executable, "-S", "-E", os.path.abspath(__file__), nonce, folder, *groups]
        reading, self._pipe = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _become(command, reading)
        os.close(reading)

    def follow(self, session: int) -> None:
        """Tell the session of the trial that starts, or 0 when it has ended."""
        self._tell(f"{session}\n")

    def _tell(self, line: str) -> None:
        try:
            os.write(self._pipe, line.encode())
        except OSError:
            pass  # it is dead; the next run checks

    def dismiss(self) -> None:
        """All is cleared up: let it go."""
        self._tell("done\n")
        os.close(self._pipe)
        os.waitpid(self.pid, 0)


def _become(command: List[str], reading: int) -> None:
    """The guardian's process before it is one: a session of its own, and none of the supervisor's streams."""
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor, source in enumerate((reading, null, null)):
            os.dup2(source, descriptor)
        os.chdir("/")
        os.execv(command[0], command)
    finally:
        os._exit(127)


def main(nonce: str, folder: str, entrances: List[str]) -> None:
    """Wait for the supervisor's end."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGPIPE", "SIGTSTP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    if not entrances:
        from mpref.record.supervisor import priority

        priority.take()
    session = "0"
    for line in sys.stdin:
        if line == "done\n":
            return
        session = line.strip()
    clear(nonce, folder, entrances, int(session))


def clear(nonce: str, folder: str, entrances: List[str], session: int) -> None:
    """Kill what is left, then remove the groups and the folder."""
    from mpref.record.supervisor import folders, scan

    if entrances:
        _clear_groups([os.path.dirname(path) for path in entrances])
    else:
        left = scan.Scan(f"MPREF_NONCE={nonce}")
        left.begin(0)
        left.follow(session)
        left.kill_all()
    folders.remove(folder)


def _clear_groups(paths: List[str]) -> None:
    """The folders of one group in several hierarchies have one name."""
    from mpref.record.supervisor import cgroup

    for name in sorted({os.path.basename(path) for path in paths}):
        kinds = {cgroup.kind_of(path): path for path in paths if os.path.basename(path) == name}
        group = cgroup.Group(kinds)
        try:
            group.kill_all()
        except OSError:
            pass  # another supervisor that started meanwhile was faster
        group.remove()


if __name__ == "__main__":
    _here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != _here]
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(_here))))
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
