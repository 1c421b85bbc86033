"""Provoked trials: which are wanted, what they prove, and what they must not decide."""

from __future__ import annotations

from typing import Any

import pytest
from judge_fakes import cell, environment, event, expectation, history, scenario

from mpref.judge.grading import Case, chances, judge_cell, next_regime
from mpref.judge.terms import EFFORTS, Terms
from mpref.regime import NONE, Regime

ABLE = environment(capabilities=("os.fork", "signal.SIGSTOP", "os.sched_setaffinity"))
TOGETHER = "load+delay:child-runs"
APART = ["delay:child-runs", "load"]


def order(grade: str = "always", **more: Any):
    return expectation("happens-before", first="child-runs", then="joined", grade=grade, **more)


def good(trial: int, regime: str = "none", **changes: Any):
    return history(event("child-runs", 11), event("joined", 10), trial=trial, regime=regime, **changes)


def bad(trial: int, regime: str = "none"):
    return history(event("joined", 10), event("child-runs", 11), trial=trial, regime=regime)


def case(*checks: Any, where: Any = ABLE, **changes: Any):
    return Case(cell(where=where), scenario(*checks, **changes), where)


def drawn(subject: Case, answer: Any = good, terms: Terms | None = None, most: int = 400) -> list[str]:
    """The regimes that are asked for, one after the other, until nothing more is."""
    histories: list[Any] = []
    while (regime := next_regime(subject, histories, terms or Terms())) is not None and len(histories) < most:
        histories.append(answer(len(histories) + 1, str(regime)))
    return [one.regime for one in histories]


def test_always_is_tried_under_every_regime():
    """An order of two processes is drawn without provocation first, then under each regime; the pass names them.

    One processor comes along with load, and load with a delay.
    """
    regimes = drawn(case(order()))
    assert regimes == ["none", TOGETHER]
    found = judge_cell(case(order()), [good(n, r) for n, r in enumerate(regimes, 1)], Terms())
    assert found.verdict == "pass"
    assert "provoked by delay:child-runs, load" in found.findings[0].message
    assert "so in all 2 trials" in found.findings[0].message
    assert "below 95 % at 95 % without provocation" in found.findings[0].message
    assert found.findings[0].regimes == {"none": 1, TOGETHER: 1}
    assert judge_cell(case(order()), [good(1), bad(2, TOGETHER)], Terms()).verdict == "fail"


def test_load_comes_along_with_its_own_delay():
    """Each order has load and a pause with the delay that attacks it; one that is held up for another is no trial of it."""
    other = expectation("happens-before", first="task-end", then="joined")

    def told(trial: int, regime: str) -> Any:
        return history(event("child-runs", 11), event("task-end", 11), event("joined", 10), trial=trial, regime=regime)

    regimes = drawn(case(order(), other), told)
    assert regimes == ["none", TOGETHER, "load+pause:child-runs+delay:task-end"]
    found = judge_cell(case(order(), other), [told(n, regime) for n, regime in enumerate(regimes, 1)], Terms())
    assert [finding.trials for finding in found.findings[:2]] == [2, 2]
    assert "provoked by delay:task-end, pause:child-runs, load" in found.findings[1].message


def test_what_was_tried_apart_is_tried():
    """A run of before has load by itself; and where the user wants nothing else it is drawn so."""
    assert drawn(case(order()), terms=Terms(regimes=(Regime(name="load"),))) == ["none", "load"]
    apart = [good(n, regime) for n, regime in enumerate(["none", *APART], 1)]
    found = judge_cell(case(order()), apart, Terms())
    assert (found.verdict, found.findings[0].regimes) == ("pass", dict.fromkeys(["none", *APART], 1))


def test_what_load_and_a_delay_bring_about_is_seen():
    """It is a witness as any other, told once. What they do not is no miss of the delay, which is tried by itself."""
    seen = judge_cell(case(order("sometimes")), [bad(1), good(2, "load+delay:joined")], Terms())
    assert seen.verdict == "pass"
    assert (
        "seen in 1 of 2 trials; not in the 1 without provocation, but under load+delay:joined"
        in seen.findings[0].message
    )
    missed = [bad(1), bad(2, "load+delay:joined")]
    assert next_regime(case(order("sometimes")), missed, Terms()) == Regime(name="delay", at="joined")


def test_the_one_that_must_be_late_is_held_up():
    """`never` and `sometimes` hold up the other event, so that the first one can be first."""
    for grade, held_up in (("never", "load+delay:joined"), ("sometimes", "delay:joined")):
        assert held_up in drawn(case(order(grade)), bad)


