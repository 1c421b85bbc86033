"""Recording: what `event` writes, what it refuses, and what it asks of the program."""

from __future__ import annotations

import ast
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from interpreters import PYTHONS, declared

from mpref.record.order import EVENT_PATH

if TYPE_CHECKING:
    from pathlib import Path

each_python = pytest.mark.parametrize("python", PYTHONS.values(), ids=list(PYTHONS))
newest = pytest.mark.parametrize("python", [list(PYTHONS.values())[-1]], ids=[list(PYTHONS)[-1]])
HEAD = "from mpref_event import event\nimport os, sys\n"


def run(python: str, source: str, folder: Path | None) -> tuple[int, str, str]:
    """Status, stdout and stderr of a program that may record into the folder."""
    environ = declared() | {"PYTHONPATH": str(EVENT_PATH)} | ({"MPREF_EVENTS": str(folder)} if folder else {})
    done = subprocess.run(
        [python, "-c", HEAD + source], env=environ, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


def events(folder: Path) -> list[tuple[Any, ...]]:
    """All recorded tuples, file by file."""
    return [
        ast.literal_eval(line) for file in sorted(folder.iterdir()) for line in file.read_text("ascii").splitlines()
    ]


@each_python
def test_one_call_records_and_prints(python: str, tmp_path: Path):
    """An event tells label, process, parent, monotonic time, number and fields, and the line is printed."""
    source = """import time
before = time.monotonic_ns()
event("child-started", "I am here", number=1, name="Zoë")
event("again")
print(os.getpid(), os.getppid(), before, time.monotonic_ns())
"""
    status, out, err = run(python, source, tmp_path)
    assert (status, err) == (0, "")
    line, figures = out.splitlines()
    pid, ppid, before, after = map(int, figures.split())
    first, second = events(tmp_path)
    assert line == "I am here"
    assert (first[:3], first[4:]) == (("child-started", pid, ppid), (0, {"number": 1, "name": "Zoë"}))
    assert (second[:3], second[4:]) == (("again", pid, ppid), (1, {}))
    assert before <= first[3] <= second[3] <= after
    assert [file.name for file in tmp_path.iterdir()] == [f"{pid}.events"]


@newest
def test_without_a_folder_it_only_prints(python: str, tmp_path: Path):
    """A program that is run by hand prints its lines, and nothing is written."""
    assert run(python, f"os.chdir({str(tmp_path)!r})\nevent('one', 'a line', number=1)\nevent('two')\n", None) == (
        0,
        "a line\n",
        "",
    )
    assert list(tmp_path.iterdir()) == []


@each_python
def test_nothing_but_three_modules_is_imported(python: str, tmp_path: Path):
    """Recording brings no module into the program but its own and those that it names."""
    source = "print(sorted(sys.modules))\n"
    command = [python, "-c", "import os, sys, time, itertools\n" + source]
    bare = subprocess.run(command, env=declared(), capture_output=True, encoding="utf-8", check=True).stdout
    _, out, _ = run(python, f"event('one', number=1.5)\n{source}", tmp_path)
    assert set(ast.literal_eval(out)) - set(ast.literal_eval(bare)) == {"mpref_event"}


EVENT_IMPORTS_NOTHING = """before = set(sys.modules)
event("one", number=1, name="one")
assert not set(sys.modules) - before, set(sys.modules) - before
"""


@each_python
def test_an_event_imports_nothing(python: str, tmp_path: Path):
    """What is imported in one thread while another forks is locked in the child: recording must not be the one to do that."""
    assert run(python, EVENT_IMPORTS_NOTHING, tmp_path) == (0, "", "")


@each_python
def test_fields_come_out_as_plain_values(python: str, tmp_path: Path):
    """Subclasses with a face of their own are written as the plain value they hold."""
    source = """import collections, enum
class Number(enum.IntEnum):
    ONE = 1
class Text(str):
    def __repr__(self): return "no literal"
    __str__ = __repr__
class Real(float):
    def __repr__(self): return "no literal"
Point = collections.namedtuple("Point", "x y")
values = collections.OrderedDict([(Text("key"), [Point(1, Real(2.5)), Number.ONE])])
smile = chr(0x1F600)
event(Text("plain"), a=None, b=True, c=-2**63, d=1e300, e=Text("t"), f=values, g=Number.ONE, h=(), i={}, j=smile)
"""
    status, _, err = run(python, source, tmp_path)
    assert (status, err) == (0, "")
    ((label, *_, fields),) = events(tmp_path)
    assert label == "plain"
    held = {"key": [(1, 2.5), 1]}
    smile = "\N{GRINNING FACE}"
    expected = {
        "a": None,
        "b": True,
        "c": -(2**63),
        "d": 1e300,
        "e": "t",
        "f": held,
        "g": 1,
        "h": (),
        "i": {},
        "j": smile,
    }
    assert fields == expected
    assert [type(fields[name]) for name in "bgde"] == [bool, int, float, str]


REFUSED = {
    "bytes": "b'x'",
    "set": "{1}",
    "object": "object()",
    "nan": "float('nan')",
    "infinite": "[float('-inf')]",
    "complex": "1j",
    "inside": "{'a': [(1, b'x')]}",
    "key": "{1: 2}",
    "surrogate": "'\\udc80'",
    "key_surrogate": "{'\\udc80': 1}",
    "function": "print",
    "endless": "endless",
}


@newest
@pytest.mark.parametrize("value", REFUSED.values(), ids=list(REFUSED))
@pytest.mark.parametrize("recording", [True, False])
def test_a_field_that_json_cannot_hold_is_refused(python: str, value: str, recording: bool, tmp_path: Path):
    """TypeError names the field, nothing is written or printed, and it is the same when nobody records."""
    source = f"endless = []\nendless.append(endless)\nevent('one', 'a line', fine=1, wrong={value})\n"
    status, out, err = run(python, source, tmp_path if recording else None)
    assert (status, out, list(tmp_path.iterdir())) == (1, "", [])
    assert err.splitlines()[-1].startswith("TypeError: field wrong: ")


@newest
@pytest.mark.parametrize("label", ["", "-", "a-", "-a", "a--b", "Child", "a_b", "a b", "1-a", "ä", "a.b", "a\n"])
def test_a_label_is_kebab_case(python: str, label: str, tmp_path: Path):
    """ValueError quotes the label, and nothing is written."""
    status, _, err = run(python, f"event({label!r})\n", tmp_path)
    assert (status, list(tmp_path.iterdir())) == (1, [])
    assert err.splitlines()[-1].startswith("ValueError: a label ")
    assert repr(label) in err.splitlines()[-1]


@newest
@pytest.mark.parametrize("field", ["pid", "ppid"])
def test_a_field_cannot_hide_the_process(python: str, field: str, tmp_path: Path):
    """`pid` and `ppid` are those of the event's own process and no field's name."""
    status, _, err = run(python, f"event('one', {field}=1)\n", tmp_path)
    assert (status, err.splitlines()[-1].split(":")[0], list(tmp_path.iterdir())) == (1, "ValueError", [])


@each_python
def test_any_other_name_can_be_a_field(python: str, tmp_path: Path):
    """The function's own parameters take no name away from the fields."""
    assert run(python, "event('one', label=1, line=2, self=3, fields=4)\n", tmp_path)[0] == 0
    assert events(tmp_path)[0][-1] == {"label": 1, "line": 2, "self": 3, "fields": 4}


@each_python
@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="no fork")
def test_numbers_restart_in_a_forked_child(python: str, tmp_path: Path):
    """A forked child numbers its events from 0 and writes to its own file; the parent goes on counting."""
    source = """event("one")
event("two")
pid = os.fork()
event("after")
event("last")
if pid:
    os.waitpid(pid, 0)
    print(os.getpid(), pid)
"""
    _, out, _ = run(python, source, tmp_path)
    parent, child = map(int, out.split())
    numbers = {pid: [(e[0], e[4]) for e in events(tmp_path) if e[1] == pid] for pid in (parent, child)}
    assert numbers == {
        parent: [("one", 0), ("two", 1), ("after", 2), ("last", 3)],
        child: [("after", 0), ("last", 1)],
    }
    assert {e[2] for e in events(tmp_path) if e[1] == child} == {parent}
    assert {file.name for file in tmp_path.iterdir()} == {f"{parent}.events", f"{child}.events"}


