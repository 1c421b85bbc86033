"""Which interpreters there are, and what each is: turns `--python SPEC` into environments by asking the interpreters.

A SPEC is a path, a version such as `3.14`, a name such as `pypy3`, or `all`. The path is kept as it was given and never
resolved, because a virtual environment is its path.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import findpython
import msgspec
from findpython.providers.base import BaseProvider
from findpython.utils import looks_like_python

from mpref.environment import Environment
from mpref.errors import UsageError
from mpref.record.order import INTERPRETER_OPTIONS, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OLDEST = (3, 8)
START_SECONDS = 60
ADVICE = "give the path of a Python 3.8 or newer"


class _Version(msgspec.Struct):
    """What every Python says of itself, those out of scope too."""

    implementation: str
    version: str


# Made here, in one thread: containers are asked by several, and see mpref.record.client.
_VERSION = msgspec.json.Decoder(_Version)
_ENVIRONMENT = msgspec.json.Decoder(Environment)


def environments(
    specs: Sequence[str], options: Sequence[str] = (), left_out: list[str] | None = None
) -> list[Environment]:
    """The environments that the specs name, without doubles, in their order; no spec is the running interpreter.

    `options` are words that every interpreter is given before the program. Two environments that share a name without being
    the same interpreter are told apart by a suffix `~2`. Raises UsageError for a spec that names nothing, or that is not a
    Python of 3.8 or newer; what `all` found and cannot be used is told in `left_out`.
    """
    found: dict[tuple[str, str], Environment] = {}
    for path, strict in _paths(specs or [sys.executable]):
        one = (os.path.dirname(path), os.path.realpath(path))  # noqa: PTH120 - python and python3 of one folder are one
        if one in found:
            continue
        try:
            found[one] = probe(path, options)
        except UsageError as error:
            if strict:
                raise
            if left_out is not None:
                left_out.append(str(error))
    return named_apart(found.values())


def _paths(specs: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Each path, and whether the user named it (then it must work)."""
    for spec in specs:
        if spec == "all":
            yield from ((path, False) for path in _installed())
        elif os.sep in spec or (os.altsep and os.altsep in spec) or Path(spec).is_file():
            yield os.path.abspath(spec), True  # noqa: PTH100 - Path.absolute keeps "..", Path.resolve follows links
        else:
            yield _named_by(spec), True


def _installed() -> list[str]:
    """Every interpreter in scope that findpython knows of, by version; of the paths that lead to one the most direct."""
    direct: dict[str, str] = {}
    versions = [v for v in findpython.find_all(allow_prereleases=True) if v.version.release[:2] >= OLDEST]
    for version in sorted(versions, key=lambda v: (v.implementation, v.version, len(str(v.executable)))):
        real = os.path.realpath(str(version.interpreter))
        if Path(str(version.executable)).parent == Path(real).parent:
            direct[real] = str(version.executable)
        else:
            direct.setdefault(real, real)
    return list(direct.values())


class Plausible(BaseProvider):
    """What findpython's other providers find, but for what need not be asked: starting each takes long.

    Left out are those of which their own file's name, or that of the interpreter they lead to, says that they are another
    version; and of several names in one folder for one interpreter all but the longest. Where a minor version is looked for, a
    script that starts another program, such as pyenv's shims, is left to a second look. On a machine with nine versions the
    first look takes 0.2 s for 3.13; it takes 3.9 s if all are asked.
    """

    def __init__(self, spec: str, providers: Iterable[BaseProvider]) -> None:
        self._wanted = _told(re.compile(r"(?:\w+@)?(\d)(?:\.(\d+))?"), spec)
        self._spec, self._providers = spec, providers
        self.looks = (False, True) if len(self._wanted) > 1 else (None,)
        """What is looked for, one look after the other: no scripts, scripts alone, or both."""
        self.look: bool | None = self.looks[0]

    @classmethod
    def create(cls) -> None:
        """It is made for one spec, and not chosen by its name."""

    def find_pythons(self) -> Iterable[findpython.PythonVersion]:
        """The others' finds. None is started."""
        found = [one for provider in self._providers for one in provider.find_pythons() if self._fits(one)]
        return {_place(one): one for one in sorted(found, key=_length)}.values()

    def _fits(self, one: findpython.PythonVersion) -> bool:
        if self.look is not None and _is_script(one.executable) is not self.look:
            return False
        if not self._wanted:
            return one.name == self._spec
        return self._may_be(one.name) and self._may_be(_place(one).name)

    def _may_be(self, name: str) -> bool:
        return all(map(str.__eq__, self._wanted, _told(re.compile(r"[a-z]+(\d)(?:\.?(\d\d?))?"), name)))


def _length(one: findpython.PythonVersion) -> tuple[int, int]:
    return len(one.name), len(str(one.executable))


