"""Each kind of check: it holds where it should, and catches a planted violation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from judge_fakes import blocked, cut_stream, event, expectation, history, observe, process

from mpref.judge.checks.base import key, same

if TYPE_CHECKING:
    from mpref.judge.checks import Check

HUGE = {"head": "first\n", "tail": "torn\nlast\n"}


@pytest.mark.parametrize("ending", ["slow", "interrupted"])
@pytest.mark.parametrize(
    "check",
    [
        expectation("hang"),
        expectation("count", of="joined", is_=0),
        expectation("speed-up", start="task-start", end="task-end", against="serial", least=2),
    ],
)
def test_load_and_users_are_no_verdict(check: Check, ending: str):
    """A trial that was slow or interrupted is undecided for every kind."""
    assert observe(check, history(ending=ending, status=None)).holds is None


def test_equality_of_values():
    """Numbers are equal across int and float, true is not 1, and a tuple is a list."""
    assert same(1, 1.0)
    assert not same(1, True)
    assert same((1, [2]), [1, (2,)])
    assert key({"b": 1, "a": 2}) == key({"a": 2, "b": 1})


class TestSamePid:
    check = expectation("same-pid", of=[{"label": "parent-starts", "field": "child"}, "child-runs"])

    def test_equal_values_hold(self):
        """The field of one event and the pid of another are compared."""
        assert observe(self.check, history(event("parent-starts", child=11), event("child-runs", 11))).holds is True

    def test_another_pid_is_caught(self):
        """A planted violation: start() gives a pid that is not the child's."""
        seen = observe(self.check, history(event("parent-starts", child=12), event("child-runs", 11)))
        assert seen.holds is False
        assert seen.outcome == "2 different values"

    def test_a_missing_event_does_not_hold(self):
        """What is missing is named: an event, or a field of one."""
        assert observe(self.check, history(event("child-runs", 11))).missing == ("parent-starts",)
        seen = observe(self.check, history(event("parent-starts"), event("child-runs", 11)))
        assert (seen.holds, seen.missing) == (False, ("parent-starts.child",))


class TestDistinctPids:
    def test_a_shared_pid_is_caught(self):
        """A planted violation: the child runs in the parent's process."""
        check = expectation("distinct-pids", of=["parent-starts", "child-runs"])
        assert observe(check, history(event("parent-starts", 10), event("child-runs", 11))).holds is True
        assert observe(check, history(event("parent-starts", 10), event("child-runs", 10))).holds is False

    def test_least_counts_different_ones(self):
        """With `least`, repeats are fine as long as enough differ."""
        check = expectation("distinct-pids", of=["task-start"], least=2)
        assert observe(check, history(*(event("task-start", pid) for pid in (1, 2, 1)))).holds is True
        assert observe(check, history(*(event("task-start", pid) for pid in (1, 1, 1)))).holds is False

    def test_nothing_recorded_does_not_hold(self):
        """No event at all is not distinct."""
        seen = observe(expectation("distinct-pids", of=["child-runs"]), history())
        assert (seen.holds, seen.missing) == (False, ("child-runs",))


class TestChildOf:
    check = expectation("child-of", child="child-runs", parent="parent-starts")

    def test_a_foreign_child_is_caught(self):
        """A planted violation: the child belongs to another process, as under a fork server."""
        assert observe(self.check, history(event("parent-starts", 10), event("child-runs", 11, ppid=10))).holds is True
        assert observe(self.check, history(event("parent-starts", 10), event("child-runs", 11, ppid=7))).holds is False

    def test_every_child_counts(self):
        """One foreign child among several is a violation."""
        children = [event("child-runs", 11, ppid=10), event("child-runs", 12, ppid=1)]
        seen = observe(self.check, history(event("parent-starts", 10), *children))
        assert (seen.holds, seen.outcome) == (False, "1 of 2 child-runs are children of parent-starts")

    def test_the_parent_may_be_a_field(self):
        """The parent's pid may be what an event tells."""
        check = expectation("child-of", child="child-runs", parent={"label": "parent-starts", "field": "server"})
        assert observe(check, history(event("parent-starts", server=7), event("child-runs", 11, ppid=7))).holds is True


