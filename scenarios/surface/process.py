"""What a Process offers: its public names and their signatures. A new release shows here first what it changes.

Alone: nox -s scenarios -- -k "surface and process"

    3.8 to 3.13    kwargs={}, no interrupt()
    3.14, 3.15     kwargs=None, interrupt()
"""

import inspect
from multiprocessing import Process

from mpref_event import event


def describe(member):
    if callable(member):
        return str(inspect.signature(member))
    return "property, settable" if getattr(member, "fset", None) else type(member).__name__


event("init", form=describe(Process))
for name in dir(Process):
    if not name.startswith("_"):
        event(name.replace("_", "-").lower(), form=describe(getattr(Process, name)))
