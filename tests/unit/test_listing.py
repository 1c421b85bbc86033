"""The list of scenarios, and the reading path that it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
from judge_fakes import expectation, scenario

from mpref.plan import Declared, declarations
from mpref.show.listing import listing, reading_path

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def declared(stem: str, reading: int | None = None) -> Declared:
    shows = scenario(expectation("count", of="joined", is_=1), title=f"What {stem} shows.", reading=reading)
    return Declared(path=Path("chapter", f"{stem}.toml"), scenario=shows)


def test_the_reading_path_comes_first_by_its_numbers() -> None:
    """A newcomer sees first where to begin; below it every scenario has its place, those of the path too."""
    lines = listing([declared("a"), declared("b", 2), declared("c", 1)]).splitlines()
    assert lines[:4] == ["Reading path", "  1. chapter/c: What c shows.", "  2. chapter/b: What b shows.", ""]
    assert [line.split(":")[0] for line in lines[4::2]] == ["chapter/a", "chapter/b", "chapter/c", "3 scenarios"]


def test_without_numbers_there_is_no_reading_path() -> None:
    """A folder of one's own has no heading without anything below it."""
    assert reading_path([declared("a")]) == []
    assert listing([declared("a")]).splitlines()[0] == "chapter/a: What a shows."


@pytest.fixture(scope="module")
def path() -> list[Declared]:
    carried = [Declared.from_path(one) for one in declarations(SCENARIOS)]
    return sorted((one for one in carried if one.scenario.reading), key=lambda one: one.scenario.reading or 0)


def test_the_carried_path_has_the_numbers_one_to_six(path: list[Declared]) -> None:
    """No number is missing and none is given twice."""
    assert [one.scenario.reading for one in path] == [1, 2, 3, 4, 5, 6]


def test_each_header_names_the_number_and_the_next(path: list[Declared]) -> None:
    """Who reads a program of the path is told how to go on."""
    for one, following in zip(path, [*path[1:], None], strict=True):
        further = f" Next: {following.name}." if following else ""
        line = f"Reading path {one.scenario.reading} of {len(path)}.{further}"
        assert line in one.program.read_text(encoding="utf-8").splitlines()


def test_the_table_links_them_in_their_order(path: list[Declared]) -> None:
    """The table for readers is the path of the declarations."""
    text = (SCENARIOS / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line[2:3].isdigit()]
    assert [row.split(" | ")[1] for row in rows] == [f"[{one.name}]({one.name}.py)" for one in path]
