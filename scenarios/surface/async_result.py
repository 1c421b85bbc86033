"""What apply_async(), map_async() and imap() return offers: its public names and their signatures.

Alone: nox -s scenarios -- -k "surface and async_result"

    the same from 3.8 to 3.15
"""

import inspect
from multiprocessing.pool import AsyncResult, IMapIterator, MapResult

from mpref_event import event

for kind in (AsyncResult, MapResult, IMapIterator):
    for name in dir(kind):
        if not name.startswith("_"):
            form = str(inspect.signature(getattr(kind, name)))
            event(name, kind=kind.__name__, form=form)
