"""What is expected of every program unless its scenario foresees otherwise: an observation that nothing foresees fails.

In each trial every default names the odd things it saw; each applicable expectation on the same aspect that holds in
that trial takes away those it foresees; the default holds if none is left. What a killed trial leaves (its status, its
processes) is the harness's doing and is not odd. Undeclared events cannot be foreseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from mpref.history import HELPERS, History

from .checks import Check, Observation
from .checks.base import KILLED, Aspect, no_verdict
from .checks.exit import status_text
from .checks.leftovers import roles_text
from .checks.stream import preview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .scenario import Scenario


class Default(msgspec.Struct, frozen=True):
    """One aspect of every trial and what is expected of it."""

    aspect: Aspect
    says: str

    def observe(self, history: History, scenario: Scenario, checks: Iterable[Check]) -> Observation:
        """Whether all that is odd in this aspect is foreseen by the checks, which are those that apply to the cell."""
        if nothing := no_verdict(history):
            return nothing
        odd, outcome = oddities(self.aspect, history, scenario)
        left = odd
        for check in checks:
            if left and check.aspect == self.aspect and check.grade != "never":
                left -= check.foresees(history, scenario, odd)
        return Observation(not left, f"{outcome}, foreseen" if odd and not left else outcome)


DEFAULTS = (
    Default("end", "It ends by itself."),
    Default("exit", "Its exit status is 0."),
    Default("stderr", "It prints nothing to stderr."),
    Default("left at exit", "When it has ended, only multiprocessing's helpers are left."),
    Default("left after grace", "After the grace period no process is left."),
    Default("events", "Every event that it records is declared."),
)


def oddities(aspect: Aspect, history: History, scenario: Scenario) -> tuple[frozenset[str], str]:
    """The odd things in one aspect of a trial, and its outcome for the histogram."""
    match aspect:
        case "end":
            return _odd(history.ending, history.ending != "exited"), history.ending
        case "stderr":
            text = history.stderr.text
            return _odd("text", history.stderr.size > 0), f"stderr {preview(text)}" if text else "stderr is empty"
        case "events":
            strange = frozenset(event.label for event in history.events) - frozenset(scenario.events)
            return strange, f"undeclared: {', '.join(sorted(strange))}" if strange else "all declared"
        case "exit" | "left at exit" | "left after grace":
            if history.ending in KILLED:
                return frozenset(), "ended by the harness, not judged"
            return _of_exited(aspect, history)
        case _:
            assert_never(aspect)


def _of_exited(aspect: Aspect, history: History) -> tuple[frozenset[str], str]:
    if aspect == "exit":
        return _odd("status", history.status != 0), status_text(history.status)
    if aspect == "left at exit":
        left = history.left_at_exit
        return frozenset(process.role for process in left) - HELPERS, roles_text(left)
    left = history.left_after_grace
    return frozenset(process.role for process in left), roles_text(left)


def _odd(name: str, is_odd: bool) -> frozenset[str]:
    return frozenset({name}) if is_odd else frozenset()
