"""From histories to verdicts: grades, defaults, witnesses, what is broken, and whether another trial is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_fakes import blocked, cell, environment, event, expectation, history, process, scenario

from mpref.judge.grading import Case, inapplicable, judge_cell, next_regime
from mpref.judge.rules import Count, Question, Tally, rule
from mpref.judge.scenario import Scenario
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict
from mpref.regime import NONE

if TYPE_CHECKING:
    import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mpref.environment import Environment
    from mpref.history import History
    from mpref.judge.checks import Check

ORDER = {"check": "happens-before", "first": "child-runs", "then": "parent-done"}
HERE = environment()


TERMS = Terms(regimes=())
"""Nothing is provoked."""


def order(grade: str = "always", **more: Any):
    """An order that no chance plays a part in, but where the grade is about chance."""
    certain = {"chance": False} if grade in {"always", "never"} else {}
    return expectation(**ORDER, grade=grade, **{**certain, **more})


def more_wanted(declared: Scenario, histories: list[History], where: Environment = HERE):
    return next_regime(Case(cell(where=where), declared, where), histories, TERMS) is not None


def good(trial: int = 1, **changes: Any):
    return history(event("child-runs", 11), event("parent-done", 10), trial=trial, **changes)


def bad(trial: int = 1, **changes: Any):
    return history(event("parent-done", 10), event("child-runs", 11), trial=trial, **changes)


def tie(trial: int = 1):
    return history(event("parent-done", 10, time=5), event("child-runs", 11, time=5), trial=trial)


def judged(declared: Scenario, *histories: History, method: str = "fork", where: Environment = HERE):
    return judge_cell(Case(cell(method, where=where), declared, where), histories, TERMS)


def numbered(kinds: list[str]):
    return [{"good": good, "bad": bad, "tie": tie}[kind](trial=number) for number, kind in enumerate(kinds, 1)]


class TestGrades:
    @pytest.mark.parametrize(
        ("grade", "kinds", "verdict", "witness"),
        [
            ("always", "good good", "pass", 1),
            ("always", "good bad bad", "fail", 2),
            ("always", "good tie", "pass", 1),
            ("always", "tie tie", "inconclusive", None),
            ("never", "bad tie", "pass", 1),
            ("never", "bad good", "fail", 2),
            ("sometimes", "bad bad good", "pass", 3),
            ("sometimes", "bad bad", "inconclusive", None),
            ("usually", "good good", "pass", 1),
            ("usually", "good bad", "inconclusive", None),
            ("usually", "bad bad good", "inconclusive", None),
            ("allowed", "bad bad", "pass", None),
            ("allowed", "bad good", "pass", 2),
        ],
    )
    def test_verdict_and_witness(self, grade: str, kinds: str, verdict: str, witness: int | None):
        """Every grade has its verdict and the trial that proves it."""
        other = expectation("count", of="child-runs", is_=1)
        found = judged(scenario(order(grade), other), *numbered(kinds.split()))
        assert (found.findings[0].verdict, found.findings[0].witness) == (verdict, witness)
        assert found.verdict == verdict

    def test_the_histogram_counts_outcomes(self):
        """What was observed is counted, the most frequent first."""
        finding = judged(scenario(order("usually")), *numbered(["bad", "good", "good", "tie"])).findings[0]
        assert list(finding.histogram.items()) == [
            ("child-runs before parent-done", 2),
            ("child-runs and parent-done at the same tick", 1),
            ("parent-done before child-runs", 1),
        ]
        assert (finding.seen, finding.undecided, finding.trials) == (2, 1, 4)

    def test_the_witness_is_the_shortest(self):
        """Of several proofs the one with the fewest events and the least output is shown."""
        long = msgspec.structs.replace(bad(1), events=(*bad().events, event("joined")))
        loud = bad(2, stdout="many words")
        assert judged(scenario(order()), long, loud, bad(3)).findings[0].witness == 3


class TestDefaults:
    counted = expectation("count", of="child-runs", most=1)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"ending": "blocked", "status": None}, "It ends by itself."),
            ({"status": 1}, "Its exit status is 0."),
            ({"stderr": "oops\n"}, "It prints nothing to stderr."),
            ({"left_at_exit": (process("worker"),)}, "only multiprocessing's helpers are left"),
            ({"left_after_grace": (process("resource tracker"),)}, "no process is left"),
        ],
    )
    def test_what_nothing_foresees_fails(self, changes: dict[str, Any], says: str):
        """An observation that no expectation foresees is a failure, not silence."""
        found = judged(scenario(self.counted), good(1), good(2, **changes))
        failed = [finding for finding in found.findings if finding.verdict == "fail"]
        assert [finding.witness for finding in failed] == [2]
        assert says in failed[0].says
        assert found.verdict == "fail"
        assert "no expectation foresees it" in found.reason

    def test_undeclared_events_fail_always(self):
        """An event that is not declared fails."""
        declared = scenario(self.counted, events=("child-runs",))
        assert "undeclared: parent-done" in judged(declared, good()).reason

    @pytest.mark.parametrize(
        ("check", "changes"),
        [
            (expectation("hang", grade="allowed"), {"ending": "blocked", "status": None}),
            (expectation("exit-status", is_=1, grade="sometimes"), {"status": 1}),
            (expectation("text", stream="stderr", contains="oops", grade="usually"), {"stderr": "oops"}),
            (expectation("lines", stream="stderr", least=1, grade="allowed"), {"stderr": "oops"}),
            (expectation("leftovers", at="exit", roles=["worker"], is_=1), {"left_at_exit": (process("worker"),)}),
            (
                expectation("leftovers", at="grace", least=1),
                {"left_after_grace": (process("stray"), process("resource tracker"))},
            ),
        ],
    )
    def test_what_is_foreseen_does_not_fail(self, check: Check, changes: dict[str, Any]):
        """An expectation that holds in a trial stands in for the default, whatever its grade but never."""
        found = judged(scenario(self.counted, check), good(1, **changes))
        assert {one.verdict for one in found.findings if one.check == "default"} == {"pass"}
        assert found.verdict == ("inconclusive" if check.grade == "usually" else "pass")

    @pytest.mark.parametrize(
        ("check", "changes"),
        [
            (expectation("exit-status", is_=1, grade="never"), {"status": 1}),
            (expectation("exit-status", is_=1, grade="allowed"), {"status": 2}),
            (expectation("text", stream="stderr", contains="oops", grade="allowed"), {"stderr": "other"}),
            (expectation("lines", stream="stderr", matches="Traceback", is_=0), {"stderr": "Segmentation fault"}),
            (expectation("leftovers", at="exit", roles=["stray"], is_=0), {"left_at_exit": (process("worker"),)}),
            (
                expectation("leftovers", at="exit", roles=["worker"], is_=1),
                {"left_at_exit": (process("worker"), process("stray"))},
            ),
            (expectation("leftovers", at="grace", least=1, grade="allowed"), {"left_at_exit": (process("worker"),)}),
            (
                expectation("leftovers", at="exit", roles=["worker"], is_=1, grade="allowed"),
                {"left_at_exit": (process("worker"), process("worker"))},
            ),
        ],
    )
    def test_what_does_not_cover_it_foresees_nothing(self, check: Check, changes: dict[str, Any]):
        """Neither `never`, nor another outcome, nor the absence of something else foresees an oddity."""
        assert judged(scenario(self.counted, check), good(1, **changes)).verdict == "fail"

    def test_never_is_no_licence(self):
        """What must never be is not foreseen by that: the default fails beside it."""
        found = judged(scenario(self.counted, expectation("exit-status", is_=1, grade="never")), good(status=1))
        assert [finding.check for finding in found.findings if finding.verdict == "fail"] == ["exit-status", "default"]

    def test_a_killed_trial_is_not_blamed_for_the_kill(self):
        """Status and leftovers of a trial that the harness ended are its own work."""
        declared = scenario(expectation("hang", kind="blocked"))
        seen = blocked(left_at_exit=(process("worker"),), left_after_grace=(process("stray"),))
        assert judged(declared, seen).verdict == "pass"

    def test_helpers_may_stay_at_exit_only(self):
        """The resource tracker and the fork server outlive the program, but not the grace period."""
        helpers = (process("resource tracker"), process("fork server"))
        assert judged(scenario(self.counted), good(left_at_exit=helpers)).verdict == "pass"
        assert judged(scenario(self.counted), good(left_after_grace=helpers)).verdict == "fail"


class TestCells:
    def test_an_error_of_the_harness_is_broken(self):
        """A trial that could not be carried out breaks its cell."""
        found = judged(scenario(order()), good(1), history(trial=2, error="no such interpreter"))
        assert (found.verdict, found.reason) == ("broken", "trial 2 could not be carried out: no such interpreter")
        assert judged(
            scenario(order()), history(trial=3, error="late"), history(trial=2, error="first")
        ).reason.endswith("first")

    @pytest.mark.parametrize(
        ("declared", "method", "stream", "lacking"),
        [
            ({"needs": ("os.fork", "os.gone")}, "fork", "pipe", "os.gone"),
            ({}, "forkserver", "pipe", "start method forkserver"),
            ({}, "none", "terminal", "os.openpty"),
        ],
    )
    def test_not_applicable_names_the_capability(
        self, declared: dict[str, Any], method: str, stream: str, lacking: str
    ):
        """What the environment lacks is said."""
        where = environment(start_methods=("fork", "spawn"), capabilities=("os.fork",))
        assert lacking in inapplicable(scenario(order(), **declared), where, method, stream)
        found = judge_cell(Case(cell(method, stream, where), scenario(order(), **declared), where), [], TERMS)
        assert found.verdict == "not-applicable"
        assert lacking in found.reason

    def test_default_and_none_exist_everywhere(self):
        """To choose no start method takes no capability."""
        where = environment(start_methods=("spawn",))
        assert inapplicable(scenario(order()), where, "default") == inapplicable(scenario(order()), where, "none") == ""

    def test_a_vanished_condition_is_broken(self):
        """A cell to which no expectation applies is broken, not passed, and says what was tried."""
        when = {"python": "<3.15"}
        where = environment("3.15.0rc1")
        declared = scenario(order(when=when, because="a reason"), order("allowed"))
        found = judged(declared, good(), where=where)
        assert found.verdict == "broken"
        assert "python <3.15" in found.reason
        assert "3.15.0rc1" in found.reason
        assert not more_wanted(declared, [], where)

    def test_a_prerelease_takes_the_new_expectation(self):
        """On a pre-release the expectation for its release applies, and not the one before it."""
        old = order(when={"python": "<3.15"}, because="so it was")
        new = order("never", when={"python": ">=3.15"}, because="so it will be")
        found = judged(scenario(old, new), bad(), where=environment("3.15.0rc1"))
        assert (found.verdict, found.findings[0].because) == ("pass", "so it will be")

    def test_an_event_that_no_trial_recorded_is_broken(self):
        """A check about an event that is never recorded is broken, and names it."""
        found = judged(scenario(order()), history(event("child-runs")), history(event("child-runs"), trial=2))
        assert found.verdict == "broken"
        assert "'parent-done', which no trial recorded" in found.reason

    def test_a_never_about_nothing_is_broken(self):
        """`never` does not pass because the event it is about is not there."""
        assert judged(scenario(order("never")), history(event("child-runs"))).verdict == "broken"

    def test_recorded_in_one_trial_is_recorded(self):
        """An event that some trials lack is a failure in those, not a broken expectation."""
        assert judged(scenario(order()), good(1), history(event("child-runs"), trial=2)).verdict == "fail"

    def test_a_lost_event_that_is_counted_fails(self):
        """A count or a value catches a lost event outright, and a failure speaks before a broken expectation."""
        for check in (
            expectation("count", of="joined", is_=1),
            expectation("value", of="joined", field="code", equals=0),
        ):
            lost = expectation("happens-before", first="child-runs", then="joined")
            found = judged(scenario(lost, check), good())
            assert [finding.verdict for finding in found.findings[:2]] == ["broken", "fail"]
            assert found.verdict == "fail"

    def test_load_alone_is_inconclusive(self):
        """Where every trial was slow nothing is decided."""
        found = judged(scenario(order()), good(1, ending="slow", status=None), good(2, ending="slow", status=None))
        assert found.verdict == "inconclusive"
        assert judged(scenario(order())).verdict == "inconclusive"


class TestMoreWanted:
    def wanted(self, declared: Scenario, kinds: str):
        return more_wanted(declared, numbered(kinds.split()))

    def test_trials_first(self):
        """A scenario's own number of trials comes first, and suffices where nothing is open."""
        declared = scenario(order(), trials=3, most=12)
        assert [self.wanted(declared, " ".join(["good"] * number)) for number in range(4)] == [True, True, True, False]

    def test_a_failure_ends_it(self):
        """One violation of `always` needs no second; one miss of `usually` does."""
        assert not self.wanted(scenario(order()), "bad")
        assert not self.wanted(scenario(order("never")), "good")
        assert self.wanted(scenario(order("usually")), "bad")
        assert not more_wanted(scenario(order("usually")), [bad(status=1)])

    def test_open_questions_go_on_up_to_most(self):
        """Chance and load go on for an answer, but not for ever."""
        declared = scenario(order("sometimes"), trials=2, most=4)
        assert self.wanted(declared, "bad bad")
        assert self.wanted(declared, "bad bad bad")
        assert not self.wanted(declared, "bad bad bad bad")
        assert not self.wanted(declared, "bad good")
        assert self.wanted(scenario(order(), trials=1, most=3), "tie")

    def test_rare_events_go_on_too(self):
        """A rare outcome whose event has not been recorded yet is still looked for."""
        rare = expectation("happens-before", first="child-runs", then="joined", grade="sometimes")
        assert self.wanted(scenario(rare, trials=1), "good")
        always = expectation("happens-before", first="child-runs", then="joined")
        assert not self.wanted(scenario(always, trials=1), "good")

    def test_broken_and_not_applicable_end_it(self):
        """Nothing more is tried where the harness failed or the cell cannot be."""
        assert not more_wanted(scenario(order()), [history(error="no")])
        assert not more_wanted(scenario(order(), needs=("os.gone",)), [])


