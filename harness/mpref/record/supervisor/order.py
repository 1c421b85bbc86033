"""What the harness orders: one trial, with everything that bounds it. Times are seconds, output is bytes."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Optional

STREAMS = ("pipe", "file", "terminal")


class BadOrder(ValueError):
    """An order that cannot be understood; the message says which part of it."""


class CannotStart(Exception):
    """The program could not be started at all; the message says why."""


class Order(NamedTuple):
    """One trial to carry out."""

    trial: int
    command: List[str]
    environ: Dict[str, str]
    stdin: Optional[str]
    cwd: Optional[str]
    """The working directory; None: the trial's own."""
    stream: str
    deadline: float
    quiet: float
    """The window without any sign of life after which a trial counts as blocked."""
    grace: float
    """How long processes may go on after the program's own exit."""
    processes: int
    cpu: float
    output: int
    regime: str
    seed: int
    calibrate: bool
    """Whether to measure, before and after, how many cores the machine gives."""

    @classmethod
    def from_line(cls, line: bytes) -> Order:
        """Read one line of the protocol. Raises BadOrder."""
        try:
            given = json.loads(line.decode("utf-8"))
        except ValueError as error:
            raise BadOrder(f"not a line of JSON: {error}") from None
        if not isinstance(given, dict):
            raise BadOrder("not a JSON object")
        return cls.from_dict(given)

    @classmethod
    def from_dict(cls, given: Dict[str, Any]) -> Order:
        """Check the keys and values; what is left out has a default. Raises BadOrder."""
        unknown = sorted(set(given) - set(cls._fields))
        if unknown:
            raise BadOrder(f"unknown key: {', '.join(unknown)}")
        merged = {**DEFAULTS, **given}
        for key, kind in KINDS.items():
            if key not in merged:
                raise BadOrder(f"missing key: {key}")
            if not isinstance(merged[key], kind) or (isinstance(merged[key], bool) and kind is not bool):
                raise BadOrder(f"{key} is {merged[key]!r}")
        _check(merged)
        return cls(**merged)


def _check(merged: Dict[str, Any]) -> None:
    command, environ = merged["command"], merged["environ"]
    if not command or not all(isinstance(word, str) and "\0" not in word for word in command):
        raise BadOrder("command must be a list of words")
    if not all(
        isinstance(value, str) and "\0" not in name + value and "=" not in name for name, value in environ.items()
    ):
        raise BadOrder("environ must be a table of texts")
    if merged["stream"] not in STREAMS:
        raise BadOrder(f"stream is {merged['stream']!r}, not one of {', '.join(STREAMS)}")


KINDS: Dict[str, Any] = {
    "trial": int,
    "command": list,
    "environ": dict,
    "stdin": (str, type(None)),
    "cwd": (str, type(None)),
    "stream": str,
    "deadline": (int, float),
    "quiet": (int, float),
    "grace": (int, float),
    "processes": int,
    "cpu": (int, float),
    "output": int,
    "regime": str,
    "seed": int,
    "calibrate": bool,
}

DEFAULTS: Dict[str, Any] = {
    "environ": {},
    "stdin": None,
    "cwd": None,
    "stream": "pipe",
    "deadline": 20.0,
    "quiet": 3.0,
    "grace": 2.0,
    "processes": 64,
    "cpu": 10.0,
    "output": 512 * 1024 * 1024,
    "regime": "none",
    "seed": 0,
    "calibrate": False,
}