@each_python
def test_threads_do_not_tear_or_share_numbers(python: str, tmp_path: Path):
    """Every event of many threads is one whole line with a number of its own, in a forked child too."""
    source = """import threading
sys.setswitchinterval(1e-6)
def many():
    for _ in range(100):
        event("turn", text="x" * 50)
if hasattr(os, "fork"):
    pid = os.fork()
threads = [threading.Thread(target=many) for _ in range(8)]
[t.start() for t in threads]
[t.join() for t in threads]
if hasattr(os, "fork") and pid:
    os.waitpid(pid, 0)
"""
    assert run(python, source, tmp_path)[0] == 0
    recorded = events(tmp_path)
    pids = {e[1] for e in recorded}
    assert len(pids) == 2 if hasattr(__import__("os"), "fork") else 1
    for pid in pids:
        assert sorted(e[4] for e in recorded if e[1] == pid) == list(range(800))


@newest
def test_the_record_comes_before_the_print(python: str, tmp_path: Path):
    """An event whose line cannot be printed is recorded all the same."""
    status, _, err = run(python, "sys.stdout.close()\nevent('one', 'a line')\n", tmp_path)
    assert (status, err.splitlines()[-1]) == (1, "ValueError: I/O operation on closed file.")
    assert [e[0] for e in events(tmp_path)] == ["one"]


