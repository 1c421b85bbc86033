"""What the user asks of a run: the options of the contract, read and checked before anything is collected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from mpref import clock
from mpref.containers import box
from mpref.driver import Limits
from mpref.environment import Environment, Method
from mpref.errors import UsageError
from mpref.judge.scenario import Scenario
from mpref.judge.terms import EFFORTS, Terms
from mpref.plan import readable
from mpref.record.discover import environments, named_apart, probe
from mpref.record.store import RunFile, explained
from mpref.regime import PROVOCATIONS, Regime

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

METHODS: tuple[Method, ...] = get_args(Method)
OPTION = re.compile(r"-[^\W\d_].*|--[^\W\d_].*|-[?]")
TWO_WORDS = ("-W", "-X", "--check-hash-based-pycs")
INSTEAD = re.compile(r"-(?!-|W|X)\w*[cmVhIEix?]|--(version|help)")
"""Options that name a program, run none, or keep PYTHONPATH, by which programs record, from the interpreter."""
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def add_options(group: pytest.OptionGroup) -> None:
    """Declares the options. They stay texts here, so that a malformed one is refused as every other bad input is."""
    several: dict[str, Any] = {"action": "append", "default": []}
    group.addoption(
        "--python",
        **several,
        metavar="SPEC",
        help="interpreter under test: a path, a version such as 3.14, a name such as pypy3, or `all` for every one found;"
        " again and again (default: the one that runs pytest)",
    )
    group.addoption(
        "--container",
        **several,
        metavar="GLOB",
        help="environments of docker/matrix.toml, in containers: cpython-3.14-debian, 'pypy-*', '*'; again and again",
    )
    group.addoption(
        "--profile",
        **several,
        metavar="NAME",
        help="the containers' limits, by their name in docker/profiles.toml; again and again (default: default)",
    )
    group.addoption(
        "--python-option",
        **several,
        metavar="OPTION",
        help="given to every interpreter under test, before the program: --python-option='-W error'; again and again",
    )
    group.addoption(
        "--start-method",
        **several,
        metavar="NAME",
        help=f"only this start method ({', '.join(METHODS)}); again and again",
    )
    group.addoption("--trials", metavar="N", help="trials a cell, in the place of the declared number")
    group.addoption("--budget", metavar="TIME", help="draw no more trials after this time: 60s, 5m")
    group.addoption(
        "--regime",
        **several,
        metavar="NAME",
        help=f"provoke trials by this regime only ({', '.join(PROVOCATIONS)}); again and again (default: by all)",
    )
    group.addoption("--quick", action="store_true", help="a minute's run: few trials, what chance decides stays open")
    group.addoption("--thorough", action="store_true", help="many more trials: what passes excludes smaller rates")
    group.addoption(
        "--accept-cut-off",
        action="store_true",
        help="what only your --budget, --trials, --quick or --regime left open does not make the exit status 3",
    )
    group.addoption("--results", metavar="FILE", help="the run file (default: .mpref/run-TIME.sqlite)")
    group.addoption("--resume", metavar="FILE", help="go on with this run: run only what is missing")


def places(config: pytest.Config) -> list[Path]:
    """The files and folders that the session's arguments name."""
    return [Path(str(argument).partition("::")[0]) for argument in config.args]


def asked(option: Any) -> bool:
    """Whether any of these options was given."""
    given = (
        option.python,
        option.container,
        option.profile,
        option.python_option,
        option.start_method,
        option.trials,
        option.budget,
        option.results,
        option.resume,
        option.regime,
        option.quick or None,
        option.thorough or None,
        option.accept_cut_off or None,
    )
    return any(value not in (None, []) for value in given)


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided once for all workers of a run."""

    results: str
    resumed: bool
    environments: tuple[Environment, ...]
    left_out: tuple[str, ...]
    """Interpreters that `all` found and that do not start, each with the reason."""
    methods: tuple[Method, ...]
    limits: Limits
    terms: Terms
    accept_cut_off: bool
    """Whether what only a limit of the user's left open is no reason for exit status 3."""
    scenarios: dict[str, Scenario]
    """Those that are well formed, by the path of their declarations: read once for all workers."""

    @classmethod
    def from_options(cls, option: Any, places: Sequence[Path] = ()) -> Shared:
        """Reads pytest's namespace of options, and where the scenarios are; asks the interpreters what they are.

        Raises UsageError.
        """
        asked_anew = option.python or option.python_option or option.container or option.profile
        if option.resume is not None and (option.results is not None or asked_anew):
            msg = (
                "--resume: a run goes on in its own file, with its own interpreters and their options; leave --results, "
                "--python, --python-option, --container and --profile away"
            )
            raise UsageError(msg)
        if option.profile and not option.container:
            raise UsageError("--profile: it is about containers; choose some with --container")
        limits = _limits(option.trials, option.budget)
        methods = tuple(_method(name) for name in option.start_method)
        left_out: list[str] = []
        if option.resume is not None:
            results = Path(option.resume)
            found = _unchanged(results)
        else:
            results = _new_file(option.results)
            found = _found(option, places, left_out)
        return cls(
            results=str(results.absolute()),
            resumed=option.resume is not None,
            environments=tuple(found),
            left_out=tuple(left_out),
            methods=methods,
            limits=limits,
            terms=_terms(option),
            accept_cut_off=option.accept_cut_off,
            scenarios=readable(places),
        )


