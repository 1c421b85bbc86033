"""The supervisor's small pure parts: captures, events, orders, system calls, lines of /proc."""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpref.record.supervisor import calibration, cgroup, events, loop, processes, shm, timers
from mpref.record.supervisor.channel import PipeChannel
from mpref.record.supervisor.order import DEFAULTS, BadOrder, Order
from mpref.record.supervisor.processes import parse
from mpref.record.supervisor.streams import KEPT, Capture

if TYPE_CHECKING:
    from pathlib import Path

proc = pytest.mark.skipif(sys.platform == "win32", reason="the table of system calls is chosen by os.uname")
STAT = b"42 (a) b (c)) %s 7 42 42 0 -1 %d 1 2 3 4 50 25 5 6 20 0 1 0 12345 1 2 3"


@given(st.lists(st.integers(0, 3 * KEPT), max_size=6))
def test_a_capture_keeps_both_ends(sizes: list[int]) -> None:
    """However the bytes are cut into pieces: head and tail, together all that fits, and size and hash of the whole."""
    whole = bytes(index * 7 % 251 for index in range(sum(sizes)))
    capture, at = Capture(), 0
    for size in sizes:
        if size:
            capture.feed(whole[at : at + size])
        at += size
    stored = capture.stored()
    head, tail = (base64.b64decode(str(stored[part])) for part in ("head", "tail"))
    assert head == whole[:KEPT]
    assert tail == whole[KEPT:][-KEPT:]
    assert (stored["size"], stored["sha256"]) == (len(whole), hashlib.sha256(whole).hexdigest())


def record(folder: Path, pid: int, *lines: object, torn: str = "") -> None:
    """Write a process's events."""
    (folder / f"{pid}.events").write_text("".join(f"{line!r}\n" for line in lines) + torn)


def test_events_are_ordered_by_time_pid_and_number(tmp_path: Path) -> None:
    """Ties of one process are ordered by its own numbers."""
    record(tmp_path, 2, ("b", 2, 1, 100, 0, {}), ("c", 2, 1, 100, 1, {}))
    record(tmp_path, 1, ("a", 1, 0, 100, 5, {}), ("z", 1, 0, 300, 6, {}))
    found = events.gather(str(tmp_path))
    assert [event["label"] for event in found.events] == ["a", "b", "c", "z"]
    assert found.notes == []


def test_what_cannot_be_read_is_noted_and_the_rest_is_kept(tmp_path: Path) -> None:
    """A torn line, one that is no literal, and one of another shape; other files are none of ours."""
    record(tmp_path, 1, ("a", 1, 0, 1, 0, {}), ("too", "short"), torn="('b', 1")
    (tmp_path / "2.events").write_text("('c', 2, 1, 2, 0, {})\nimport os\n('d', 2, 1, True, 1, {})\n")
    (tmp_path / "other").write_text("x")
    found = events.gather(str(tmp_path))
    assert [event["label"] for event in found.events] == ["a", "c"]
    assert len(found.notes) == 3


def test_a_removed_folder_is_a_note(tmp_path: Path) -> None:
    """A program may do that."""
    found = events.gather(str(tmp_path / "gone"))
    assert found.events == []
    assert found.notes != []
    assert events.size(str(tmp_path / "gone")) == 0


VALUES: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.frozensets(st.integers()),
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers() | st.binary(), inner)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_every_value_becomes_json(value: object) -> None:
    """Whatever a field holds, the record can be written and read, and a plain value stays what it is."""
    plain = events.plain(value)
    assert json.loads(json.dumps(plain)) == plain
    if value is None or isinstance(value, (str, bool, int, float)):
        assert plain == value


