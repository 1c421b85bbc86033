"""The driver: what it orders, when it stops, and that nothing which is finished runs again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import filelock
import msgspec
import pytest
from fakes import FakeSupervisor, environment, event, history

from mpref import clock
from mpref.driver import Attempt, Driver, Limits, Machine, lock_files, order
from mpref.errors import RecordError
from mpref.plan import Declared
from mpref.record.store import RunFile
from mpref.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mpref.history import History
    from mpref.record.order import Order

DECLARATION = """#:schema ../scenario.schema.json
title = "One event is recorded."
methods = ["default", "spawn"]
events = ["one"]
trials = 4

[[expect]]
check = "count"
says = "It is recorded once."
of = "one"
is = 1
"""
ENVIRONMENT = environment()


@pytest.fixture
def declared(tmp_path: Path) -> Declared:
    folder = tmp_path / "chapter"
    folder.mkdir()
    (folder / "one.toml").write_text(DECLARATION)
    (folder / "one.py").write_text("from mpref_event import event\nevent('one')\n")
    return Declared.from_path(folder / "one.toml")


def driver(tmp_path: Path, declared: Declared, answer: Callable[[Order], History], **limits: object) -> Driver:
    run = RunFile.start(tmp_path / "run.sqlite", {}, [ENVIRONMENT])
    run.plan(declared.cells([ENVIRONMENT]), {declared.name: declared.sources})
    fake: Any = FakeSupervisor(answer)
    return Driver(run, {ENVIRONMENT.name: ENVIRONMENT}, Limits(**limits), supervisors={ENVIRONMENT.place: fake})  # type: ignore[arg-type]


def good(order: Order) -> History:
    return history(event("one"), trial=order.trial)


def orders(driver: Driver) -> int:
    fake = driver._supervisors[ENVIRONMENT.place]
    assert isinstance(fake, FakeSupervisor)
    return len(fake.orders)


def test_the_declared_number_of_trials_is_drawn(tmp_path: Path, declared: Declared) -> None:
    """A cell whose answer is clear takes the declared trials and passes."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good) as made:
        assert made.verdict(declared, cell).verdict == "pass"
        assert orders(made) == 4
        assert [h.trial for h in made.run.histories(cell)] == [1, 2, 3, 4]


def test_the_user_chooses_the_number(tmp_path: Path, declared: Declared) -> None:
    """`--trials` replaces the declared number, upwards too."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good, trials=7) as made:
        made.verdict(declared, cell)
        assert orders(made) == 7


def test_a_failure_ends_the_drawing(tmp_path: Path, declared: Declared) -> None:
    """What must always be so and is not needs no second trial."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, lambda o: history(event("one"), event("one", seq=1), trial=o.trial)) as made:
        verdict = made.verdict(declared, cell)
        assert (verdict.verdict, orders(made)) == ("fail", 1)


def test_a_stored_verdict_is_not_drawn_again(tmp_path: Path, declared: Declared) -> None:
    """A cell that has its verdict runs no trial."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good) as made:
        first = made.verdict(declared, cell)
        assert made.verdict(declared, cell) == first
        assert orders(made) == 4


def test_finished_trials_count(tmp_path: Path, declared: Declared) -> None:
    """A cell of which two trials are stored and no verdict takes only what is missing."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good) as made:
        for trial in (1, 2):
            made.run.add(
                cell, history(event("one"), trial=trial), order(declared, cell, ENVIRONMENT, Attempt(trial)), {}
            )
        assert made.verdict(declared, cell).trials == 4
        assert orders(made) == 2


