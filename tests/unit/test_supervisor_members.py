"""Who is described as left over: not a process that dies while it is looked at."""

from __future__ import annotations

import pytest

from mpref.record.supervisor import members, processes
from mpref.record.supervisor.processes import Proc

ROOT, HELPER = 100, 101


def proc(pid: int, started: int = 5) -> Proc:
    return Proc(pid=pid, ppid=ROOT, group=ROOT, session=ROOT, busy=False, started=started, cpu=0.0)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> members.Members:
    monkeypatch.setattr(members.time, "sleep", lambda _seconds: None)
    return members.Members(ROOT, ["python", "program.py"])


def test_a_dying_process_is_not_left(seen: members.Members, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has let go of its command line and is gone at the second look is no leftover."""
    monkeypatch.setattr(processes, "command", lambda _pid: "")
    monkeypatch.setattr(processes, "some", lambda _pids: {})
    assert seen.describe({HELPER: proc(HELPER)}) == []


def test_a_pid_that_another_process_has_now_is_not_left(seen: members.Members, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pid with another start time is another process."""
    monkeypatch.setattr(processes, "command", lambda _pid: "")
    monkeypatch.setattr(processes, "some", lambda _pids: {HELPER: proc(HELPER, started=6)})
    assert seen.describe({HELPER: proc(HELPER)}) == []


def test_a_process_in_the_midst_of_an_exec_gets_its_role(
    seen: members.Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A live process that shows no command line yet is looked at again until it does."""
    answers = ["", "", "python -c from multiprocessing.resource_tracker import main;main(3)"]
    monkeypatch.setattr(
        processes, "command", lambda pid: answers.pop(0) if pid == HELPER and len(answers) > 1 else answers[0]
    )
    monkeypatch.setattr(processes, "some", lambda _pids: {HELPER: proc(HELPER)})
    assert [one["role"] for one in seen.describe({HELPER: proc(HELPER)})] == ["resource tracker"]


def test_a_process_that_stays_nameless_is_left(seen: members.Members, monkeypatch: pytest.MonkeyPatch) -> None:
    """A live process that never shows a command line is reported all the same."""
    monkeypatch.setattr(processes, "command", lambda _pid: "")
    monkeypatch.setattr(processes, "some", lambda _pids: {HELPER: proc(HELPER)})
    assert [one["pid"] for one in seen.describe({HELPER: proc(HELPER)})] == [HELPER]
