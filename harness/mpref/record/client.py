"""The harness's side of a supervisor: starts it, sends it orders, reads histories.

A supervisor is a fresh interpreter in its own session, so that Ctrl-C in the terminal reaches the harness alone; when the
harness dies, however it dies, the supervisor sees its standard input close and its guardian clears up.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from mpref.errors import RecordError
from mpref.history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mpref.record.order import Order

T = TypeVar("T")
MAIN = Path(__file__).resolve().parent / "supervisor" / "__main__.py"
LEAN = ("-S", "-E") if hasattr(os, "fork") else ("-E",)
"""Without site-packages the supervisor is smaller and forks faster; where it cannot fork it may need psutil."""


LINES_KEPT = 50
"""Of what a supervisor says on its stderr."""


class _Reply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    history: History


# Made here, in one thread: msgspec (0.22) can end the process where two threads are the first to decode to a type.
_HELLO = msgspec.json.Decoder(dict[str, dict[str, Any]])
_REPLY = msgspec.json.Decoder(_Reply)


class Supervisor:
    """One supervisor process; runs one trial at a time. Use it as a context manager.

    `hello` tells how it limits, finds, kills and counts processes here. Raises RecordError when it does not start, dies,
    or says what is not understood.
    """

    hello: dict[str, Any]

    def __init__(
        self, command: Sequence[str] = (sys.executable, *LEAN, str(MAIN)), end: Callable[[], object] | None = None
    ) -> None:
        """`end` makes an end of what the command started elsewhere; it is called where its process had to be killed."""
        self._end = end
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,  # Wine takes no file
            start_new_session=True,
        )
        self._said: deque[bytes] = deque(maxlen=LINES_KEPT)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.hello = self._read(_HELLO)["hello"]

    def run(self, order: Order) -> History:
        """Carries out one trial and returns its history."""
        try:
            self._stdin.write(msgspec.json.encode(order) + b"\n")
            self._stdin.flush()
        except OSError as error:
            raise RecordError(self._epitaph()) from error
        history = self._read(_REPLY).history
        if not history.error and (history.trial, history.command) != (order.trial, order.command):
            msg = f"the supervisor answered trial {history.trial} of {history.command}, not the one ordered"
            raise RecordError(msg)
        return history

    def abandon(self) -> None:
        """Kills a supervisor that cannot be trusted any more; its guardian clears up what it had started."""
        self._kill()
        self.close()

    def close(self) -> None:
        """Ends the running trial, if any, and the supervisor; returns when it has cleared up."""
        if not self._stdin.closed:
            with contextlib.suppress(OSError):
                self._stdin.close()
        self._stdout.close()  # it may be in the midst of a long answer that nobody reads
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()

    def _kill(self) -> None:
        self._process.kill()
        if self._end:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _read(self, decoder: msgspec.json.Decoder[T]) -> T:
        line = self._stdout.readline()
        if not line.endswith(b"\n"):
            raise RecordError(self._epitaph())
        try:
            return decoder.decode(line)
        except msgspec.DecodeError as error:
            msg = f"the supervisor said what is not understood: {error}: {line[:200]!r}"
            raise RecordError(msg) from error

    def _listen(self) -> None:
        """Keeps the last of what the supervisor says on its stderr."""
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            self._said.extend(stream)

    def _epitaph(self) -> str:
        status = self._process.poll()
        self._listener.join(timeout=1)  # a process that it left may hold the pipe
        last = b"".join(self._said)[-2000:].decode(errors="replace").strip()
        return f"the supervisor ended (status {status}) before it answered: {last or 'it said nothing'}"
