"""The command `mpref`: what pytest has no word for. Commands are plain functions that raise; `main` alone prints and exits."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from mpref import __version__
from mpref.errors import MprefError

app = App(
    name="mpref",
    version=__version__,
    help="Multiprocessing reference harness: what Python's process-parallelism really does.",
    help_format="plaintext",
)

Format = Annotated[Literal["terminal", "markdown"], Parameter(name="--format")]
Folder = Annotated[Path | None, Parameter(name="--scenarios")]


def main() -> None:
    """Runs the command line; bad input is one message and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what this terminal cannot show is spelt out
    try:
        status = app(result_action="return_value")
    except MprefError as error:
        print(f"mpref: {error}", file=sys.stderr)
        status = error.exit_status
    except BrokenPipeError:
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


@app.command(name="list")
def list_scenarios(*, scenarios: Folder = None) -> int:
    """Lists the scenarios: title, start methods, streams, checks."""
    from mpref.plan import Declared, declarations, scenario_folder
    from mpref.show.listing import listing

    folder = _folder(scenarios or scenario_folder())
    print(listing([Declared.from_path(path) for path in declarations(folder)]), end="")
    return 0


@app.command
def doctor(*, python: tuple[str, ...] = ("all",)) -> int:
    """Tells what this machine can run: interpreters, start methods, cores, containment; and what each means."""
    from mpref.record.machine import examine
    from mpref.show.doctor import doctor_report

    print(doctor_report(examine(python)), end="")
    return 0


@app.command
def images(*selectors: str, base: Literal["auto", "official", "offline"] = "auto", remove: bool = False) -> int:
    """Builds the images of the matrix's environments, for --container; those that are there already stay.

    Parameters
    ----------
    selectors
        Identifiers of docker/matrix.toml, or globs over them (default: all that are no pre-release).
    base
        What to make them of: the registry's official images, or the offline base; auto: the one, else the other.
    remove
        Remove all images that were ever built so, and build none.
    """
    from mpref.containers.engine import Engine
    from mpref.containers.images import BASES, build, remove_all
    from mpref.containers.matrix import selected

    engine = Engine.found()
    if remove:
        print(f"{remove_all(engine)} images removed")
        return 0
    bases = BASES if base == "auto" else (base,)
    failed = 0
    for entry, named in selected(selectors or ("*",)):
        try:
            print(f"{entry.id}: {build(engine, entry, bases).base}", flush=True)
        except MprefError as error:
            if named:
                raise
            failed += 1
            print(f"left out: {error}", flush=True)
    return 2 if failed == len(selected(selectors or ("*",))) else 0


@app.command
def windows(*selectors: str) -> int:
    """Fetches the matrix's Windows interpreters for this machine's Wine; prints for each what to give to --python.

    Parameters
    ----------
    selectors
        Identifiers of docker/matrix.toml, or globs over them (default: all that are for Windows).
    """
    from mpref.containers.matrix import selected
    from mpref.containers.windows import checked, under_wine

    for entry, _ in selected(selectors or ("*-windows",)):
        print(under_wine(entry), flush=True)
        print(f"{entry.id}: {checked(entry)}", file=sys.stderr)
    return 0


@app.command
def regrade(run: Path, *, scenarios: Folder = None, stored: bool = False, update: bool = False) -> int:
    """Judges a stored run again without running anything.

    Parameters
    ----------
    run
        The run file.
    scenarios
        Take the declarations from this folder (default: the folder that the run was made from, as it is now).
    stored
        Take the declarations as they were when the run was made.
    update
        Store the new verdicts in the run file.
    """
    from mpref.judge.run import exit_status
    from mpref.regrade import regraded
    from mpref.show.regrade import regrade_report

    judged = regraded(run, _folder(scenarios) if scenarios else None, stored=stored, update=update)
    print(regrade_report(judged), end="")
    return exit_status([pair.now for pair in judged], [], _invalid(run))


@app.command
def export(run: Path, *, output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None) -> int:
    """Writes a run as JSON, to standard output or a file; the schema is docs/export.schema.json."""
    from mpref.record.store import RunFile, explained
    from mpref.show.export import write_export

    with RunFile.read(run) as stored:
        if output is None:
            write_export(stored, sys.stdout.buffer)
        else:
            with explained(output), output.open("wb") as file:
                write_export(stored, file)
    return 0


@app.command
def replay(run: Path, trial: str) -> int:
    """Runs one stored trial again: the same command, regime and seed; shows both. Status 3 if it could not be carried out.

    Parameters
    ----------
    run
        The run file.
    trial
        The cell's id and the trial's number: `process/join[cpython-3.13.0-linux-fork-pipe]#2`.
    """
    from mpref.regrade import replayed
    from mpref.show.cells import timeline

    result = replayed(run, trial)
    print(*timeline(result.before, "stored"), *timeline(result.again, "again"), sep="\n")
    if result.note:
        print(f"mpref: {result.note}", file=sys.stderr)
    return 3 if result.again.error else 0


@app.command
def claims(
    run: Path,
    *,
    scenarios: Folder = None,
    layout: Format = "terminal",
    language: Literal["en", "zh"] = "en",
    evidence: bool = False,
) -> int:
    """Tells of each of the article's claims whether it holds, holds only for some, or is refuted, by a stored run.

    Parameters
    ----------
    run
        The run file.
    scenarios
        Take claims.toml from this folder of scenarios (default: that of the working directory, else the package's).
    language
        The claims' language.
    evidence
        Show all findings that decide a claim.
    """
    from mpref.judge.claims import judge_claims
    from mpref.plan import scenario_folder
    from mpref.review import claims_of, judged_run
    from mpref.show import claims as show

    judged = judge_claims(claims_of(_folder(scenarios or scenario_folder())), judged_run(run))
    invalid = _invalid(run)
    report = show.claims_markdown if layout == "markdown" else show.claims_report
    print(report(judged, language=language, evidence=evidence), end="")
    return 3 if invalid else show.exit_status(judged)


@app.command
def compare(
    old: Path, new: Path, *, old_environment: str = "*", new_environment: str = "*", layout: Format = "terminal"
) -> int:
    """Compares two stored runs: environments first, then verdicts and outcomes cell by cell.

    Parameters
    ----------
    old
        The run file to compare with.
    new
        The run file that may differ.
    old_environment
        Of the old run only environments with such a name (a glob, such as `cpython-3.13.*`).
    new_environment
        The same of the new run.
    """
    from mpref.judge import compare as judge
    from mpref.review import judged_run
    from mpref.show import compare as show

    compared = judge.compare(judged_run(old, old_environment), judged_run(new, new_environment))
    print(show.comparison_markdown(compared) if layout == "markdown" else show.comparison_report(compared), end="")
    return show.exit_status(compared)


def _invalid(run: Path) -> tuple[str, ...]:
    """Why a run is invalid; told on stderr."""
    from mpref.review import judged_run

    reasons = judged_run(run).invalid
    for reason in reasons:
        print(f"mpref: {run} is invalid, none of its verdicts counts: {reason}", file=sys.stderr)
    return reasons


def _folder(path: Path) -> Path:
    from mpref.errors import UsageError
    from mpref.plan import declarations

    if not path.is_dir() or not declarations(path):
        msg = f"{path}: there are no scenarios here; give the folder that holds them with --scenarios"
        raise UsageError(msg)
    return path