def test_a_process_is_paused_where_it_recorded_something_before():
    """A pause stops the process of the event that must come first, after what it recorded last before it."""

    def told(trial: int, regime: str) -> Any:
        return history(
            event("parent-starts", 10), event("child-runs", 10), event("joined", 11), trial=trial, regime=regime
        )

    assert drawn(case(order()), told) == ["none", "load+pause:parent-starts+delay:child-runs"]
    assert "pause:parent-starts" in drawn(case(order()), told, Terms(effort=EFFORTS["thorough"]))
    asked = {"delay": "delay:child-runs", "pause": "pause:parent-starts"}
    for name, regime in asked.items():
        assert drawn(case(order()), told, Terms(regimes=(Regime.chosen(name),))) == ["none", regime]
    both = Terms(regimes=tuple(map(Regime.chosen, asked)))
    assert drawn(case(order()), told, both) == ["none", "pause:parent-starts+delay:child-runs"]


def test_a_pause_comes_along_with_its_own_delay_alone():
    """One that holds up another event could undo what the delay does: each has a trial, and load comes along with the first."""

    def told(trial: int, regime: str) -> Any:
        return history(
            event("parent-starts", 10), event("child-runs", 10), event("joined", 11), trial=trial, regime=regime
        )

    both = "load+pause:parent-starts+delay:child-runs"
    assert drawn(case(order(provoke=["delay:joined"])), told) == [
        "none",
        "load+delay:joined",
        both.removeprefix("load+"),
    ]
    two = drawn(case(order(provoke=["delay:child-runs", "delay:joined"])), told)
    assert two == ["none", both, "delay:joined"]
    delayed = [told(1, "none"), told(2, "delay:child-runs")]
    assert str(next_regime(case(order(provoke=["delay:joined"])), delayed, Terms())) == "load+delay:joined"
    chosen = Terms(regimes=(Regime.chosen("delay:joined"), Regime.chosen("pause")))
    apart = ["none", "delay:joined", "pause:parent-starts"]
    assert drawn(case(order(provoke=["delay:joined"])), told, chosen) == apart


def test_a_trial_that_is_paused_for_another_order_is_no_trial():
    """A pause that is not its own may be why an order holds, as a delay may: it is tried anew."""
    paused = [good(1), good(2, "load+pause:elsewhere+delay:child-runs")]
    assert str(next_regime(case(order()), paused, Terms())) == TOGETHER
    found = judge_cell(case(order()), [*paused, good(3, TOGETHER)], Terms())
    assert (found.verdict, found.findings[0].trials) == ("pass", 2)


def test_what_happens_in_one_process_is_no_matter_of_chance():
    """An order within a process takes the declared trials and no more: one, if none are declared."""

    def alone(trial: int, regime: str) -> Any:
        return history(event("child-runs", 10), event("joined", 10), trial=trial, regime=regime)

    assert drawn(case(order()), alone) == ["none"]
    assert drawn(case(order(), trials=3), alone) == ["none"] * 3


def test_a_declaration_may_say_whether_chance_plays_a_part():
    """`chance` overrules what the trials show, both ways."""
    assert drawn(case(order(chance=False))) == ["none"]
    other = expectation("count", of="child-runs", is_=1, chance=True, provoke=["delay:joined"])
    assert drawn(case(other)) == ["none", "delay:joined"]


def test_what_nothing_provokes_is_drawn_once_more():
    """Where chance plays a part and nothing can provoke it, trials as they come exclude the modest rate alone."""
    other = expectation("count", of="child-runs", is_=1, chance=True)
    assert drawn(case(other)) == ["none"] * 2
    assert "below 77.6 % at 95 %" in judge_cell(case(other), [good(1), good(2)], Terms()).findings[0].message


def test_a_regime_that_was_tried_counts():
    """A stored run may hold trials under a regime that would get none today: what they refute is refuted."""
    found = judge_cell(
        case(order()), [good(1), good(2, "delay:child-runs"), good(3, "load"), bad(4, "one-cpu")], Terms()
    )
    assert (found.verdict, found.findings[0].witness) == ("fail", 4)


def test_a_provoked_violation_fails():
    """One counterexample under any regime refutes `always`."""
    found = judge_cell(case(order()), [good(1), bad(2, "delay:child-runs")], Terms())
    assert (found.verdict, found.findings[0].witness) == ("fail", 2)


