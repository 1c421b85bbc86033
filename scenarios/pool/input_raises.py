"""An input that raises in its midst: map() begins no task, imap() gives the results of what came before.

Alone: nox -s scenarios -- -k "pool and input_raises"

                       raises                 tasks done    3.8 to 3.15
    map()              at once                none
    map_async()        at once, not in get()  none
    imap()             from its third next()  both
    imap_unordered()   from its third next()  both
"""

from multiprocessing import Pool

from mpref_event import event


def work(item):
    event("task-runs", call=item[0], number=item[1])
    return item[1]


def numbers(call):
    yield call, 1
    yield call, 2
    raise LookupError("no third")


if __name__ == "__main__":
    with Pool(1) as pool:
        for call in ("map", "map_async", "imap", "imap_unordered"):
            try:
                results = getattr(pool, call)(work, numbers(call))
                event("given", call=call)
                for result in results:
                    event("got", call=call, result=result)
            except LookupError as error:
                event("raised", call=call, cause=error.__cause__ is not None)
        event("goes-on", value=pool.apply(int, ("7",)))
