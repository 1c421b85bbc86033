"""Tracebacks as interpreters print them, saved in `tracebacks/` by `make_samples.py`, and some that are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpref.judge.tracebacks import Frame, parse

SAMPLES = Path(__file__).parent / "tracebacks"

EXPECTED = {
    "chained": [("KeyError", "run"), ("ValueError", "run"), ("TypeError", "run")],
    "custom_exception": [("Inner", "run")],
    "error_at_import_spawn": [("ValueError", "child-import")],
    "error_in_atexit": [("RuntimeError", "shutdown")],
    "error_in_finalizer": [("RuntimeError", "shutdown")],
    "error_in_mp_finalizer": [("RuntimeError", "shutdown")],
    "error_in_target_fork": [("ValueError", "run")],
    "error_in_target_spawn": [("ValueError", "run")],
    "executor_broken_fork": [("BrokenProcessPool", "result")],
    "executor_task_error_spawn": [("FileNotFoundError", "run"), ("FileNotFoundError", "result")],
    "interrupted_pool_fork": [("KeyboardInterrupt", "run")],
    "pool_result_unpicklable_fork": [("MaybeEncodingError", "result")],
    "pool_task_error_fork": [("KeyError", "run"), ("KeyError", "result")],
    "start_twice": [("AssertionError", "start")],
    "syntax_error": [("SyntaxError", "run")],
    "thread_error": [("ZeroDivisionError", "run")],
    "two_errors_fork": [("ZeroDivisionError", "run")] * 2,
    "unguarded_process_forkserver": [("RuntimeError", "child-import")],
    "unguarded_process_spawn": [("RuntimeError", "child-import")],
    "unpicklable_target_spawn": [("PicklingError", "start")],
    "warning_fork_threads": [],
}


def found(text: str):
    return [(one.type.rpartition(".")[2], one.phase) for one in parse(text)]


@pytest.mark.parametrize("version", ["3.8", "3.13"])
@pytest.mark.parametrize("name", EXPECTED)
def test_real_samples(name: str, version: str):
    """Types and phases of what real interpreters print."""
    assert found(SAMPLES.joinpath(f"{name}-{version}.txt").read_text()) == EXPECTED[name]


def test_frames_are_not_mixed():
    """Two tracebacks printed by turns keep their own frames."""
    text = SAMPLES.joinpath("two_errors_fork-3.13.txt").read_text()
    assert [len(one.frames) for one in parse(text)] == [3, 3]


def test_every_sample_is_tested():
    """No saved traceback lies about unused."""
    names = {path.name.rpartition("-")[0] for path in SAMPLES.glob("*.txt")}
    assert names == {*EXPECTED, "exception_group"}


def test_exception_groups():
    """A group and its members are found through the margin that is drawn around them."""
    text = SAMPLES.joinpath("exception_group-3.13.txt").read_text()
    assert [one.type for one in parse(text)] == ["ExceptionGroup", "KeyError", "ValueError"]
    assert parse(text)[1].frames[-1] == Frame("/app/prog.py", 2, "a")


def test_messages():
    """A message may have several lines, or none."""
    two_lines = parse(SAMPLES.joinpath("error_in_target_fork-3.8.txt").read_text())
    assert two_lines[0].message == "two\nlines"
    assert parse(SAMPLES.joinpath("error_in_target_spawn-3.13.txt").read_text())[0].message == ""
    long = parse(SAMPLES.joinpath("unguarded_process_spawn-3.13.txt").read_text())[0].message
    assert "freeze_support()" in long


HEADER = "Traceback (most recent call last):\n"


def test_windows_paths():
    """Backslashes and drive letters are paths too."""
    text = (
        HEADER
        + '  File "C:\\app\\prog.py", line 5, in <module>\n    p.start()\n'
        + '  File "C:\\Python313\\python313.zip\\multiprocessing\\process.py", line 121, in start\n'
        + "AttributeError: 'NoneType' object has no attribute 'poll'\n"
    ).replace("\n", "\r\n")
    assert found(text) == [("AttributeError", "start")]


def test_colours():
    """On a terminal newer interpreters colour their tracebacks."""
    text = (
        HEADER
        + '  File \x1b[35m"/app/prog.py"\x1b[0m, line \x1b[35m1\x1b[0m, in \x1b[35m<module>\x1b[0m\n'
        + "    \x1b[31m1 \x1b[0m\x1b[1;31m/\x1b[0m\n"
        + "\x1b[1;35mZeroDivisionError\x1b[0m: \x1b[35mdivision by zero\x1b[0m\n"
    )
    assert [(one.type, one.message) for one in parse(text)] == [("ZeroDivisionError", "division by zero")]


def test_pypy_carets():
    """A line of carets below the source is not an exception."""
    text = HEADER + '  File "/app/prog.py", line 1, in <module>\n    1 / 0\n    ^^^^^\nZeroDivisionError: x\n'
    assert found(text) == [("ZeroDivisionError", "run")]


def test_output_in_between():
    """Other output inside a traceback, before it and after it does not hide it."""
    text = (
        "done\n" + HEADER + '  File "/app/prog.py", line 1, in f\nhello there\n    g()\nprogress 3\nOSError: no\nbye\n'
    )
    assert [one.type for one in parse(text)] == ["OSError"]
    assert parse("done\nName: value\nError\n") == ()


def test_interleaved_ends():
    """Two tracebacks whose last lines come together are two errors."""
    frames = '  File "/app/prog.py", line 1, in f\n    g()\n'
    assert [one.type for one in parse(HEADER + HEADER + frames + frames + "KeyError: 1\nOSError: 2\n")] == [
        "KeyError",
        "OSError",
    ]


def test_a_cut_traceback_is_no_error():
    """What was killed while it printed names no exception, and does not lend its frames to the next."""
    cut = HEADER + '  File "/lib/python3.13/multiprocessing/process.py", line 121, in start\n'
    text = cut + HEADER + '  File "/app/prog.py", line 1, in f\nKeyError: 1\n'
    assert found(cut) == []
    assert found(text) == [("KeyError", "run")]


def test_ignored_without_a_traceback():
    """The flush at exit is reported without any frame."""
    text = "Exception ignored in: <_io.TextIOWrapper name='<stdout>'>\nBrokenPipeError: [Errno 32] Broken pipe\n"
    assert found(text) == [("BrokenPipeError", "shutdown")]


def test_start_inside_a_child():
    """A child that may not start a process fails in start, although it runs."""
    text = (
        "Process Process-1:\n"
        + HEADER
        + '  File "/lib/python3.13/multiprocessing/process.py", line 313, in _bootstrap\n'
        + '  File "/app/prog.py", line 4, in work\n'
        + '  File "/lib/python3.13/multiprocessing/process.py", line 118, in start\n'
        + "AssertionError: daemonic processes are not allowed to have children\n"
    )
    assert found(text) == [("AssertionError", "start")]