def test_half_a_surrogate_pair_is_spelt_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is always valid UTF-8 and valid JSON."""
    written = bytearray()
    monkeypatch.setattr(loop.os, "write", lambda _, data: written.extend(data) or len(data))
    codecs.register_error("mpref", loop._spell_out)
    assert loop.tell({"a": "ä\udc80\ud83d", "b": "\\ud800"})
    assert json.loads(written.decode()) == {"a": "ä\\udc80\\ud83d", "b": "\\ud800"}


def test_an_order_has_defaults() -> None:
    """Only the trial's number and the command must be given."""
    order = Order.from_line(b'{"trial": 3, "command": ["x"]}')
    assert (order.trial, order.command, order.deadline) == (3, ["x"], DEFAULTS["deadline"])


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ({"colour": 1}, "colour"),
        ({"trial": "3"}, "trial"),
        ({"trial": True}, "trial"),
        ({"command": "x"}, "command"),
        ({"command": [1]}, "command"),
        ({"command": ["a\0b"]}, "command"),
        ({"environ": {"A=B": "c"}}, "environ"),
        ({"environ": {"A": 1}}, "environ"),
        ({"stream": "socket"}, "stream"),
        ({"stdin": 3}, "stdin"),
    ],
)
def test_a_bad_order_names_its_fault(part: dict[str, object], named: str) -> None:
    """The message says which key."""
    with pytest.raises(BadOrder, match=named):
        Order.from_dict({"trial": 1, "command": ["x"], **part})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("230 0x0 0x0 0x7ffc 0x0 0x0 0x0 0x7ffc 0x7f", True),  # clock_nanosleep
        ("23 0x0 0x0 0x0 0x0 0x7ffc 0x0 0x7ffc 0x7f", True),  # select with a time limit
        ("23 0x1 0x7f 0x0 0x0 0x0 0x0 0x7ffc 0x7f", False),  # select without
        ("7 0x7f 0x1 0xffffffff 0x0 0x0 0x0 0x7ffc 0x7f", False),  # poll for ever
        ("7 0x7f 0x1 0xffffffffffffffff 0x0 0x0 0x0 0x7ffc 0x7f", False),
        ("7 0x7f 0x1 0x3e8 0x0 0x0 0x0 0x7ffc 0x7f", True),  # poll for a second
        ("202 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x7ffc 0x7f", False),  # futex for ever
        ("202 0x7f 0x189 0x0 0x7ffc 0x0 0xffffffff 0x7ffc 0x7f", True),
        ("61 0xffffffff 0x7ffc 0x0 0x0 0x0 0x0 0x7ffc 0x7f", False),  # wait4
        ("running", True),
        ("-1 0x7ffc 0x7f", False),
        ("", False),
    ],
)
def test_which_waits_end(line: str, expected: bool) -> None:
    """A system call with a time limit ends by itself; one without does not."""
    assert timers.has_limit(line, timers.X86_64) is expected


SLEEPS, WAITS = "230 0x0 0x0 0x7ffc 0x0 0x0 0x0 0x7ffc 0x7f", "202 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x7ffc 0x7f"
QUIET, STEP = 3.0, 0.2


class Threads:
    """A process 7 with threads 7 and 8 in /proc: what each waits in, and how often the second has woken."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, main: str, helper: str) -> None:
        self.calls = {"/proc/7/syscall": main, "/proc/7/task/7/syscall": main, "/proc/7/task/8/syscall": helper}
        self.wakes = 5
        monkeypatch.setattr(processes, "HAS_PROC", True)
        monkeypatch.setattr(processes, "read", self.read)
        monkeypatch.setattr(timers, "TABLES", {os.uname().machine: timers.X86_64})
        monkeypatch.setattr(timers.os, "listdir", lambda _: ["7", "8"])

    def read(self, path: str) -> bytes:
        if path.endswith("status"):
            return b"Name:\tx\nvoluntary_ctxt_switches:\t%d\nnonvoluntary_ctxt_switches:\t99\n" % self.wakes
        if path not in self.calls:
            raise PermissionError(path)
        return self.calls[path].encode()

    def answers(self, seconds: float, every: float) -> list[bool]:
        """What is answered meanwhile, the helper waking in that rhythm."""
        waits, begun, found = timers.Waits(QUIET), self.wakes, []
        for step in range(int(seconds / STEP)):
            self.wakes = begun + int(step * STEP / every)
            found.append(waits.will_end([7], 100.0 + step * STEP))
        return found


@proc
@pytest.mark.parametrize(
    ("main", "helper", "expected"),
    [(SLEEPS, WAITS, True), (WAITS, SLEEPS, True), (WAITS, WAITS, False)],
    ids=["main thread", "helper", "none"],
)
def test_a_time_limit_in_any_thread_counts(
    monkeypatch: pytest.MonkeyPatch, main: str, helper: str, expected: bool
) -> None:
    """A main thread that joins a sleeping thread will wake, as one that sleeps itself; one that joins for ever will not."""
    assert set(Threads(monkeypatch, main, helper).answers(10, every=60)) == {expected}


@proc
def test_a_polling_helper_counts_for_one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper thread that wakes again and again for a window is no reason to wait; long steps and a main thread are."""
    found = Threads(monkeypatch, WAITS, SLEEPS).answers(10, every=0.1)
    assert found == sorted(found, reverse=True)
    assert not found[-1]
    assert all(found[: int(QUIET / STEP)])
    assert all(Threads(monkeypatch, WAITS, SLEEPS).answers(20, every=2.0))
    assert all(Threads(monkeypatch, SLEEPS, SLEEPS).answers(20, every=0.1))


