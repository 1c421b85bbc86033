"""Starts programs from a spare process: forked and made ready before its trial is ordered, so that a trial waits for neither.

The spare is a child of the supervisor in a session of its own, already in its control group (moving there takes the kernel
some 5 ms), with default signals and a closed door: it waits on a socket for the command, the environment and the three
streams, and becomes the program. If the supervisor dies first, the socket closes and the spare ends.
"""

from __future__ import annotations

import array
import marshal
import os
import resource
import signal
import socket
import struct
from typing import Any, Dict, List, Optional, Sequence

from . import cgroup, priority
from .order import CannotStart

MOST_DESCRIPTORS = 256
"""The supervisor itself never has more open; what it inherited is closed by exec."""
UMASK = 0o022
READY = b"+"


class Spare:
    """A process that waits to become a trial's program."""

    def __init__(self, entrances: List[str], null: int) -> None:
        self._socket, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            _wait_and_become(theirs, entrances, null)
        theirs.close()
        self._ready = False

    def wait_ready(self) -> None:
        """Wait until it has entered its group. Raises CannotStart."""
        if not self._ready:
            answer = self._read_all(1)
            if answer != READY:
                raise CannotStart(f"the process for the trial could not be made ready: {answer.decode() or 'it died'}")
            self._ready = True

    def go(self, command: List[str], environ: Dict[str, str], folder: str, streams: Sequence[int], tasks: int) -> None:
        """Become the program; returns when it has. `tasks` is the user's limit on processes, 0 for none. Raises CannotStart."""
        message = marshal.dumps((command, environ, folder, tasks), 2)
        handles = array.array("i", streams)
        self._socket.sendmsg(
            [struct.pack("!I", len(message))], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles.tobytes())]
        )
        self._socket.sendall(message)
        problem = self._read_all(4096)
        self._socket.close()
        if problem:
            raise CannotStart(f"{command[0]} could not be started: {problem.decode('utf-8', 'replace')}")

    def _read_all(self, most: int) -> bytes:
        data = b""
        while len(data) < most:
            piece = self._socket.recv(most - len(data))
            if not piece:
                break
            data += piece
        return data

    def dismiss(self) -> None:
        """Not needed any more."""
        self._socket.close()
        os.waitpid(self.pid, 0)


def _wait_and_become(ours: socket.socket, entrances: List[str], null: int) -> None:
    """The spare's whole life; it never returns."""
    try:
        try:
            _settle(ours.fileno(), entrances, null)
            ours.sendall(READY)
            _become(ours)
        except OSError as error:
            ours.sendall((error.strerror or str(error)).encode())
        except Exception as error:  # noqa: BLE001 - it must not get back into the supervisor's code
            ours.sendall(repr(error).encode("utf-8", "replace"))
    finally:
        os._exit(127)


def _settle(ours: int, entrances: List[str], null: int) -> None:
    """Leave the supervisor's surroundings."""
    signal.set_wakeup_fd(-1)
    os.setsid()
    priority.give_back()
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)
            except OSError:
                pass  # the C library keeps some for itself
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for descriptor in range(3):
        os.dup2(null, descriptor)
    os.closerange(3, ours)
    os.closerange(ours + 1, MOST_DESCRIPTORS)
    os.umask(UMASK)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cgroup.enter(entrances)


def _become(ours: socket.socket) -> None:
    order = _receive(ours)
    if order is None:
        return
    (command, environ, folder, tasks), streams = order
    for descriptor, stream in enumerate(streams):
        os.dup2(stream, descriptor)
        os.close(stream)
    if tasks:
        _, most = resource.getrlimit(resource.RLIMIT_NPROC)
        tasks = tasks if most == resource.RLIM_INFINITY else min(tasks, most)
        resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))
    os.chdir(folder)
    os.execve(command[0], command, environ)


def _receive(ours: socket.socket) -> Optional[Any]:
    """The order and its three descriptors; None where the supervisor is gone."""
    handles = array.array("i")
    header, extra, _, _ = ours.recvmsg(4, socket.CMSG_LEN(3 * handles.itemsize))
    if not header:
        return None
    handles.frombytes(extra[0][2])
    (left,) = struct.unpack("!I", header)
    message = b""
    while left > len(message):
        piece = ours.recv(left - len(message))
        if not piece:
            return None
        message += piece
    return marshal.loads(message), list(handles)
