"""Tracebacks: from the text of a stream to the exceptions raised, each with its phase.

A line is judged by its form alone, so that tracebacks of several processes that were printed at once are still found: a
run of frames and the next line that names an exception belong together, whether or not a header came right before.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Phase = Literal["start", "child-import", "run", "result", "shutdown"]
"""In the parent while it starts a process; in a child before its work, as it imports main again; in the work or the
program's own code; raised again where a result is fetched; at exit, in finalizers, or ignored."""


class Frame(msgspec.Struct, frozen=True):
    """One line of a traceback."""

    file: str
    line: int
    function: str

    def within(self, module: str, *functions: str) -> bool:
        """Whether this is one of the functions of a module given as `package/module.py`, on any system."""
        return self.file.replace("\\", "/").endswith("/" + module) and self.function.rpartition(".")[2] in functions


class Raised(msgspec.Struct, frozen=True):
    """One exception as printed."""

    type: str
    """With its modules, as printed: `concurrent.futures.process.BrokenProcessPool`."""
    message: str
    phase: Phase
    frames: tuple[Frame, ...]


COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HEADER = re.compile(r"(Exception Group )?Traceback \(most recent call last\):$")
FRAME = re.compile(r'\s*File "([^"]*)", line (\d+)(?:, in (.+))?$')
IGNORED = re.compile(r"Exception ignored |Error in atexit|Exception ignored:")
GROUP = re.compile(r"\s*(?:\+ |\| ?)(.*)$")
SEPARATOR = re.compile(r"\s*\+[-+]")
CHAIN = re.compile(r"(The above exception was the direct cause|During handling of the above exception)")
NOTICE = re.compile(r"Process .+:$|Exception in |Fatal Python error|\S.*:\d+: \w*Warning: ")
NAME = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_<][\w>]*)*)(?:: ?(.*))?$")
REMOTE = ("RemoteTraceback", "_RemoteTraceback")

STARTS = (
    ("multiprocessing/process.py", ("start",)),
    ("multiprocessing/context.py", ("_Popen", "Pool")),
    ("multiprocessing/pool.py", ("_repopulate_pool_static",)),
    ("multiprocessing/reduction.py", ("dump",)),
    ("multiprocessing/popen_fork.py", ("__init__", "_launch")),
    ("multiprocessing/popen_spawn_posix.py", ("__init__", "_launch")),
    ("multiprocessing/popen_spawn_win32.py", ("__init__",)),
    ("multiprocessing/popen_forkserver.py", ("__init__", "_launch")),
    ("multiprocessing/forkserver.py", ("ensure_running", "connect_to_new_process")),
    ("concurrent/futures/process.py", ("_launch_processes", "_spawn_process")),
)
IMPORTS = (
    (
        "multiprocessing/spawn.py",
        ("prepare", "import_main_path", "_fixup_main_from_path", "_fixup_main_from_name", "_main"),
    ),
    ("multiprocessing/forkserver.py", ("_handle_preload",)),
)
EXITS = (
    ("multiprocessing/util.py", ("_exit_function", "_run_finalizers")),
    ("threading.py", ("_shutdown",)),
    ("concurrent/futures/process.py", ("_python_exit",)),
    ("concurrent/futures/thread.py", ("_python_exit",)),
)
RESULTS = (
    ("multiprocessing/pool.py", ("get", "next", "__next__")),
    ("concurrent/futures/_base.py", ("result", "__get_result", "exception")),
)
Marks = tuple[tuple[str, tuple[str, ...]], ...]


def parse(text: str) -> tuple[Raised, ...]:
    """All exceptions that the text shows, in the order in which their last lines were printed."""
    reader = _Reader()
    for line in COLOUR.sub("", text).replace("\r", "").split("\n"):
        reader.read(line)
    return reader.finish()


