"""Runs a tool of the machine's, and returns what it said."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = 600
"""Characters of a tool's own words that a message repeats."""


def said(command: Sequence[str], seconds: float, environ: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Status, output and errors of a command, under these variables beside our own; no exception, whatever happens.

    One that does not answer in time has status 124, as `timeout` says it, and one that cannot be started 127, as a shell does.
    """
    try:
        done = subprocess.run(
            list(command),
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 124, "", f"no answer within {seconds:g} s"
    except OSError as error:
        return 127, "", str(error.strerror)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def last(text: str) -> str:
    """The last line of what was said, for a message."""
    return text.rpartition("\n")[2][-LONGEST:]