def test_provoked_trials_decide_nothing_else():
    """A value or a count is judged by unprovoked trials alone; what nobody foresees fails under every regime."""
    counted = expectation("count", of="task-end", is_=0)
    odd = history(
        event("child-runs", 11), event("joined", 10), event("task-end", 10), trial=2, regime="delay:child-runs"
    )
    assert judge_cell(case(order(), counted), [good(1), odd], Terms()).findings[1].verdict == "pass"
    loud = good(2, "delay:child-runs", stderr="oops\n")
    found = judge_cell(case(order()), [good(1), loud], Terms())
    assert "It prints nothing to stderr." in found.reason


def test_what_is_seen_only_under_a_regime_is_seen():
    """`sometimes` goes on to the next regime until the outcome is witnessed, and says under which."""

    def provoked(trial: int, regime: str) -> Any:
        return (good if regime == "delay:joined" else bad)(trial, regime)

    regimes = drawn(case(order("sometimes")), provoked)
    assert regimes == ["none", "delay:joined"]
    found = judge_cell(case(order("sometimes")), [provoked(n, r) for n, r in enumerate(regimes, 1)], Terms())
    assert (found.verdict, found.findings[0].witness) == ("pass", 2)
    assert "not in the 1 without provocation, but under delay:joined" in found.findings[0].message


def test_what_is_never_seen_fails_in_the_end():
    """A `sometimes` that no regime brings about fails, after as many trials as the run's error takes."""
    terms = Terms(chances=50)
    regimes = drawn(case(order("sometimes")), bad, terms)
    found = judge_cell(case(order("sometimes")), [bad(n, r) for n, r in enumerate(regimes, 1)], terms)
    assert found.verdict == "fail"
    assert regimes.count("delay:joined") == 3
    assert (1 - 0.2) ** regimes.count("none") * 0.1**3 <= 0.01 / 50


def test_what_could_not_be_provoked_does_not_fail():
    """Without the delay that would bring it about, an outcome that never comes by itself is open, not refuted."""
    terms = Terms(chances=50, regimes=(NONE,))
    regimes = drawn(case(order("sometimes")), bad, terms)
    found = judge_cell(case(order("sometimes")), [bad(n, r) for n, r in enumerate(regimes, 1)], terms)
    assert set(regimes) == {"none"}
    assert (1 - 0.2) ** len(regimes) <= 0.01 / 50
    assert found.verdict == "inconclusive"
    assert found.findings[0].message.endswith("not tried: delay:joined")


def test_what_the_user_cut_off_stays_open():
    """Too few trials leave an order open, and say which rate could still hide."""
    found = judge_cell(case(order()), [good(1)], Terms(), cut_off="--trials 1")
    assert found.verdict == "inconclusive"
    assert "0 in 1 without provocation: below 95 % at 95 %" in found.reason
    assert "not tried: delay:child-runs, load" in found.reason
    assert found.reason.endswith("(cut off by --trials 1)")


def test_quick_draws_no_more_than_once():
    """`--quick` leaves what chance decides open, and says so; what is certain passes by one trial."""
    terms = Terms(effort=EFFORTS["quick"])
    certain = expectation("count", of="child-runs", is_=1)
    assert drawn(case(order(), certain), terms=terms) == ["none"]
    found = judge_cell(case(order(), certain), [good(1)], terms)
    assert [one.verdict for one in found.findings[:2]] == ["inconclusive", "pass"]


def test_thorough_excludes_smaller_rates():
    """`--thorough` draws more, under every regime."""
    regimes = drawn(case(order()), terms=Terms(effort=EFFORTS["thorough"]))
    assert regimes.count("none") == 29
    certain = expectation("count", of="child-runs", is_=1)
    assert drawn(case(certain), terms=Terms(effort=EFFORTS["thorough"])) == ["none"] * 3
    assert [regimes.count(one) for one in [*APART, "one-cpu", "hash-seed"]] == [3, 3, 3, 3]


def test_only_what_the_platform_can_do_is_tried():
    """Without pinning and stopping these regimes are left out, and the pass does not name them."""
    bare = environment(capabilities=())
    assert drawn(case(order(), where=bare)) == ["none", "delay:child-runs"]


@pytest.mark.parametrize(
    ("regimes", "expected"),
    [
        ((), ["none", "none"]),
        (("delay",), ["none", "delay:child-runs"]),
        (("load",), ["none", "load"]),
        (("load", "delay"), ["none", "load+delay:child-runs"]),
        (("one-cpu",), ["none", "one-cpu"]),
    ],
)
def test_the_user_chooses_regimes(regimes: tuple[str, ...], expected: list[str]):
    """`--regime` leaves only those named; a delay without its label stands for all of them."""
    chosen = tuple(Regime(name=name) for name in regimes)  # type: ignore[arg-type]
    assert drawn(case(order()), terms=Terms(regimes=chosen)) == expected


