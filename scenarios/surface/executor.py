"""What a ProcessPoolExecutor offers: its public names and their signatures.

Alone: nox -s scenarios -- -k "surface and executor"

    since 3.9     shutdown(cancel_futures=)
    since 3.11    ProcessPoolExecutor(max_tasks_per_child=)
    since 3.14    map(buffersize=), terminate_workers(), kill_workers()
"""

import inspect
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def describe(member):
    if callable(member):
        return str(inspect.signature(member))
    return "property, settable" if getattr(member, "fset", None) else type(member).__name__


event("init", form=describe(ProcessPoolExecutor))
for name in dir(ProcessPoolExecutor):
    if not name.startswith("_"):
        event(name.replace("_", "-").lower(), form=describe(getattr(ProcessPoolExecutor, name)))
