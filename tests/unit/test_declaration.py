"""Declarations: what is read, and one clear message for everything that is wrong with one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from mpref.errors import MprefError, UsageError
from mpref.judge import checks
from mpref.judge.checks import KINDS
from mpref.judge.declaration import is_declaration, load, schema

COMMITTED = Path(__file__).parents[2] / "scenarios" / "scenario.schema.json"

Write = Callable[..., Path]

SAMPLE = """\
#:schema ../scenario.schema.json
title = "The child runs before the parent is done."
methods = ["fork", "spawn"]
streams = ["pipe", "terminal"]
needs = ["os.fork"]
events = ["child-runs", "parent-done"]
durations = [0.4, 0.3]
deadline = 10

[[expect]]
check = "happens-before"
says = "join() waits."
first = "child-runs"
then = {label = "parent-done", where = {ok = true}}

[[expect]]
check = "count"
says = "No event is lost."
of = "child-runs"
is = 1
grade = "usually"
rate = 0.9
when = {method = "fork", python = ">=3.9"}
because = "as the documentation has it"
"""


@pytest.fixture
def declared(tmp_path: Path) -> Write:
    """A function that writes a declaration beside a program and gives its path."""

    def write(text: str = SAMPLE, program: str | None = "print(1)\n") -> Path:
        path = tmp_path / "s.toml"
        path.write_text(text)
        if program is not None:
            path.with_suffix(".py").write_text(program)
        return path

    return write


def message(path: Path):
    with pytest.raises(UsageError) as caught:
        load(path)
    assert caught.value.exit_status == 2
    return str(caught.value)


def test_a_declaration_is_read(declared: Write):
    """Every key arrives where it belongs."""
    scenario = load(declared())
    assert scenario.methods == ("fork", "spawn")
    assert scenario.deadline == 10.0
    assert [check.check_kind for check in scenario.expect] == ["happens-before", "count"]
    assert scenario.expect[1].wanted_rate == 0.9
    assert (scenario.trials, scenario.form, scenario.alone) == (1, "file", False)


def test_recognised_by_the_first_line(declared: Write):
    """Other TOML files are none of ours."""
    assert is_declaration(declared())
    assert not is_declaration(declared('[tool]\nx = "#:schema ../scenario.schema.json"\n'))
    assert not is_declaration(declared("#:schema ../other.schema.json\n"))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("title = ", "title == ", ["not valid TOML", "line 2"]),
        ("deadline = 10", "dedline = 10", ["line 8", "unknown key `dedline`", "Did you mean `deadline`?"]),
        ('first = "child', 'furst = "child', ["line 13", "expect[0].furst", "Did you mean `first`?"]),
        ('check = "count"', 'check = "cuont"', ["line 17", "unknown kind of check 'cuont'", "Did you mean `count`?"]),
        ('check = "count"', 'cheek = "count"', ["line 16", "the key `check` is missing"]),
        ('of = "child-runs"', 'of = "child-run"', ["line 19", "expect[1].of", "unknown event label", "`child-runs`?"]),
        (
            'label = "parent-done"',
            'label = "done"',
            ["line 14", "unknown event label 'done'", "child-runs, parent-done"],
        ),
        ("{ok = true}}", "{ok = true}, flield = 'pid'}", ["unknown key `flield`", "Did you mean `field`?"]),
        ('python = ">=3.9"', 'python = "3.9+"', ["line 23", "expect[1].when", "not a PEP 440 version specifier"]),
        ('python = ">=3.9"', 'pyhton = ">=3.9"', ["unknown key `pyhton`", "Did you mean `python`?"]),
        ('method = "fork"', 'method = "forkserver"', ["names method 'forkserver', which the scenario does not have"]),
        ('method = "fork"', 'method = "frok"', ["unknown value 'frok'", "Did you mean `fork`?"]),
        ('"fork", "spawn"]', '"fork", "spwan"]', ["line 3", "unknown value 'spwan'", "Did you mean `spawn`?"]),
        ('["fork", "spawn"]', "[]", ["line 3", "`methods", "it is empty", "Name at least one."]),
        ('["fork", "spawn"]', '["fork", "fork"]', ["line 3", "`fork` is named twice"]),
        ('methods = ["fork", "spawn"]\n', "", ["the key `methods` is missing"]),
        ('grade = "usually"', 'grade = "always"', ["line 16", "`rate` has no meaning for the grade 'always'"]),
        ("rate = 0.9", "rate = 1.5", ["it must be above 0 and below 1"]),
        ('because = "as the documentation has it"', "", ["`when` without `because`"]),
        ("is = 1", "is = 1\nmost = 2", ["`is` excludes `least` and `most`"]),
        ("is = 1", "", ["no number to compare with"]),
        ("is = 1", 'is = "1"', ["line 20", "expected `int"]),
        ("is = 1", "is = -1", ["a count cannot be negative"]),
        ('says = "No event is lost."', "", ["the key `says` is missing"]),
        ('"os.fork"', '"fork"', ["'fork' is not a capability"]),
        ("deadline = 10", "deadline = 0", ["line 8", "deadline"]),
        ("deadline = 10", "trials = 5\nmost = 4", ["`most` (4) is below `trials` (5)"]),
        ('title = "The child', 'title = "\\nThe child', ["the title is not one sentence"]),
        ("[0.4, 0.3]", "[0.4, 0.0]", ["a task's length is not above 0"]),
        ("#:schema", "# schema", ["its first line does not name the schema"]),
    ],
)
def test_one_clear_message(declared: Write, old: str, new: str, parts: list[str]):
    """What is wrong, where it is (file, line and key, where known), and what to do."""
    assert old in SAMPLE
    text = message(declared(SAMPLE.replace(old, new, 1)))
    assert "s.toml" in text
    assert [part for part in parts if part not in text] == [], text
    assert "\n" not in text


def with_check(lines: str):
    return SAMPLE.partition("[[expect]]")[0] + '[[expect]]\nsays = "It is so."\n' + lines


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        ('check = "lines"\nstream = "stdout"\nmatches = "(("\nis = 1', "'((' is not a regular expression"),
        ('check = "text"\nstream = "stdout"\nmatches = "["', "'[' is not a regular expression"),
        ('check = "exception"\ntype = "E"\nmessage = "*"', "'*' is not a regular expression"),
        ('check = "exception"\ntype = "E"\nphase = "begin"', "unknown value 'begin'"),
        ('check = "value"\nof = "child-runs"\nfield = "x"\nmatches = "("', "'(' is not a regular expression"),
        ('check = "value"\nof = "child-runs"\nfield = "x"', "exactly one of equals, one-of, least"),
        ('check = "value"\nof = "child-runs"\nfield = "x"\nequals = 1\nleast = 1', "exactly one of"),
        ('check = "value"\nof = "child-runs"\nfield = "x"\nsame-as = "gone"', "unknown event label 'gone'"),
        ('check = "text"\nstream = "stdout"', "exactly one of equals, contains, matches, empty"),
        ('check = "text"\nstream = "stdotu"\nempty = true', "unknown value 'stdotu'"),
        ('check = "exit-status"\nis = []', "`is` names no status"),
        ('check = "same-pid"\nof = []', "it is empty"),
        ('check = "distinct-pids"\nof = ["gone"]', "unknown event label 'gone'"),
        ('check = "child-of"\nchild = {label = "child-runs", field = "x"}\nparent = "parent-done"', "always its ppid"),
        ('check = "happens-before"\nfirst = "child-runs"\nthen = "parent-done"\nover = "each"', "`by` names the field"),
        ('check = "happens-before"\nfirst = "child-runs"\nthen = "parent-done"\nby = "x"', "`by` names the field"),
        ('check = "count"\nof = {label = "child-runs", field = "x"}\nis = 1', "`of.field` is not read"),
        ('check = "leftovers"\nat = "end"\nis = 0', "unknown value 'end'"),
        ('check = "leftovers"\nat = "exit"\nroles = ["wroker"]\nis = 0', "Did you mean `worker`?"),
        ('check = "hang"\ngrade = "allowed"', "nothing is declared that could fail"),
        (
            'check = "speed-up"\nstart = "child-runs"\nend = "parent-done"\nagainst = "serial"\nmost = 2',
            "against serial it takes `least` alone",
        ),
        (
            'check = "speed-up"\nstart = "child-runs"\nend = "parent-done"\nagainst = "greedy"\nmost = 2',
            "against greedy it takes `workers` and `most`",
        ),
    ],
)
def test_wrong_operands(declared: Write, lines: str, part: str):
    """Operands that make no sense are refused, kind by kind."""
    text = message(declared(with_check(lines)))
    assert part in text
    assert "s.toml" in text


def test_speed_needs_durations(declared: Write):
    """A speed-up has a yardstick."""
    lines = 'check = "speed-up"\nstart = "child-runs"\nend = "parent-done"\nagainst = "serial"\nleast = 2'
    text = message(declared(with_check(lines).replace("durations = [0.4, 0.3]\n", "")))
    assert "speed-up without `durations`" in text


def test_nothing_declared(declared: Write):
    """A scenario that expects nothing proves nothing."""
    assert "nothing is declared" in message(declared(SAMPLE.partition("[[expect]]")[0]))


@pytest.mark.parametrize(
    ("program", "parts"),
    [
        (None, ["the program is missing", "s.py"]),
        ("x = 1\nif x print(x)\n", ["s.py, line 2", "syntax error", "if x print(x)"]),
        ("x = '\0'\n", ["s.py", "syntax error", "null"]),
    ],
)
def test_the_program_beside(declared: Write, program: str | None, parts: list[str]):
    """A program that is missing or no Python is named, with its line."""
    text = message(declared(program=program))
    assert [part for part in parts if part not in text] == [], text


def test_the_file_itself(tmp_path: Path):
    """A declaration that is missing or not UTF-8 is told."""
    assert "cannot be read" in message(tmp_path / "gone.toml")
    path = tmp_path / "s.toml"
    path.write_bytes(SAMPLE.encode() + b"about = '\xff'\n")
    assert "not UTF-8" in message(path)


def test_errors_say_what_where_and_what_to_do():
    """A message has three parts, and those that are empty leave no trace."""
    assert str(UsageError("it is wrong", where="a.toml", advice="Mend it.")) == "a.toml: it is wrong. Mend it."
    assert str(UsageError("it is wrong")) == "it is wrong."
    assert issubclass(UsageError, MprefError)


def test_the_committed_schema_is_fresh():
    """The schema in the repository is the one that the types make (`python -m mpref.judge.declaration` writes it)."""
    assert COMMITTED.read_bytes() == schema()


class TestSchema:
    validator = jsonschema.Draft202012Validator(json.loads(schema()))

    def test_it_is_a_schema(self):
        """The schema itself is valid."""
        jsonschema.Draft202012Validator.check_schema(json.loads(schema()))

    def test_a_good_declaration_is_valid(self):
        """What loads is valid."""
        assert list(self.validator.iter_errors(tomllib.loads(SAMPLE))) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("deadline", "dedline"),
            ("furst", "furst"),
            ('"count"', '"cuont"'),
            ("is = 1", 'is = "1"'),
            ("is = 1", "it = 1"),
        ],
    )
    def test_a_bad_one_is_not(self, old: str, new: str):
        """Unknown keys, kinds and wrong types are refused."""
        text = SAMPLE.replace(old if old != "furst" else "first", new, 1)
        assert not self.validator.is_valid(tomllib.loads(text))

    def test_every_key_is_described(self):
        """Editors show what a key means: every property has a description."""
        definitions = json.loads(schema())["$defs"]
        bare = [
            f"{name}.{key}"
            for name, definition in definitions.items()
            for key, value in definition["properties"].items()
            if key != "check" and "description" not in value
        ]
        assert bare == []


def test_the_documented_examples_load(declared: Write):
    """The table of kinds shows one example of each, and all of them are valid."""
    examples = re.findall(r"^    (.*)$|^$", checks.__doc__, re.MULTILINE)
    tables = "\n".join(examples).strip()
    events = ["started", "child-runs", "parent-starts", "task-start", "task-end", "joined", "in-turn", "at-once"]
    head = SAMPLE.partition("[[expect]]")[0].replace('["child-runs", "parent-done"]', json.dumps(events))
    scenario = load(declared(head + tables))
    assert {check.check_kind for check in scenario.expect} == set(KINDS)
