"""Value and Array are the same memory in all processes, and each has one lock for all: no increment is lost.

Alone: nox -s scenarios -- -k "shared and not memory"

    two children add 1 to a Value 3000 times each    6000                                            3.8 to 3.15
    an Array                                         each child's numbers are seen by its parent
    get_lock()                                       while the parent holds it no child gets it
    RawValue, Value(lock=False)                      shared, too; they have no lock
"""

from multiprocessing import Array, Pipe, Process, RawValue, Value

from mpref_event import event


def func(number, values, conn):
    counter, array, *unlocked = values
    conn.recv()
    conn.send([counter.get_lock().acquire(False), array.get_lock().acquire(False)])
    conn.recv()
    for _ in range(3000):
        with counter.get_lock():
            counter.value += 1
    array[2 * number : 2 * number + 2] = [number, number + 0.5]
    unlocked[number].value = 10 + number


if __name__ == "__main__":
    counter, array = Value("i"), Array("d", [9, 9, 9, 9, 9])
    raw, unlocked = RawValue("i"), Value("i", lock=False)
    values = counter, array, raw, unlocked
    pipes = [Pipe(), Pipe()]
    children = [Process(target=func, args=(n, values, there)) for n, (_, there) in enumerate(pipes)]
    [p.start() for p in children]
    with counter.get_lock(), array.get_lock():
        event("held", got=[here.send("try") or here.recv() for here, _ in pipes])
    [here.send("go on") for here, _ in pipes]
    [p.join() for p in children]
    locks = [hasattr(value, "get_lock") for value in values]
    event("joined", counter=counter.value, array=array[:], raw=raw.value, unlocked=unlocked.value, locks=locks)