class TestHappensBefore:
    check = expectation("happens-before", first="child-runs", then="parent-done")

    def test_the_reverse_order_is_caught(self):
        """A planted violation: the parent is done first."""
        early, late = event("child-runs", 11, time=1), event("parent-done", 10, time=2)
        assert observe(self.check, history(early, late)).holds is True
        seen = observe(self.check, history(event("child-runs", 11, time=3), late))
        assert (seen.holds, seen.outcome) == (False, "parent-done before child-runs")

    def test_the_sequence_decides_within_a_process(self):
        """Within one process the sequence number decides, even at one tick of the clock."""
        one, two = event("child-runs", 10, time=5), event("parent-done", 10, time=5)
        assert observe(self.check, history(one, two)).holds is True

    def test_a_tie_of_two_processes_is_undecided(self):
        """At one tick of the clock two processes are concurrent."""
        seen = observe(self.check, history(event("child-runs", 11, time=5), event("parent-done", 10, time=5)))
        assert seen.holds is None

    @pytest.mark.parametrize(("over", "holds"), [("all", False), ("first", True)])
    def test_over(self, over: str, holds: bool | None):
        """`all` wants every child before, `first` the earliest only."""
        check = expectation("happens-before", first="child-runs", then="parent-done", over=over)
        children = [event("child-runs", 11, time=1), event("child-runs", 12, time=9)]
        assert observe(check, history(*children, event("parent-done", 10, time=5))).holds is holds

    def test_a_certain_violation_beats_a_tie(self):
        """Over all, one pair in the wrong order decides, whatever ties there are."""
        children = [event("child-runs", 11, time=5), event("child-runs", 12, time=9)]
        seen = observe(self.check, history(*children, event("parent-done", 10, time=5)))
        assert (seen.holds, seen.outcome) == (False, "child-runs and parent-done in mixed order")

    def test_every_event_of_a_process_counts(self):
        """Over all, the last of a process's events must be before; for the first, its first."""
        events = (event("child-runs", 11, time=1), event("parent-done", 10, time=5), event("child-runs", 11, time=9))
        assert observe(self.check, history(*events)).holds is False
        check = expectation("happens-before", first="child-runs", then="parent-done", over="first")
        assert observe(check, history(*events)).holds is True
        reverse = expectation("happens-before", first="parent-done", then="child-runs", over="first")
        assert observe(reverse, history(*events)).holds is False

    def test_each_is_paired_by_a_field(self):
        """`each` compares the events that share the field, and wants both of each."""
        check = expectation("happens-before", first="task-start", then="task-end", over="each", by="task")
        spans = [
            event("task-start", 11, time=1, task=0),
            event("task-end", 11, time=4, task=0),
            event("task-start", 12, time=5, task=1),
            event("task-end", 12, time=6, task=1),
        ]
        assert observe(check, history(*spans)).holds is True
        assert observe(check, history(*spans[:3])).holds is False
        swapped = [event("task-end", 12, time=2, task=2), event("task-start", 11, time=3, task=2)]
        assert observe(check, history(*spans, *swapped)).holds is False

    def test_a_missing_event_does_not_hold(self):
        """A lost event is no order."""
        seen = observe(self.check, history(event("parent-done")))
        assert (seen.holds, seen.missing) == (False, ("child-runs",))


class TestCount:
    def test_a_lost_event_is_caught(self):
        """A planted violation: one of two events is lost."""
        check = expectation("count", of="task-end", is_=2)
        assert observe(check, history(event("task-end"), event("task-end"))).holds is True
        seen = observe(check, history(event("task-end")))
        assert (seen.holds, seen.outcome) == (False, "1 task-end")

    def test_where_narrows(self):
        """Only events with the given values count."""
        check = expectation("count", of={"label": "task-end", "where": {"task": 3}}, is_=1)
        assert observe(check, history(event("task-end", task=3), event("task-end", task=4), event("task-end"))).holds

    def test_distinct_counts_values(self):
        """A task that ran twice shows as fewer values than events."""
        check = expectation("count", of="task-end", distinct="task", is_=2)
        assert observe(check, history(*(event("task-end", task=task) for task in (0, 1, 1)))).holds is True
        assert observe(check, history(*(event("task-end", task=task) for task in (0, 0)))).holds is False

    @pytest.mark.parametrize(
        ("bounds", "missing"),
        [({"is_": 0}, ()), ({"most": 0}, ()), ({"most": 5}, ("task-end",)), ({"is_": 2}, ("task-end",))],
    )
    def test_zero_is_missing_unless_it_is_named(self, bounds: dict[str, int], missing: tuple[str, ...]):
        """None at all is a finding where the bounds speak of none; elsewhere the event is missing too."""
        assert observe(expectation("count", of="task-end", **bounds), history()).missing == missing


