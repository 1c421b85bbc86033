"""The benchmark: what the harness costs over the programs themselves. It prints ratios taken in one run and judges nothing.

    python bench/run.py [--trials N] [-k EXPRESSION]

It makes a whole run of the scenarios through pytest, then starts the same commands bare from a shell loop, alternating, and
counts the CPU of each in a control group of its own, helpers included. Programs that are meant to hang are left out. What a
run's controls start a second time the loop starts a second time; their sentinels, some of which hang, it does not start.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import psutil

from mpref.driver import Driver, Limits
from mpref.environment import Cell, Environment
from mpref.judge.checks.leftovers import Leftovers
from mpref.judge.control import sample
from mpref.plan import Declared, declarations
from mpref.record.client import Supervisor
from mpref.record.order import EVENT_PATH, Order
from mpref.record.store import RunFile
from mpref.review import judged

if TYPE_CHECKING:
    from mpref.history import History
    from mpref.judge.checks import Check

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 100, 10_000
LEFT_SECONDS = 2.0
"""What a program leaves running is waited for so long, then killed."""
MEBI = 2**20


class Cost(msgspec.Struct, frozen=True):
    """Seconds of CPU (all processes) and of wall time."""

    cpu: float
    wall: float


class Group:
    """A control group that counts the CPU of everything started in it; falls back on waited-for children, and says so."""

    def __init__(self) -> None:
        self.exact = False
        self._dir: Path | None = None
        for base, usage in (
            ("/sys/fs/cgroup/unified", "cpu.stat"),
            ("/sys/fs/cgroup", "cpu.stat"),
            ("/sys/fs/cgroup/cpuacct", "cpuacct.usage"),
        ):
            folder = Path(base) / f"mpref-bench-{os.getpid()}"
            with contextlib.suppress(OSError):
                folder.mkdir()
                if (folder / usage).exists():
                    self._dir, self._usage, self.exact = folder, folder / usage, True
                    return
                folder.rmdir()

    def cpu(self) -> float:
        """CPU seconds so far."""
        if self._dir is None:
            spent = resource.getrusage(resource.RUSAGE_CHILDREN)
            return spent.ru_utime + spent.ru_stime
        text = self._usage.read_text()
        return int(text) / 1e9 if self._usage.name == "cpuacct.usage" else int(text.split()[1]) / 1e6

    def run(self, command: list[str], environ: dict[str, str], cwd: Path) -> Cost:
        """Runs a command in the group until nothing of it is left in there."""
        enter = f"echo $$ > {shlex.quote(str(self._dir / 'cgroup.procs'))} && " if self._dir else ""
        cpu, wall = self.cpu(), time.monotonic()
        with (cwd / "bench.out").open("ab") as out:
            subprocess.run(
                ["sh", "-c", enter + 'exec "$@"', "sh", *command],
                env=environ,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                check=False,
            )
        until = time.monotonic() + LEFT_SECONDS
        while self._dir and (left := (self._dir / "cgroup.procs").read_text().split()):
            if time.monotonic() > until:
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(pid), signal.SIGKILL)
            time.sleep(0.005)
        return Cost(self.cpu() - cpu, time.monotonic() - wall)

    def close(self) -> None:
        """Removes the group."""
        if self._dir:
            self._dir.rmdir()


def surroundings(scratch: Path) -> dict[str, str]:
    """The variables the programs are started under in both ways."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, "TMPDIR": str(scratch), "HOME": str(scratch)}


def whole_run(group: Group, scratch: Path, number: int, arguments: list[str]) -> tuple[Path, Cost]:
    """One run of the scenarios by pytest, as a user would start it."""
    results = scratch / f"run-{number}.sqlite"
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(ROOT / "scenarios"),
        "-q",
        "--regime",
        "none",
        "--results",
        str(results),
        *arguments,
    ]
    return results, group.run(command, surroundings(scratch), scratch)


def bare_loop(results: Path, scratch: Path) -> Path:
    """A shell script that starts, one after the other, every command that the run recorded and that ended by itself."""
    lines = ["#!/bin/sh"]
    with RunFile.read(results) as run:
        known = judged(run, run.environments())
        names = {cell.scenario for cell in known.cells}
        twice = [cell for environment in known.environments for cell in sample(known, environment.name, names)]
        for cell in (*known.cells, *twice):
            for history in run.histories(cell):
                source = run.sources(cell.scenario)
                stdin = (
                    f" < {shlex.quote(str(source[0] / Path(cell.scenario).name))}.py"
                    if source and "stdin" in history.command
                    else ""
                )
                lines.append(f"{shlex.join(history.command)}{stdin}")
    script = scratch / "bare.sh"
    script.write_text("\n".join(lines) + "\n")
    return script


def compare_whole(group: Group, scratch: Path, rounds: int, arguments: list[str]) -> None:
    """Prints the ratios of a whole run over the same programs bare."""
    cpu, wall = [], []
    for number in range(rounds):
        results, run = whole_run(group, scratch, number, arguments)
        script = bare_loop(results, scratch)
        bare = group.run(["sh", str(script)], {**surroundings(scratch), "PYTHONPATH": str(EVENT_PATH)}, scratch)
        trials = len(script.read_text().splitlines()) - 1
        cpu.append(run.cpu / bare.cpu)
        wall.append(run.wall / bare.wall)
        print(
            f"round {number + 1}: {trials} trials; run {run.cpu:.2f} s CPU, {run.wall:.2f} s wall; "
            f"bare {bare.cpu:.2f} s CPU, {bare.wall:.2f} s wall"
        )
    print(f"whole run over bare programs, CPU:  {statistics.median(cpu):.3f} (1.25 or less is wanted)")
    print(f"whole run over bare programs, wall: {statistics.median(wall):.3f} with 1 worker (1.25 or less is wanted)")


