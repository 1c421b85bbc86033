"""The states of a future: running, pending, cancelled, done, and what each of its methods says.

Alone: nox -s scenarios -- -k "executor and states"

    the same from 3.8 to 3.15; -W error on 3.15: the worker dies formatting the traceback
"""

from concurrent.futures import CancelledError, ProcessPoolExecutor
from multiprocessing import Event

from mpref_event import event


def setup(*events):
    global gates
    gates = events


def divide(number):
    event("task-runs", number=number), gates[0].set(), gates[1].wait()
    return 12 // number


def tell(which, future, **more):
    event("state", which=which, says=[future.running(), future.done(), future.cancelled(), future.cancel()], **more)


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=setup, initargs=(gates := [Event(), Event()])) as executor:
        good, bad, *_, last = [executor.submit(divide, number) for number in (4, 0, 1, 2, 3)]
        gates[0].wait()
        tell("running", good), tell("pending", last), tell("cancelled", last)
        for ask in (last.result, last.exception):
            try:
                event("cancelled-gives", value=ask())
            except CancelledError:
                event("cancelled-raises", by=ask.__name__)
        gates[1].set()
        for which, future in (("done", good), ("failed", bad)):
            tell(which, future, error=repr(future.exception()), shown=repr(future))