KINDS = st.lists(st.sampled_from(["good", "bad", "tie"]), min_size=1, max_size=12)
GRADES = st.sampled_from(["always", "usually", "sometimes", "never"])
SEVERITY = ["pass", "inconclusive", "fail"]


class TestProperties:
    @given(KINDS, GRADES, st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, kinds: list[str], grade: str, chance: random.Random):
        """The verdict is a function of the set of histories."""
        histories = numbered(kinds)
        shuffled = chance.sample(histories, len(histories))
        assert judged(scenario(order(grade)), *histories) == judged(scenario(order(grade)), *shuffled)

    @given(KINDS, GRADES, st.sampled_from(["exit-status", "hang", "count"]))
    def test_allowed_never_turns_a_pass_into_a_failure(self, kinds: list[str], grade: str, kind: str):
        """More that is allowed cannot make it worse."""
        operands = {"exit-status": {"is_": 1}, "hang": {}, "count": {"of": "joined", "is_": 3}}[kind]
        before = judged(scenario(order(grade)), *numbered(kinds)).verdict
        after = judged(scenario(order(grade), expectation(kind, grade="allowed", **operands)), *numbered(kinds)).verdict
        assert before == after

    @given(KINDS, st.sampled_from(["always", "never"]))
    def test_a_failure_stays(self, kinds: list[str], grade: str):
        """No further trial mends what must always or never hold."""
        verdicts = [judged(scenario(order(grade)), *numbered(kinds[:end])).verdict for end in range(1, len(kinds) + 1)]
        first = verdicts.index("fail") if "fail" in verdicts else len(verdicts)
        assert set(verdicts[first:]) <= {"fail"}

    @given(
        st.integers(0, 40),
        st.integers(1, 40),
        st.floats(0.05, 0.95),
        st.sampled_from(["always", "usually", "sometimes"]),
    )
    def test_more_sightings_never_make_it_worse(self, seen: int, decided: int, rate: float, grade: str):
        """At the same number of trials, seeing it once more does not worsen the verdict."""
        asked = Question(grade=grade, rate=rate)  # type: ignore[arg-type]
        fewer, more = (
            rule(asked, Tally({NONE: Count(count, decided, decided)}, "", ""), TERMS).verdict
            for count in (min(seen, decided - 1), min(seen, decided - 1) + 1)
        )
        assert SEVERITY.index(more) <= SEVERITY.index(fewer)

    @given(KINDS, GRADES)
    def test_round_trips(self, kinds: list[str], grade: str):
        """A verdict and a scenario survive being written as JSON."""
        declared = scenario(order(grade, when={"method": ["fork"], "python": ">=3"}, because="so"))
        found = judged(declared, *numbered(kinds))
        assert msgspec.json.decode(msgspec.json.encode(found), type=CellVerdict) == found
        assert msgspec.json.decode(msgspec.json.encode(declared), type=Scenario) == declared
