"""Made-up histories, environments and scenarios for the tests of the judge: short to write, valid as a whole."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec

from mpref.environment import Cell, Environment
from mpref.history import Event, History, Process, Stream
from mpref.judge.checks import Check, Expectation, Observation
from mpref.judge.declaration import Scenario

LABELS = ("parent-starts", "parent-done", "child-runs", "joined", "task-start", "task-end")
_ticks = count(1)


def event(label: str, pid: int = 10, *, ppid: int = 1, time: int | None = None, **fields: Any) -> Event:
    tick = next(_ticks)
    return Event(label=label, pid=pid, ppid=ppid, time=tick if time is None else time, seq=tick, fields=fields)


def stream(text: str) -> Stream:
    return Stream(head=text.encode(), size=len(text.encode()))


def cut_stream(head: str, tail: str, size: int = 10**6) -> Stream:
    return Stream(head=head.encode(), tail=tail.encode(), size=size)


def process(role: str, pid: int = 99) -> Process:
    return msgspec.convert({"pid": pid, "ppid": 1, "role": role, "command": "python"}, Process)


def history(*events: Event, trial: int = 1, **changes: Any) -> History:
    plain: dict[str, Any] = {
        "command": ("python", "prog.py"),
        "pid": 10,
        "ending": "exited",
        "status": 0,
        "started": 0.0,
        "wall": 0.1,
        "cpu": 0.1,
        "created": 1,
        "neighbours": 0.0,
    }
    for name in ("stdout", "stderr"):
        if isinstance(changes.get(name), str):
            changes[name] = stream(changes[name])
    return History(**{**plain, "trial": trial, "events": events, **changes})


def blocked(*events: Event, **changes: Any) -> History:
    return history(*events, **{"ending": "blocked", "status": None, **changes})


def environment(version: str = "3.13.0", **changes: Any) -> Environment:
    plain: dict[str, Any] = {
        "executable": "/usr/bin/python3",
        "implementation": "cpython",
        "version": version,
        "implementation_version": version,
        "build": "main",
        "free_threaded": False,
        "debug": False,
        "optimize": 0,
        "warn_options": (),
        "x_options": (),
        "platform": "linux",
        "os": "Linux 6.1",
        "machine": "x86_64",
        "libc": "glibc 2.36",
        "container": "",
        "cpus": 2,
        "affinity": 2,
        "quota": None,
        "start_methods": ("fork", "spawn", "forkserver"),
        "default_method": "fork",
        "capabilities": ("os.fork", "os.openpty"),
    }
    return Environment(**{**plain, **changes})


def cell(method: str = "fork", stream: str = "pipe", where: Environment | None = None) -> Cell:
    name = (where or environment()).name
    return msgspec.convert({"scenario": "c/s", "environment": name, "method": method, "stream": stream}, Cell)


def expectation(check: str, **operands: Any) -> Check:
    """A check as a declaration would give it; underscores stand for hyphens, `is_` for `is`."""
    names = {"is_": "is", "one_of": "one-of", "same_as": "same-as"}
    table = {names.get(key, key): value for key, value in operands.items()}
    return msgspec.convert({"says": "It is so.", "check": check, **table}, Expectation)


def scenario(*checks: Check, **changes: Any) -> Scenario:
    plain: dict[str, Any] = {"title": "A title.", "methods": ("fork", "spawn"), "events": LABELS}
    return Scenario(**{**plain, "expect": checks, **changes})


def observe(check: Check, seen: History, **changes: Any) -> Observation:
    return check.observe(seen, scenario(check, **changes))
