"""The driver: plans trials, has them recorded, and asks the judge whether another one is needed.

It alone imports both record and judge. One driver serves one worker; what is shared between workers is the run file, and
a lock that lets a cell which needs the machine to itself run alone.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

import filelock
import msgspec

from mpref import clock
from mpref.errors import RecordError
from mpref.judge.grading import inapplicable, judge_cell, more_wanted
from mpref.judge.verdict import CellVerdict
from mpref.record.client import Supervisor
from mpref.record.order import EVENT_PATH, Order, Program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mpref.environment import Cell, Environment
    from mpref.history import History
    from mpref.judge.scenario import Scenario
    from mpref.plan import Declared
    from mpref.record.store import RunFile


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the user allows: the number of trials a cell, and the moment (seconds since the epoch) at which the budget ends."""

    trials: int | None = None
    until: float | None = None
    budget: str = ""

    @property
    def over(self) -> bool:
        """Whether the budget is used up."""
        return self.until is not None and clock.now() >= self.until

    @property
    def cut_off(self) -> str:
        """Which of the user's limits may have ended the drawing: told where a verdict stays open."""
        if self.over:
            return f"--budget {self.budget}"
        return f"--trials {self.trials}" if self.trials is not None else ""

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with the user's number of trials in the place of its own."""
        return (
            scenario if self.trials is None else msgspec.structs.replace(scenario, trials=self.trials, most=self.trials)
        )


def order(declared: Declared, cell: Cell, environment: Environment, trial: int) -> Order:
    """The order for one trial of a cell."""
    scenario = declared.scenario
    program = Program(path=declared.program, form=scenario.form, args=scenario.args)
    return Order(
        trial=trial,
        command=program.command(environment.executable, cell.method, environment.options),
        environ={"PYTHONPATH": str(EVENT_PATH)} if scenario.events else {},
        stdin=program.stdin,
        cwd=program.cwd,
        stream=cell.stream,
        deadline=scenario.deadline,
        quiet=scenario.quiet,
        processes=scenario.processes,
        cpu=scenario.cpu,
    )


class Driver:
    """Runs cells, one at a time, and stores what they show. Close it, or use it as a context manager."""

    def __init__(self, run: RunFile, environments: dict[str, Environment], limits: Limits) -> None:
        self.run = run
        self.environments = environments
        self.limits = limits
        self._supervisor: Supervisor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the supervisor and closes the run file."""
        if self._supervisor:
            self._supervisor.close()
            self._supervisor = None
        self.run.close()

    def verdict(self, declared: Declared, cell: Cell) -> CellVerdict:
        """The verdict of a cell: the stored one where there is one, else that of as many trials as the judge asks for.

        What was cut off is gone on with. A supervisor that fails makes this cell broken and no other.
        """
        if stored := self.run.verdict(cell):
            known = msgspec.json.decode(stored, type=CellVerdict)
            if not known.cut_off:
                return known
        try:
            verdict = self._drawn(declared, cell)
        except RecordError as error:
            verdict = CellVerdict(
                cell=cell, verdict="broken", reason=str(error), trials=0, cut_off="a failure of the recorder"
            )
        self.run.set_verdict(cell, verdict.verdict, verdict.reason, verdict.rules, msgspec.json.encode(verdict))
        return verdict

    def _drawn(self, declared: Declared, cell: Cell) -> CellVerdict:
        """As many trials as the judge asks for and the user allows, and what they say."""
        environment = self.environments[cell.environment]
        histories = self.run.histories(cell)
        scenario = self.limits.applied(declared.scenario)
        if not inapplicable(scenario, environment, cell.method, cell.stream):
            with _machine(self.run.path, alone=scenario.alone):
                while not self.limits.over and more_wanted(cell, scenario, environment, histories):
                    histories.append(self._trial(cell, order(declared, cell, environment, len(histories) + 1)))
        return judge_cell(cell, scenario, environment, histories, cut_off=self.limits.cut_off)

    def _trial(self, cell: Cell, ordered: Order) -> History:
        """One trial, recorded and stored; whatever goes wrong, the next one gets a supervisor that owes nothing."""
        try:
            supervisor = self._recorder()
            history = supervisor.run(ordered)
        except BaseException:
            if self._supervisor:
                self._supervisor.abandon()
                self._supervisor = None
            raise
        self.run.add(cell, history, ordered, supervisor.hello)
        return history

    def _recorder(self) -> Supervisor:
        if self._supervisor is None:
            self._supervisor = Supervisor()
        return self._supervisor


def lock_file(run: Path) -> Path:
    """The lock that the workers of one run share; it lies beside the run file and goes with the run's end."""
    return run.with_name(f"{run.name}.lock")


@contextlib.contextmanager
def _machine(run: Path, *, alone: bool) -> Iterator[None]:
    """Shares the machine with the run's other workers, or has it to itself."""
    lock = filelock.ReadWriteLock(str(lock_file(run)))
    with lock.write_lock() if alone else lock.read_lock():
        yield
