"""What is shown of judged objects: lines that a person reads and programs rely on."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
from fakes import event, history
from rich.console import Console

from mpref.environment import Cell
from mpref.history import Process, Stream
from mpref.judge.control import Control
from mpref.judge.run import exit_status, without_cut_off
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict, Finding, Verdict
from mpref.show.cells import failure, timeline
from mpref.show.progress import Progress
from mpref.show.summary import closing_line, summary


def cell(stem: str = "join", method: str = "fork") -> Cell:
    return Cell(scenario=f"process/{stem}", environment="cpython-3.13.0-linux", method=method, stream="pipe")  # type: ignore[arg-type]


def verdict(name: Verdict, stem: str = "join", method: str = "fork", findings: tuple[Finding, ...] = ()) -> CellVerdict:
    return CellVerdict(cell=cell(stem, method), verdict=name, reason=f"because {name}", trials=3, findings=findings)


def finding(name: Verdict, witness: int | None) -> Finding:
    return Finding(
        says="The child comes first.", because="it is waited for", grade="always", check="happens-before", verdict=name,
        source="https://example.org", seen=1, undecided=0, trials=3, histogram={"a before b": 2, "b before a": 1},
        witness=witness, message="not so in 1 of 3 trials",
    )  # fmt: skip


def test_the_closing_line_is_the_contract() -> None:
    """Every verdict is counted, and planned cells that did not run are open."""
    verdicts = [verdict("pass"), verdict("fail"), verdict("inconclusive"), verdict("not-applicable"), verdict("broken")]
    line = "scenarios: 6 cells, 1 pass, 1 fail, 2 inconclusive, 1 not-applicable, 1 broken"
    assert closing_line(verdicts, [cell("lost")]) == line


def test_the_exit_status_is_the_contract() -> None:
    """0 all as expected, 1 something differs, 3 nothing failed but something is open, broken or missing."""
    good = [verdict("pass"), verdict("not-applicable")]
    assert exit_status(good, []) == 0
    assert exit_status([*good, verdict("fail"), verdict("broken")], []) == 1
    for name in ("inconclusive", "broken"):
        assert exit_status([*good, verdict(name)], []) == 3
    assert exit_status(good, [cell("lost")]) == 3


def test_what_a_limit_left_open_may_be_accepted() -> None:
    """Only what a limit of the user's cut off is left out; other open questions stay."""
    cut = msgspec.structs.replace(verdict("inconclusive"), cut_off="--budget 60s")
    assert exit_status(without_cut_off([verdict("pass"), cut]), []) == 0
    assert exit_status(without_cut_off([cut, verdict("inconclusive")]), []) == 3
    assert exit_status(without_cut_off([cut, verdict("fail")]), []) == 1


def test_the_table_shows_the_worst_and_what_is_missing() -> None:
    """A field tells the worst verdict of its cells; a planned cell that did not run is named."""
    verdicts = [verdict("pass"), verdict("fail"), verdict("pass", method="spawn"), verdict("not-applicable", "fork")]
    text = summary(verdicts, [cell("lost", "spawn")], [], Terms(chances=7), Path("run.sqlite"))
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.strip().startswith("process/")}
    assert rows["process/join"] == ["FAIL", "1/2", "pass"]
    assert rows["process/lost"] == ["MISSING"]
    assert "missing  process/lost[cpython-3.13.0-linux-spawn-pipe]" in text
    assert "--resume run.sqlite" in text
    assert "7 expectations that chance alone could fail: at most 1 in 100 such runs has a false failure" in text


def test_of_what_a_limit_left_open_the_first_few_are_told() -> None:
    """A quick run leaves a hundred cells open: a few are told, the others counted; what is open by itself is told always."""
    cut = [msgspec.structs.replace(verdict("inconclusive", f"c{n}"), cut_off="--quick") for n in range(9)]
    text = summary([*cut, verdict("inconclusive", "open")], [], [], Terms(), Path("run.sqlite"))
    told = [line.split()[1] for line in text.splitlines() if line.startswith("inconclusive  process/")]
    assert len(told) == 6
    assert any(name.startswith("process/open[") for name in told)
    assert "4 more cells that --quick left open" in text


