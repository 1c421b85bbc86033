"""The scenario as typed data: what a declaration may say. `declaration` loads it from TOML."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mpref.environment import Environment, Method, StreamKind

from .checks import Expectation
from .conditions import check_capability

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
    version: Annotated[
        int,
        Meta(
            ge=1,
            description="Goes up when what is expected changes its meaning; verdicts tell by which they were made.",
        ),
    ] = 1
    trials: Annotated[int, Meta(ge=1, description="Trials of a cell where chance plays no part.")] = 1
    most: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="At most so many trials without provocation, where chance plays a part."),
    ] = None
    deadline: Annotated[float, Meta(gt=0, description="Seconds a trial may take.")] = 20.0
    quiet: Annotated[float, Meta(gt=0, description="Seconds it may use no CPU before it counts as blocked.")] = 3.0
    grace: Annotated[
        float,
        Meta(
            gt=0, description="Seconds for which its processes may go on when it has ended, before they count as left."
        ),
    ] = 2.0
    cpu: Annotated[
        float,
        Meta(gt=0, description="CPU seconds that all its processes may use; twice as many where none can be forked."),
    ] = 10.0
    processes: Annotated[int, Meta(ge=1, description="Processes it may have at a time.")] = 64
    output: Annotated[int, Meta(ge=1, description="Bytes that it may write; who goes on beyond is endless.")] = (
        512 * 1024 * 1024
    )
    needs: Annotated[
        tuple[str, ...], Meta(description="Capabilities without which it is not applicable: os.fork.")
    ] = ()
    events: Annotated[tuple[str, ...], Meta(description="The labels it may record.")] = ()
    points: Annotated[
        tuple[str, ...], Meta(description="Its named points, beside its events: where a regime may delay it.")
    ] = ()
    durations: Annotated[tuple[float, ...], Meta(description="The lengths of its tasks in seconds, by index.")] = ()
    profiles: Annotated[
        tuple[str, ...],
        Meta(description="Containers' limits, by their name in docker/profiles.toml; it runs in such containers only."),
    ] = ()
    alone: Annotated[bool, Meta(description="Whether it needs the machine to itself.")] = False
    expect: Annotated[tuple[Expectation, ...], Meta(description="What must, may and must not be observed.")] = ()

    @property
    def cost(self) -> tuple[float, ...]:
        """What an answer costs, for sorting: the machine to itself, chance, waiting for a hang, trials and their deadline."""
        hangs = any(check.check_kind == "hang" for check in self.expect)
        by_chance = any(c.may_fail_by_chance or c.check_kind == "happens-before" for c in self.expect)
        return self.alone, by_chance, hangs, self.trials, self.deadline

    def runs_in(self, environment: Environment) -> bool:
        """Whether it has cells there: it is about other limits than these, or these are for other scenarios."""
        box = environment.box
        if self.profiles:
            return box is not None and box.profile in self.profiles
        return box is None or not box.special

    def __post_init__(self) -> None:
        for name in self.needs:
            check_capability(name)
