"""Control groups: the only enclosure that no process leaves by itself, whatever it does to its session or environment.

Each ability (limit, freeze, kill, count CPU) is taken from the best hierarchy that has it: the unified one (v2) first, else
the v1 controllers pids, freezer and cpuacct. What is usable is found out by trying. A group is locked by its owner; one
that nobody locks was left by a supervisor that died, and is cleared by the next.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import time
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import processes
from .shm import Semaphores

PREFIX = "mpref-"
OURS = re.compile(PREFIX + "[0-9a-f]{16}-[0-9]+")
"""A supervisor's group, by its nonce; a group of another kind whose name begins alike is nobody's to clear."""
KINDS = ("unified", "pids", "freezer", "cpuacct")
FREEZING = 0.5
"""Seconds to wait for a freezer; a process in the midst of a vfork may hold it up."""
KILLING = 10.0


class Mount(NamedTuple):
    """A mounted hierarchy: which, where, and where in it this process is."""

    kind: str
    point: str
    here: str


def mounts() -> List[Mount]:
    """The hierarchies of interest that are mounted, the unified one first."""
    try:
        places, table = _own_places(), processes.read("/proc/self/mountinfo").decode("utf-8", "replace")
    except OSError:
        return []
    found: Dict[str, Mount] = {}
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        root, point = before.split()[3:5]
        system, _, options = after.split()[:3]
        names = {"cgroup2": ["unified"], "cgroup": options.split(",")}.get(system, [])
        for kind in set(names) & set(KINDS) & set(places):
            inside = os.path.relpath(places[kind], root) if places[kind].startswith(root) else "."
            found.setdefault(kind, Mount(kind, point, os.path.normpath(os.path.join(point, inside))))
    return [found[kind] for kind in KINDS if kind in found]


def _own_places() -> Dict[str, str]:
    places = {}
    for line in processes.read("/proc/self/cgroup").decode("utf-8", "replace").splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(",") if names else ["unified"]:
            places[name] = path
    return places


class Group:
    """One control group, in as many hierarchies as it takes; used for one trial after another while it is empty."""

    def __init__(self, folders: Dict[str, str], locks: Tuple[int, ...] = ()) -> None:
        self.folders = folders
        self._locks = locks
        self._base_cpu = 0.0
        self._base_refused = 0
        self._limit = 0
        first = next(iter(folders.values()))
        self._files = {"find": first + "/cgroup.procs"}
        for name, kind, file in ABILITIES:
            if kind in folders and name not in self._files and os.path.exists(f"{folders[kind]}/{file}"):
                self._files[name] = f"{folders[kind]}/{file}"

    def entrances(self) -> List[str]:
        """The files into which a process writes "0" to enter."""
        return [folder + "/cgroup.procs" for folder in self.folders.values()]

    def has(self, ability: str) -> bool:
        """Whether it can find, limit, freeze, kill or cpu."""
        return ability in self._files

    def describe(self, ability: str) -> str:
        """By what it does so, in words; empty where it cannot."""
        path = self._files.get(ability, "")
        kinds = [kind for kind, folder in self.folders.items() if path and path.startswith(folder + "/")]
        return "".join("cgroup v2" if kind == "unified" else f"cgroup v1 {kind}" for kind in kinds)

    def begin(self, limit: int) -> None:
        """A new trial: set its limit, and count from here."""
        if "limit" in self._files and limit != self._limit:
            write(self._files["limit"], str(limit))
            self._limit = limit
        self._base_cpu = self._total_cpu()
        self._base_refused = self._total_refused()

    def pids(self) -> List[int]:
        """Who is in it, zombies left out."""
        try:
            return [int(word) for word in processes.read(self._files["find"]).split() if word != b"0"]
        except OSError:
            return []

    def table(self) -> Dict[int, processes.Proc]:
        """The same with their states."""
        return processes.some(self.pids())

    def cpu(self) -> Optional[float]:
        """CPU seconds since the trial began; None where nothing counts them."""
        return self._total_cpu() - self._base_cpu if "cpu" in self._files else None

    def refused(self) -> int:
        """How often the limit refused a process since the trial began."""
        return self._total_refused() - self._base_refused

    def freeze(self, frozen: bool) -> None:
        """Stop or release all processes in it, at once; without a freezer, stop new ones from being made."""
        path = self._files.get("freeze")
        if path is None:
            if "limit" in self._files:
                write(self._files["limit"], "0" if frozen else str(self._limit))
            return
        unified = path.endswith("cgroup.freeze")
        write(path, ("1" if frozen else "0") if unified else ("FROZEN" if frozen else "THAWED"))
        until = time.monotonic() + FREEZING
        while frozen and not self._is_frozen(path, unified) and time.monotonic() < until:
            time.sleep(0.001)

    def _is_frozen(self, path: str, unified: bool) -> bool:
        if unified:
            return b"frozen 1" in processes.read(os.path.dirname(path) + "/cgroup.events")
        return processes.read(path).strip() == b"FROZEN"

    def kill_all(self) -> bool:
        """Kill until it is empty, none escaping by a fork; whether it is. The semaphores go with those who made them."""
        until, semaphores = time.monotonic() + KILLING, Semaphores()
        try:
            while self.pids() and time.monotonic() < until:
                self._kill_once(semaphores)
                for pause in (0.0005, 0.001, 0.002, 0.005, 0.01, 0.03):
                    time.sleep(pause)
                    if not self.pids():
                        break
            self.freeze(False)
        finally:
            semaphores.remove()
        return not self.pids()

    def _kill_once(self, semaphores: Semaphores) -> None:
        self.freeze(True)
        semaphores.note(self.table())
        if "kill" in self._files:
            write(self._files["kill"], "1")
        else:
            for pid in self.pids():
                send(pid, signal.SIGKILL)
        if "freeze" in self._files:  # what v1 has frozen dies only when it is released
            self.freeze(False)

    def remove(self) -> None:
        """Remove the group, which is empty; the dead may still hold it for a moment."""
        for folder in self.folders.values():
            for _ in range(50):
                try:
                    os.rmdir(folder)
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)
        for lock in self._locks:
            os.close(lock)
        self._locks = ()

    def _total_cpu(self) -> float:
        path = self._files.get("cpu")
        if path is None:
            return 0.0
        words = processes.read(path).split()
        return int(words[1]) / 1e6 if words[0] == b"usage_usec" else int(words[0]) / 1e9

    def _total_refused(self) -> int:
        path = self._files.get("refused")
        return int(processes.read(path).split()[1]) if path is not None else 0


ABILITIES = (
    ("limit", "unified", "pids.max"),
    ("limit", "pids", "pids.max"),
    ("refused", "unified", "pids.events"),
    ("refused", "pids", "pids.events"),
    ("freeze", "unified", "cgroup.freeze"),
    ("freeze", "freezer", "freezer.state"),
    ("kill", "unified", "cgroup.kill"),
    ("cpu", "unified", "cpu.stat"),
    ("cpu", "cpuacct", "cpuacct.usage"),
)
NEEDED_FOR = {"pids": "limit", "freezer": "freeze", "cpuacct": "cpu"}


def make(count: int, tag: str, allow: str = "auto") -> List[Group]:
    """Make that many groups; an empty list where no process can be put into one. `allow` may be auto, v1, v2 or none."""
    usable = [mount for mount in mounts() if allow == "auto" or (mount.kind == "unified") == (allow == "v2")]
    groups: List[Group] = []
    for index in range(count if allow != "none" else 0):
        group = _make_one(usable, f"{PREFIX}{tag}-{index}")
        if group is None or not _can_enter(group):
            for made in groups + ([group] if group else []):
                made.remove()
            return []
        groups.append(group)
    return groups


def _make_one(usable: List[Mount], name: str) -> Optional[Group]:
    folders: Dict[str, str] = {}
    locks: List[int] = []
    for mount in usable:
        ability = NEEDED_FOR.get(mount.kind)
        if ability is not None and folders and Group(folders).has(ability):
            continue
        made = _make_unified(mount, name) if mount.kind == "unified" else _make_folder(mount.here, name)
        if made is not None:
            folders[mount.kind], lock = made
            locks.append(lock)
    return Group(folders, tuple(locks)) if folders else None


def _make_unified(mount: Mount, name: str) -> Optional[Tuple[str, int]]:
    """In the unified hierarchy: where the nearest ancestor gives control of the number of processes, else right here."""
    first: Optional[str] = None
    for parent in _upwards(mount):
        made = _make_folder(parent, name)
        if made is None:
            continue
        if os.path.exists(made[0] + "/pids.max"):
            return made
        first = first or parent
        os.rmdir(made[0])  # while it is locked: a neighbour that clears up would take it otherwise
        os.close(made[1])
    return _make_folder(first, name) if first else None


def _upwards(mount: Mount) -> Iterator[str]:
    folder = mount.here
    while folder.startswith(mount.point):
        yield folder
        folder = os.path.dirname(folder)


def _make_folder(parent: str, name: str) -> Optional[Tuple[str, int]]:
    """Make and lock a group; None where that is not allowed. A neighbour that clears up may take it before it is locked."""
    path = os.path.join(parent, name)
    for _ in range(20):
        lock = -1
        try:
            os.mkdir(path)
            lock = os.open(path, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.exists(path):
                return path, lock
        except (BlockingIOError, FileNotFoundError, FileExistsError):
            time.sleep(0.005)
        except OSError:
            break
        if lock >= 0:
            os.close(lock)
    return None


def _can_enter(group: Group) -> bool:
    """Whether a child of ours can be put into it: tried, since delegation has many rules."""
    pid = os.fork()
    if pid == 0:
        try:
            enter(group.entrances())
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def enter(entrances: List[str]) -> None:
    """Put this process into the group with these entrances. Raises OSError."""
    for path in entrances:
        write(path, "0")


def clear_stale() -> int:
    """Kill what dead supervisors left in their groups, and remove these; how many processes there were."""
    killed = 0
    for mount in mounts():
        for parent in _upwards(mount):
            for name in _listed(parent):
                killed += _clear(mount.kind, os.path.join(parent, name))
    return killed


def _listed(parent: str) -> List[str]:
    try:
        return [name for name in os.listdir(parent) if OURS.fullmatch(name)]
    except OSError:
        return []


def _clear(kind: str, path: str) -> int:
    try:
        lock = os.open(path, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return 0
    group = Group({kind: path}, (lock,))
    count = len(group.pids())
    try:
        group.kill_all()
    except OSError:
        pass  # its guardian was faster
    group.remove()
    return count


def write(path: str, text: str) -> None:
    """Write a word to a file of the kernel's. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def send(pid: int, number: int) -> bool:
    """Send a signal; whether there was somebody to get it."""
    try:
        os.kill(pid, number)
    except OSError:
        return False
    return True


def kind_of(path: str) -> str:
    """In which hierarchy a group's folder is."""
    for file, kind in (("cgroup.controllers", "unified"), ("freezer.state", "freezer"), ("cpuacct.usage", "cpuacct")):
        if os.path.exists(f"{path}/{file}"):
            return kind
    return "pids"
