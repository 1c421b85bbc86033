"""Which role a process has, by its command line, session and parents."""

from __future__ import annotations

import pytest

from mpref.record.supervisor.roles import Known, is_tracker, role

ROOT = Known(10, 1, 10, "python program.py")
SERVER = "python -c from multiprocessing.forkserver import main; main(3, 5, ['__main__'])"
TRACKER = "python -c from multiprocessing.resource_tracker import main;main(4)"
OLD_TRACKER = "python -c from multiprocessing.semaphore_tracker import main;main(4)"
SPAWNED = "python -c from multiprocessing.spawn import spawn_main; spawn_main(3) --multiprocessing-fork"


def roles(*others: Known) -> list[str]:
    """The roles of these, which are all that was seen beside the program."""
    known = {one.pid: one for one in (ROOT, *others)}
    return [role(one, ROOT, known) for one in others]


def test_the_program_itself() -> None:
    """The pid that was started is the program, whatever it runs by now."""
    assert role(ROOT._replace(command="other"), ROOT, {10: ROOT}) == "program"


@pytest.mark.parametrize("command", [TRACKER, OLD_TRACKER])
def test_a_tracker(command: str) -> None:
    """A resource tracker, under its old name too, also as an orphan."""
    assert is_tracker(command)
    assert roles(Known(11, 10, 10, command), Known(12, 1, 10, command)) == ["resource tracker"] * 2


def test_a_fork_server_and_its_children() -> None:
    """The server's child has its command line, and is a worker."""
    assert roles(Known(11, 10, 10, SERVER), Known(12, 11, 10, SERVER)) == ["fork server", "worker"]


def test_orphans_of_a_fork_server() -> None:
    """Where the program is gone, the eldest of that command line is the server."""
    assert roles(Known(11, 1, 10, SERVER), Known(12, 11, 10, SERVER)) == ["fork server", "worker"]
    assert roles(Known(11, 1, 10, SERVER), Known(12, 1, 10, SERVER)) == ["fork server", "worker"]


def test_a_fork_server_of_a_worker() -> None:
    """A worker's own server is a server, also when the worker is gone, and its child is a worker."""
    inner = SERVER.replace("3, 5", "6, 7")
    first, worker = Known(11, 10, 10, SERVER), Known(12, 11, 10, SERVER)
    second, innermost = Known(13, 12, 10, inner), Known(14, 13, 10, inner)
    assert roles(first, worker, second, innermost) == ["fork server", "worker", "fork server", "worker"]
    assert roles(first, second._replace(ppid=1), innermost) == ["fork server", "fork server", "worker"]
    assert roles(first, innermost._replace(ppid=1), second._replace(ppid=1)) == ["fork server", "worker", "fork server"]


def test_workers() -> None:
    """A spawned child, a forked one, an orphan of either, and another program that the program started."""
    spawned, forked = Known(11, 1, 11, SPAWNED), Known(12, 1, 10, ROOT.command)
    other = Known(13, 10, 10, "sleep 10")
    assert roles(spawned, forked, other) == ["worker", "worker", "worker"]


def test_a_forked_child_of_what_was_started_by_a_wrapper() -> None:
    """A script that became the interpreter stands in the order; its forked child shows the interpreter's own name."""
    assert roles(Known(11, 1, 10, "/usr/bin/python3 program.py")) == ["worker"]


def test_strays() -> None:
    """A daemon that left the session, though it has the program's command line; an orphan that runs something else."""
    orphans = Known(12, 1, 10, "sleep 10"), Known(13, 1, 10, "python other.py")
    assert roles(Known(11, 1, 11, ROOT.command), *orphans) == ["stray"] * 3