class TestValue:
    @pytest.mark.parametrize(
        ("operand", "good", "bad"),
        [
            ({"equals": 0}, 0, 1),
            ({"equals": False}, False, 0),
            ({"one_of": [0, 1]}, 1, 2),
            ({"least": 0.5}, 0.5, 0.4),
            ({"most": 2}, 2, 2.1),
            ({"least": 1, "most": 2}, 1.5, 3),
            ({"least": 1}, 1, "1"),
            ({"matches": "^Fork"}, "ForkPoolWorker-1", "SpawnPoolWorker-1"),
            ({"matches": "1"}, "1", 1),
            ({"type": "int"}, 1, True),
            ({"type": "none"}, None, 0),
            ({"same_as": {"label": "parent-starts", "field": "answer"}}, 42, 41),
        ],
    )
    def test_a_wrong_value_is_caught(self, operand: dict[str, Any], good: Any, bad: Any):
        """A planted violation for every operand."""
        check = expectation("value", of="joined", field="code", **operand)
        answer = event("parent-starts", answer=42)
        assert observe(check, history(answer, event("joined", code=good))).holds is True
        assert observe(check, history(answer, event("joined", code=good), event("joined", code=bad))).holds is False

    def test_the_outcome_shows_values_but_no_pids(self):
        """The histogram's words are stable: values are shown, pids and measured numbers are not."""
        seen = history(event("joined", 1234, code=3))
        assert observe(expectation("value", of="joined", field="code", equals=0), seen).outcome == "joined.code = 3"
        assert "1234" not in observe(expectation("value", of="joined", field="pid", equals=0), seen).outcome

    def test_a_missing_field_does_not_hold(self):
        """A field that an event lacks is missing."""
        seen = observe(expectation("value", of="joined", field="code", equals=0), history(event("joined")))
        assert (seen.holds, seen.missing) == (False, ("joined.code",))


class TestText:
    @pytest.mark.parametrize(
        ("operand", "good", "bad"),
        [
            ({"equals": "a\nb\n"}, "a\r\nb\r\n", "a\nb"),
            ({"contains": "Hello"}, "Hello, child", "hello"),
            ({"matches": "^a.b$"}, "axb", "a\nb"),
            ({"matches": "(?ms)^b.c$"}, "a\nb\nc", "a b c"),
            ({"empty": True}, "", "x"),
            ({"empty": False}, "x", ""),
        ],
    )
    def test_another_text_is_caught(self, operand: dict[str, Any], good: Any, bad: Any):
        """A planted violation for every operand."""
        check = expectation("text", stream="stdout", **operand)
        assert observe(check, history(stdout=good)).holds is True
        assert observe(check, history(stdout=bad)).holds is False

    def test_the_outcome_has_no_numbers_of_the_trial(self):
        """Pids and addresses in a preview are blanked."""
        seen = observe(expectation("text", stream="stdout", contains="z"), history(stdout="pid 4711 at 0x7fa0\nok\n"))
        assert seen.outcome == "stdout is 'pid # at # / ok'"
        seen = observe(
            expectation("text", stream="stdout", contains="z"), history(stdout="/tmp/mpref-a1_b/t/pymp-x9y/s")
        )
        assert seen.outcome == "stdout is '/tmp/mpref-#/t/pymp-#/s'"

    def test_what_may_lie_in_the_gap_is_undecided(self):
        """Of a cut stream, what is found is found, and what is not found may have been cut."""
        cut = history(stdout=cut_stream(**HUGE))
        assert observe(expectation("text", stream="stdout", contains="first"), cut).holds is True
        assert observe(expectation("text", stream="stdout", contains="middle"), cut).holds is None
        assert observe(expectation("text", stream="stdout", equals="first"), cut).holds is False


class TestLines:
    def test_a_doubled_line_is_caught(self):
        """A planted violation: the copied buffer prints a line twice."""
        check = expectation("lines", stream="stdout", matches="^start", is_=1)
        assert observe(check, history(stdout="start 1\nend\n")).holds is True
        seen = observe(check, history(stdout="start 1\nstart 1\nend"))
        assert (seen.holds, seen.outcome) == (False, "2 stdout lines matching '^start'")

    @pytest.mark.parametrize(("text", "lines"), [("", 0), ("\n", 1), ("a", 1), ("a\nb\n", 2), ("a\x0bb\u2028c\n", 1)])
    def test_what_a_line_is(self, text: str, lines: int):
        """A line ends with a newline, or at the end; nothing else ends it."""
        assert observe(expectation("lines", stream="stdout", is_=lines), history(stdout=text)).holds is True

    @pytest.mark.parametrize(
        ("bounds", "holds"), [({"least": 2}, True), ({"least": 3}, None), ({"is_": 2}, None), ({"most": 1}, False)]
    )
    def test_a_cut_stream_gives_a_lower_bound(self, bounds: dict[str, int], holds: bool | None):
        """Of a cut stream the whole lines that were kept are counted, and prove what they can."""
        cut = history(stdout=cut_stream(**HUGE))
        assert observe(expectation("lines", stream="stdout", **bounds), cut).holds is holds


