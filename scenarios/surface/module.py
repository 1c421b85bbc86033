"""What multiprocessing exports: its names, in __all__ and in a context, and their signatures.

Alone: nox -s scenarios -- -k "surface and module"

    since 3.15    set_forkserver_preload(on_error=)
"""

import inspect
import multiprocessing
import os
from os.path import dirname

from mpref_event import event


def describe(member):
    if isinstance(member, type) and issubclass(member, Exception):
        return "exception"
    return str(inspect.signature(member)) if callable(member) else type(member).__name__


if __name__ == "__main__":
    event("is-there", beside_os=dirname(dirname(multiprocessing.__file__)) == dirname(os.__file__))
    context = multiprocessing.get_context("spawn")
    for name in multiprocessing.__all__:
        form = describe(getattr(multiprocessing, name))
        event(name.replace("_", "-").lower(), form=form, in_context=describe(getattr(context, name, None)) == form)