def _place(one: findpython.PythonVersion) -> Path:
    """Where an interpreter is: its folder, and the file it leads to, if that is an interpreter by its name.

    What leads to another program, such as mise's shims, is what that makes of the name it is called by.
    """
    leads_to = one.real_path.name
    name = leads_to if looks_like_python(leads_to) else one.name
    return one.executable.parent.resolve() / name


def _is_script(path: Path) -> bool:
    """Whether a text is run by what its first line names."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


def _told(pattern: re.Pattern[str], text: str) -> list[str]:
    """Major and minor version, or the major one alone, or nothing: as far as a text tells them."""
    match = pattern.match(text)
    return [part for part in match.groups() if part] if match else []


def _named_by(spec: str) -> str:
    """The best interpreter for a version or a name: the newest, but an interpreter itself before a script that starts one."""
    if spec[:1].isdigit() and not re.fullmatch(r"\d+(\.\d+){0,2}((a|b|rc)\d+)?t?", spec):
        msg = f"--python {spec}: it is no version; give one such as 3.13 or 3.13.2, a path, a name, or `all`"
        raise UsageError(msg)
    finder = findpython.Finder(selected_providers=[])
    plausible = Plausible(spec, findpython.Finder().setup_providers())
    finder.add_provider(plausible)
    for look in plausible.looks:
        plausible.look = look
        if match := finder.find(spec, allow_prereleases=True):
            return str(match.executable)
    if path := shutil.which(spec):
        return path
    known = ", ".join(sorted({str(v.version) for v in findpython.find_all(allow_prereleases=True)})) or "none"
    msg = f"--python {spec}: no such interpreter is installed (found: {known}); give a path, a version such as 3.13, or `all`"
    raise UsageError(msg)


def probe(path: str, options: Sequence[str] = (), within: Sequence[str] = ()) -> Environment:
    """Asks the interpreter at a path, given these options, what it is; `within`: the command that starts programs where it is.

    Raises UsageError where it is missing, no Python, too old, dies, or refuses the options.
    """
    where = f"--python {path}"
    question = str(TARGET / "identity.py")
    status, out, err = _ask(where, [*within, path, *INTERPRETER_OPTIONS, *options, question])
    if status or (options and not out):  # Python 2 knows no `-X`: asked without, it can at least say what it is
        plain = _ask(where, [*within, path, question])
        if plain[0] == 0 and options:
            _understood(where, *plain)
            raise UsageError(_refused(where, options, status, err))
        status, out, err = plain if plain[0] == 0 else (status, out, err)
    found = msgspec.structs.replace(_understood(where, status, out, err), options=tuple(options))
    if found.platform == "win32" and sys.platform != "win32":
        return msgspec.structs.replace(found, through=path)
    return msgspec.structs.replace(found, executable=path)


def _refused(where: str, options: Sequence[str], status: int, err: bytes) -> str:
    said = err.decode(errors="replace").strip().partition("\n")[0][:200]
    end = f"ended with status {status}" if status else "did not run its program"
    return f"{where}: given {' '.join(options)} it {end}{', saying: ' + said if said else ''}; correct --python-option"


def _ask(where: str, command: list[str]) -> tuple[int, bytes, bytes]:
    """Exit status, output and errors of the interpreter's answer."""
    try:
        answer = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=START_SECONDS,
            env=_surroundings(),
            check=False,
        )
    except FileNotFoundError:
        raise UsageError(f"{where}: there is no such file; {ADVICE}") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"{where}: it did not answer within {START_SECONDS} s; is it a Python? {ADVICE}") from None
    except OSError as error:
        raise UsageError(f"{where}: it cannot be started ({error.strerror}); {ADVICE}") from None
    return answer.returncode, answer.stdout, answer.stderr


def _understood(where: str, status: int, out: bytes, err: bytes) -> Environment:
    try:
        version = _VERSION.decode(out)
    except msgspec.DecodeError:
        last = (err or out)[-300:].decode(errors="replace").strip().rpartition("\n")[2]
        said = f", saying: {last}" if last else ""
        msg = f"{where}: it is not a working Python (it ended with status {status}{said}); {ADVICE}"
        raise UsageError(msg) from None
    release = tuple(int(part) for part in version.version.split(".")[:2])
    if release < OLDEST:
        msg = f"{where}: it is {version.implementation} {version.version}, which is out of scope; {ADVICE}"
        raise UsageError(msg)
    return _ENVIRONMENT.decode(out)


def _surroundings() -> dict[str, str]:
    """The variables an interpreter is asked under: those of the system, none of Python's."""
    return {k: v for k, v in os.environ.items() if not k.upper().startswith(("PYTHON", "PYTEST", "COVERAGE"))}


def named_apart(found: Iterable[Environment]) -> list[Environment]:
    """The environments, each with a name of its own: the second interpreter of a name gets the suffix `~2`."""
    named: dict[str, Environment] = {}
    for environment in found:
        label, number = environment.name, 1
        while label in named:
            number += 1
            label = f"{environment.name}~{number}"
        named[label] = msgspec.structs.replace(environment, suffix=label.removeprefix(environment.name))
    return list(named.values())
