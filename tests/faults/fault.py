"""What the file of a planted fault declares, as typed data. The files are read, never imported: importing one breaks things.

A file's docstring says in its first line what is broken, and below it the documented sentence that no longer holds. Its
literal `CAUGHT_BY` lists the expectations that must fail; a harmless change has `UNSEEN_IN`, the cells that must pass.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from mpref.environment import Environment, Method, StreamKind
from mpref.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T", bound="Place")
PLANTED = Path(__file__).parent / "inside" / "planted"


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cells in which a change shows, or must not show."""

    scenario: str
    """`chapter/stem`."""
    methods: tuple[Method, ...]
    stream: StreamKind = "pipe"
    python: str = ""
    """Only on these versions: a PEP 440 specifier, on the base version."""

    def only(self, wanted: Callable[[Method], bool]) -> Self:
        """The place with those of its start methods."""
        return msgspec.structs.replace(self, methods=tuple(filter(wanted, self.methods)))

    def applies(self, environment: Environment) -> bool:
        """Whether the environment's version is meant."""
        return SpecifierSet(self.python).contains(Version(environment.version).base_version)


class Catch(Place, frozen=True, kw_only=True):
    """Cells in which a fault must be caught, and by what."""

    check: str
    """The kind of check; `default` for what is expected of every program."""
    says: str
    """The expectation's own sentence."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault, or a harmless change, as its file declares it."""

    path: Path
    breaks: str
    """One sentence: the first line of its docstring."""
    caught_by: tuple[Catch, ...] = ()
    unseen_in: tuple[Place, ...] = ()

    @classmethod
    def from_path(cls, path: Path) -> Fault:
        """Reads a file of `inside/planted/`. Raises UsageError for one that declares nothing, or not what it should."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        declared: dict[str, Any] = {}
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and isinstance(name := statement.targets[0], ast.Name):
                declared[name.id] = statement.value
        try:
            caught_by = _literal(declared, "CAUGHT_BY", Catch)
            unseen_in = _literal(declared, "UNSEEN_IN", Place)
        except (ValueError, msgspec.ValidationError) as error:
            raise UsageError(f"{path}: its declaration is malformed: {error}") from error
        if bool(caught_by) == bool(unseen_in):
            raise UsageError(f"{path}: give it CAUGHT_BY (a fault) or UNSEEN_IN (a harmless change)")
        return cls(path=path, breaks=_first_line(tree), caught_by=caught_by, unseen_in=unseen_in)

    @property
    def name(self) -> str:
        """The stem of its file."""
        return self.path.stem

    @property
    def harmless(self) -> bool:
        """Whether nobody may notice it."""
        return not self.caught_by


def _literal(declared: dict[str, Any], name: str, kind: type[T]) -> tuple[T, ...]:
    return msgspec.convert(ast.literal_eval(declared[name]), tuple[kind, ...]) if name in declared else ()  # type: ignore[valid-type]


def _first_line(tree: ast.Module) -> str:
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def bank(names: Sequence[str] = ()) -> list[Fault]:
    """Every fault and harmless change, by name; or only those named. Raises UsageError for a name that is not there."""
    faults = [Fault.from_path(path) for path in sorted(PLANTED.glob("*.py"))]
    if unknown := set(names) - {fault.name for fault in faults}:
        raise UsageError(f"no such fault: {', '.join(sorted(unknown))}; the bank is {PLANTED}")
    return [fault for fault in faults if not names or fault.name in names]