@proc
def test_work_between_two_rests_is_no_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread did while nobody asked does not make its next sleep a poll."""
    threads, waits = Threads(monkeypatch, WAITS, SLEEPS), timers.Waits(QUIET)
    assert waits.will_end([7], 100.0)
    threads.wakes += 1000
    assert waits.will_end([7], 110.0)


@proc
def test_a_wait_that_cannot_be_read_may_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without /proc, on an unknown machine, without permission: rest alone is no reason to end a trial early."""
    threads = Threads(monkeypatch, WAITS, WAITS)
    assert not timers.Waits(QUIET).will_end([7], 100.0)
    assert timers.Waits(QUIET).will_end([9], 100.0)
    threads.calls.clear()
    assert timers.Waits(QUIET).will_end([7], 100.0)
    threads = Threads(monkeypatch, WAITS, WAITS)
    monkeypatch.setattr(timers, "TABLES", {})
    assert timers.Waits(QUIET).will_end([7], 100.0)
    threads = Threads(monkeypatch, WAITS, WAITS)
    monkeypatch.setattr(processes, "HAS_PROC", False)
    assert timers.Waits(QUIET).will_end([7], 100.0)


def test_a_pipe_read_by_a_thread_is_closed() -> None:
    """Both ends of it, when the program's end is closed or the program never started; what was written is kept."""
    before = set(threading.enumerate())
    channel = PipeChannel(threading.Event())
    (reader,) = set(threading.enumerate()) - before
    assert channel.writing is not None
    os.write(channel.writing, b"hello")
    channel.close()
    reader.join(30)
    assert channel.writing is None
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(channel.reading)
    assert channel.capture.head == b"hello"


def test_a_reader_that_comes_late_is_waited_for() -> None:
    """On a busy machine the thread gets its turn long after the program has ended: nothing is lost."""
    channel = PipeChannel(threading.Event())
    assert channel.writing is not None
    channel._lock.acquire()
    os.write(channel.writing, b"late")
    threading.Timer(0.2, channel._lock.release).start()
    channel.drain()
    channel.close()
    assert channel.capture.head == b"late"
    channel.close()


def test_what_finds_is_not_what_counts(tmp_path: Path) -> None:
    """A group says by which hierarchy its processes are found, and by which their CPU is counted."""
    folders = {kind: str(tmp_path / kind) for kind in ("pids", "cpuacct")}
    for kind, file in (("pids", "pids.max"), ("cpuacct", "cpuacct.usage")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / file).write_text("0")
    group = cgroup.Group(folders)
    assert (group.describe("find"), group.describe("cpu")) == ("cgroup v1 pids", "cgroup v1 cpuacct")


def test_a_line_of_proc() -> None:
    """Names may hold brackets; the dead and the dying are not there."""
    found = parse(42, STAT % (b"S", 0))
    assert found is not None
    assert (found.ppid, found.session, found.busy, found.started) == (7, 42, False, 12345)
    assert found.cpu > 0
    ready = parse(42, STAT % (b"R", 0))
    assert ready is not None
    assert ready.busy
    assert parse(42, STAT % (b"Z", 0)) is None
    assert parse(42, STAT % (b"S", 0x404)) is None
    assert parse(42, b"") is None


def test_only_a_supervisors_own_groups_are_stale() -> None:
    """A group whose name merely begins as ours do is left alone."""
    assert cgroup.OURS.fullmatch(f"{cgroup.PREFIX}646f558255d79909-0")
    assert not any(
        cgroup.OURS.fullmatch(f"{cgroup.PREFIX}{rest}") for rest in ("bench-123", "646f558255d79909", "test-12-0")
    )


