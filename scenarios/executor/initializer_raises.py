"""An initializer that raises breaks the executor at once. A Pool makes new workers for ever.

Alone: nox -s scenarios -- -k "executor and initializer_raises"

    BrokenProcessPool: 3.8 to 3.15
    -W error on 3.15: the worker dies formatting the traceback
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mpref_event import event


def setup():
    event("set-up")
    raise RuntimeError("not in the mood")


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=setup) as executor:
        try:
            executor.submit(int, "7").result()
        except BrokenProcessPool as error:
            event("broken", message=str(error))
        try:
            executor.submit(int, "8")
        except BrokenProcessPool:
            event("refused")
