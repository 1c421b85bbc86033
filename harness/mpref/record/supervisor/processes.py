"""The system's processes: who there is, in what state, with what command. From /proc where it exists, else from `ps`.

A process that has died and only waits to be reaped is not there: a zombie is no leftover.
"""

from __future__ import annotations

import os
import subprocess
from typing import Dict, Iterable, List, NamedTuple, Optional, Tuple

HAS_PROC = os.path.isfile("/proc/self/stat")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
BUSY = frozenset("RDWU")
"""Running or ready to run, or in a wait of the kernel's own: not at rest. (U is the BSDs' D.)"""
DEAD = frozenset("ZXx")
EXITING = 0x4
"""The kernel's flag of a process that is on its way out: it has let go of its memory and command line."""
COMMAND_LENGTH = 400


class Proc(NamedTuple):
    """A live process, as the system shows it at one moment."""

    pid: int
    ppid: int
    group: int
    session: int
    busy: bool
    """Whether it, or one of its threads, runs or would run if it got a core."""
    started: int
    """Clock ticks since boot, or 0 where unknown: with the pid, an identity."""
    cpu: float


def find(pid: int) -> Optional[Proc]:
    """The live process of that pid, from /proc."""
    try:
        text = read(f"/proc/{pid}/stat")
    except OSError:
        return None
    return parse(pid, text)


def parse(pid: int, text: bytes) -> Optional[Proc]:
    """Read the line of /proc/PID/stat, whose second field may hold spaces and brackets; None for the dead."""
    fields = text[text.rfind(b")") + 2 :].split()
    if len(fields) < 20 or fields[0].decode() in DEAD or int(fields[6]) & EXITING:
        return None
    busy = fields[0].decode() in BUSY or (fields[17] != b"1" and _busy_thread(pid))
    cpu = (int(fields[11]) + int(fields[12])) / TICKS
    return Proc(pid, int(fields[1]), int(fields[2]), int(fields[3]), busy, int(fields[19]), cpu)


def _busy_thread(pid: int) -> bool:
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            text = read(f"/proc/{pid}/task/{thread}/stat")
            if chr(text[text.rfind(b")") + 2]) in BUSY:
                return True
    except (OSError, IndexError):
        pass
    return False


def read(path: str) -> bytes:
    """A small file of the kernel's, whole: it comes in pieces that end where a line ends, so only an empty one is the last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        pieces = [os.read(descriptor, 65536)]
        while pieces[-1]:
            pieces.append(os.read(descriptor, 65536))
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def some(pids: Iterable[int]) -> Dict[int, Proc]:
    """The live ones among these pids."""
    if not HAS_PROC:
        table = everyone()
        return {pid: table[pid] for pid in pids if pid in table}
    return {proc.pid: proc for proc in map(find, pids) if proc is not None}


def everyone() -> Dict[int, Proc]:
    """Every live process that can be seen."""
    if HAS_PROC:
        return some(all_pids())
    return _from_ps()


def all_pids() -> List[int]:
    """Every pid in /proc."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def command(pid: int) -> str:
    """Its command line with spaces between the words, shortened; empty where it cannot be seen."""
    try:
        if not HAS_PROC:
            return _ps("-ww", "-p", str(pid), "-o", "command=").strip()[:COMMAND_LENGTH]
        text = read(f"/proc/{pid}/cmdline")
    except OSError:
        return ""
    return text.rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "backslashreplace")[:COMMAND_LENGTH]


def marked(mark: bytes, pids: Iterable[int]) -> Tuple[List[int], List[int]]:
    """Whose environment holds the mark, and whose was read and does not. (In the midst of an exec it is empty: neither.)"""
    if not HAS_PROC:
        lines = _ps("-A", "-E", "-ww", "-o", "pid=,command=").splitlines()
        bearers = {int(line.split(None, 1)[0]) for line in lines if mark.decode() in line}
        return [pid for pid in pids if pid in bearers], []
    holding, foreign = [], []
    for pid in pids:
        try:
            text = read(f"/proc/{pid}/environ")
        except OSError:
            continue
        if mark in text:
            holding.append(pid)
        elif text:
            foreign.append(pid)
    return holding, foreign


def tasks_of(uid: int) -> int:
    """How many processes and threads of a user there are: what RLIMIT_NPROC counts."""
    count = 0
    for pid in all_pids() if HAS_PROC else []:
        try:
            if os.stat(f"/proc/{pid}").st_uid == uid:
                count += len(os.listdir(f"/proc/{pid}/task"))
        except OSError:
            continue
    return count


def machine_busy() -> Optional[float]:
    """CPU seconds that all cores have spent on work so far, time stolen by other machines included; None where unknown."""
    try:
        fields = read("/proc/stat").split(b"\n", 1)[0].split()
        user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[1:9])
    except (OSError, ValueError):
        return None
    return (user + nice + system + irq + softirq + steal) / TICKS


def machine_tasks() -> int:
    """How many tasks the whole machine has, in one cheap read; 0 where unknown."""
    try:
        return int(read("/proc/loadavg").split()[3].split(b"/")[1])
    except (OSError, ValueError, IndexError):
        return 0


def _ps(*options: str) -> str:
    done = subprocess.run(["ps", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode("utf-8", "replace")


def _from_ps() -> Dict[int, Proc]:
    found: Dict[int, Proc] = {}
    for line in _ps("-A", "-o", "pid=,ppid=,pgid=,stat=,time=").splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[3][0] in DEAD:
            continue
        pid, ppid, group = (int(field) for field in fields[:3])
        found[pid] = Proc(pid, ppid, group, _session(pid), fields[3][0] in BUSY, 0, _seconds(fields[4]))
    return found


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return 0


def _seconds(text: str) -> float:
    """`ps` writes [[days-]hours:]minutes:seconds."""
    days, _, clock = text.rpartition("-")
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total + 86400 * int(days or 0)
