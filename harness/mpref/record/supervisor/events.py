"""Gathers the events of a trial: one file a process, one `repr` of a tuple a line; and puts them into one order."""

from __future__ import annotations

import ast
import os
from typing import Any, Dict, List, NamedTuple, Set, Tuple

AT_ONCE = 500
"""Lines that are parsed in one go."""


class Gathered(NamedTuple):
    """The events, ordered by time, pid and sequence number, and what could not be read."""

    events: List[Dict[str, Any]]
    notes: List[str]


def gather(folder: str) -> Gathered:
    """Read all files of the folder."""
    events: List[Dict[str, Any]] = []
    notes: List[str] = []
    for name in _names(folder, notes):
        if name.endswith(".events"):
            with open(os.path.join(folder, name), "rb") as file:
                lines = file.read().split(b"\n")
            if lines.pop():
                notes.append(f"the last event of {name} is torn and was left out")
            for start in range(0, len(lines), AT_ONCE):
                _parse(name, lines[start : start + AT_ONCE], events, notes)
    events.sort(key=lambda event: (event["time"], event["pid"], event["seq"]))
    return Gathered(events, notes)


def _names(folder: str, notes: List[str]) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        notes.append("the program removed the folder of its events")
        return []


def size(folder: str) -> int:
    """Bytes of events so far."""
    try:
        with os.scandir(folder) as entries:
            return sum(entry.stat().st_size for entry in entries)
    except OSError:
        return 0


def recorders(folder: str, label: str) -> Set[int]:
    """The pids of those that have recorded an event of this label so far; a line that is still being written does not count."""
    found = set()
    start = ascii(label).encode()
    for name in _names(folder, []):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                if any(line.startswith(b"(" + start + b",") for line in file):
                    found.add(int(name.partition(".")[0]))
        except (OSError, ValueError):
            continue  # the program removed it, or put a file of its own there
    return found


def _parse(name: str, lines: List[bytes], events: List[Dict[str, Any]], notes: List[str]) -> None:
    try:
        parsed = ast.literal_eval("[" + ",".join(line.decode("utf-8") for line in lines) + "]")
        events.extend([_event(fields) for fields in parsed])
    except UNREADABLE:
        _parse_each(name, lines, events, notes)


def _parse_each(name: str, lines: List[bytes], events: List[Dict[str, Any]], notes: List[str]) -> None:
    bad = 0
    for line in lines:
        try:
            events.append(_event(ast.literal_eval(line.decode("utf-8"))))
        except UNREADABLE:
            bad += 1
    if bad:
        notes.append(f"{bad} events of {name} could not be read")


UNREADABLE = (ValueError, SyntaxError, TypeError, MemoryError, RecursionError)


def _event(fields: Tuple[Any, ...]) -> Dict[str, Any]:
    label, pid, ppid, time, seq, own = fields
    if not (isinstance(label, str) and isinstance(own, dict) and all(type(number) is int for number in fields[1:5])):
        raise ValueError("not an event")
    return {"label": label, "pid": pid, "ppid": ppid, "time": time, "seq": seq, "fields": plain(own)}


def plain(value: Any) -> Any:
    """The value as JSON can hold it: a tuple or set as a list, bytes and other values as their repr, keys as text."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        return {key if isinstance(key, str) else repr(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    return repr(value)