class TestExitStatus:
    def test_another_status_is_caught(self):
        """A planted violation: a segfault where success was due."""
        assert observe(expectation("exit-status", is_=0), history()).holds is True
        seen = observe(expectation("exit-status", is_=0), history(status=-11))
        assert (seen.holds, seen.outcome) == (False, "status -11 (SIGSEGV)")

    def test_one_of_several(self):
        """A list names all that may be."""
        assert observe(expectation("exit-status", is_=[0, 1]), history(status=1)).holds is True

    def test_the_harnesss_own_kill_tells_nothing(self):
        """A trial that was killed has no status of its own."""
        assert observe(expectation("exit-status", is_=0), blocked()).holds is None


TRACE = 'Traceback (most recent call last):\n  File "/app/prog.py", line 1, in <module>\n    f()\nmy.Error: code 7\n'


class TestRaises:
    @pytest.mark.parametrize(
        ("operands", "holds"),
        [
            ({"type": "Error"}, True),
            ({"type": "my.Error"}, True),
            ({"type": "Error", "phase": "run", "message": r"code \d"}, True),
            ({"type": "ValueError"}, False),
            ({"type": "Error", "phase": "start"}, False),
            ({"type": "Error", "message": "code 8"}, False),
            ({"type": "Error", "stream": "stdout"}, False),
        ],
    )
    def test_another_error_is_caught(self, operands: dict[str, Any], holds: bool | None):
        """A planted violation of the type, the phase, the message and the stream."""
        assert observe(expectation("exception", **operands), history(stderr=TRACE)).holds is holds

    def test_the_outcome_names_what_was_raised(self):
        """The histogram says which errors there were, and in which phase."""
        check = expectation("exception", type="ValueError")
        assert observe(check, history(stderr=TRACE)).outcome == "Error at run"
        assert observe(check, history()).outcome == "no exception"


class TestHang:
    @pytest.mark.parametrize(
        ("kind", "ending", "holds"),
        [
            ("any", "blocked", True),
            ("any", "endless", True),
            ("blocked", "blocked", True),
            ("blocked", "endless", False),
            ("endless", "blocked", False),
            ("any", "exited", False),
        ],
    )
    def test_another_ending_is_caught(self, kind: str, ending: str, holds: bool | None):
        """A planted violation: it ends, or hangs in another way."""
        assert observe(expectation("hang", kind=kind), history(ending=ending)).holds is holds


class TestLeftovers:
    def test_a_stray_process_is_caught(self):
        """A planted violation: an orphan that nobody expects."""
        check = expectation("leftovers", at="exit", is_=0)
        assert observe(check, history()).holds is True
        seen = observe(check, history(left_at_exit=(process("stray"), process("worker"), process("worker"))))
        assert (seen.holds, seen.outcome) == (False, "1 stray, 2 worker")

    def test_roles_and_times_are_apart(self):
        """Only the named roles count, and only those found at that time."""
        check = expectation("leftovers", at="grace", roles=["worker"], is_=1)
        assert observe(check, history(left_after_grace=(process("worker"), process("stray")))).holds is True
        assert observe(check, history(left_at_exit=(process("worker"),))).holds is False

    def test_the_harnesss_own_kill_tells_nothing(self):
        """What was there when the harness killed a trial is no leftover."""
        assert observe(expectation("leftovers", at="exit", is_=0), blocked()).holds is None


def test_an_outcome_has_no_addresses_and_no_pids():
    """What is another in every trial is left out of the outcome, or two trials would never be alike."""
    check = expectation("value", of="joined", field="text", matches="<f at")
    one, other = (
        observe(check, history(event("joined", text=f"<f at 0x7f{n}d18de6f90> of (pid=27{n}) in Process 3{n}"))).outcome
        for n in (10, 20)
    )
    assert one == other == "joined.text = '<f at 0x#> of (pid=#) in Process #'"


def test_an_outcome_has_no_lines_of_the_library():
    """What is another in every release, and says nothing of what happened, is left out of the outcome too."""
    check = expectation("value", of="died", field="said", matches="leaked")
    one, other = (
        observe(check, history(event("died", said=f"lib/python3.{n}/a.py:4{n}: leaked by <P parent={n}>"))).outcome
        for n in (9, 14)
    )
    assert one == other == "died.said = 'lib/python#/a.py:#: leaked by <P parent=#>'"