def test_a_control_that_misbehaves_is_told_first() -> None:
    """An invalid run says so, and which control it was; a valid one says what its controls showed."""
    good = Control(name="leak", environment="e", ok=True, told="caught", trials=1)
    itself = Control(name="itself", environment="e", ok=True, told="10 cells twice, the same", trials=20)
    bad = Control(name="hang", environment="e", ok=False, told="not caught: pass: all hold", trials=1)
    valid = summary([verdict("pass")], [], [good, itself], Terms(), Path("run.sqlite"))
    assert "1 sentinels in 1 environments, all caught; beside itself: 10 cells twice, the same" in valid
    invalid = summary([verdict("pass")], [], [good, bad], Terms(), Path("run.sqlite"))
    assert "INVALID" in invalid
    assert "control hang [e]: not caught: pass: all hold" in invalid
    assert exit_status([verdict("pass")], [], ["control hang"]) == 3
    assert exit_status([verdict("fail")], [], ["control hang"]) == 3


def test_a_failure_shows_expectation_reason_histogram_and_witness() -> None:
    """The failing expectations come with all that speaks for them, the shortest witness first."""
    long = history(*(event("a", seq=n, time=n * 1_000_000) for n in range(3)), trial=1)
    short = history(event("a", number=7), trial=2, stdout=Stream(head=b"line\n", size=5))
    shown = failure(
        verdict("fail", findings=(finding("pass", 3), finding("fail", 1), finding("fail", 2))), [long, short]
    )
    assert shown.index("witness: trial 2") < shown.index("witness: trial 1")
    for part in (
        "The child comes first.",
        "because:  it is waited for",
        "https://example.org",
        "2 of 3",
        "a before b",
        "number=7",
    ):
        assert part in shown
    assert "2.000 ms" in shown


def test_a_timeline_shows_leftovers_and_how_it_ended() -> None:
    """What was left and why a trial was ended are part of the evidence."""
    left = (Process(pid=5, ppid=1, role="stray", command="sleep 9"),)
    shown = "\n".join(
        timeline(history(ending="blocked", status=None, reason="no CPU", left_after_grace=left, notes=("torn",)))
    )
    for part in ("blocked", "no CPU", "stray pid 5", "sleep 9", "torn"):
        assert part in shown


def test_a_long_stream_is_shown_by_both_ends() -> None:
    """The middle of a long stream is left out, and said to be."""
    data = b"".join(b"line %d\n" % n for n in range(100))
    shown = "\n".join(timeline(history(stderr=Stream(head=data, size=len(data)))))
    assert "line 0\n" in shown
    assert "line 99" in shown
    assert "..." in shown
    assert "line 50" not in shown


def test_progress_is_one_plain_line_a_cell_without_a_terminal() -> None:
    """Elsewhere than on a terminal each cell is one line, with its verdict first."""
    out = io.StringIO()
    progress = Progress(2, Console(file=out, force_terminal=False, width=200))
    progress.done(verdict("pass"))
    progress.done(verdict("fail"))
    progress.close()
    assert [line.split() for line in out.getvalue().splitlines()] == [["pass", cell().id], ["fail", cell().id]]


def test_progress_on_a_terminal_counts_and_keeps_what_did_not_pass() -> None:
    """On a terminal a live line counts; what did not pass stays on the screen."""
    out = io.StringIO()
    progress = Progress(9, Console(file=out, force_terminal=True, width=200, _environ={"TERM": "xterm"}))
    progress.done(verdict("pass"))
    progress.done(verdict("fail", "bad"))
    progress.close()
    assert "2 of 9 cells" in out.getvalue()
    assert "process/bad" in out.getvalue()
