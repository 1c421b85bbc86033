"""A trial's standard streams: where the program writes (pipe, file or terminal) and what is kept of it.

The stored bytes are the same for the three kinds. Nothing here waits for end-of-file: a leftover child keeps a pipe open.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import sys
from typing import Dict, List, NamedTuple, Optional, Union

KEPT = 64 * 1024
CHUNK = 64 * 1024
DRAIN_AT_MOST = 4 * 1024 * 1024
"""A bound for one draining of a pipe that is still written to."""

if sys.platform != "win32":
    import fcntl
    import struct
    import termios

NOTHING = hashlib.sha256().hexdigest()


class Capture:
    """First and last 64 KiB, size and hash of a stream, in constant memory."""

    def __init__(self) -> None:
        self.head = b""
        self.tail = b""
        self.size = 0
        self._hash: Optional[hashlib._Hash] = None

    def feed(self, data: bytes) -> None:
        """Take in the next bytes."""
        if self._hash is None:
            self._hash = hashlib.sha256()
        self._hash.update(data)
        self.size += len(data)
        room = KEPT - len(self.head)
        if room > 0:
            self.head += data[:room]
            data = data[room:]
        if data:
            self.tail = (self.tail + data)[-KEPT:]

    def stored(self) -> Dict[str, Union[str, int]]:
        """The history's form: bytes as base64."""
        return {
            "head": _base64(self.head),
            "tail": _base64(self.tail),
            "size": self.size,
            "sha256": self._hash.hexdigest() if self._hash is not None else NOTHING,
        }


def _base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode("ascii")


class Channel:
    """One stream's way from the program to its capture: a pipe's or a terminal's reading end, never blocking."""

    def __init__(self, reading: int, writing: int) -> None:
        os.set_blocking(reading, False)
        self.reading: Optional[int] = reading
        self.writing: Optional[int] = writing
        self.capture = Capture()

    @property
    def size(self) -> int:
        """Bytes that have arrived so far."""
        return self.capture.size

    def pull(self) -> int:
        """Take in what one read gives; the number of bytes, 0 where there is nothing (more) to read."""
        if self.reading is None:
            return 0
        try:
            data = os.read(self.reading, CHUNK)
        except BlockingIOError:
            return 0
        except OSError:  # a terminal whose other side is closed
            data = b""
        if data:
            self.capture.feed(data)
        return len(data)

    def drain(self) -> None:
        """Take in all that is there now, within a bound."""
        taken = 0
        while taken < DRAIN_AT_MOST:
            got = self.pull()
            if not got:
                return
            taken += got

    def divert(self, capture: Capture) -> Capture:
        """What comes from now on goes to another capture; the one so far is returned."""
        self.drain()
        before, self.capture = self.capture, capture
        return before

    def started(self) -> None:
        """The program has its end: a pipe's writing end is closed here (a terminal's is kept, lest its data be lost)."""
        if self.writing is not None:
            os.close(self.writing)
            self.writing = None

    def close(self) -> None:
        """Close what is still open."""
        for descriptor in (self.writing, self.reading):
            if descriptor is not None:
                os.close(descriptor)
        self.writing = self.reading = None


class TerminalChannel(Channel):
    """A pseudo-terminal: its program's side stays open here until the end."""

    def started(self) -> None:
        """Nothing to close yet."""


class FileChannel(Channel):
    """A plain file, read as far as it has grown, at need only."""

    def __init__(self, path: str) -> None:
        writing = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self._file = os.open(path, os.O_RDONLY)
        self.reading = None
        self.writing = writing
        self.capture = Capture()
        self._done = 0

    @property
    def size(self) -> int:
        """Bytes that are in the file, read or not."""
        return os.fstat(self._file).st_size

    def pull(self) -> int:
        """Take in the next piece of the file."""
        data = os.read(self._file, CHUNK)
        if data:
            self.capture.feed(data)
        return len(data)

    def drain(self) -> None:
        """Take in the file up to where it ends now."""
        until = self.size
        while self._done < until:
            got = self.pull()
            if not got:
                return
            self._done += got

    def close(self) -> None:
        """Close the file."""
        super().close()
        os.close(self._file)


class Plumbing(NamedTuple):
    """The three streams of a trial."""

    stdin: List[int]
    """The program's end first; then what is kept open for it."""
    stdout: Channel
    stderr: Channel

    def program_ends(self) -> List[int]:
        """The descriptors that become 0, 1 and 2."""
        assert self.stdout.writing is not None
        assert self.stderr.writing is not None
        return [self.stdin[0], self.stdout.writing, self.stderr.writing]

    def started(self, kind: str) -> None:
        """The program has them: close our copies where they would be in the way."""
        if kind != "terminal":
            os.close(self.stdin.pop(0))
        self.stdout.started()
        self.stderr.started()

    def close(self) -> None:
        """Close everything."""
        for descriptor in self.stdin:
            os.close(descriptor)
        self.stdin.clear()
        self.stdout.close()
        self.stderr.close()


def lay(kind: str, stdin: Optional[str], folder: str) -> Plumbing:
    """Make the three streams of a kind; files go to `folder`. Raises OSError where the input file cannot be opened."""
    terminal = kind == "terminal"
    source = list(_terminal()) if terminal and stdin is None else [os.open(stdin or os.devnull, os.O_RDONLY)]
    source.reverse()
    if terminal:
        return Plumbing(source, TerminalChannel(*_terminal()), TerminalChannel(*_terminal()))
    if kind == "file":
        return Plumbing(source, FileChannel(os.path.join(folder, "1")), FileChannel(os.path.join(folder, "2")))
    return Plumbing(source, Channel(*os.pipe()), Channel(*os.pipe()))


def _terminal() -> List[int]:
    """Our side and the program's side of a pseudo-terminal of 80 by 24 that changes no byte of the output and echoes nothing.

    It is nobody's controlling terminal: openpty opens it with O_NOCTTY, and the program only inherits it.
    """
    ours, programs = os.openpty()
    settings = termios.tcgetattr(programs)
    settings[1] &= ~termios.OPOST
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(programs, termios.TCSANOW, settings)
    fcntl.ioctl(programs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return [ours, programs]
