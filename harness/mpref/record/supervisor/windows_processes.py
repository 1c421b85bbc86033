"""Windows' processes: parents, when they started, and command lines, asked of the system, so that nothing has to be installed."""

from __future__ import annotations

import sys
from typing import Dict

assert sys.platform == "win32"

import ctypes  # noqa: E402
from ctypes import wintypes  # noqa: E402

from .job import KERNEL, NT  # noqa: E402

KERNEL.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
KERNEL.OpenProcess.restype = wintypes.HANDLE

SNAPSHOT_OF_PROCESSES = 0x2
QUERY_LIMITED = 0x1000
COMMAND_LINE = 60
"""ProcessCommandLineInformation, from Windows 8.1 on."""
LONGEST = 0x10000
NOWHERE = wintypes.HANDLE(-1).value

IS_WINE = hasattr(NT, "wine_get_version")
"""Wine has job objects, and neither limits nor counts by them."""


class Entry(ctypes.Structure):
    """PROCESSENTRY32W."""

    _fields_ = [
        ("dwSize", wintypes.DWORD),
        ("cntUsage", wintypes.DWORD),
        ("th32ProcessID", wintypes.DWORD),
        ("th32DefaultHeapID", ctypes.c_size_t),
        ("th32ModuleID", wintypes.DWORD),
        ("cntThreads", wintypes.DWORD),
        ("th32ParentProcessID", wintypes.DWORD),
        ("pcPriClassBase", wintypes.LONG),
        ("dwFlags", wintypes.DWORD),
        ("szExeFile", wintypes.WCHAR * 260),
    ]


class Text(ctypes.Structure):
    """UNICODE_STRING."""

    _fields_ = [
        ("Length", wintypes.USHORT),
        ("MaximumLength", wintypes.USHORT),
        ("Buffer", ctypes.c_void_p),
    ]


def parents() -> Dict[int, int]:
    """The parent of every process there is, as it was told when the process was made."""
    snapshot = wintypes.HANDLE(KERNEL.CreateToolhelp32Snapshot(SNAPSHOT_OF_PROCESSES, 0))
    if snapshot.value in (None, NOWHERE):
        return {}
    found: Dict[int, int] = {}
    entry = Entry(dwSize=ctypes.sizeof(Entry))
    there = KERNEL.Process32FirstW(snapshot, ctypes.byref(entry))
    while there:
        found[entry.th32ProcessID] = entry.th32ParentProcessID
        there = KERNEL.Process32NextW(snapshot, ctypes.byref(entry))
    KERNEL.CloseHandle(snapshot)
    return found


def started(pid: int) -> int:
    """When a process started (100 ns since 1601, with the pid an identity); 0 where it is gone."""
    handle = wintypes.HANDLE(KERNEL.OpenProcess(QUERY_LIMITED, False, pid))
    if not handle.value:
        return 0
    created, ended, kernel, user = (wintypes.FILETIME() for _ in range(4))
    KERNEL.GetProcessTimes(handle, *(ctypes.byref(one) for one in (created, ended, kernel, user)))
    KERNEL.CloseHandle(handle)
    return int(created.dwHighDateTime) << 32 | int(created.dwLowDateTime)


def command(pid: int) -> str:
    """The command line of a process, else its program's path; empty where it is gone."""
    handle = wintypes.HANDLE(KERNEL.OpenProcess(QUERY_LIMITED, False, pid))
    if not handle.value:
        return ""
    buffer = ctypes.create_string_buffer(LONGEST)
    failed = NT.NtQueryInformationProcess(handle, COMMAND_LINE, buffer, LONGEST, None)
    text = "" if failed else _told(Text.from_buffer(buffer))
    if not text:
        path, length = ctypes.create_unicode_buffer(1024), wintypes.DWORD(1024)
        KERNEL.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(length))
        text = path.value
    KERNEL.CloseHandle(handle)
    return text


def _told(text: Text) -> str:
    return ctypes.wstring_at(text.Buffer, text.Length // 2) if text.Buffer else ""