def test_a_file_of_the_kernel_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short piece is not the last one: the kernel ends a piece where a line ends."""
    pieces = [b"a line\n", b"another\n", b""]
    monkeypatch.setattr(processes.os, "open", lambda *_: 99)
    monkeypatch.setattr(processes.os, "close", lambda _: None)
    monkeypatch.setattr(processes.os, "read", lambda *_: pieces.pop(0))
    assert processes.read("/proc/1/maps") == b"a line\nanother\n"


def test_just_after_one_trial_is_just_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured is not measured again at once, and is after a while."""
    now, measured = [100.0], iter([1.9, 1.5, 0.7])
    monkeypatch.setattr(calibration.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(calibration, "usable_cores", lambda: next(measured))
    cores = calibration.Cores()
    assert (cores.before(), cores.after()) == (1.9, 1.5)
    now[0] += calibration.STILL / 2
    assert cores.before() == 1.5
    now[0] += calibration.STILL
    assert cores.before() == 0.7


def test_it_needs_nothing_that_pypy_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an image of PyPy's the supervisor runs under it."""
    made: list[str] = []
    monkeypatch.delattr(loop.gc, "freeze", raising=False)

    def make(allow: str) -> NoReturn:
        made.append(allow)
        raise LookupError

    monkeypatch.setattr(loop.hosts, "make", make)
    with pytest.raises(LookupError):
        loop.main([])
    assert made == ["auto"]


def shared_files(folder: Path) -> bytes:
    """Files in a folder that stands for shared memory, and how a process's maps show them; those to be removed are `made-`."""
    inside, elsewhere = os.fsencode(folder), b"ff:ff"
    here = b"%02x:%02x" % (os.major(folder.stat().st_dev), os.minor(folder.stat().st_dev))
    lines = b"7f00-7f01 rw-p 00000000 00:00 0\n"
    for name, device, path in (
        ("sem.made-glibc", here, inside + b"/sem.AbCd12 (deleted)"),
        ("made-musl", here, inside + b"/tmp-1234567 (deleted)"),
        ("sem.made-in-another-root", here, b"/root" + inside + b"/sem.EfGh34 (deleted)"),
        ("sem.opened", here, inside + b"/sem.opened"),
        ("sem.elsewhere", elsewhere, inside + b"/sem.IjKl56 (deleted)"),
        ("sem.in-no-folder-of-that-name", here, b"/tmp.x/sem.MnOp78 (deleted)"),
        ("psm_block", here, inside + b"/psm_block (deleted)"),
    ):
        (folder / name).touch()
        lines += b"7f03-7f04 rw-s 00000000 %s %d    %s\n" % (device, (folder / name).stat().st_ino, path)
    return lines


@pytest.mark.skipif(not hasattr(os, "major"), reason="no POSIX")
@pytest.mark.parametrize("found", ["the same", "another one", "nobody"])
def test_what_was_made_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    """A killed process's semaphores go: those that it made, not what it opened, nor those of another with its pid."""
    lines = shared_files(tmp_path)
    maker = processes.Proc(7, 1, 7, 7, False, 100, 0.0)
    now = {"the same": maker, "another one": maker._replace(started=200), "nobody": None}[found]
    monkeypatch.setattr(shm, "FOLDER", str(tmp_path))
    monkeypatch.setattr(processes, "HAS_PROC", True)
    monkeypatch.setattr(processes, "read", {"/proc/7/maps": lines}.__getitem__)
    monkeypatch.setattr(processes, "find", {7: now}.__getitem__)
    semaphores, before = shm.Semaphores(), sorted(path.name for path in tmp_path.iterdir())
    semaphores.note({7: maker})
    semaphores.remove()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [name for name in before if found != "the same" or "made-" not in name]


@pytest.mark.skipif(not hasattr(os, "major"), reason="no POSIX")
def test_a_name_that_another_has_taken_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was noted is removed as the file that it was."""
    lines = shared_files(tmp_path)
    maker = processes.Proc(7, 1, 7, 7, False, 100, 0.0)
    monkeypatch.setattr(shm, "FOLDER", str(tmp_path))
    monkeypatch.setattr(processes, "HAS_PROC", True)
    monkeypatch.setattr(processes, "read", {"/proc/7/maps": lines}.__getitem__)
    monkeypatch.setattr(processes, "find", {7: maker}.__getitem__)
    semaphores = shm.Semaphores()
    semaphores.note({7: maker})
    (tmp_path / "new").touch()
    (tmp_path / "new").rename(tmp_path / "made-musl")
    semaphores.remove()
    assert {path.name for path in tmp_path.iterdir() if "made-" in path.name} == {"made-musl"}


def test_no_shared_memory_is_looked_for_under_wine(monkeypatch: pytest.MonkeyPatch) -> None:
    """There /proc may be seen, and os.major is not there."""
    monkeypatch.setattr(processes, "HAS_PROC", True)
    monkeypatch.delattr(shm.os, "major", raising=False)
    assert shm.mapped([os.getpid()]) == set()
