"""What a Pool offers: its public names and their signatures.

Alone: nox -s scenarios -- -k "surface and pool"

    the same from 3.8 to 3.15
"""

import inspect
from multiprocessing.pool import Pool

from mpref_event import event


def describe(member):
    if callable(member):
        return str(inspect.signature(member))
    return "property, settable" if getattr(member, "fset", None) else type(member).__name__


event("init", form=describe(Pool))
for name in dir(Pool):
    if not name.startswith("_"):
        event(name.replace("_", "-").lower(), form=describe(getattr(Pool, name)))