class _Reader:
    """Reads line by line; holds the frames of the open traceback and the exception whose message may go on."""

    def __init__(self) -> None:
        self.raised: list[Raised] = []
        self.frames: list[Frame] = []
        self.opened = 0
        """Tracebacks whose exception has not come yet; more than one where processes print at once."""
        self.stale = False
        """Whether the frames belong to an exception that has come; another open one may have to share them."""
        self.type = ""
        self.message: list[str] | None = None
        self.ignored = False
        self.remote = False
        self.after_remote = False
        self.group = False

    def read(self, line: str) -> None:
        """One line, without its end."""
        line = self._ungrouped(line)
        if HEADER.match(line):
            self._end()
            self.opened, self.frames = self.opened + 1, []
        elif frame := FRAME.match(line):
            self._frame(Frame(frame[1], int(frame[2]), frame[3] or ""))
        elif line == '"""' or CHAIN.match(line) or NOTICE.match(line) or IGNORED.match(line):
            self._boundary(line)
        elif self.message is not None and not (self.opened > 1 and _class_named(line)):
            self.message.append(line)
        else:
            self._name(line)

    def finish(self) -> tuple[Raised, ...]:
        """All that was found."""
        self._end()
        return tuple(self.raised)

    def _ungrouped(self, line: str) -> str:
        """Without the margin that an exception group draws; its rules open the next member."""
        if "+ Exception Group Traceback" in line:
            self.group = True
        if not self.group:
            return line
        if SEPARATOR.match(line):
            self._end()
            self.opened = 1
            return ""
        inner = GROUP.match(line)
        self.group = inner is not None
        return inner[1] if inner else line

    def _frame(self, frame: Frame) -> None:
        self._end()
        self.opened = max(1, self.opened)
        self.frames = [frame] if self.stale else [*self.frames, frame]
        self.stale = False

    def _boundary(self, line: str) -> None:
        self._end()
        if line == '"""' and self.remote and self.after_remote:
            self.remote = False
        elif line == '"""' and self.remote:
            self.after_remote = True
        elif IGNORED.match(line):
            self.ignored, self.opened = True, 1

    def _name(self, line: str) -> None:
        """A line that names an exception; others inside a traceback are source, carets or somebody else's output."""
        named = _class_named(line)
        if named is None:
            return
        self._end()
        if named[0].rpartition(".")[2] in REMOTE:
            self.remote, self.after_remote = True, False
        elif self.opened:
            self.type, self.message = named[0], [named[1]]

    def _end(self) -> None:
        """The message is complete."""
        if self.message is None:
            return
        frames = tuple(self.frames)
        again = self.after_remote and not self.remote
        phase = phase_of(frames, ignored=self.ignored, after_remote=again)
        self.raised.append(Raised(self.type, "\n".join(self.message).rstrip(), phase, frames))
        self.message, self.opened, self.stale = None, self.opened - 1, True
        self.frames = self.frames if self.opened else []
        self.ignored, self.after_remote = False, self.after_remote and self.remote


def _class_named(line: str) -> tuple[str, str] | None:
    """The type and the message, if the line may be the last one of a traceback."""
    named = NAME.match(line)
    if named is None or not _looks_like_a_class(named[1], has_message=named[2] is not None):
        return None
    return named[1], named[2] or ""


def _looks_like_a_class(name: str, *, has_message: bool) -> bool:
    last = name.rpartition(".")[2]
    return last[:1].isupper() or last[:2].strip("_")[:1].isupper() or (has_message and "." in name)


def phase_of(frames: tuple[Frame, ...], *, ignored: bool = False, after_remote: bool = False) -> Phase:
    """Where an exception with these frames was raised."""
    if ignored or _last(frames, EXITS) >= 0:
        return "shutdown"
    bootstrap = _last(frames, (("multiprocessing/process.py", ("_bootstrap",)),))
    if _last(frames, IMPORTS) > bootstrap:
        return "child-import"
    if after_remote or _raised_again(frames):
        return "result"
    return "start" if _last(frames, STARTS) > bootstrap else "run"


def _last(frames: tuple[Frame, ...], marks: Marks) -> int:
    """The index of the last frame in one of the functions; -1 if there is none."""
    found = [
        index for index, frame in enumerate(frames) if any(frame.within(module, *names) for module, names in marks)
    ]
    return found[-1] if found else -1


def _raised_again(frames: tuple[Frame, ...]) -> bool:
    """Whether a result's error came out of it; an interrupt while waiting for it is not one."""
    last = _last(frames, RESULTS)
    return last >= 0 and all(frame.function != "wait" for frame in frames[last + 1 :])
