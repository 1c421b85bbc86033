"""Prints, for each fault and each of its cells, what caught it: `python tests/faults [--python SPEC] [NAME...]`.

The exit status is 0 if every fault was active and caught and no harmless change was noticed, else 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.bench import Outcome, try_out
from faults.fault import Catch, Fault, bank
from faults.interpreter import Interpreter
from mpref.errors import UsageError
from mpref.record.discover import environments

if TYPE_CHECKING:
    from collections.abc import Iterator


def line(fault: Fault, outcome: Outcome) -> tuple[bool, str]:
    """Whether it is as it must be, and a line that says so."""
    cell = outcome.verdict.cell
    where = f"{cell.id}, {outcome.verdict.trials} trials"
    if not outcome.active:
        return False, f"NOT ACTIVE  {fault.name}: {where}: {outcome.verdict.reason}"
    if fault.harmless:
        unseen = outcome.verdict.verdict == "pass"
        return unseen, f"{'unseen' if unseen else 'NOTICED'}  {fault.name}: {where}: {'; '.join(outcome.failed)}"
    assert isinstance(outcome.place, Catch)
    if outcome.caught:
        return True, f"caught  {fault.name}: {where}: {outcome.place.check}: {outcome.place.says}"
    return False, f"MISSED  {fault.name}: {where}: instead {outcome.verdict.verdict}: {'; '.join(outcome.failed)}"


def lines(faults: list[Fault], python: str, folder: Path) -> Iterator[tuple[bool, str]]:
    """One for each cell of each fault."""
    interpreter = Interpreter(python, folder / "venv")
    for fault in faults:
        for number, place in enumerate(fault.caught_by or fault.unseen_in):
            if place.applies(interpreter.environment):
                for outcome in try_out(interpreter, fault, place, folder / f"{fault.name}-{number}.sqlite"):
                    yield line(fault, outcome)


def main() -> int:
    """Prints the table for one interpreter."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", default=sys.executable, help="a path, a version or a name, as for pytest")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="mpref-faults-") as folder:
        try:
            (environment,) = environments([options.python])
            for good, text in lines(bank(options.names), environment.executable, Path(folder)):
                wrong += not good
                print(text, flush=True)
        except UsageError as error:
            parser.error(str(error))
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
