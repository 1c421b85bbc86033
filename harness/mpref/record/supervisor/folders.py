"""The supervisor's folder: short, locked while it lives, and emptied between trials; stale ones of dead supervisors are removed.

It holds `home` (a trial's working directory and HOME), `t` (its TMPDIR: AF_UNIX paths must stay short), `events` and
`streams`.
"""

from __future__ import annotations

import os
import sys
from typing import List, Optional

PREFIX = "mpref-"
LONGEST_BASE = 40
"""Characters: `BASE/mpref-xxxxxxxx/t/pymp-xxxxxxxx/listener-xxxxxxxx` must fit into 104 bytes."""
PARTS = ("home", "t", "events", "streams")


class Folders:
    """The folders of the trial that runs."""

    def __init__(self) -> None:
        base = _base()
        _remove_stale(base)
        self.root = os.path.realpath(os.path.join(base, PREFIX + os.urandom(4).hex()))
        os.mkdir(self.root, 0o700)
        self._lock = _lock(self.root)
        self.home, self.temporary, self.events, self.streams = (os.path.join(self.root, part) for part in PARTS)
        for path in self.all():
            os.mkdir(path)

    def all(self) -> List[str]:
        """The four folders."""
        return [self.home, self.temporary, self.events, self.streams]

    def empty(self) -> None:
        """Make them as new: nothing of the trial before is left, nor a change of mode."""
        for path in self.all():
            if not _empty(path):
                remove(path)
                os.makedirs(path)

    def remove(self) -> None:
        """Remove all."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        remove(self.root)


def _empty(path: str) -> bool:
    """Empty a folder of plain files; False where it takes more than that."""
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    return False
                os.unlink(entry.path)
        return os.stat(path).st_mode & 0o777 == 0o755 or sys.platform == "win32"
    except OSError:
        return False


def remove(path: str) -> None:
    """Remove a folder with all in it, whatever modes a trial gave to its own folders."""
    import shutil  # not before it is needed: a lean supervisor forks fast

    shutil.rmtree(path, ignore_errors=True)
    if not os.path.lexists(path):
        return
    if os.path.islink(path) or not os.path.isdir(path):
        os.unlink(path)
        return
    for folder, _, _ in os.walk(path):
        try:
            os.chmod(folder, 0o700)
        except OSError:
            continue
    shutil.rmtree(path, ignore_errors=True)


def _base() -> str:
    usual = [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if name in os.environ]
    usable = [path for path in [*usual, "/tmp", "/var/tmp"] if os.access(path, os.W_OK | os.X_OK)]
    return min(usable, key=lambda path: len(path) > LONGEST_BASE, default=os.getcwd())


def _lock(root: str) -> Optional[int]:
    """Hold a lock on the folder for as long as this process lives."""
    if sys.platform == "win32":
        return os.open(os.path.join(root, "lock"), os.O_CREAT | os.O_RDWR)
    import fcntl

    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _is_stale(root: str) -> bool:
    """Whether nobody holds the lock of an earlier supervisor's folder of ours."""
    if not all(os.path.isdir(os.path.join(root, part)) for part in PARTS):
        return False
    if sys.platform == "win32":
        try:
            os.unlink(os.path.join(root, "lock"))
        except OSError:
            return False
        return True
    try:
        lock = _lock(root)
    except OSError:
        return False
    if lock is not None:
        os.close(lock)
    return lock is not None


def _remove_stale(base: str) -> None:
    for name in os.listdir(base):
        path = os.path.join(base, name)
        if name.startswith(PREFIX) and os.path.isdir(path) and _is_own(path) and _is_stale(path):
            remove(path)


def _is_own(path: str) -> bool:
    return sys.platform == "win32" or os.lstat(path).st_uid == os.getuid()
