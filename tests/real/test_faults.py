"""Planted faults: every kind of check, and every default, catches what it is there for, on the real scenarios.

Each fault is tried on one interpreter and in one start method of each of its places; `nox -s faults` tries them in all, and on
any interpreter.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from faults.bench import declared, try_out
from faults.fault import Catch, Place, bank
from faults.interpreter import Interpreter
from interpreters import PYTHONS

from mpref.judge.checks import KINDS
from mpref.judge.defaults import DEFAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from faults.fault import Fault

RUNNING = "{}.{}".format(*sys.version_info)
VERSIONS = ["3.13" if "3.13" in PYTHONS else RUNNING]
BANK = bank()
FAULTS = [fault for fault in BANK if not fault.harmless]
HARMLESS = [fault for fault in BANK if fault.harmless]
CATCHES = [(fault, catch) for fault in FAULTS for catch in fault.caught_by]
UNSEEN = [(fault, place) for fault in HARMLESS for place in fault.unseen_in]
CELLS = sorted({(place.scenario, place.methods[0], place.stream) for _, place in [*CATCHES, *UNSEEN]})


LOADED = {"too slow beside other load", "the machine gave too few cores to tell"}
"""What a check of speed says of a trial beside other load: it proves nothing, and neither does the test."""


def names(value: object) -> str | None:
    """The name of a case: a fault's, a place's scenario and method, a cell's parts."""
    if isinstance(value, Place):
        return f"{value.scenario}-{value.methods[0]}"
    if isinstance(value, tuple):
        return "-".join(value)
    return getattr(value, "name", None)


@pytest.fixture(scope="session")
def interpreters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Interpreter]:
    """One virtual environment a version, kept from fault to fault."""
    folder = tmp_path_factory.mktemp("interpreters")
    return {version: Interpreter(PYTHONS.get(version, sys.executable), folder / version) for version in VERSIONS}


@pytest.fixture(params=VERSIONS)
def interpreter(request: pytest.FixtureRequest, interpreters: dict[str, Interpreter]) -> Interpreter:
    return interpreters[request.param]


def applicable(place: Place, interpreter: Interpreter) -> Place:
    """The place with its first start method alone; skips the test where the place does not exist."""
    environment = interpreter.environment
    if not place.applies(environment):
        pytest.skip(f"{environment.name} is not {place.python}")
    method = place.methods[0]
    if method not in {"default", "none", *environment.start_methods}:
        pytest.skip(f"{environment.name} has no start method {method}")
    if lacking := set(declared(place.scenario).scenario.needs) - set(environment.capabilities):
        pytest.skip(f"{environment.name} has no {', '.join(sorted(lacking))}")
    parts = {name: getattr(place, name) for name in place.__struct_fields__}
    return type(place)(**{**parts, "methods": (method,)})


@pytest.mark.parametrize(("fault", "catch"), CATCHES, ids=names)
def test_a_fault_is_caught(fault: Fault, catch: Catch, interpreter: Interpreter, tmp_path: Path) -> None:
    """The cell fails by the expectation that the fault names, in an interpreter in which the fault really was in force."""
    (outcome,) = try_out(interpreter, fault, applicable(catch, interpreter), tmp_path / "run.sqlite")
    assert outcome.active
    if outcome.finding and LOADED & set(outcome.finding.histogram) and not outcome.caught:
        pytest.skip(f"the machine is busy, and load is never a verdict; alone: python tests/faults {fault.name}")
    assert outcome.caught, outcome.failed


@pytest.mark.parametrize(("fault", "place"), UNSEEN, ids=names)
def test_a_harmless_change_is_not_noticed(fault: Fault, place: Place, interpreter: Interpreter, tmp_path: Path) -> None:
    """The cell passes, although the change really was in force."""
    (outcome,) = try_out(interpreter, fault, applicable(place, interpreter), tmp_path / "run.sqlite")
    assert outcome.active
    assert outcome.verdict.verdict == "pass", outcome.failed


@pytest.mark.parametrize("cell", CELLS, ids=names)
def test_the_same_cells_pass_without_a_fault(
    cell: tuple[str, str, str], interpreter: Interpreter, tmp_path: Path
) -> None:
    """In the same interpreter without a fault nothing fails in these cells; one trial leaves open what chance decides."""
    scenario, method, stream = cell
    place = Place(scenario=scenario, methods=(method,), stream=stream)  # type: ignore[arg-type]
    (outcome,) = try_out(interpreter, None, applicable(place, interpreter), tmp_path / "run.sqlite", trials=1)
    assert not outcome.active
    assert outcome.verdict.verdict in {"pass", "inconclusive"}, outcome.failed
    assert all(finding.by_chance for finding in outcome.verdict.findings if finding.verdict == "inconclusive")


def test_a_fault_that_is_not_exercised_leaves_no_mark(interpreter: Interpreter, tmp_path: Path) -> None:
    """The mark is left by the broken behaviour, not by planting it: a program without a pool does not mark a pool's fault."""
    (fault,) = bank(["pool_keeps_its_workers"])
    place = Place(scenario="fork/recorded", methods=("none",))
    (outcome,) = try_out(interpreter, fault, place, tmp_path / "run.sqlite")
    assert (outcome.active, outcome.verdict.verdict) == (False, "pass")


@pytest.mark.parametrize("fault", BANK, ids=names)
def test_a_fault_imports_nothing(fault: Fault, interpreter: Interpreter) -> None:
    """A program finds no more modules in a broken interpreter than in a sound one, but the fault's own two."""
    interpreter.plant(None)
    sound = modules(interpreter)
    interpreter.plant(fault)
    assert modules(interpreter) - sound == {"mpref_fault", "mpref_planting"}


def modules(interpreter: Interpreter) -> frozenset[str]:
    """What an empty program has in `sys.modules`."""
    command = [str(interpreter.python), "-c", "import sys; print(*sys.modules)"]
    return frozenset(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_every_kind_and_every_default_has_a_fault() -> None:
    """For each kind of check, and for each default, the bank has a fault that it must catch."""
    caught_by = {catch.check for _, catch in CATCHES}
    assert caught_by == {*KINDS, "default"}
    assert {catch.says for _, catch in CATCHES if catch.check == "default"} == {default.says for default in DEFAULTS}


@pytest.mark.parametrize(("fault", "catch"), CATCHES, ids=names)
def test_a_fault_names_an_expectation_that_exists(fault: Fault, catch: Catch) -> None:
    """What a fault declares is in the scenario: the start methods, the stream, and an expectation of that kind and sentence."""
    scenario = declared(catch.scenario).scenario
    assert set(catch.methods) <= set(scenario.methods)
    assert catch.stream in scenario.streams
    if catch.check != "default":
        assert (catch.check, catch.says) in {(check.check_kind, check.says) for check in scenario.expect}


@pytest.mark.skipif(os.name == "nt", reason="environments there are copies, not links")
def test_the_environments_path_is_not_resolved(interpreter: Interpreter) -> None:
    """The interpreter is started by the environment's path: resolved, it would be the sound one."""
    assert interpreter.environment.executable == str(interpreter.python)
    assert interpreter.python.is_symlink()
