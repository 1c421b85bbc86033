"""The driver: plans trials, has them recorded, and asks the judge whether another one is needed.

It alone imports both record and judge. One driver serves one worker; what is shared between workers is the run file, and
the locks by which a cell that needs the machine to itself runs alone, and before all others.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple, Self

import filelock
import msgspec

from mpref import clock
from mpref.containers import box as boxes
from mpref.errors import RecordError
from mpref.judge.grading import Case, judge_cell, next_regime
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict
from mpref.record.order import EVENT_PATH, Order, Program
from mpref.regime import NONE, Regime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mpref.environment import Cell, Environment, Place
    from mpref.history import History
    from mpref.plan import Declared
    from mpref.record.client import Supervisor
    from mpref.record.store import RunFile


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the user allows: the number of trials a cell, and the moment (seconds since the epoch) at which the budget ends."""

    trials: int | None = None
    until: float | None = None
    budget: str = ""
    workers: int = 1
    """How many drivers share the machine, and the budget's cells."""

    @property
    def over(self) -> bool:
        """Whether the budget is used up."""
        return self.until is not None and clock.now() >= self.until

    def share(self, cells: int) -> float | None:
        """Until when a cell may draw, so that the others, `cells` with it, get as much of the time left; None: no budget."""
        if self.until is None:
            return None
        now = clock.now()
        return now + (self.until - now) * self.workers / max(cells, self.workers)

    def reached(self, trials: int, until: float | None) -> str:
        """The limit that lets a cell with so many trials, and this share of the budget, draw no more; empty while none does."""
        if self.over or (until is not None and trials and clock.now() >= until):
            return f"--budget {self.budget}"
        return f"--trials {self.trials}" if self.trials is not None and trials >= self.trials else ""


MANY = 10
"""Times that a delay may come in one trial: its deadline is so much later."""


UNFORKED = 2
"""Times the CPU that a trial may use where no process can be forked: under Wine one costs 0.2 s, and 0.6 s on a busy machine."""


class Attempt(NamedTuple):
    """Which trial of its cell it is, how it is provoked, and how often it was provoked so before."""

    trial: int
    regime: Regime = NONE
    again: int = 0


def order(declared: Declared, cell: Cell, environment: Environment, attempt: Attempt) -> Order:
    """The order for one trial of a cell; its seed follows from these."""
    scenario, regime = declared.scenario, attempt.regime
    seed = regime.seed(cell.id, attempt.trial)
    delay = regime.delay(seed, attempt.again)
    program = Program(path=declared.program, environment=environment, form=scenario.form, args=scenario.args)
    command, box = program.command(cell.method), environment.box
    recording = {"PYTHONPATH": environment.path(EVENT_PATH)} if scenario.events else {}
    return Order(
        trial=attempt.trial,
        command=boxes.first_command(box, declared.path.parent, command) if box and box.first else command,
        environ={**recording, **regime.environ(seed, attempt.again)},
        stdin=program.stdin,
        cwd=program.cwd,
        stream=cell.stream,
        deadline=scenario.deadline + MANY * delay,
        quiet=scenario.quiet + delay,
        grace=scenario.grace + delay,
        processes=scenario.processes,
        output=scenario.output,
        cpu=scenario.cpu * (1 if "os.fork" in environment.capabilities else UNFORKED),
        regime=str(regime),
        seed=seed,
        calibrate=any(check.check_kind == "gain" for check in scenario.expect),
    )