def test_a_budget_that_is_over_leaves_cells_open(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the budget no trial is drawn; the cell is inconclusive and says what cut it off."""
    monkeypatch.setattr(clock, "now", lambda: 100.0)
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good, until=99.0, budget="60s") as made:
        verdict = made.verdict(declared, cell)
    assert (verdict.verdict, verdict.cut_off, orders(made)) == (
        "inconclusive",
        "--budget 60s",
        0,
    )


def test_a_method_that_is_not_there_starts_nothing(tmp_path: Path, declared: Declared) -> None:
    """A cell that is not applicable says what is missing and runs no trial."""
    with driver(tmp_path, declared, good) as made:
        lean = environment(start_methods=("fork",))
        made.environments[lean.name] = lean
        verdict = made.verdict(declared, list(declared.cells([lean]))[1])
        assert (verdict.verdict, orders(made)) == ("not-applicable", 0)
        assert "spawn" in verdict.reason


def test_only_a_chosen_method_has_a_launcher(declared: Declared) -> None:
    """`default` is the plain command line, with what the program needs to record and nothing else."""
    plain, launched = (order(declared, cell, ENVIRONMENT, Attempt(1)) for cell in declared.cells([ENVIRONMENT]))
    assert plain.command == ("python3.13", "-X", "faulthandler", str(declared.program))
    assert launched.command[3].endswith("launch.py")
    assert launched.command[4:] == ("spawn", "file", str(declared.program))
    assert set(plain.environ) == {"PYTHONPATH"}


def test_what_a_budget_cut_off_is_gone_on_with(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that a budget left open is taken up again when there is more time."""
    monkeypatch.setattr(clock, "now", lambda: 100.0)
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good, until=99.0, budget="60s") as made:
        assert made.verdict(declared, cell).verdict == "inconclusive"
        made.limits = Limits()
        assert made.verdict(declared, cell).verdict == "pass"


def test_a_failed_supervisor_breaks_its_cell_and_no_other(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cell is broken, the next one gets a new supervisor, and a resumed run takes the cell up again."""

    def dead(_order: Order) -> History:
        msg = "the supervisor ended"
        raise RecordError(msg)

    first, second = declared.cells([ENVIRONMENT])
    with driver(tmp_path, declared, dead) as made:
        monkeypatch.setattr("mpref.driver.boxes.supervisor", lambda _place, _folders: FakeSupervisor(good))
        assert made.verdict(declared, first).verdict == "broken"
        assert made.verdict(declared, second).verdict == "pass"
        assert made.verdict(declared, first).verdict == "pass"


def test_an_interrupted_supervisor_is_not_asked_again(tmp_path: Path, declared: Declared) -> None:
    """Whatever breaks into a trial, its late answer is never taken for the next trial's."""

    def interrupted(_order: Order) -> History:
        raise KeyboardInterrupt

    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, interrupted) as made:
        with pytest.raises(KeyboardInterrupt):
            made.verdict(declared, cell)
        assert not made._supervisors


def test_a_stopped_driver_starts_nothing(tmp_path: Path, declared: Declared) -> None:
    """What another thread stopped draws no further trial."""
    cell = next(declared.cells([ENVIRONMENT]))
    with driver(tmp_path, declared, good) as made:
        made.stop()
        assert made.verdict(declared, cell).verdict == "broken"
        assert orders(made) == 0


def test_a_budget_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the cells left gets as much of the time left, by as many workers as there are."""
    monkeypatch.setattr(clock, "now", lambda: 100.0)
    assert Limits(until=160.0, budget="60s").share(30) == 102.0
    assert Limits(until=160.0, budget="60s", workers=4).share(30) == 108.0
    assert Limits(until=160.0, budget="60s", workers=4).share(2) == 160.0
    assert Limits().share(30) is None


def test_a_share_that_is_used_up_ends_the_cell(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell gets one trial at least, and no more when its share of the budget is over: the other cells have theirs."""
    now = [100.0]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def slow(order: Order) -> History:
        now[0] += 40.0
        return history(event("one"), trial=order.trial)

    first, second = declared.cells([ENVIRONMENT])
    with driver(tmp_path, declared, slow, until=200.0, budget="100s") as made:
        verdict = made.verdict(declared, first)
        assert (verdict.trials, verdict.verdict) == (2, "pass")
        assert made.verdict(declared, second).trials == 1


