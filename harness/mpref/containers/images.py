"""Images: which one an environment of the matrix has here, and how it is made: from a registry, or from the offline base."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from mpref.errors import UsageError

from . import matrix, windows
from .tools import last, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .engine import Engine
    from .matrix import Entry, Official, Offline

Base = Literal["official", "offline"]
BASES: tuple[Base, ...] = ("official", "offline")

PULL_SECONDS = 900
MAKE_SECONDS = 900
DIGESTS = "digests.toml"
NAME = "mpref"
"""What the names of all images of ours begin with."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An image of an environment: the engine's id, what it was made of, and the interpreters in it."""

    image: str
    base: str
    python: str
    supervisor: str


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How the image of an environment is made of one base."""

    entry: str
    base: Base
    source: str
    """The official image, by digest where one is pinned; or the offline base's own tag."""
    packages: tuple[str, ...] = ()
    suite: str = ""
    python: str
    supervisor: str
    pinned: bool = False
    windows: str = ""
    """The package that brings a Windows interpreter, and its hash."""
    parts: str = ""
    """Tells which parts of it."""

    @property
    def made_of(self) -> str:
        """What a run notes: which base, and whether its content is fixed."""
        if self.base == "offline":
            beside = f"; {self.windows}" if self.windows else ""
            return f"offline: Debian {self.suite} with {', '.join(self.packages)}{beside}"
        return self.source if self.pinned else f"{self.source}, unpinned"

    @property
    def folder(self) -> Path:
        """Where the Dockerfile is, with what it copies."""
        return matrix.folder() / "windows" if self.windows else matrix.folder()

    @property
    def tag(self) -> str:
        """The image's name: another recipe has another one."""
        files = sorted(path for path in self.folder.iterdir() if path.is_file()) if self.windows else []
        texts = [path.read_text(encoding="utf-8") for path in (self.folder / "Dockerfile", *files)]
        return f"{NAME}/{self.entry}:{self.base}-{_digest(''.join(texts) + self.made_of + self.parts)}"


def recipes(entry: Entry) -> list[Recipe]:
    """The official one first, then the offline one, as far as the entry has them."""
    found = [_official(entry, entry.official)] if entry.official else []
    return [*found, _offline(entry, entry.offline)] if entry.offline else found


def _official(entry: Entry, official: Official) -> Recipe:
    digest = _digests().get(official.image, "")
    source = f"{official.image}@{digest}" if digest else official.image
    python = official.python
    return Recipe(entry=entry.id, base="official", source=source, python=python, supervisor=python, pinned=bool(digest))


def _offline(entry: Entry, offline: Offline) -> Recipe:
    packages = _packages(offline.suite)
    package = entry.windows
    return Recipe(
        entry=entry.id,
        base="offline",
        source=f"{NAME}/base-{offline.suite}:{_digest(' '.join(packages))}",
        packages=packages,
        suite=offline.suite,
        python=offline.python,
        supervisor=offline.supervisor.python if offline.supervisor else offline.python,
        windows=f"{package.package} {package.version}, sha256 {package.sha256[:12]}" if package else "",
        parts=windows.digest(package) if package else "",
    )


def _packages(suite: str) -> tuple[str, ...]:
    """What every environment of a suite needs: they share one root file system."""
    several = [entry.offline for entry in matrix.entries() if entry.offline and entry.offline.suite == suite]
    helpers = [one.supervisor.package for one in several if one.supervisor]
    return tuple(sorted({*(one.package for one in several), *helpers}))


def _digests() -> dict[str, str]:
    """The digests that docker/pin-images wrote, by image; none until it has run where a registry answers."""
    path = matrix.folder() / DIGESTS
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def built(engine: Engine, entry: Entry) -> Made | None:
    """The image that an environment has here; None where none was built."""
    for recipe in recipes(entry):
        if image := engine.image(recipe.tag):
            base = (image.labels or {}).get("mpref.base", recipe.made_of)
            return Made(image=image.id, base=base, python=recipe.python, supervisor=recipe.supervisor)
    return None


def build(engine: Engine, entry: Entry, bases: Sequence[Base] = BASES) -> Made:
    """Builds the image of an environment from the first base that can be had. Raises UsageError where none can."""
    reasons = []
    for recipe in recipes(entry):
        if recipe.base in bases:
            reason = _base(engine, recipe)
            if not reason:
                _from_base(engine, entry, recipe)
                break
            reasons.append(reason)
    made = built(engine, entry)
    if made is None:
        what = f"{entry.id}: no image can be made ({'; '.join(reasons) or 'it has no such base'})"
        raise UsageError(
            what, where="containers", advice="Give a registry's access, or choose others with --container."
        )
    return made


def _from_base(engine: Engine, entry: Entry, recipe: Recipe) -> None:
    """Builds what stands on the base; the interpreter for Windows is fetched and copied into it."""
    arguments = {"BASE": recipe.source, "MADE_OF": recipe.made_of}
    if not recipe.windows:
        engine.build(recipe.folder, recipe.tag, arguments)
    elif not engine.image(recipe.tag):
        with tempfile.TemporaryDirectory(prefix="mpref-image-") as scratch:
            shutil.copytree(recipe.folder, scratch, dirs_exist_ok=True)
            shutil.copytree(windows.interpreter(entry), Path(scratch, "python"))
            engine.build(
                Path(scratch), recipe.tag, {**arguments, "MADE_OF": f"{recipe.made_of}, {windows.checked(entry)}"}
            )


def remove_all(engine: Engine) -> int:
    """Removes every image of ours, bases too; how many there were."""
    tags = [tag for tag in engine.tagged(f"{NAME}/*") if not tag.endswith(":<none>")]
    engine.remove(*tags)
    return len(tags)


def _base(engine: Engine, recipe: Recipe) -> str:
    """Sees to it that a recipe's base is there; why it cannot be had, empty if it is. Raises UsageError for a wrong digest."""
    if engine.image(recipe.source):
        return ""
    if recipe.base == "official":
        reason = engine.pull(recipe.source, PULL_SECONDS)
        if recipe.pinned and "manifest" in reason:
            what = f"{recipe.entry}: the registry does not have {recipe.source} ({reason})"
            raise UsageError(what, where=str(matrix.folder() / DIGESTS), advice="Pin anew by docker/pin-images.")
        return reason and f"no registry gave {recipe.source}: {reason}"
    with tempfile.TemporaryDirectory(prefix="mpref-base-") as scratch:
        root = Path(scratch, "root.tar")
        if reason := _make_root(recipe, root):
            return reason
        engine.load(root, recipe.source, {"mpref": "base", "mpref.suite": recipe.suite})
    return ""


def _make_root(recipe: Recipe, root: Path) -> str:
    """Makes a root file system from the machine's own sources of Debian packages; why not, empty if it did."""
    script = matrix.folder() / "offline-base"
    if shutil.which("mmdebstrap") is None:
        return "there is no mmdebstrap for the offline base"
    status, out, err = said([str(script), recipe.suite, ",".join(recipe.packages), str(root)], MAKE_SECONDS)
    return f"the offline base cannot be made: {last(err or out)}" if status else ""
