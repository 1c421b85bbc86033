"""A standard stream as a pipe that a thread reads, for hosts that cannot wait for several descriptors at once."""

from __future__ import annotations

import os
import threading
import time
from typing import Optional

from .streams import CHUNK, Capture

END_SECONDS = 10.0
"""A thread of a machine that is busy may get its turn so late."""


class PipeChannel:
    """A pipe that a thread reads, and closes at its end; one lock guards the capture."""

    def __init__(self, happened: threading.Event) -> None:
        self.reading, writing = os.pipe()
        self.writing: Optional[int] = writing
        self.capture = Capture()
        self._happened = happened
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def size(self) -> int:
        """Bytes that have arrived so far."""
        return self.capture.size

    def _read(self) -> None:
        try:
            data = os.read(self.reading, CHUNK)
            while data:
                with self._lock:
                    self.capture.feed(data)
                self._happened.set()
                data = os.read(self.reading, CHUNK)
        except OSError:
            pass
        finally:
            os.close(self.reading)

    def drain(self) -> None:
        """Let the thread take in what is there: until nothing comes for a moment, or it has come to the end."""
        before = -1
        while before != self.size and self._thread.is_alive():
            before = self.size
            time.sleep(0.02)

    def divert(self, capture: Capture) -> Capture:
        """What comes from now on goes to another capture; the one so far is returned."""
        self.drain()
        with self._lock:
            before, self.capture = self.capture, capture
        return before

    def started(self) -> None:
        """The program has its own copy of its end, or never will: close ours."""
        if self.writing is not None:
            os.close(self.writing)
            self.writing = None

    def close(self) -> None:
        """Nothing more. All that was written is taken in first: the thread ends when the last writer has closed or is dead.

        A writer that could not be killed is not waited for without end.
        """
        self.started()
        self._thread.join(END_SECONDS)
