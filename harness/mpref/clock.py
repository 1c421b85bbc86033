"""The harness's only clock: tests put a fake in its place instead of sleeping."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> float:
    """Seconds since the epoch; comparable between the workers of a run."""
    return time.time()


def stamp() -> str:
    """The time of day in UTC, as run files are named by: `20260131-235959`."""
    return datetime.fromtimestamp(now(), UTC).strftime("%Y%m%d-%H%M%S")
