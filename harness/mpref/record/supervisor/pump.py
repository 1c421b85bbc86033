"""What the supervisor waits for, in one place: orders, its children's ends, signals to itself, and the output of the trial.

POSIX only, one thread: a selector and a signal wakeup descriptor. Nothing is polled for.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
from collections import deque
from typing import Any, Callable, Deque, Optional

from .streams import Channel

STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Pump:
    """Takes in what comes while the supervisor waits."""

    def __init__(self, orders: int) -> None:
        self.lines: Deque[bytes] = deque()
        self.stopped = ""
        """Why the supervisor has to end; empty while it does not."""
        self.child_ended = False
        self._torn = b""
        self._orders = orders
        # epoll refuses plain files, and poll is cheaper for a handful
        self._selector = selectors.PollSelector() if sys.platform == "linux" else selectors.DefaultSelector()
        self._awake, wake = socket.socketpair()
        self._wake = wake
        self._awake.setblocking(False)
        wake.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._awake, selectors.EVENT_READ, self._signalled)
        self._selector.register(orders, selectors.EVENT_READ, self._read_orders)
        signal.signal(signal.SIGCHLD, self._child)
        for number in STOPPING:
            signal.signal(number, self._stop)

    def wait(self, seconds: Optional[float]) -> None:
        """Take in what there is, or what comes first within the time."""
        for key, _ in self._selector.select(seconds):
            key.data()

    def add(self, channel: Channel) -> None:
        """Read a stream as it comes."""
        if channel.reading is not None:
            self._selector.register(channel.reading, selectors.EVENT_READ, self._puller(channel))

    def remove(self, channel: Channel) -> None:
        """No longer."""
        if channel.reading is not None and channel.reading in self._selector.get_map():
            self._selector.unregister(channel.reading)

    def _puller(self, channel: Channel) -> Callable[[], None]:
        def pull() -> None:
            if not channel.pull():  # closed on the other side: it would be ready for ever
                self.remove(channel)

        return pull

    def _signalled(self) -> None:
        try:
            self._awake.recv(512)
        except BlockingIOError:
            pass

    def _read_orders(self) -> None:
        data = os.read(self._orders, 65536)
        if not data:
            self._selector.unregister(self._orders)
            self.stopped = self.stopped or "the harness is gone"
            return
        *lines, self._torn = (self._torn + data).split(b"\n")
        self.lines.extend(line for line in lines if line.strip())

    def _child(self, number: int, frame: Any) -> None:
        self.child_ended = True

    def _stop(self, number: int, frame: Any) -> None:
        self.stopped = self.stopped or f"the supervisor got {signal.Signals(number).name}"
