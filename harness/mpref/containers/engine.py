"""The container engine, over its command line: the one module that knows how docker is spoken to."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Self

import msgspec

from mpref.errors import UsageError

from .tools import last, said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMAND = "docker"
ANSWER_SECONDS = 20
"""A daemon that lives answers within a second."""
BUILD_SECONDS = 1800


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """An image that the engine has."""

    id: str
    """`sha256:` and 64 hexadecimal digits."""
    labels: dict[str, str] | None = None


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """An engine that answers."""

    command: str
    version: str

    def __str__(self) -> str:
        return f"{self.command}, engine {self.version}"

    @classmethod
    def found(cls) -> Self:
        """The engine of this machine. Raises UsageError where there is none, or none that answers."""
        command = shutil.which(COMMAND)
        if command is None:
            what = "there is no docker command"
            raise UsageError(what, where="containers", advice="Install it, or run docker/start-engine on Debian.")
        status, out, err = said([command, "version", "--format", "{{.Server.Version}}"], ANSWER_SECONDS)
        if status or not out:
            what = f"{command}: no engine answers ({last(err) or 'it said nothing'})"
            raise UsageError(what, where="containers", advice="Start it: docker/start-engine does on Debian.")
        return cls(command=command, version=out)

    def image(self, tag: str) -> Image | None:
        """The image of that tag or id; None where there is none."""
        status, out, _ = self._ask("image", "inspect", "--format", "{{json .}}", tag)
        if status:
            return None
        told = msgspec.json.decode(out)
        return Image(id=told["Id"], labels=(told.get("Config") or {}).get("Labels") or {})

    def pull(self, reference: str, seconds: float) -> str:
        """Why no registry gave the image within that time; empty if one did."""
        status, _, err = self._ask("pull", "--quiet", reference, seconds=seconds)
        return (last(err) or f"status {status}") if status else ""

    def build(self, folder: Path, tag: str, arguments: Mapping[str, str]) -> None:
        """Builds the Dockerfile of a folder. Raises UsageError with what the engine said."""
        given = [word for name, value in arguments.items() for word in ("--build-arg", f"{name}={value}")]
        status, out, err = self._ask("build", "--quiet", "--tag", tag, *given, str(folder), seconds=BUILD_SECONDS)
        if status:
            what = f"the image {tag} cannot be built: {last(err or out)}"
            raise UsageError(
                what, where=str(folder / "Dockerfile"), advice="Mend what the engine names, and build again."
            )

    def load(self, root: Path, tag: str, labels: Mapping[str, str]) -> None:
        """Makes an image of a root file system in a tar file. Raises UsageError with what the engine said."""
        given = [word for name, value in labels.items() for word in ("--change", f'LABEL {name}="{value}"')]
        status, out, err = self._ask("import", *given, str(root), tag, seconds=BUILD_SECONDS)
        if status:
            raise UsageError(
                f"no image can be made of it: {last(err or out)}", where=str(root), advice="Free some disk."
            )

    def remove(self, *tags: str) -> None:
        """Removes images, and what they alone are made of."""
        if tags:
            self._ask("image", "rm", "--force", *tags)

    def tagged(self, pattern: str) -> list[str]:
        """The tags of images whose name matches."""
        return self._ask("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", pattern)[1].split()

    def end(self, name: str) -> None:
        """Kills a container; it removes itself. One that is gone is no error."""
        self._ask("kill", name)

    def _ask(self, *words: str, seconds: float = ANSWER_SECONDS) -> tuple[int, str, str]:
        return said([self.command, *words], seconds)
