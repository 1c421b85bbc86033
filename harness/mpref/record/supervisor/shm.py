"""What processes have in shared memory: blocks by their names, and named semaphores, which outlive whoever is killed.

A C library makes a semaphore in a file of its own, maps that, links it to the name that was asked for, and unlinks the first name
(glibc: sem.XXXXXX to sem.NAME; musl: tmp-NUMBER to NAME). So who has mapped it as deleted has made it, or is forked from one
that has; who has opened it has mapped it by its name.
"""

from __future__ import annotations

import os
from typing import Dict, Iterable, Iterator, List, Optional, Set, Tuple

from . import processes
from .processes import Proc

FOLDER = "/dev/shm"
MADE_AS = ("sem.", "tmp-")
"""What the first names of semaphores begin with."""
DELETED = " (deleted)"
MOST = 100
"""Processes that are looked at before they are killed: a larger bomb is not to win time, and inherits most of its mappings."""


class Semaphores:
    """Those that processes have made, to be removed when they are killed: their resource tracker, killed as well, cannot.

    One whose maker has ended before, and took no care of it (PyPy's under forkserver), is not seen and stays.
    """

    def __init__(self) -> None:
        self._made: Set[Tuple[str, int]] = set()
        """Names and inodes."""

    def note(self, live: Dict[int, Proc]) -> None:
        """Look at what is about to be killed. A semaphore's name is looked up while it is mapped, and its inode nobody else's."""
        there = _entries()
        for pid, proc in list(live.items())[:MOST] if there else ():
            made = {inode for inode, path in _mappings([pid]) if _as_maker(path)}
            again = processes.find(pid) if made else None
            if again is not None and again.started == proc.started:  # it was that process, not another with its pid
                self._made.update((name, inode) for name, inode in there if inode in made)

    def remove(self) -> None:
        """Remove those that are still there."""
        for name, inode in self._made:
            try:
                if os.stat(f"{FOLDER}/{name}").st_ino == inode:
                    os.unlink(f"{FOLDER}/{name}")
            except OSError:
                continue


def mapped(pids: Iterable[int]) -> Set[int]:
    """The files in shared memory that these processes have mapped, by inode."""
    return {inode for inode, _ in _mappings(pids)}


def names(inodes: Set[int]) -> List[str]:
    """Those of them that are still there."""
    return sorted(name for name, inode in _entries() if inode in inodes)


def _as_maker(path: str) -> bool:
    """Whether who has mapped it by this path has made it."""
    return path.endswith(DELETED) and path.rpartition("/")[2].startswith(MADE_AS)


def _entries() -> List[Tuple[str, int]]:
    """Name and inode of all that is there."""
    try:
        return [(entry.name, entry.inode()) for entry in os.scandir(FOLDER)]
    except OSError:
        return []


def _mappings(pids: Iterable[int]) -> Iterator[Tuple[int, str]]:
    """The inode and the path of each mapping of such a file. Who lives in another root is shown with another path to it."""
    folder, device = FOLDER.encode() + b"/", _device() if processes.HAS_PROC else None
    for pid in pids if device else ():
        try:
            text = processes.read(f"/proc/{pid}/maps")
        except OSError:
            continue
        for line in text.splitlines() if folder in text else ():
            fields = line.split(None, 5)
            if len(fields) == 6 and fields[3] == device and folder in fields[5]:
                yield int(fields[4]), fields[5].decode("utf-8", "replace")


def _device() -> Optional[bytes]:
    """What the files there lie on, as /proc/PID/maps writes it; None where there is no such folder, and under Wine."""
    if not hasattr(os, "major"):
        return None
    try:
        number = os.stat(FOLDER).st_dev
    except OSError:
        return None
    return b"%02x:%02x" % (os.major(number), os.minor(number))
