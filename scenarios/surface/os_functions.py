"""What os offers for making processes and waiting for them: names and signatures.

Alone: nox -s scenarios -- -k "surface and os_functions"

    since 3.9    waitstatus_to_exitcode()
    PyPy         no waitid(); _exit() and the W functions show (status, /)
"""

import inspect
import os

from mpref_event import event

PREFIXES = ("fork", "wait", "getppid", "register_at_fork", "_exit", "W")
for name in dir(os):
    if name.startswith(PREFIXES) and callable(getattr(os, name)) and name != "waitid_result":
        try:
            form = str(inspect.signature(getattr(os, name)))
        except ValueError:  # a builtin without a readable signature
            form = None
        event(name.strip("_").replace("_", "-").lower(), form=form)
