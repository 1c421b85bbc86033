"""A container as a place for trials: what it is given, who supervises there, and what its interpreter is.

One container serves all trials of a worker in its environment: the supervisor runs in it and speaks to the driver by its
standard streams, so that a thousand trials cost one start. It ends, and is removed, when its supervisor's input ends, also
when the harness was killed. The harness and the scenarios are mounted read-only, at their own paths.
"""

from __future__ import annotations

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import mpref
from mpref.environment import Box, Environment, seen
from mpref.errors import UsageError
from mpref.record import discover
from mpref.record.client import MAIN, Supervisor

from . import images, matrix
from .engine import COMMAND, Engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mpref.environment import Place

LABEL = "mpref=trials"
USERS = range(100_000, 1_000_000)
"""Numbers that no system gives its users."""
PACKAGE = Path(mpref.__file__).resolve().parent
ISOLATED = (
    *("--network", "none"),
    *("--read-only", "--tmpfs", "/tmp:rw,exec,nosuid,nodev,mode=1777,size=512m"),  # noqa: S108 - inside
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
    *("--ulimit", "core=0"),
)
"""What no container of ours may: reach anybody, write but to its own memory, gain rights."""


FIRST = """docker=$1; shift
exec "$docker" run --user "$(id -u):$(id -g)" --mount "type=bind,src=$MPREF_EVENTS,dst=$MPREF_EVENTS" \\
  --env MPREF_EVENTS --env PYTHONPATH --env PYTHONHASHSEED --env MPREF_DELAY --env MPREF_PAUSE "$@"
"""
"""Runs a trial's program in a container from outside: it alone may write to the folder of the trial's events."""


def given(box: Box, folders: Iterable[Path], name: str) -> list[str]:
    """What a container of this kind is given, and its image; what shall run in it follows.

    Folders are mounted at their own paths.
    """
    mounts = [f"type=bind,src={folder},dst={folder},readonly" for folder in sorted({PACKAGE, *folders})]
    mounted = [word for mount in mounts for word in ("--mount", mount)]
    named = ["--name", name, "--label", LABEL]
    return ["--rm", "--interactive", *named, *_user(box), *ISOLATED, *box.limits, *mounted, box.image]


def _user(box: Box) -> list[str]:
    """A user of the container's own: the kernel counts a user's processes over all containers, and a limit on them would too.

    Wine runs as the user whom its prefix belongs to. The first process of a container is the user who watches it from outside.
    """
    if box.first or box.system == "windows":
        return []
    some = USERS.start + uuid.uuid4().int % len(USERS)
    return ["--user", f"{some}:{some}"]


def first_command(box: Box, folder: Path, program: Sequence[str]) -> tuple[str, ...]:
    """The command that runs a program as the first process of a container of its own, for a supervisor outside."""
    return ("/bin/sh", "-c", FIRST, "sh", COMMAND, *given(box, [folder], _name()), *program)


def end_first(command: Sequence[str]) -> None:
    """Ends the container that such a command started, if it is still there."""
    Engine(command=COMMAND, version="").end(command[command.index("--name") + 1])


def environments(
    globs: Sequence[str], profiles: Mapping[str, bool], options: Sequence[str], left_out: list[str]
) -> list[Environment]:
    """The environments of the matrix that the globs select, in each of these profiles; each with whether it is special.

    What a glob selects and has no image here is told in `left_out`. Raises UsageError for an empty selection, an unknown
    profile, an environment that was named in full and has no image, and where no engine answers.
    """
    chosen = matrix.selected(globs)
    limits = {name: matrix.profile(name) for name in profiles}
    engine = Engine.found()
    kinds: list[tuple[Box, str]] = []
    for entry, named in chosen:
        made = images.built(engine, entry)
        if made is None:
            reason = UsageError(
                f"{entry.id}: it has no image here", where="containers", advice=f"Run mpref images {entry.id}."
            )
            if named:
                raise reason
            left_out.append(str(reason))
            continue
        common = Box(entry=entry.id, image=made.image, base=made.base, supervisor=made.supervisor)
        for name, profile in limits.items():
            if entry.windows and (profiles[name] or profile.first):
                continue  # what such a profile shows is Linux's
            told = {"limits": tuple(profile.options()), "first": profile.first, "special": profiles[name]}
            kinds.append((msgspec.structs.replace(common, profile=name, **told), made.python))
    if not kinds:
        what = f"--container {' '.join(globs)}: nothing that it selects has an image here"
        raise UsageError(what, where="containers", advice="Run mpref images first, as nox -s containers does.")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda kind: probe(engine, kind[0], kind[1], options), kinds))


def probe(engine: Engine, box: Box, python: str, options: Sequence[str] = ()) -> Environment:
    """Asks an interpreter in a container what it is. Raises UsageError."""
    within = [engine.command, "run", *given(box, (), _name())]
    return msgspec.structs.replace(discover.probe(python, options, within), box=box)


def again(environment: Environment) -> Environment:
    """What an environment of a stored run is now. Raises UsageError where its image is gone."""
    box = environment.box
    assert box is not None
    check(environment.place)
    return probe(Engine.found(), box, environment.through or environment.executable, environment.options)


def check(place: Place) -> None:
    """Raises UsageError where no trial of that place can be run now: no engine answers, or its image is gone."""
    if place.box and Engine.found().image(place.box.image) is None:
        raise UsageError(
            f"the image {place.box.image[:19]} is gone",
            where="containers",
            advice=f"Build it by mpref images {place.box.entry}, and start a new run.",
        )


def supervisor(place: Place, folders: Iterable[Path]) -> Supervisor:
    """A supervisor beside the trials of a place: in a fresh container in which these folders can be read, under Wine, or here.

    Raises RecordError, UsageError.
    """
    box = place.box
    main = seen(MAIN, foreign=bool(place.through))
    if box is None or box.first:
        return Supervisor([place.through, "-S", "-E", main]) if place.through else Supervisor()
    engine, name = Engine.found(), _name()
    command = [engine.command, "run", *given(box, folders, name), box.supervisor, "-S", "-E", main]
    return Supervisor(command, end=lambda: engine.end(name))


def _name() -> str:
    return f"mpref-{os.getpid()}-{uuid.uuid4().hex[:8]}"