def test_only_the_limit_that_ended_it_is_blamed(tmp_path: Path, declared: Declared) -> None:
    """What stays open for another reason than the user's limit is not told to be cut off by it."""
    cell = next(declared.cells([ENVIRONMENT]))
    slow = {"ending": "slow", "status": None}
    with driver(tmp_path, declared, lambda o: history(trial=o.trial, **slow), until=2e18, budget="1h") as made:
        verdict = made.verdict(declared, cell)
    assert (verdict.verdict, verdict.cut_off) == ("inconclusive", "")


def test_a_long_delay_moves_the_deadline(declared: Declared) -> None:
    """A process that is held up is neither a hang nor left over because of it."""
    cell = next(declared.cells([ENVIRONMENT]))
    plain = order(declared, cell, ENVIRONMENT, Attempt(1))
    held_up = order(declared, cell, ENVIRONMENT, Attempt(9, Regime.from_text("delay:one"), 2))
    assert held_up.grace - plain.grace == held_up.quiet - plain.quiet >= 16 * 0.15
    assert held_up.deadline > plain.deadline + 9 * 16 * 0.15


IN_ORDER = """
[[expect]]
check = "happens-before"
says = "They come in this order."
first = "one"
then = "two"
provoke = ["delay:two"]
"""


def test_a_delay_that_is_tried_again_is_longer(tmp_path: Path, declared: Declared) -> None:
    """Four times as long as the one before, as long as the trials cannot tell."""
    head = DECLARATION.partition("[[expect]]")[0].replace("trials = 4", "").replace('"one"]', '"one", "two"]')
    declared.path.write_text(head + IN_ORDER)
    declared = Declared.from_path(declared.path)
    cell = next(declared.cells([ENVIRONMENT]))

    def answer(order: Order) -> History:
        two, ending = (event("one", 11), event("two", time=5)), "slow" if order.regime == "delay:two" else "exited"
        return history(*two, trial=order.trial, regime=order.regime, ending=ending)

    with driver(tmp_path, declared, answer) as driving:
        driving.verdict(declared, cell)
        fake: Any = driving._supervisors[ENVIRONMENT.place]
    tried = [one for one in fake.orders if one.regime == "delay:two"]
    lengths = [float(one.environ["MPREF_DELAY"].removeprefix("two=")) for one in tried]
    assert [0.15 * 4**n <= length <= 0.25 * 4**n for n, length in enumerate(lengths)] == [True] * 3


def test_a_regime_is_ordered_with_its_seed(declared: Declared) -> None:
    """The order carries the regime, its seed, and what the program's own processes need to carry it out."""
    cell = next(declared.cells([ENVIRONMENT]))
    delayed = order(declared, cell, ENVIRONMENT, Attempt(3, Regime.from_text("delay:one")))
    assert delayed.regime == "delay:one"
    assert delayed.seed == Regime.from_text("delay:one").seed(cell.id, 3)
    assert delayed.environ["MPREF_DELAY"].startswith("one=0.")
    assert order(declared, cell, ENVIRONMENT, Attempt(3)).seed == 0


@pytest.mark.parametrize(("alone", "workers", "others"), [(True, 2, ""), (False, 2, "read"), (True, 1, "read write")])
def test_the_machine_is_shared_or_taken(
    tmp_path: Path, declared: Declared, alone: bool, workers: int, others: str
) -> None:
    """While a cell runs alone no other worker runs a trial; who is the only worker asks nobody."""
    free: set[str] = set()

    def answer(order: Order) -> History:
        another = filelock.ReadWriteLock(str(lock_files(tmp_path / "run.sqlite")[0]), is_singleton=False)
        for name, wanted in (("read", another.read_lock), ("write", another.write_lock)):
            with contextlib.suppress(filelock.Timeout), wanted(blocking=False):
                free.add(name)
        return good(order)

    scenario = msgspec.structs.replace(declared.scenario, alone=alone)
    one = msgspec.structs.replace(declared, scenario=scenario)
    with driver(tmp_path, one, answer, workers=workers) as driving:
        driving.verdict(one, next(one.cells([ENVIRONMENT])))
    assert free == set(others.split())