class Driver:
    """Runs cells, one at a time, and stores what they show. Close it, or use it as a context manager.

    `supervisors` are taken in place of those it would start. Among several workers the one that comes first draws the trials
    without provocation of all cells in `ahead`, those that need the machine to themselves, before any of them does anything else.
    """

    def __init__(
        self,
        run: RunFile,
        environments: dict[str, Environment],
        limits: Limits,
        terms: Terms | None = None,
        supervisors: Mapping[Place, Supervisor] | None = None,
    ) -> None:
        self.run = run
        self.environments = environments
        self.limits = limits
        self.terms = terms or Terms()
        self.ahead: Mapping[Cell, Declared] = {}
        self._machine = Machine(run.path, limits.workers)
        self._supervisors = dict(supervisors or {})
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the supervisors and closes the run file."""
        self.stop()
        self.run.close()

    def stop(self) -> None:
        """Ends the supervisors, from any thread: the trial that runs comes to no answer, and there is no other."""
        self._stopped = True
        for supervisor in list(self._supervisors.values()):
            supervisor.close()

    def verdict(self, declared: Declared, cell: Cell) -> CellVerdict:
        """The verdict of a cell: the stored one where there is one, else that of as many trials as the judge asks for.

        What was cut off is gone on with. A supervisor that fails makes this cell broken and no other.
        """
        self._go_ahead()
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

    def _go_ahead(self) -> None:
        """Once: the trials that need the machine to themselves, while the other workers wait; or waits for who is at it.

        What cannot be recorded is left to the cell's own turn.
        """
        ahead, self.ahead = self.ahead, {}
        cheapest_first = self.limits.until is not None
        if not ahead or cheapest_first or self.limits.workers == 1:
            return
        with self._machine.first() as first:
            for cell, declared in ahead.items() if first else ():
                if self.run.verdict(cell):
                    continue
                with contextlib.suppress(RecordError), self._machine.taken(alone=True):
                    self._draw_plain(declared, self._case(declared, cell), self.run.histories(cell))

    def _case(self, declared: Declared, cell: Cell) -> Case:
        """What the judge is to look at."""
        return Case(cell, declared.scenario, self.environments[cell.environment])

    def _drawn(self, declared: Declared, cell: Cell) -> CellVerdict:
        """As many trials as the judge asks for and the user allows, and what they say."""
        case, histories = self._case(declared, cell), self.run.histories(cell)
        until = self.limits.share(self.run.unjudged()) if self.limits.until is not None else None

        limit = ""
        while (regime := self._wanted(case, histories)) and not (limit := self.limits.reached(len(histories), until)):
            alone = declared.scenario.alone and regime == NONE
            with self._machine.taken(alone=alone):
                self._attempt(declared, case, histories, regime)
                if alone:  # in one turn: each lets the other workers run dry
                    self._draw_plain(declared, case, histories, until)
        return judge_cell(case, histories, self.terms, cut_off=limit if regime else self.terms.cut_off)

    def _draw_plain(self, declared: Declared, case: Case, histories: list[History], until: float | None = None) -> None:
        """Trials of a cell for as long as the next one is to be without provocation."""
        while self._wanted(case, histories) == NONE and not self.limits.reached(len(histories), until):
            self._attempt(declared, case, histories, NONE)

    def _attempt(self, declared: Declared, case: Case, histories: list[History], regime: Regime) -> None:
        """One more trial of a cell."""
        again = sum(history.regime == str(regime) for history in histories)
        ordered = order(declared, case.cell, case.environment, Attempt(len(histories) + 1, regime, again))
        histories.append(self._trial(case.cell, ordered, case.environment.place))

    def _wanted(self, case: Case, histories: list[History]) -> Regime | None:
        """The regime of the next trial that the judge asks for; None: no more.

        A number of trials that the user chose is drawn in full where nothing failed, also if the answer is clear before.
        """
        wanted = next_regime(case, histories, self.terms)
        if wanted is None and self.limits.trials is not None and len(histories) < self.limits.trials:
            return NONE if judge_cell(case, histories, self.terms).verdict == "pass" else None
        return wanted

    def _trial(self, cell: Cell, ordered: Order, place: Place) -> History:
        """One trial, recorded and stored; whatever goes wrong, the next one gets a supervisor that owes nothing.

        Raises RecordError where the supervisor failed, and UsageError where no other could do better.
        """
        if self._stopped:
            raise RecordError("the driver was stopped")
        try:
            if place not in self._supervisors:
                self._supervisors[place] = boxes.supervisor(place, self.run.folders())
            history = self._supervisors[place].run(ordered)
        except BaseException as error:
            if place in self._supervisors:
                self._supervisors.pop(place).abandon()
            if isinstance(error, RecordError) and not self._stopped:
                boxes.check(place)
            raise
        finally:
            if place.box and place.box.first:
                boxes.end_first(ordered.command)
        self.run.add(cell, history, ordered, self._supervisors[place].hello)
        return history


def lock_files(run: Path) -> tuple[Path, Path, Path]:
    """What the workers of one run share: the machine's lock, that of who goes ahead, and the mark that it was done.

    They lie beside the run file and go with the run's end.
    """
    shared, ahead, mark = (run.with_name(f"{run.name}.{name}") for name in ("lock", "ahead.lock", "ahead"))
    return shared, ahead, mark


class Machine:
    """The machine, as the workers of one run share it by locks."""

    def __init__(self, run: Path, workers: int) -> None:
        shared, ahead, self._went_ahead = lock_files(run)
        self._lock = filelock.ReadWriteLock(str(shared)) if workers > 1 else None
        self._ahead = filelock.FileLock(ahead)

    @contextlib.contextmanager
    def first(self) -> Iterator[bool]:
        """Whether it is the first of the run's workers that comes here; the others wait until that has done, or failed."""
        with self._ahead:
            yield not self._went_ahead.exists()
            self._went_ahead.touch()

    def taken(self, *, alone: bool) -> contextlib.AbstractContextManager[None]:
        """Shares it with the run's other workers, or has it to itself; who is the only one has it anyway."""
        if self._lock is None:
            return contextlib.nullcontext()
        return self._lock.write_lock() if alone else self._lock.read_lock()
