"""The interpreter's options: -O, -B and -W of the parent are in force in its children, however they come to be.

Alone: nox -s scenarios -- -k "start_method and options"

    python -O -B -W ignore::UserWarning program.py     3.8 to 3.15
    in each child     sys.flags.optimize 1, sys.flags.dont_write_bytecode 1, sys.warnoptions the same
"""

import multiprocessing as mp
import subprocess
import sys

from mpref_event import event


def func(method):
    flags = sys.flags
    event(
        "child-runs", by=method, optimized=flags.optimize, no_bytecode=flags.dont_write_bytecode, warn=sys.warnoptions
    )


if __name__ == "__main__":
    if not sys.flags.optimize:
        subprocess.run([sys.executable, "-O", "-B", "-W", "ignore::UserWarning", __file__], check=True)
    else:
        for method in mp.get_all_start_methods():
            p = mp.get_context(method).Process(target=func, args=(method,))
            p.start()
            p.join()
            event("joined", by=method, exitcode=p.exitcode)
