"""Regimes: how a trial is provoked, so that what could go wrong does. Data that the record carries out and the judge plans.

A regime is written as one word, and with the event or point that it is about behind a colon: `delay:child-runs`. A delay may
take a pause and load along, a pause load, and is all of them: `load+pause:parent-starts+delay:before-start`.
"""

from __future__ import annotations

import signal
import zlib
from typing import Literal, Self, get_args

import msgspec

Provocation = Literal["none", "delay", "pause", "one-cpu", "load", "hash-seed"]
PROVOCATIONS: tuple[Provocation, ...] = get_args(Provocation)

AND = "+"
"""Between what comes along and what it comes along with, which is the last."""

NEEDS: dict[Provocation, str] = {
    "pause": "signal.SIGSTOP",
    "one-cpu": "os.sched_setaffinity",
    "load": "os.sched_setaffinity",
}
"""The capability that the interpreter's platform must have for it."""

DELAY = (0.15, 0.25)
"""Seconds between which the seed chooses how long a delay lasts: far more than two processes drift apart by themselves."""

UNDER_LOAD = 2
"""Times that a delay is longer under load, where the one that shall overtake gets along with a share of one processor."""

LONGER = 4
"""Times that a delay is longer when it is tried again in a cell: on a busy machine a new interpreter takes its time."""


class Regime(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One way to provoke a trial.

    none: as it comes. delay: every process waits before that event or at that point. pause: the process that recorded that
    event is stopped for a while. one-cpu: all have one processor. load: they share it with busy neighbours. hash-seed: another
    hash seed, which comes with every other provocation too.
    """

    name: Provocation = "none"
    at: str = ""
    """The event's or point's label; empty where none is meant."""
    along: tuple[Regime, ...] = ()
    """What it takes along: load, a pause of the process that it delays afterwards."""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Reads `name` or `name:label`, behind what it takes along and `+`. Raises ValueError; the message names the regimes."""
        *others, own = text.split(AND)
        along = tuple(cls.from_text(other) for other in others)
        may = {"delay": {"pause", "load"}, "pause": {"load"}}.get(own.partition(":")[0], set())
        if len({one.name for one in along} & may) < len(along):
            raise ValueError(f"{text!r}: a delay takes a pause and load along, a pause load; no other regime does")
        name, _, at = own.partition(":")
        for known in PROVOCATIONS:
            if name == known:
                if bool(at) != (known in {"delay", "pause"}):
                    raise ValueError(f"{text!r}: delay and pause name an event or point, {known}:LABEL; no other does")
                return cls(name=known, at=at, along=along)
        raise ValueError(f"{text!r} is no regime; the regimes are {', '.join(PROVOCATIONS)}")

    @classmethod
    def chosen(cls, text: str) -> Self:
        """One that a user names: a delay or a pause without its label stands for all of them. Raises ValueError."""
        chosen = cls(name=text) if text in {"delay", "pause"} else cls.from_text(text)  # type: ignore[arg-type]
        if chosen.along:
            raise ValueError(f"{text!r} is {len(chosen.parts)} regimes; name each by itself")
        return chosen

    def __str__(self) -> str:
        return AND.join([*map(str, self.along), f"{self.name}:{self.at}" if self.at else self.name])

    @property
    def parts(self) -> tuple[Regime, ...]:
        """The regimes that a trial under this one has tried; its own is the first."""
        return (msgspec.structs.replace(self, along=()), *self.along)

    def allowed_by(self, regimes: tuple[Regime, ...]) -> bool:
        """Whether it is one of these; a delay or pause without a label stands for all of them."""
        return self in regimes or Regime(name=self.name) in regimes

    def seed(self, cell: str, trial: int) -> int:
        """The seed of a trial: the same for ever, another for each trial. 0 where nothing is provoked."""
        return zlib.crc32(f"{cell} {self} {trial}".encode()) if self != NONE else 0

    def delay(self, seed: int, again: int = 0) -> float:
        """Seconds for which it holds a process up; 0 where it holds up none."""
        if self.name != "delay":
            return 0.0
        shortest, longest = DELAY
        times = float(LONGER**again) * (UNDER_LOAD if LOAD in self.along else 1)
        return times * (shortest + (longest - shortest) * (seed % 1000) / 1000)

    def environ(self, seed: int, again: int = 0) -> dict[str, str]:
        """The variables by which the program's own processes carry it out; `again`: how often it was tried before."""
        if self == NONE:
            return {}
        variables = {"PYTHONHASHSEED": str(seed)}
        if self.name == "delay":
            variables["MPREF_DELAY"] = f"{self.at}={self.delay(seed, again):.3f}"
        for part in self.parts:
            if part.name == "pause":
                variables["MPREF_PAUSE"] = f"{part.at}={int(getattr(signal, 'SIGSTOP', 0))}"
        return variables


NONE = Regime()
LOAD = Regime(name="load")
