"""The scenario as typed data: what a declaration may say. `declaration` loads it from TOML."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mpref.environment import Method, StreamKind

from .chance import misses_needed
from .checks import Expectation
from .conditions import check_capability

FEWEST_FOR_CHANCE = 12
Form = Literal["file", "module", "command", "stdin"]


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must, may and must not be observed of the program beside this file."""

    title: Annotated[str, Meta(min_length=1, description="One sentence: what the scenario shows.")]
    about: Annotated[str, Meta(description="More, for readers.")] = ""
    reading: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="Its number on the reading path, for newcomers; left out by most."),
    ] = None
    form: Annotated[Form, Meta(description="How the program is run: as a file, -m, -c, or from standard input.")] = (
        "file"
    )
    args: Annotated[tuple[str, ...], Meta(description="Arguments of the program.")] = ()
    methods: Annotated[tuple[Method, ...], Meta(min_length=1, description="Start methods it is run under.")]
    streams: Annotated[tuple[StreamKind, ...], Meta(min_length=1, description="What its standard streams are.")] = (
        "pipe",
    )
    trials: Annotated[int, Meta(ge=1, description="Trials of a cell; a plain count decides for now.")] = 3
    most: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="At most so many, where chance plays a part; by default as many as the stated rates need."),
    ] = None
    deadline: Annotated[float, Meta(gt=0, description="Seconds a trial may take.")] = 20.0
    quiet: Annotated[float, Meta(gt=0, description="Seconds it may use no CPU before it counts as blocked.")] = 3.0
    cpu: Annotated[float, Meta(gt=0, description="CPU seconds that all its processes may use.")] = 10.0
    processes: Annotated[int, Meta(ge=1, description="Processes it may have at a time.")] = 64
    needs: Annotated[
        tuple[str, ...], Meta(description="Capabilities without which it is not applicable: os.fork.")
    ] = ()
    events: Annotated[tuple[str, ...], Meta(description="The labels it may record.")] = ()
    durations: Annotated[tuple[float, ...], Meta(description="The lengths of its tasks in seconds, by index.")] = ()
    alone: Annotated[bool, Meta(description="Whether it needs the machine to itself.")] = False
    expect: Annotated[tuple[Expectation, ...], Meta(description="What must, may and must not be observed.")] = ()

    @property
    def utmost(self) -> int:
        """How many trials a cell may take where chance plays a part: enough for a `sometimes` that is never seen to fail."""
        if self.most is not None:
            return self.most
        needed = [misses_needed(check.wanted_rate) for check in self.expect if check.grade == "sometimes"]
        return max([FEWEST_FOR_CHANCE, self.trials, *needed])

    def __post_init__(self) -> None:
        for name in self.needs:
            check_capability(name)
