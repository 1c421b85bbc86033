"""Programs at their worst, from the declaration to the report: contained, judged, shown, and nothing of them is left."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs fork")

HEAD = 'title = "A program at its worst."\nmethods = ["none"]\ntrials = 1\nquiet = 1.0\ncpu = 3\n'
EXPECT = '\n[[expect]]\nsays = "It does what it is here for."\n'
HOSTILE = {
    "bomb": (
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n",
        'check = "hang"\nkind = "endless"',
    ),
    "hang": (
        "import os\n\n\ndef wait_for_ever():\n    os.read(os.pipe()[0], 1)\n\n\nwait_for_ever()\n",
        'check = "hang"\nkind = "blocked"',
    ),
    "segfault": ("import ctypes\nctypes.string_at(0)\n", 'check = "exit-status"\nis = -11'),
    "daemon": (
        (
            "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(600)\n"
            "    os._exit(0)\nos.wait()\n"
        ),
        'check = "leftovers"\nat = "grace"\nroles = ["stray"]\nis = 1',
    ),
    "loud": (
        "import sys\nfor _ in range(200):\n    sys.stdout.write('0123456789abcde\\n' * 65536)\n",
        'check = "text"\nstream = "stdout"\ncontains = "0123456789abcde"',
    ),
    "bytes": (
        "import sys\nsys.stdout.buffer.write(b'caf\\xe9 \\xff\\n')\n",
        'check = "text"\nstream = "stdout"\nequals = "caf\\\\xe9 \\\\xff\\n"',
    ),
}
ALSO = {
    "segfault": '[[expect]]\ncheck = "lines"\nsays = "faulthandler tells where."\nstream = "stderr"\nleast = 1\n',
    "daemon": '[[expect]]\ncheck = "leftovers"\nsays = "It is there at exit."\nat = "exit"\nroles = ["stray"]\nis = 1\n',
}


def processes() -> set[int]:
    """The pids of everything that runs and is no thread of the kernel."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def new_ones_of(project: Project, before: set[int]) -> list[str]:
    """Command lines that name the project, or run its programs, and were not there before; given a moment to end."""
    names = tuple(f"{name}.py" for name in HOSTILE)
    found: list[str] = []
    for _ in range(50):
        found = []
        for pid in processes() - before:
            try:
                line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(project.folder) in line and line.rstrip().endswith(names):
                found.append(line)
        if not found:
            break
        time.sleep(0.1)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_is_contained_and_judged(project: Project, name: str) -> None:
    """What it does is recorded and judged as declared, and no process of it is left."""
    program, check = HOSTILE[name]
    project.scenario(f"worst/{name}", HEAD + EXPECT + check + "\n" + ALSO.get(name, ""), program)
    before = processes()
    result = project.pytest("--results", "run.sqlite")
    assert result.returncode == 0, result.stdout + result.stderr
    assert new_ones_of(project, before) == []


def test_a_hang_that_nobody_declared_is_shown_with_its_stack(project: Project) -> None:
    """An undeclared hang fails, and the report holds the stack in which it hung."""
    program, _ = HOSTILE["hang"]
    project.scenario("worst/hang", HEAD + EXPECT + 'check = "lines"\nstream = "stdout"\nis = 0\n', program)
    result = project.pytest()
    assert result.returncode == 1, result.stdout
    assert "It ends by itself." in result.stdout
    assert "wait_for_ever" in result.stdout


def test_loud_output_is_kept_by_both_ends_with_its_size(project: Project) -> None:
    """Of 200 MiB of output the run file keeps the ends, the size and the hash."""
    program, check = HOSTILE["loud"]
    project.scenario("worst/loud", HEAD + EXPECT + check + "\n", program)
    assert project.pytest("--results", "run.sqlite").returncode == 0
    assert (project.folder / "run.sqlite").stat().st_size < 1_000_000
    exported = json.loads(project.mpref("export", "run.sqlite").stdout)
    assert exported["cells"][0]["trials"][0]["stdout"]["size"] == 200 * 2**20


def test_who_writes_more_than_declared_is_endless(project: Project) -> None:
    """As many bytes as declared are allowed; with one more a program counts as endless, before it has used up its CPU."""
    check = EXPECT + 'check = "text"\nstream = "stdout"\ncontains = "x"\n'
    ends = "import os\nos.write(1, b'x' * 10_000)\n"
    goes_on = ends + "while True:\n    os.write(1, b'x')\n"
    project.scenario("worst/ends", HEAD + "output = 10_000\n" + check, ends)
    project.scenario("worst/goes_on", HEAD + "output = 10_000\n" + check, goes_on)
    result = project.pytest("--results", "run.sqlite")
    assert result.returncode == 1, result.stdout
    exported = json.loads(project.mpref("export", "run.sqlite").stdout)
    ended = {cell["id"].partition("[")[0]: cell["trials"][0] for cell in exported["cells"]}
    assert (ended["worst/ends"]["ending"], ended["worst/goes_on"]["ending"]) == ("exited", "endless")
    assert ended["worst/goes_on"]["reason"].endswith("bytes, more than its 10000")
