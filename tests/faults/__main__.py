"""Prints the power table: each fault, each start method, what caught it and in how many trials.

    python tests/faults [--python SPEC]... [NAME...]

The exit status is 0 if every fault was active and caught and no harmless change was noticed, else 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.bench import Outcome, declared, try_out
from faults.fault import Catch, Fault, bank
from faults.interpreter import Interpreter
from mpref.errors import UsageError
from mpref.judge.grading import inapplicable
from mpref.record.discover import environments

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = {"caught", "unseen"}


def result(fault: Fault, outcome: Outcome) -> tuple[str, str]:
    """One word for what came of it, and by which expectation, or what was seen instead."""
    if not outcome.active:
        return "NOT ACTIVE", outcome.verdict.reason
    if fault.harmless:
        unseen = outcome.verdict.verdict == "pass"
        return "unseen" if unseen else "NOTICED", "" if unseen else "; ".join(outcome.failed)
    assert isinstance(outcome.place, Catch)
    if outcome.caught:
        return "caught", f"{outcome.place.check}: {outcome.place.says}"
    return "MISSED", f"instead {outcome.verdict.verdict}: {'; '.join(outcome.failed)}"


def outcomes(faults: list[Fault], interpreter: Interpreter, folder: Path) -> Iterator[tuple[Fault, Outcome]]:
    """One for each cell of each fault that the interpreter has."""
    for fault in faults:
        for number, place in enumerate(fault.caught_by or fault.unseen_in):
            there = place.only(lambda method, p=place: not _lacking(p.scenario, interpreter, method))
            if place.applies(interpreter.environment) and there.methods:
                results = folder / f"{fault.name}-{number}.sqlite"
                for outcome in try_out(interpreter, fault, there, results):
                    yield fault, outcome


def _lacking(scenario: str, interpreter: Interpreter, method: str) -> str:
    return inapplicable(declared(scenario).scenario, interpreter.environment, method)  # type: ignore[arg-type]


def table(faults: list[Fault], python: str, folder: Path) -> bool:
    """Prints the rows of one interpreter and what they come to; whether all is as it must be."""
    interpreter = Interpreter(python, folder / "venv")
    counts: Counter[str] = Counter()
    print(f"{interpreter.environment.name}: fault, scenario, start method, trials, caught by")
    for fault, outcome in outcomes(faults, interpreter, folder):
        word, told = result(fault, outcome)
        counts[word] += 1
        cell = outcome.verdict.cell
        where = f"{fault.name:<44} {cell.scenario:<30} {cell.method:<10} {outcome.verdict.trials:>3}"
        print(f"{word:<10} {where}  {told}", flush=True)
    broken = counts["caught"] + counts["MISSED"]
    share = 100 * counts["caught"] / broken if broken else 100.0
    print(
        f"power on {interpreter.environment.name}: {counts['caught']} of {broken} cells with a fault caught ({share:.1f} %), "
        f"{counts['unseen']} of {counts['unseen'] + counts['NOTICED']} with a harmless change not noticed, "
        f"{counts['NOT ACTIVE']} not active"
    )
    return set(counts) <= GOOD


def main() -> int:
    """Prints the table of each interpreter."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", action="append", help="a path, a version or a name, as for pytest; again and again")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    options = parser.parse_args()
    good = True
    try:
        faults = bank(options.names)
        for environment in environments(options.python or [sys.executable]):
            with tempfile.TemporaryDirectory(prefix="mpref-faults-") as folder:
                good &= table(faults, environment.executable, Path(folder))
    except UsageError as error:
        parser.error(str(error))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
