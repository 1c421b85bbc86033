"""`--python-option`: which words the interpreter gets, and that they are part of what an environment is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import environment

from mpref.driver import Attempt, order
from mpref.errors import UsageError
from mpref.judge.conditions import When, applies
from mpref.options import interpreter_options
from mpref.plan import Declared

if TYPE_CHECKING:
    from pathlib import Path

WERROR = environment(options=("-W", "error"))


def test_words():
    """Options may be given again and again, each with its value, and keep their order."""
    given = ["-W error", "-X dev", "-OO", "-Wdefault", "-Ximporttime", "--check-hash-based-pycs always"]
    words = ("-W", "error", "-X", "dev", "-OO", "-Wdefault", "-Ximporttime", "--check-hash-based-pycs", "always")
    assert interpreter_options(given) == words
    assert interpreter_options([]) == ()


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "error", "-O prog.py", "-W error extra", "-c pass", "-cpass", "-m", "-mjson.tool", "-E", "-I", "-sE",
     "-V", "-h", "--version", "-i", "-x", "-?", "-9"],
)  # fmt: skip
def test_what_are_no_options_is_refused(text: str):
    """Programs, what runs none, and what would keep a program from recording are refused."""
    with pytest.raises(UsageError, match="--python-option"):
        interpreter_options([text])


def test_they_are_part_of_the_name():
    """Ids differ by the options; the kind has them too, and no version."""
    assert WERROR.name == "cpython-3.13.0-linux-Werror"
    assert WERROR.kind == "cpython-*-linux-Werror"
    both = environment(options=("-W", "error::DeprecationWarning", "-X", "dev"), suffix="~2", free_threaded=True)
    assert both.name == "cpython-3.13.0t-linux-Werror__DeprecationWarning-Xdev~2"
    assert environment().name == "cpython-3.13.0-linux"


def test_they_stand_before_the_program(tmp_path: Path):
    """A bare program and a launched one get them alike."""
    head = '#:schema ../scenario.schema.json\ntitle = "One."\nmethods = ["default", "spawn"]\n'
    (tmp_path / "one.toml").write_text(head + '[[expect]]\ncheck = "exit-status"\nsays = "It ends."\nis = 0\n')
    (tmp_path / "one.py").write_text("")
    declared = Declared.from_path(tmp_path / "one.toml")
    commands = [order(declared, cell, WERROR, Attempt(1)).command for cell in declared.cells([WERROR])]
    assert commands[0] == ("python3.13", "-X", "faulthandler", "-W", "error", str(declared.program))
    assert commands[1][:5] == ("python3.13", "-X", "faulthandler", "-W", "error")


@pytest.mark.parametrize(
    ("option", "options", "expected"),
    [
        ("-W error", ("-W", "error"), True),
        ("-W error", ("-X", "dev", "-W", "error"), True),
        ("-W error", (), False),
        ("-X error", ("-X", "dev", "-W", "error"), False),
        ("none", (), True),
        ("none", ("-W", "error"), False),
        (("none", "-X dev"), ("-X", "dev"), True),
    ],
)
def test_conditions_by_option(option: str | tuple[str, ...], options: tuple[str, ...], expected: bool):
    """An expectation may hold under an option only, or without any."""
    assert applies(When(option=option), environment(options=options), "fork", "pipe") is expected
