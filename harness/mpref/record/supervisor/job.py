"""Windows' job object: what encloses, limits, counts and kills the processes of a trial. It kills when its owner is gone."""

from __future__ import annotations

import sys
from typing import List

assert sys.platform == "win32"

import ctypes  # noqa: E402
from ctypes import wintypes  # noqa: E402

KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
NT = ctypes.WinDLL("ntdll")
for _name in ("CreateJobObjectW", "OpenProcess"):
    getattr(KERNEL, _name).restype = wintypes.HANDLE

BASIC_ACCOUNTING, PROCESS_LIST, EXTENDED_LIMIT = 1, 3, 9
LIMIT_ACTIVE_PROCESS, KILL_ON_CLOSE, DIE_ON_EXCEPTION = 0x8, 0x2000, 0x400
MOST_LISTED = 4096
HUNDRED_NS = 1e-7


class BasicLimit(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    ]


class ExtendedLimit(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = [
        ("Basic", BasicLimit),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    ]


class Accounting(ctypes.Structure):
    """JOBOBJECT_BASIC_ACCOUNTING_INFORMATION."""

    _fields_ = [
        ("TotalUserTime", ctypes.c_int64),
        ("TotalKernelTime", ctypes.c_int64),
        ("ThisPeriodTotalUserTime", ctypes.c_int64),
        ("ThisPeriodTotalKernelTime", ctypes.c_int64),
        ("TotalPageFaultCount", wintypes.DWORD),
        ("TotalProcesses", wintypes.DWORD),
        ("ActiveProcesses", wintypes.DWORD),
        ("TotalTerminatedProcesses", wintypes.DWORD),
    ]


class ProcessList(ctypes.Structure):
    """JOBOBJECT_BASIC_PROCESS_ID_LIST, with room for many."""

    _fields_ = [
        ("Assigned", wintypes.DWORD),
        ("Listed", wintypes.DWORD),
        ("Ids", ctypes.c_size_t * MOST_LISTED),
    ]


class Job:
    """A job object of one trial."""

    def __init__(self, limit: int) -> None:
        self.handle = wintypes.HANDLE(KERNEL.CreateJobObjectW(None, None))
        if not self.handle.value:
            raise OSError(f"no job object: error {ctypes.get_last_error()}")
        bounds = ExtendedLimit()
        bounds.Basic.LimitFlags = LIMIT_ACTIVE_PROCESS | KILL_ON_CLOSE | DIE_ON_EXCEPTION
        bounds.Basic.ActiveProcessLimit = limit
        KERNEL.SetInformationJobObject(self.handle, EXTENDED_LIMIT, ctypes.byref(bounds), ctypes.sizeof(bounds))

    def add(self, process: int) -> None:
        """Put a suspended process into it. Raises OSError."""
        if not KERNEL.AssignProcessToJobObject(self.handle, wintypes.HANDLE(process)):
            raise OSError(f"not into the job object: error {ctypes.get_last_error()}")

    def _accounting(self) -> Accounting:
        found = Accounting()
        KERNEL.QueryInformationJobObject(self.handle, BASIC_ACCOUNTING, ctypes.byref(found), ctypes.sizeof(found), None)
        return found

    def cpu(self) -> float:
        """CPU seconds of all that were ever in it."""
        counters = self._accounting()
        return float(counters.TotalUserTime + counters.TotalKernelTime) * HUNDRED_NS

    def created(self) -> int:
        """How many were ever in it."""
        return int(self._accounting().TotalProcesses)

    def active(self) -> int:
        """How many are in it."""
        return int(self._accounting().ActiveProcesses)

    def refused(self) -> int:
        """How many it ended because they were too many."""
        return int(self._accounting().TotalTerminatedProcesses)

    def pids(self) -> List[int]:
        """Who is in it."""
        found = ProcessList()
        KERNEL.QueryInformationJobObject(self.handle, PROCESS_LIST, ctypes.byref(found), ctypes.sizeof(found), None)
        return [int(found.Ids[index]) for index in range(found.Listed)]

    def kill(self) -> None:
        """End all in it."""
        KERNEL.TerminateJobObject(self.handle, 1)

    def close(self) -> None:
        """Let go of it."""
        KERNEL.CloseHandle(self.handle)
