# ruff: noqa: INP001 - a folder on the module search path is no package
"""Recording: `event("label", "the line to print", field=value)` is one event of the history, and a print, in one call.

Each process appends to a file of its own in the folder that MPREF_EVENTS names; without that variable a program only
prints. A line of the file is the literal of a tuple: label, pid, ppid, nanoseconds of the monotonic clock, number within
the process, fields. `point("after-start")` is a place where a regime may hold the process up, and so is every event before
it is recorded: MPREF_DELAY=LABEL=SECONDS says where and for how long. MPREF_PAUSE=LABEL=SIGNAL makes a process stop itself right
after it has first recorded such an event; the supervisor lets it go on. MPREF_WINE says that this is Wine. Importing this costs
a program next to nothing: `os`, `time` and `itertools` are there already.
"""

import itertools
import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Optional, Set

FLAGS = os.O_APPEND | os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0)
DEEPEST = 20
COARSE = 0.001
"""Seconds. Windows' monotonic clock ticked every 16 ms up to Python 3.12; the other one is common to all processes too."""


def _parent_under_wine() -> int:
    """The parent's pid. os.getppid() ends a process under Wine, which lacks PssCaptureSnapshot; since 3.13 only the first."""
    import ctypes

    told = (ctypes.c_size_t * 6)()
    library = ctypes.WinDLL("ntdll")  # type: ignore[attr-defined, unused-ignore]
    library.NtQueryInformationProcess(ctypes.c_void_p(-1), 0, told, ctypes.sizeof(told), None)
    return int(told[5])


_parent = _parent_under_wine if "MPREF_WINE" in os.environ else os.getppid
_now = time.monotonic_ns if time.get_clock_info("monotonic").resolution <= COARSE else time.perf_counter_ns
# PyPy imports a codec at the first ascii(): whoever another thread forks meanwhile would wait for that import for ever.
ascii("")
_counters: "Dict[int, itertools.count[int]]" = {}
_known: "Set[str]" = set()
"""Labels that are well formed."""
_paused: "Set[int]" = set()


def event(label: str, line: "Optional[str]" = None, /, **fields: "Any") -> None:
    """Records one event, then prints the line, if there is one.

    The label is kebab-case. Fields hold what JSON can: None, bool, int, finite float, str, and lists, tuples and
    dictionaries with str keys of these; they come out as plain values of those types.

    Raises ValueError for another label, and for a field called pid or ppid: every event has these of its own process.
    Raises TypeError for another field; it names the field. Raises OSError where the event cannot be written.
    """
    point(label)
    plain = {name: _plain(value, name, 0) for name, value in fields.items()} if fields else fields
    if "pid" in plain or "ppid" in plain:
        raise ValueError("an event has its own pid and ppid; give the field another name, such as child")
    folder = os.environ.get("MPREF_EVENTS")
    if folder:
        _record(folder, label, plain)
    if line is not None:
        print(line)
    where, _, stop = os.environ.get("MPREF_PAUSE", "").partition("=")
    if where == label and os.getpid() not in _paused:
        _paused.add(os.getpid())
        os.kill(os.getpid(), int(stop))


def point(label: str) -> None:
    """A named point of the program, where nothing happens unless a regime holds the process up there.

    Raises ValueError for a label that is not kebab-case.
    """
    if label not in _known:
        _check(label)
    where, _, seconds = os.environ.get("MPREF_DELAY", "").partition("=")
    if where == label:
        time.sleep(float(seconds))


def _record(folder: str, label: str, fields: "Dict[str, Any]") -> None:
    """Appends the event to the process's own file.

    A forked child finds no counter under its pid and begins a new one; `setdefault` lets one thread win.
    """
    pid = os.getpid()
    number = next(_counters.setdefault(pid, itertools.count()))
    data = ascii((str.__str__(label), pid, _parent(), _now(), number, fields)).encode() + b"\n"
    file = os.open(os.path.join(folder, "%d.events" % pid), FLAGS, 0o666)
    try:
        while data:  # the whole line at once, but on a disk that gets full: then the next write says so
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def _check(label: "Any") -> None:
    words = label.split("-") if isinstance(label, str) else []
    if not words or not all(word.isascii() and word.isalnum() and word == word.lower() for word in words):
        raise ValueError("a label is kebab-case, such as child-started, not %r" % (label,))
    if not words[0][0].isalpha():
        raise ValueError("a label begins with a letter, unlike %r" % (label,))
    _known.add(label)


def _plain(value: "Any", name: str, depth: int) -> "Any":
    """The value as a literal of the plain types. Subclasses (an IntEnum, a str with its own repr) lose what they add."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, int):
        return int.__pos__(value)
    if isinstance(value, str):
        return _text(value, name)
    if isinstance(value, float):
        if value - value == 0:
            return float.__pos__(value)
        raise TypeError("field %s: JSON cannot hold %r" % (name, value))
    return _nested(value, name, depth + 1)


def _nested(value: "Any", name: str, depth: int) -> "Any":
    if depth > DEEPEST:
        raise TypeError("field %s: it is nested deeper than %d levels" % (name, DEEPEST))
    if isinstance(value, list):
        return [_plain(item, name, depth) for item in list.__iter__(value)]
    if isinstance(value, tuple):
        return tuple([_plain(item, name, depth) for item in tuple.__iter__(value)])
    if isinstance(value, dict):
        return {_key(key, name): _plain(item, name, depth) for key, item in dict.items(value)}
    raise TypeError("field %s: an event cannot hold a %s" % (name, type(value).__name__))


def _key(key: "Any", name: str) -> str:
    if isinstance(key, str):
        return _text(key, name)
    raise TypeError("field %s: the keys of a dictionary are str, not %s" % (name, type(key).__name__))


def _text(value: str, name: str) -> str:
    """The plain str. A lone surrogate (of an undecodable path) is no text for JSON."""
    text = str.__str__(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise TypeError("field %s: JSON cannot hold a lone surrogate" % name) from None
    return text
