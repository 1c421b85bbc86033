"""What a process is to the program: the program itself, a worker, one of multiprocessing's helpers, or a stray.

The rules, in this order:
- the pid that was started is the program;
- multiprocessing's helpers are known by their command line. A child of the fork server has the server's own command line
  and is a worker; a fork server that such a child starts has another one, for the numbers of its descriptors are others;
- what multiprocessing started by spawn is a worker, wherever it is;
- what runs in the program's session is a worker if it has the program's own command line (a forked child), whatever
  stands in the first word (what was started may be a script that became the interpreter), or had a process of the trial
  as its parent when it was first seen;
- all else is a stray: it left the session, or it is an orphan that runs another program.
"""

from __future__ import annotations

from typing import Dict, Iterable, NamedTuple

TRACKERS = ("from multiprocessing.resource_tracker import main", "from multiprocessing.semaphore_tracker import main")
SERVER = "from multiprocessing.forkserver import main"
SPAWNED = ("from multiprocessing.spawn import spawn_main", "--multiprocessing-fork")


class Known(NamedTuple):
    """What was noticed of a process of the trial when it was first seen."""

    pid: int
    ppid: int
    session: int
    command: str


def is_tracker(command: str) -> bool:
    """Whether this is the command line of multiprocessing's resource tracker."""
    return any(mark in command for mark in TRACKERS)


def role(one: Known, root: Known, others: Dict[int, Known]) -> str:
    """The role of one process, given the program itself and all that were seen of the trial, by pid."""
    if one.pid == root.pid:
        return "program"
    if is_tracker(one.command):
        return "resource tracker"
    parent = others.get(one.ppid)
    if SERVER in one.command:
        return "worker" if parent is not None and parent.command == one.command else _server(one, others.values())
    if any(mark in one.command for mark in SPAWNED):
        return "worker"
    if one.session == root.session and (_same_arguments(one, root) or parent is not None or one.ppid == root.pid):
        return "worker"
    return "stray"


def _same_arguments(one: Known, root: Known) -> bool:
    return one.command == root.command or one.command.partition(" ")[2] == root.command.partition(" ")[2]


def _server(one: Known, others: Iterable[Known]) -> str:
    """A fork server, or an orphan of one: then an older process of the same command line was its parent."""
    if one.ppid > 1 and one.ppid in {other.pid for other in others}:
        return "fork server"
    elder = any(other.command == one.command and other.pid < one.pid for other in others)
    return "worker" if elder else "fork server"
