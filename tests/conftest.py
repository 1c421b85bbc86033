"""What every test shares: a fixed terminal, no settings of the machine's, and unit tests without processes."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

pytest_plugins = ["pytester"]

UNIT = Path(__file__).parent / "unit"

# Who is started in the background by a shell ignores SIGINT, and so do its children: tests of Ctrl-C would test nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Examples are the same in every run, and how long one takes is no test's business.
hypothesis.settings.register_profile("mpref", deadline=None, derandomize=True)
hypothesis.settings.load_profile("mpref")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Width and colour are fixed; PYTHON* variables, PYTHONPATH aside, and pytest's own options are gone."""
    for name in os.environ:
        if name.startswith("PYTHON") and name != "PYTHONPATH":
            monkeypatch.delenv(name)
    for name in ("CI", "COLORTERM", "FORCE_COLOR", "PYTEST_ADDOPTS", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")


@pytest.fixture(autouse=True)
def no_processes_in_unit_tests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit test that starts a process fails: it belongs in tests/real."""
    if not request.path.is_relative_to(UNIT):
        return

    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail("a unit test starts no process: move it to tests/real, or give it a fake")

    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)
    for name in ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system"):
        monkeypatch.setattr(os, name, refuse, raising=False)
