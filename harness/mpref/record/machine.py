"""What this machine can run and how well: the facts behind `mpref doctor`. It looks; it judges nothing but reachability."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, Literal

import msgspec

from mpref.containers import images, matrix
from mpref.containers.engine import Engine
from mpref.errors import MprefError, UsageError
from mpref.record.client import Supervisor
from mpref.record.discover import environments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mpref.environment import Environment

State = Literal["ok", "limited", "absent"]
SMALL_SHM = 128 * 1024 * 1024
SHM = "/dev/shm"  # noqa: S108 - a fixed place, only looked at


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing about the machine: its value and what follows from it."""

    topic: str
    state: State
    value: str
    meaning: str


def examine(specs: Sequence[str]) -> list[Fact]:
    """Everything the doctor looks at. Raises UsageError for a spec that names no interpreter."""
    left_out: list[str] = []
    found = environments(specs, left_out=left_out)
    facts = [_interpreter(e) for e in found] or [
        Fact(
            topic="interpreters",
            state="absent",
            value="none found",
            meaning="install one, or give its path with --python",
        )
    ]
    facts += [
        Fact(topic="left out", state="absent", value=why, meaning="it does not start: not tested") for why in left_out
    ]
    return [*facts, *_cores(found), _shared_memory(), _clock(), *_containment(), *_containers(), _terminals()]


def _interpreter(environment: Environment) -> Fact:
    methods = ", ".join(f"{m} (default)" if m == environment.default_method else m for m in environment.start_methods)
    lacking = [m for m in ("fork", "spawn", "forkserver") if m not in environment.start_methods]
    meaning = (
        f"cells under {' and '.join(lacking)} are not applicable" if lacking else "cells under every start method run"
    )
    return Fact(
        topic=environment.name,
        state="limited" if lacking else "ok",
        value=f"{methods}; {environment.executable}",
        meaning=meaning,
    )


def _cores(found: Sequence[Environment]) -> Iterator[Fact]:
    logical = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else logical
    quota = found[0].quota if found else None
    limit = min(usable, quota) if quota else usable
    text = f"{usable} usable of {logical}" + (f", quota {quota:g}" if quota else ", no quota")
    if limit >= 2:
        yield Fact(topic="cores", state="ok", value=text, meaning="speed-up of real work can be shown")
    else:
        yield Fact(
            topic="cores", state="limited", value=text, meaning="speed-up of real work cannot be shown: inconclusive"
        )


def _shared_memory() -> Fact:
    if not os.path.isdir(SHM):  # noqa: PTH112
        return Fact(
            topic=SHM, state="absent", value="none", meaning="POSIX shared memory lies elsewhere on this system"
        )
    total = shutil.disk_usage(SHM).total
    small = total < SMALL_SHM
    return Fact(
        topic=SHM,
        state="limited" if small else "ok",
        value=f"{total // 2**20} MiB",
        meaning="shared memory beyond it is a bus error" if small else "large enough for every scenario",
    )


def _clock() -> Fact:
    info = time.get_clock_info("monotonic")
    coarse = info.resolution > 1e-3
    return Fact(
        topic="clock",
        state="limited" if coarse else "ok",
        value=f"{info.implementation}, resolution {info.resolution:g} s",
        meaning="events use the performance counter instead"
        if coarse
        else "events of several processes can be put in order",
    )


def _containment() -> Iterator[Fact]:
    try:
        with Supervisor() as supervisor:
            hello = supervisor.hello
    except MprefError as error:
        yield Fact(topic="supervisor", state="absent", value="does not start", meaning=str(error))
        return
    unreached = hello["out_of_reach"]
    meanings = {
        "limit": "how a trial's processes are limited in number",
        "find": "how processes that a trial leaves are found",
        "kill": "how they are killed",
        "cpu": "how CPU is counted, helpers included",
    }
    for topic, meaning in meanings.items():
        told = hello[topic] or "not possible here"
        yield Fact(topic=topic, state="ok" if "cgroup" in told else "limited", value=told, meaning=meaning)
    value = unreached or "nothing known"
    yield Fact(
        topic="out of reach", state="limited" if unreached else "ok", value=value, meaning="what may outlive a trial"
    )


def _containers() -> Iterator[Fact]:
    """The engine, and of each environment of the matrix whether it can run here and what it lacks."""
    try:
        engine = Engine.found()
    except UsageError as error:
        meaning = f"container cells cannot run here. {error.advice}"
        yield Fact(topic="containers", state="absent", value=error.what, meaning=meaning)
        return
    yield Fact(topic="containers", state="ok", value=str(engine), meaning="container cells can run")
    for entry in matrix.entries():
        made = images.built(engine, entry)
        if made:
            yield Fact(topic=entry.id, state="ok", value=made.base, meaning=f"it runs by --container {entry.id}")
        elif entry.offline and shutil.which("mmdebstrap"):
            meaning = f"mpref images {entry.id} makes one, without a registry"
            yield Fact(topic=entry.id, state="limited", value="no image yet", meaning=meaning)
        else:
            lacking = ", or ".join(["a registry"] * bool(entry.official) + ["mmdebstrap"] * bool(entry.offline))
            meaning = f"mpref images {entry.id} makes one; it needs {lacking}"
            yield Fact(topic=entry.id, state="absent", value="no image", meaning=meaning)


def _terminals() -> Fact:
    if hasattr(os, "openpty"):
        return Fact(
            topic="terminals",
            state="ok",
            value="pseudo-terminals",
            meaning="cells with a terminal as standard stream run",
        )
    return Fact(
        topic="terminals",
        state="absent",
        value="none",
        meaning="cells with a terminal as standard stream are not applicable",
    )