def _found(option: Any, places: Sequence[Path], left_out: list[str]) -> list[Environment]:
    """The environments that were asked for: interpreters of this machine, then those in containers."""
    words = interpreter_options(option.python_option)
    if not option.container:
        return environments(option.python, words, left_out)
    here = environments(option.python, words, left_out) if option.python else []
    chosen = option.profile or ["default"]
    special = {name for scenario in readable(places).values() for name in scenario.profiles}
    limits = {**dict.fromkeys(sorted(special), True), **dict.fromkeys(chosen, False)}
    return named_apart([*here, *box.environments(option.container, limits, words, left_out)])


def _unchanged(results: Path) -> list[Environment]:
    """The environments of a run that is gone on with; each interpreter must still be what it was."""
    with RunFile.read(results) as run:
        known = run.environments()
    RunFile.resume(results).close()  # it must be possible to write it
    for environment in known:
        path = environment.through or environment.executable
        now = box.again(environment) if environment.box else probe(path, environment.options)
        if (now.name, now.build) != (environment.name.removesuffix(environment.suffix), environment.build):
            msg = (
                f"{results}: {environment.executable} was {environment.name} ({environment.build}) and is now {now.name} "
                f"({now.build}); start a new run"
            )
            raise UsageError(msg)
    return known


def interpreter_options(given: Sequence[str]) -> tuple[str, ...]:
    """The words of `-W error`, `-X dev`, ... as the interpreter gets them. Raises UsageError for what are no options."""
    words: list[str] = []
    for text in given:
        parts = text.split()
        if not parts or len(parts) > 1 + (parts[0] in TWO_WORDS) or not OPTION.fullmatch(parts[0]):
            msg = f"--python-option {text}: it takes one option of the interpreter: --python-option='-W error'"
            raise UsageError(msg)
        if INSTEAD.match(parts[0]):
            msg = f"--python-option {text}: it takes the program's place, or hides what it records with; leave it away"
            raise UsageError(msg)
        words += parts
    return tuple(words)


def _method(name: str) -> Method:
    for known in METHODS:
        if name == known:
            return known
    msg = f"--start-method {name}: there is no such start method; choose from {', '.join(METHODS)}"
    raise UsageError(msg)


def _new_file(given: str | None) -> Path:
    results = Path(given) if given is not None else _unused_name()
    if results.exists():
        msg = f"{results}: there is a file of this name; name another with --results, or go on with it by --resume"
        raise UsageError(msg)
    with explained(results):
        results.parent.mkdir(parents=True, exist_ok=True)
        results.touch(exist_ok=False)
        results.unlink()
    return results


def _unused_name() -> Path:
    """A run file named by the time; a second run of the same second gets a number."""
    stem, number = f"run-{clock.stamp()}", 1
    path = Path(".mpref", f"{stem}.sqlite")
    while path.exists():
        number += 1
        path = Path(".mpref", f"{stem}-{number}.sqlite")
    return path


def _terms(option: Any) -> Terms:
    """How much effort chance gets: as asked; a run that is gone on with keeps its own."""
    if option.quick and option.thorough:
        raise UsageError("--quick and --thorough exclude each other; give one of them")
    effort = EFFORTS["quick" if option.quick else "thorough" if option.thorough else "default"]
    if option.resume is not None:
        if option.quick or option.thorough or option.regime:
            raise UsageError("--resume: a run goes on as it began; leave --quick, --thorough and --regime away")
        with RunFile.read(Path(option.resume)) as run:
            return Terms.from_meta(run.meta)
    return Terms(effort=effort, regimes=tuple(map(_regime, option.regime)) if option.regime else None)


def _regime(text: str) -> Regime:
    """One that was asked for; a delay or a pause without its label stands for all of them."""
    try:
        return Regime.chosen(text)
    except ValueError as error:
        raise UsageError(f"--regime {error}") from None


def share_out(option: Any) -> None:
    """How xdist's workers share a run, where the user has not said otherwise."""
    if option.maxworkerrestart is None:
        option.maxworkerrestart = "0"  # with restarts a run may have no end
    if option.maxschedchunk is None:
        option.maxschedchunk = 1  # a cell takes seconds: who has a queue of them is waited for at the end


def _limits(trials: str | None, budget: str | None) -> Limits:
    if trials is not None and not (trials.isdecimal() and int(trials) > 0):
        msg = f"--trials {trials}: it takes a whole number of at least 1"
        raise UsageError(msg)
    until = clock.now() + budget_seconds(budget) if budget is not None else None
    return Limits(trials=int(trials) if trials else None, until=until, budget=budget or "")


def budget_seconds(text: str) -> float:
    """`60s`, `5m`, `1h` or a bare number of seconds. Raises UsageError for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if match is None:
        msg = f"--budget {text}: it takes a time such as 60s or 5m"
        raise UsageError(msg)
    return float(match[1]) * UNITS.get(match[2], 1.0)
