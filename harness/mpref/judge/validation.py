"""What can be wrong with a declaration beyond its TOML: each is one message that says what, where and what to do."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from mpref.environment import Method, StreamKind
from mpref.errors import UsageError
from mpref.history import Role
from mpref.regime import Regime

from .checks import KINDS, Check, Grade, Selector
from .checks.value import TypeName
from .conditions import When, several
from .scenario import Form, Scenario
from .tracebacks import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

CHOICES: dict[str, tuple[str, ...]] = {
    "grade": get_args(Grade),
    "method": get_args(Method),
    "methods": get_args(Method),
    "stream": (*get_args(StreamKind), "stdout", "stderr"),
    "streams": get_args(StreamKind),
    "form": get_args(Form),
    "phase": get_args(Phase),
    "roles": get_args(Role),
    "type": get_args(TypeName),
    "over": ("all", "first", "each"),
    "kind": ("blocked", "endless", "any"),
    "at": ("exit", "grace"),
    "against": ("serial", "greedy"),
}
ELSEWHERE = "See the kinds and their keys in mpref/judge/checks/__init__.py."


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong, at a key path such as `expect[2].first`."""

    key: str
    what: str
    advice: str

    def error(self, text: str, where: str) -> UsageError:
        """As an error that names the file and, where it can be found, the line."""
        line = line_of(text, self.key)
        place = f"{where}, line {line}" if line else where
        return UsageError(self.what, where=f"{place}, at `{self.key}`" if self.key else place, advice=self.advice)


def explain(message: str, data: dict[str, Any], text: str, where: str) -> UsageError:
    """A decoder's message (`... - at `$.expect[0].of``) in the user's terms."""
    what, _, rest = message.partition(" - at `$")
    path = rest.rstrip("`").lstrip(".")
    if found := re.match(r"Object contains unknown field `(.+)`", what):
        return _unknown_key(found[1], path, data).error(text, where)
    if found := re.match(r"Object missing required field `(.+)`", what):
        return Problem(path, f"the key `{found[1]}` is missing", "Add it.").error(text, where)
    if found := re.match(r"Invalid (?:enum )?value '(.*)'", what):
        return _unknown_value(found[1], path).error(text, where)
    if "length >= 1" in what:
        return Problem(path, "it is empty", "Name at least one.").error(text, where)
    lowered = what[:1].lower() + what[1:] if what.startswith("Expected") else what
    return Problem(path, lowered.rstrip("."), "Correct it." if what.startswith("Expected") else "").error(text, where)


def _unknown_key(name: str, path: str, data: dict[str, Any]) -> Problem:
    known = _keys_at(path, data)
    full = f"{path}.{name}" if path else name
    return Problem(full, f"unknown key `{name}`", nearest(name, known, "keys"))


def _keys_at(path: str, data: dict[str, Any]) -> tuple[str, ...]:
    found = re.match(r"expect\[(\d+)\](.*)", path)
    if found is None:
        return Scenario.__struct_encode_fields__
    if not found[2]:
        kind = KINDS[data["expect"][int(found[1])]["check"]]
        return ("check", *kind.__struct_encode_fields__)
    return (When if found[2] in (".when", ".when.unless") else Selector).__struct_encode_fields__


def _unknown_value(value: str, path: str) -> Problem:
    last = re.sub(r"\[.*", "", path.rpartition(".")[2])
    if last == "check":
        return Problem(path, f"unknown kind of check '{value}'", nearest(value, tuple(KINDS), "kinds"))
    choices = CHOICES.get(last, ())
    return Problem(path, f"unknown value '{value}'", nearest(value, choices, "values") if choices else ELSEWHERE)


def nearest(name: str, known: tuple[str, ...], noun: str) -> str:
    """Advice: the nearest known name if there is one, and all of them."""
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean `{close[0]}`? " if close else ""
    return f"{hint}The {noun} are: {', '.join(known)}."


def line_of(text: str, key: str) -> int | None:
    """The line of a key path in TOML written the usual way, or of the table that holds it; None if it is not found."""
    lines = text.split("\n")
    found = re.match(r"expect\[(\d+)\]\.?(.*)", key)
    begin, rest = 0, key
    if found:
        tables = [number for number, line in enumerate(lines) if re.match(r"\s*\[\[\s*expect\s*\]\]", line)]
        if int(found[1]) >= len(tables):
            return None
        begin, rest = tables[int(found[1])], found[2]
    return _key_line(lines, begin, re.split(r"[.\[]", rest)[0]) or (begin + 1 if found else None)


def _key_line(lines: list[str], begin: int, name: str) -> int | None:
    for number in range(begin + 1 if begin else 0, len(lines)):
        if begin and lines[number].lstrip().startswith("[["):
            return None
        if name and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", lines[number]):
            return number + 1
    return None


def problems(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with a scenario that is well typed."""
    yield from _plain_problems(scenario)
    if not any(check.grade != "allowed" for check in scenario.expect):
        yield Problem(
            "", "nothing is declared that could fail", "Add an [[expect]] table whose grade is not `allowed`."
        )
    for index, check in enumerate(scenario.expect):
        yield from _label_problems(f"expect[{index}]", check, scenario)
        yield from _regime_problems(f"expect[{index}]", check, scenario)
        yield from _condition_problems(f"expect[{index}].when", check.when, scenario)
        if check.check_kind == "speed-up" and not scenario.durations:
            yield Problem(
                f"expect[{index}]", "speed-up without `durations`", "Declare the lengths of the tasks in seconds."
            )


def _plain_problems(scenario: Scenario) -> Iterator[Problem]:
    if not scenario.title.strip() or "\n" in scenario.title:
        yield Problem("title", "the title is not one sentence", "Write one line; more goes into `about`.")
    if scenario.most is not None and scenario.most < scenario.trials:
        yield Problem("most", f"`most` ({scenario.most}) is below `trials` ({scenario.trials})", "Raise it.")
    if any(duration <= 0 for duration in scenario.durations):
        yield Problem("durations", "a task's length is not above 0", "Give seconds.")
    for name in ("methods", "streams", "events", "points"):
        values: tuple[str, ...] = getattr(scenario, name)
        for twice in [value for value, count in Counter(values).items() if count > 1]:
            yield Problem(name, f"`{twice}` is named twice", "Remove one.")


def _label_problems(place: str, check: Check, scenario: Scenario) -> Iterator[Problem]:
    for key, chosen in check.selectors().items():
        if chosen.label not in scenario.events:
            advice = nearest(chosen.label, scenario.events, "events") if scenario.events else "Name it in `events`."
            yield Problem(f"{place}.{key}", f"unknown event label '{chosen.label}'", advice)


def _regime_problems(place: str, check: Check, scenario: Scenario) -> Iterator[Problem]:
    known = (*scenario.events, *scenario.points)
    for text in check.provoke:
        at = Regime.from_text(text).at
        if at and at not in known:
            yield Problem(f"{place}.provoke", f"unknown event or point '{at}'", nearest(at, known, "events and points"))


def _condition_problems(place: str, when: When | None, scenario: Scenario) -> Iterator[Problem]:
    if when is None:
        return
    for key, wanted, has in (("method", when.method, scenario.methods), ("stream", when.stream, scenario.streams)):
        for value in several(wanted):
            if value not in has:
                yield Problem(
                    place,
                    f"the condition names {key} '{value}', which the scenario does not have",
                    f"Add it to `{key}s`.",
                )
    yield from _condition_problems(f"{place}.unless", when.unless, scenario)
