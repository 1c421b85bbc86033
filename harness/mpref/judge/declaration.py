"""The scenario format: how a declaration is recognised and loaded, and the JSON Schema that editors read.

A declaration is a TOML file beside its program, `without_join.toml` beside `without_join.py`, and is recognised by its
first line, `#:schema ../scenario.schema.json`. `python -m mpref.judge.declaration`, run where the folder `scenarios`
is, writes the schema. Only `load`, `is_declaration`, `check_program` and that command touch files.
"""

from __future__ import annotations

import sys
import tomllib
import warnings
from pathlib import Path
from typing import Any

import msgspec

from mpref.errors import UsageError

from .scenario import Scenario
from .validation import explain, problems

SCHEMA_NAME = "scenario.schema.json"
SCHEMA_LINE = "#:schema "
RECORDER = "mpref_event"


def is_declaration(path: Path) -> bool:
    """Whether the file's first line points to the scenario schema. False for what cannot be read."""
    try:
        with path.open("rb") as file:
            first = file.readline(1000).decode("utf-8-sig", "replace").strip()
    except OSError:
        return False
    return first.startswith(SCHEMA_LINE) and first.endswith(SCHEMA_NAME)


def load(path: Path) -> Scenario:
    """The scenario that a declaration and the program beside it make. Raises UsageError."""
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not valid TOML: {error}", where=str(path), advice="Correct the line it names.") from None
    scenario = decode(data, text, str(path))
    source = check_program(path.with_suffix(".py"), str(path))
    if RECORDER in source and not scenario.events:
        what = f"the program records by {RECORDER}, and the declaration names no `events`"
        raise UsageError(what, where=str(path), advice="List the labels that it may record.")
    return scenario


def decode(data: dict[str, Any], text: str, where: str) -> Scenario:
    """The scenario in parsed TOML; `text` is its source and `where` its path, for messages. Raises UsageError."""
    try:
        scenario = msgspec.convert(data, Scenario)
    except msgspec.ValidationError as error:
        raise explain(str(error), data, text, where) from None
    for problem in problems(scenario):
        raise problem.error(text, where)
    return scenario


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path), advice="Check the path.") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8: {error}", where=str(path), advice="Save it as UTF-8.") from None
    if not is_declaration(path):
        advice = f"Begin the file with `{SCHEMA_LINE}../{SCHEMA_NAME}`."
        raise UsageError("not a declaration: its first line does not name the schema", where=str(path), advice=advice)
    return text


def check_program(program: Path, declaration: str) -> str:
    """The program's text.

    Raises UsageError if it is missing, not UTF-8, no Python to the harness's own interpreter, or hides a standard module:
    its folder comes first on `sys.path`, for every other program of the chapter too.
    """
    if program.stem in sys.stdlib_module_names:
        what = f"the program would hide the standard library's module `{program.stem}` from all programs beside it"
        raise UsageError(what, where=str(program), advice="Give it and its declaration another name.")
    try:
        source = program.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8: {error}", where=str(program), advice="Save it as UTF-8.") from None
    except OSError:
        advice = f"Write {program.name} beside {declaration}, or remove the declaration."
        raise UsageError("the program is missing", where=str(program), advice=advice) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, str(program), "exec", dont_inherit=True)
            return source
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        code = (getattr(error, "text", None) or "").strip()
        place = f"{program}, line {line}" if line else str(program)
        shown = f" in `{code}`" if code else ""
        what = f"the program has a syntax error: {getattr(error, 'msg', error)}{shown}"
        raise UsageError(what, where=place, advice="Correct the program.") from None


def schema() -> bytes:
    """The JSON Schema of a declaration, as the committed file holds it."""
    generated = msgspec.json.schema(Scenario)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mpref scenario",
        "description": "A declaration: what must, may and must not be observed of the program beside it.",
    }
    return msgspec.json.format(msgspec.json.encode({**head, **generated}), indent=2) + b"\n"


def main(arguments: list[str]) -> None:
    """Write the schema to the path given, or to the folder `scenarios` here."""
    path = Path(arguments[0]) if arguments else Path("scenarios", SCHEMA_NAME)
    path.write_bytes(schema())


if __name__ == "__main__":
    main(sys.argv[1:])