def test_who_needs_the_machine_takes_it_once(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trials that follow each other alone are one turn, lest the other workers run dry before each; others are a turn each."""
    turns: list[bool] = []
    monkeypatch.setattr(Machine, "taken", lambda _, *, alone: turns.append(alone) or contextlib.nullcontext())
    scenario = msgspec.structs.replace(declared.scenario, alone=True)
    for number, one in enumerate((msgspec.structs.replace(declared, scenario=scenario), declared)):
        turns.clear()
        with driver(tmp_path / str(number), one, good, trials=5) as driving:
            driving.verdict(one, next(one.cells([ENVIRONMENT])))
            assert (orders(driving), turns) == (5, [True] if number == 0 else [False] * 5)


def test_who_needs_the_machine_goes_ahead(tmp_path: Path, declared: Declared) -> None:
    """The worker that comes first draws what runs alone while the others wait; these draw none, though more were wanted then."""
    path = tmp_path / "run.sqlite"
    kept_out: list[bool] = []

    def answer(order: Order) -> History:
        another = filelock.FileLock(lock_files(path)[1], blocking=False, is_singleton=False)
        try:
            with another:
                kept_out.append(False)
        except filelock.Timeout:
            kept_out.append(True)
        return good(order)

    alone = msgspec.structs.replace(declared, scenario=msgspec.structs.replace(declared.scenario, alone=True))
    one, two = cells = list(alone.cells([ENVIRONMENT]))
    with driver(tmp_path, alone, answer, workers=2) as first:
        first.verdict(alone, two)
        first.ahead = dict.fromkeys(cells, alone)
        first.verdict(alone, two)
        assert kept_out == [False] * 4 + [True] * 4
        assert len(first.run.histories(one)) == 4
        fake: Any = FakeSupervisor(answer)
        more = msgspec.structs.replace(first.limits, trials=9)
        with Driver(RunFile.resume(path), first.environments, more, supervisors={ENVIRONMENT.place: fake}) as second:
            second.ahead = dict.fromkeys(cells, alone)
            second.verdict(alone, two)
            assert not fake.orders


def test_what_cannot_be_recorded_ahead_has_its_own_turn(
    tmp_path: Path, declared: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A supervisor that fails while its worker goes ahead for another cell makes that cell broken and no other."""

    def answer(order: Order) -> History:
        if "spawn" in order.command:
            msg = "it is gone"
            raise RecordError(msg)
        return good(order)

    monkeypatch.setattr("mpref.driver.boxes.supervisor", lambda _place, _folders: FakeSupervisor(answer))

    alone = msgspec.structs.replace(declared, scenario=msgspec.structs.replace(declared.scenario, alone=True))
    one, two = cells = list(alone.cells([ENVIRONMENT]))
    with driver(tmp_path, alone, answer, workers=2) as driving:
        driving.ahead = dict.fromkeys(cells, alone)
        assert driving.verdict(alone, one).verdict == "pass"
        assert driving.verdict(alone, two).verdict == "broken"


@pytest.mark.parametrize("limits", [{"workers": 1}, {"workers": 2, "budget": "9s", "until": 9e12}])
def test_nobody_goes_ahead(tmp_path: Path, declared: Declared, limits: dict[str, Any]) -> None:
    """Not by itself, and not under a budget, where the cheapest come first."""
    alone = msgspec.structs.replace(declared, scenario=msgspec.structs.replace(declared.scenario, alone=True))
    one, two = cells = list(alone.cells([ENVIRONMENT]))
    with driver(tmp_path, alone, good, **limits) as driving:
        driving.ahead = dict.fromkeys(cells, alone)
        driving.verdict(alone, one)
        assert len(driving.run.histories(one)) == 4
        assert not driving.run.histories(two)


def test_a_trial_may_use_more_cpu_where_none_can_be_forked(declared: Declared) -> None:
    """A process that is not forked costs several times as much: an endless program is ended later, when it has shown itself."""
    cell = next(declared.cells([ENVIRONMENT]))
    plain = order(declared, cell, ENVIRONMENT, Attempt(1))
    unforked = order(declared, cell, environment(capabilities=()), Attempt(1))
    assert (plain.cpu, unforked.cpu) == (declared.scenario.cpu, 2 * declared.scenario.cpu)