@each_python
def test_a_point_does_nothing_unless_a_regime_says_so(python: str, tmp_path: Path):
    """Without a regime a point neither records nor waits; with a delay it waits there, and before the event of that label."""
    source = """from mpref_event import point
import time
slept = []
time.sleep = slept.append
point("after-start")
os.environ["MPREF_DELAY"] = "after-start=0.5"
point("after-start")
point("elsewhere")
event("after-start")
print(slept)
"""
    assert run(python, source, tmp_path) == (0, "[0.5, 0.5]\n", "")
    assert [e[0] for e in events(tmp_path)] == ["after-start"]


@newest
def test_a_pause_comes_once_and_after_the_event(python: str, tmp_path: Path):
    """A process that is to pause signals itself right after it has first recorded the event, and not again."""
    source = """sent = []
os.kill = lambda pid, number: sent.append((pid == os.getpid(), number, len(os.listdir(os.environ["MPREF_EVENTS"]))))
os.environ["MPREF_PAUSE"] = "here=19"
event("there")
event("here")
event("here")
print(sent)
"""
    assert run(python, source, tmp_path) == (0, "[(True, 19, 1)]\n", "")


@newest
def test_no_file_stays_open(python: str, tmp_path: Path):
    """Between events the program has the descriptors that it had before."""
    source = "free = os.dup(0)\nos.close(free)\nevent('one')\nprint(os.dup(0) == free)\n"
    assert run(python, source, tmp_path) == (0, "True\n", "")


@newest
@pytest.mark.skipif(not __import__("os").path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_an_error(python: str, tmp_path: Path):
    """An event that cannot be written raises OSError and prints nothing: a record is whole or it fails loudly."""
    source = f"os.symlink('/dev/full', {str(tmp_path)!r} + '/%d.events' % os.getpid())\nevent('one', 'a line')\n"
    status, out, err = run(python, source, tmp_path)
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == "OSError: [Errno 28] No space left on device"
