"""Who is described as left over: not a process that dies while it is looked at."""

from __future__ import annotations

import pytest

from mpref.record.supervisor import members, processes
from mpref.record.supervisor.processes import Proc

ROOT, HELPER = 100, 101
TRACKER = "python -c from multiprocessing.resource_tracker import main;main(3)"


def proc(pid: int, started: int = 5, *, busy: bool = False) -> Proc:
    return Proc(pid=pid, ppid=ROOT, group=ROOT, session=ROOT, busy=busy, started=started, cpu=0.0)


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
    answers = ["", "", TRACKER]
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


def describe_copy(seen: members.Members, monkeypatch: pytest.MonkeyPatch, answers: list[str], *, busy: bool) -> str:
    """The role of one child that shows these command lines in turn, the last one for ever."""
    copy = proc(HELPER, busy=busy)
    monkeypatch.setattr(members.os, "fork", None, raising=False)  # also where there is none
    monkeypatch.setattr(processes, "command", lambda _pid: answers.pop(0) if len(answers) > 1 else answers[0])
    monkeypatch.setattr(processes, "some", lambda _pids: {HELPER: copy})
    (one,) = seen.describe({HELPER: copy})
    return str(one["role"])


def test_a_helper_that_is_forked_but_not_yet_itself_is_waited_for(
    seen: members.Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy copy of the program that becomes the resource tracker, through an exec, is no worker."""
    answers = ["python program.py"] * 4 + ["", TRACKER]
    assert describe_copy(seen, monkeypatch, answers, busy=True) == "resource tracker"


def test_a_helper_that_comes_to_rest_between_two_looks_is_itself(
    seen: members.Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who rests has its last command line; it is read after that was seen."""
    assert describe_copy(seen, monkeypatch, ["python program.py", TRACKER], busy=False) == "resource tracker"


def test_a_busy_copy_that_stays_one_is_a_worker(seen: members.Members, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked child that works on is not looked at for ever, and left all the same."""
    assert describe_copy(seen, monkeypatch, ["python program.py"], busy=True) == "worker"


def test_where_nothing_is_forked_nobody_is_waited_for(seen: members.Members, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no `ps`, and its supervisor reads the command lines itself."""
    monkeypatch.delattr(members.os, "fork", raising=False)
    seen.note({HELPER: proc(HELPER, busy=True)})
    seen.seen[HELPER] = seen.seen[HELPER]._replace(command="python program.py")
    monkeypatch.delattr(processes, "command")
    monkeypatch.delattr(processes, "some")
    assert [one["role"] for one in seen.describe({HELPER: proc(HELPER, busy=True)})] == ["worker"]
