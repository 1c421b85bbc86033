"""Conditions: the `when` of an expectation, and whether it is met by an environment, a start method and a stream kind.

Conditions by capability come before those by version, and those before platform names. A version specifier is matched
on the base version (3.15.0rc1 counts as 3.15.0), unless it names a pre-release itself: PEP 440 alone rejects 3.15.0rc1
for `>=3.15` and for `<3.15` alike, and an expectation would vanish on the very release to be verified.
"""

from __future__ import annotations

import functools
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from mpref.environment import Environment, Method, StreamKind

if TYPE_CHECKING:
    from collections.abc import Callable

CAPABILITY = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
Strings = str | tuple[str, ...]


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """All given keys must hold; a list means any of its members."""

    method: Annotated[Method | tuple[Method, ...], Meta(description="Start method.")] = ()
    stream: Annotated[StreamKind | tuple[StreamKind, ...], Meta(description="Kind of the standard streams.")] = ()
    capability: Annotated[Strings, Meta(description="A dotted public name that exists there, such as os.fork.")] = ()
    without: Annotated[Strings, Meta(description="A dotted public name that does not exist there.")] = ()
    python: Annotated[
        Strings,
        Meta(
            description="A PEP 440 specifier, such as >=3.14; 3.15.0rc1 counts as 3.15.0 unless it names a pre-release."
        ),
    ] = ()
    implementation: Annotated[Strings, Meta(description="cpython, pypy, graalpy.")] = ()
    platform: Annotated[Strings, Meta(description="sys.platform: linux, darwin, win32.")] = ()
    environment: Annotated[Strings, Meta(description="A glob over the environment's name: cpython-3.13.*-linux.")] = ()

    option: Annotated[
        Strings,
        Meta(
            description="An option that the interpreter was given (--python-option), such as -W error; none: no option."
        ),
    ] = ()

    unless: Annotated[When | None, Meta(description="A condition that must not hold: all of its keys together.")] = None

    def __post_init__(self) -> None:
        given = [key for key in self.__struct_fields__ if getattr(self, key) not in ((), None)]
        if not given:
            raise ValueError("the condition names nothing; remove `when` or give it a key")
        for specifier in several(self.python):
            check_specifier(specifier)
        for name in several(self.capability) + several(self.without):
            check_capability(name)

    def __str__(self) -> str:
        """The condition in one line: `method spawn or forkserver, python >=3.14`."""
        given = [(key, several(getattr(self, key))) for key in self.__struct_fields__ if key != "unless"]
        words = [f"{key} {' or '.join(values)}" for key, values in given if values]
        return ", ".join([*words, f"unless ({self.unless})"] if self.unless else words)


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One or several, as several."""
    return (value,) if isinstance(value, str) else value


def check_specifier(text: str) -> None:
    """Raise ValueError for what is not a PEP 440 specifier."""
    try:
        empty = not list(SpecifierSet(text))
    except InvalidSpecifier:
        empty = True
    if empty:
        raise ValueError(f"{text!r} is not a PEP 440 version specifier; write it like '>=3.9,<3.14' or '==3.13.8'")


def check_capability(name: str) -> None:
    """Raise ValueError for what cannot be a capability."""
    if not CAPABILITY.fullmatch(name):
        raise ValueError(f"{name!r} is not a capability; give a dotted public name such as 'os.fork'")


@functools.cache
def version_matches(version: str, specifiers: str) -> bool:
    """Whether an interpreter's exact version meets every clause. Raises InvalidSpecifier, InvalidVersion."""
    exact = Version(version.rstrip("+"))
    return all(_clause_matches(exact, clause) for clause in SpecifierSet(specifiers))


def _clause_matches(exact: Version, clause: Specifier) -> bool:
    named = _named(clause)
    if named is not None and named.is_prerelease:
        return clause.contains(exact, prereleases=True)
    return clause.contains(Version(exact.base_version), prereleases=True)


def _named(clause: Specifier) -> Version | None:
    try:
        return Version(clause.version.removesuffix(".*"))
    except InvalidVersion:
        return None


def applies(when: When | None, environment: Environment, method: Method, stream: StreamKind) -> bool:
    """Whether an expectation with this condition says anything about such a cell."""
    if when is None:
        return True
    able = environment.capabilities.__contains__
    return (
        _any(when.capability, able)
        and _any(when.without, lambda name: not able(name))
        and _any(when.python, lambda specifier: version_matches(environment.version, specifier))
        and _any(when.method, method.__eq__)
        and _any(when.stream, stream.__eq__)
        and _any(when.implementation, environment.implementation.__eq__)
        and _any(when.platform, environment.platform.__eq__)
        and _any(when.environment, lambda glob: fnmatchcase(environment.name, glob))
        and _any(when.option, lambda option: given(option, environment.options))
        and not (when.unless and applies(when.unless, environment, method, stream))
    )


def given(option: str, options: tuple[str, ...]) -> bool:
    """Whether an option is among the words of an interpreter's options; `none`: there are no words."""
    if option == "none":
        return not options
    words = tuple(option.split())
    return any(options[start : start + len(words)] == words for start in range(len(options)))


def _any(wanted: str | tuple[str, ...], met: Callable[[str], bool]) -> bool:
    values = several(wanted)
    return not values or any(met(value) for value in values)
