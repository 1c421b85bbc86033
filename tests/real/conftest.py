"""What the real tests share: a folder of small scenarios, and the commands as a user types them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "#:schema ../scenario.schema.json\n"


class Project:
    """A folder with scenarios of its own, in which `pytest` and `mpref` are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pytest.ini").write_text("[pytest]\n")
        (folder / "scenarios").mkdir()

    def scenario(self, name: str, declaration: str, program: str = "") -> Path:
        """Adds `chapter/stem`; returns the declaration's path."""
        path = self.folder / "scenarios" / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + declaration)
        path.with_suffix(".py").write_text(program)
        return path

    def command(self, name: str, *arguments: str) -> list[str]:
        """The command line of `pytest` or `mpref` under the Python that runs the tests."""
        return [sys.executable, "-m", name, *arguments]

    def run(
        self, name: str, *arguments: str, cwd: Path | None = None, **options: object
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end; its output is text."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "PYTHON"))}
        kept["PYTHONPATH"] = os.environ.get("PYTHONPATH", "")
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            self.command(name, *arguments), cwd=cwd or self.folder, capture_output=True, text=True, check=False, env=kept,
            **options,
        )  # fmt: skip

    def pytest(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """`pytest scenarios ...`."""
        return self.run("pytest", "scenarios", *arguments, **options)

    def mpref(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """`mpref ...`."""
        return self.run("mpref", *arguments, **options)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def last_line(text: str) -> str:
    """The last line of an output."""
    return text.rstrip("\n").rpartition("\n")[2]