EMPTY = """from mpref_event import event
event("one", "a line", number=1)
event("two", "another line", number=2)
"""


def recorder_cost(group: Group, scratch: Path, rounds: int, trials: int) -> None:
    """Prints the CPU that recording adds to one trial: supervisor, guardian, event files; the harness's own start left out."""
    program = scratch / "two_events.py"
    program.write_text(EMPTY)
    command = (sys.executable, "-X", "faulthandler", str(program))
    order = Order(
        trial=1,
        command=command,
        environ={"PYTHONPATH": str(EVENT_PATH)},
        stdin=None,
        cwd=None,
        stream="pipe",
        deadline=20,
        quiet=3,
        processes=64,
        cpu=10,
    )
    bare = scratch / "two_events.sh"
    bare.write_text(f"for i in $(seq {trials}); do {shlex.join(command)}; done\n")
    environ = {**surroundings(scratch), "PYTHONPATH": str(EVENT_PATH)}
    supervised(group, scratch, order, 1)  # warms up caches and bytecode
    added = []
    for _ in range(rounds):
        start = supervised(group, scratch, order, 1)
        loop = group.run(["sh", str(bare)], environ, scratch)
        recorded = supervised(group, scratch, order, trials + 1)
        added.append(1000 * (recorded.cpu - start.cpu - loop.cpu) / trials)
        print(f"{trials} trials: recorded {recorded.cpu - start.cpu:.2f} s CPU, bare {loop.cpu:.2f} s CPU")
    print(
        f"CPU a trial added by the recorder: {statistics.median(added):.2f} ms over {trials} trials (under 5 is wanted)"
    )


ORDERS = """
import sys
import msgspec
from mpref.record.client import Supervisor
from mpref.record.order import Order

order = msgspec.json.decode(sys.argv[1], type=Order)
with Supervisor() as supervisor:
    for _ in range(int(sys.argv[2])):
        history = supervisor.run(order)
        assert (history.status, len(history.events)) == (0, 2), history
"""


def supervised(group: Group, scratch: Path, order: Order, trials: int) -> Cost:
    """A supervisor that is given one order again and again, and the process that reads its histories."""
    command = [sys.executable, "-c", ORDERS, msgspec.json.encode(order).decode(), str(trials)]
    return group.run(command, surroundings(scratch), scratch)


class Repeated(Supervisor):
    """Gives one real history again and again, so that ten thousand trials are recorded in seconds."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.hello = {}

    def run(self, order: Order) -> History:
        return msgspec.structs.replace(self._history, trial=order.trial)

    def close(self) -> None:
        pass


def memory(scratch: Path, results: Path) -> None:
    """Prints the controller's resident memory after few and after many recorded and judged trials."""
    with RunFile.read(results) as run:
        environment = run.environments()[0]
        cell = next(c for c in run.cells() if run.histories(c) and run.histories(c)[0].events)
        history = run.histories(cell)[0]
    declared = next(one for one in declared_ones() if one.name == cell.scenario)
    sizes = [resident(scratch, declared, environment, history, n) for n in (FEW, MANY)]
    print(
        f"controller's memory at {FEW} recorded trials: {sizes[0] / MEBI:.1f} MiB, at {MANY}: {sizes[1] / MEBI:.1f} MiB"
    )


def resident(scratch: Path, declared: Declared, environment: Environment, history: History, trials: int) -> int:
    """Resident bytes after so many trials, ten a cell, went through driver, store and judge."""
    run = RunFile.start(scratch / f"memory-{trials}.sqlite", {}, [environment])
    cells = [
        Cell(scenario=declared.name, environment=f"e{n}", method="fork", stream="pipe") for n in range(trials // 10)
    ]
    names = {c.environment: environment for c in cells}
    run.plan(cells, {declared.name: declared.sources})
    with Driver(run, names, Limits(trials=10), supervisors={environment.place: Repeated(history)}) as driver:
        for cell in cells:
            driver.verdict(declared, cell)
    return int(psutil.Process().memory_info().rss)


def that_end() -> str:
    """The expression that leaves out scenarios whose programs may never end, or leave processes: bare nobody waits for these."""
    staying = [d.name for d in declared_ones() if any(map(stays, d.scenario.expect))]
    return " and ".join(f"not {name}" for name in staying)


def stays(check: Check) -> bool:
    """Whether an expectation is about a hang, or about what is left after the grace period."""
    return check.check_kind == "hang" or (isinstance(check, Leftovers) and check.at == "grace")


def declared_ones() -> list[Declared]:
    """Every scenario of the project."""
    return [Declared.from_path(path) for path in declarations(ROOT / "scenarios")]


def main() -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--trials", type=int, default=100, help="trials a round for the recorder's cost")
    parser.add_argument("-k", default=that_end(), help="which cells the whole run takes")
    options = parser.parse_args()
    # Who is started in the background by a shell ignores SIGINT, and so would the programs.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    group = Group()
    if not group.exact:
        print("no writable control group: CPU is that of waited-for children, helpers may be missing")
    with tempfile.TemporaryDirectory(prefix="mpref-bench-") as folder:
        scratch = Path(folder)
        try:
            compare_whole(group, scratch, options.rounds, ["--trials", "1", "-k", options.k])
            recorder_cost(group, scratch, options.rounds, options.trials)
            memory(scratch, scratch / "run-0.sqlite")
        finally:
            group.close()


if __name__ == "__main__":
    main()