def test_usually_is_tested_until_it_is_clear():
    """What is usual passes soon, what is gone fails, by unprovoked trials alone."""
    terms = Terms(chances=50)
    assert drawn(case(order("usually"), trials=1), terms=terms) == ["none"] * 2
    regimes = drawn(case(order("usually")), bad, terms)
    assert set(regimes) == {"none"}
    assert judge_cell(case(order("usually")), [bad(n) for n in range(1, len(regimes) + 1)], terms).verdict == "fail"
    assert 15 <= len(regimes) <= 30


def test_what_cannot_be_told_is_not_drawn_for_ever():
    """Trials that never tell end the drawing, with chance and without."""

    def slow(trial: int, regime: str) -> Any:
        return good(trial, regime, ending="slow", status=None)

    certain = expectation("count", of="child-runs", is_=1)
    for check in (certain, order(), order("usually"), order("sometimes")):
        assert len(drawn(case(check), slow)) <= 60


def test_a_provocation_makes_it_a_matter_of_chance():
    """`provoke` is obeyed whatever is checked, and refused where it could not be."""
    other = expectation("count", of="child-runs", is_=1, provoke=["delay:joined"])
    assert "delay:joined" in drawn(case(other))
    for wrong in ({"chance": False}, {"grade": "allowed"}):
        with pytest.raises(ValueError, match="`provoke`"):
            expectation("count", of="child-runs", is_=1, provoke=["delay:joined"], **wrong)
    for wrong, why in (
        ("none", "provokes nothing"),
        ("load+delay:joined", "several regimes in one"),
        ("delay", "name an event"),
    ):
        with pytest.raises(ValueError, match=why):
            expectation("count", of="child-runs", is_=1, provoke=[wrong])


def test_the_error_is_shared_out():
    """Only what a count decides takes a share of the run's error."""
    assert chances(case(order(), order("usually"), order("sometimes"), order("allowed"))) == 2
    assert Terms(chances=20).error == pytest.approx(0.0005)


@pytest.mark.parametrize(
    "text",
    [
        *("delay", "one-cpu:x", "gale", "pause:", "load+delay", "load+one-cpu", "load+", "+delay:x", "gale+delay:x"),
        *("load+load+delay:x", "delay:x+load", "pause:x+pause:y", "delay:x+delay:y", "pause+delay:x", "none+delay:x"),
    ],
)
def test_a_bad_regime_is_refused(text: str):
    """A regime is a known word, with a label where it is about an event and only there."""
    with pytest.raises(ValueError, match="delay"):
        Regime.from_text(text)


def test_a_seed_is_for_ever():
    """The same cell, regime and trial have the same seed; what is not provoked has none."""
    delay = Regime.from_text("delay:child-runs")
    assert delay.seed("c/s[e]", 4) == delay.seed("c/s[e]", 4) != delay.seed("c/s[e]", 5)
    assert NONE.seed("c/s[e]", 4) == 0
    assert NONE.environ(0) == {}
    assert Regime.from_text("load").environ(77) == {"PYTHONHASHSEED": "77"}
    label, _, seconds = delay.environ(delay.seed("c/s[e]", 4))["MPREF_DELAY"].partition("=")
    assert label == "child-runs"
    assert 0.15 <= float(seconds) <= 0.25
    longer = delay.environ(delay.seed("c/s[e]", 4), 1)["MPREF_DELAY"].partition("=")[2]
    assert float(longer) == pytest.approx(4 * float(seconds), abs=0.01)


def test_two_regimes_in_one_trial():
    """What takes load along is written so, counts as both, and delays for longer; a user names one at a time."""
    both, delay = Regime.from_text(TOGETHER), Regime.from_text("delay:child-runs")
    assert str(both) == TOGETHER
    assert both.parts == (delay, Regime(name="load"))
    assert delay.parts == (delay,)
    assert both.delay(500) == 2 * delay.delay(500)
    assert Regime.from_text("load+pause:child-runs").environ(5)["MPREF_PAUSE"].startswith("child-runs=")
    three = Regime.from_text("load+pause:begins+delay:child-runs")
    assert str(three) == "load+pause:begins+delay:child-runs"
    assert three.parts == (delay, Regime(name="load"), Regime(name="pause", at="begins"))
    assert three.environ(500).keys() == {"PYTHONHASHSEED", "MPREF_DELAY", "MPREF_PAUSE"}
    with pytest.raises(ValueError, match="name each by itself"):
        Regime.chosen(TOGETHER)
