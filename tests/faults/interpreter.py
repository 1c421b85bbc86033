"""An interpreter to break: a virtual environment of a given one, with at most one fault planted, kept from fault to fault."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from mpref.errors import UsageError
from mpref.record.discover import probe

if TYPE_CHECKING:
    from .fault import Fault

INSIDE = Path(__file__).parent / "inside"
MODULE = "mpref_fault"


class Interpreter:
    """A virtual environment of `python` in `folder`. Its path must never be resolved: it is what makes it one.

    A `.pth` file imports the fault in every process that the interpreter starts. (Debian ships a `sitecustomize` of its own,
    which would shadow the environment's.) Raises UsageError where the interpreter cannot make one.
    """

    def __init__(self, python: str, folder: Path) -> None:
        command = [python, "-m", "venv", "--without-pip", str(folder)]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        made = subprocess.run(command, capture_output=True, text=True, check=False, env=kept)
        if made.returncode:
            raise UsageError(f"{python}: it makes no virtual environment: {made.stderr.strip()}")
        windows = os.name == "nt"
        self.python = folder / ("Scripts/python.exe" if windows else "bin/python")
        self._site = next(folder.glob("Lib/site-packages" if windows else "lib/*/site-packages"))
        self.environment = probe(str(self.python))

    def plant(self, fault: Fault | None) -> None:
        """Puts a fault in the place of the one that is there, if any; None: leaves the interpreter sound."""
        for path in [*self._site.glob(f"{MODULE}*"), *self._site.glob("__pycache__")]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()  # bytecode is told by the second and by size only
        line = "# sound\n"
        if fault:
            line = f"import {MODULE}\n"
            for source in INSIDE.glob("*.py"):
                shutil.copy(source, self._site)
            shutil.copy(fault.path, self._site / f"{MODULE}.py")
        (self._site / f"{MODULE}.pth").write_text(line, encoding="utf-8")  # reading one imports something of its own

    @property
    def active(self) -> bool:
        """Whether the broken behaviour has been exercised since the fault was planted."""
        return (self._site / f"{MODULE}.active").exists()
