"""Which interpreters the real tests run: one for each minor version that findpython's providers name. None is started."""

from __future__ import annotations

import os
import re

import findpython

OLDEST = (3, 8)


def _found() -> dict[tuple[int, int], str]:
    """Paths by version, oldest first; of several of one version the first."""
    paths: dict[tuple[int, int], str] = {}
    for provider_class in findpython.ALL_PROVIDERS.values():
        provider = provider_class.create()
        for python in provider.find_pythons() if provider else ():
            match = re.fullmatch(r"python(\d)\.(\d+)(\.exe)?", python.executable.name)
            if match and "shims" not in python.executable.parts:
                paths.setdefault((int(match[1]), int(match[2])), str(python.executable))
    return dict(sorted(paths.items()))


_FOUND = _found()
PYTHONS = {f"{major}.{minor}": path for (major, minor), path in _FOUND.items() if (major, minor) >= OLDEST}
OUT_OF_SCOPE = {f"{major}.{minor}": path for (major, minor), path in _FOUND.items() if (major, minor) < OLDEST}


def declared() -> dict[str, str]:
    """The variables of this process without Python's, pytest's and the recorder's: what a trial may inherit."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "COV", "MPREF"))}
