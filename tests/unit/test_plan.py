"""The plan of a run: which cells there are, and in which order workers take them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from judge_fakes import environment

from mpref.plan import Declared, dealt, declarations, readable

ENVIRONMENT = environment()
DECLARATION = """#:schema ../scenario.schema.json
title = "One event"
methods = ["default", "spawn"]

[[expect]]
check = "lines"
says = "It prints."
stream = "stdout"
matches = "1"
is = 1
"""
EVENT = DECLARATION.partition("[[expect]]")[0] + 'events = ["one"]\n[[expect]]\n'
ORDER = """
[[expect]]
check = "happens-before"
says = "In this order."
first = "one"
then = "two"
"""


def declare(tmp_path: Path, name: str, text: str = DECLARATION) -> Declared:
    folder = tmp_path / "chapter"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text)
    (folder / f"{name}.py").write_text("print(1)\n")
    return Declared.from_path(folder / f"{name}.toml")


@pytest.fixture
def declared(tmp_path: Path) -> Declared:
    return declare(tmp_path, "one")


def test_cells_are_methods_by_streams(declared: Declared) -> None:
    """A scenario has a cell for each environment, start method and stream kind, with a stable id."""
    assert [c.id for c in declared.cells([ENVIRONMENT])] == [
        "chapter/one[cpython-3.13.0-linux-default-pipe]",
        "chapter/one[cpython-3.13.0-linux-spawn-pipe]",
    ]
    assert [c.method for c in declared.cells([ENVIRONMENT], ["spawn"])] == ["spawn"]


def test_the_dearest_and_the_cheapest_take_turns() -> None:
    """The dearest is the first, and what is in between the last; none is lost."""
    assert [dealt(range(count)) for count in (0, 1, 2, 7)] == [[], [0], [1, 0], [6, 0, 5, 1, 4, 2, 3]]


def test_what_costs_the_same_is_mixed(tmp_path: Path) -> None:
    """The cheapest come first; equals are mixed, not in the order of their names, and the order is for ever."""
    dear = declare(tmp_path, "a", DECLARATION.replace("[[", 'events = ["one", "two"]\n[[', 1) + ORDER)
    cheap = [declare(tmp_path, f"b{number}") for number in range(8)]
    cells = [(one, cell) for one in (dear, *cheap) for cell in one.cells([ENVIRONMENT])]
    names = [cell.scenario for _, cell in sorted(cells, key=lambda pair: pair[0].rank(pair[1]))]
    assert names[-2:] == ["chapter/a"] * 2
    assert len(list(groupby(names[:-2]))) > 8
    assert dear.rank(cells[0][1]) == (False, True, False, 1, 20.0, 3482472149)


def test_what_was_read_is_not_read_again(declared: Declared) -> None:
    """Whoever has it gets it by the path, however that is written; what is malformed is left to who asks for it."""
    (declared.path.parent / "two.toml").write_text(DECLARATION)  # it has no program
    read = readable([declared.path.parent, declared.path.parent / "three.toml"])
    assert read == {str(declared.path): declared.scenario}
    declared.path.write_text(DECLARATION.replace("One event", "Another"))
    roundabout = declared.path.parent / ".." / "chapter" / "one.toml"
    assert Declared.from_path(roundabout, read) == declared
    assert Declared.from_path(roundabout).scenario.title == "Another"


def test_every_scenario_of_the_project_can_be_handed_on() -> None:
    """From the controller to its workers."""
    assert len(readable([Path("scenarios")])) == len(declarations(Path("scenarios")))


@pytest.mark.parametrize("value", ["nan", "2026-11-30"])
def test_what_would_not_arrive_as_it_is_is_not_handed_on(tmp_path: Path, value: str) -> None:
    """Whoever needs it reads it."""
    expected = EVENT + f'check = "value"\nsays = "It is so."\nof = "one"\nfield = "number"\nequals = {value}\n'
    declared = declare(tmp_path, "one", expected)
    assert readable([declared.path]) == {}
