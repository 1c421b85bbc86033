"""Starts the supervisor by path: puts the folder that holds `mpref` on the path in place of this one, then runs the loop."""

from __future__ import annotations

import os
import sys


def _import_from_the_package() -> None:
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(here))))


if __name__ == "__main__":
    _import_from_the_package()
    from mpref.record.supervisor.loop import main

    sys.exit(main(sys.argv[1:]))
