"""No items: an empty list, ready at once, and no callback. A chunksize below 1: a list of None, and no task runs.

Alone: nox -s scenarios -- -k "pool and no_tasks"

                map(), starmap()    imap(), imap_unordered()    3.8 to 3.15
    no items    []                  nothing
    chunksize 0 [None, None]        ValueError
"""

from multiprocessing import Pool

from mpref_event import event


def work(*numbers):
    event("task-runs", numbers=numbers)
    return numbers


if __name__ == "__main__":
    with Pool(1) as pool:
        for name in ("map", "starmap", "imap", "imap_unordered"):
            event("no-items", name=name, results=list(getattr(pool, name)(work, [])))
            for chunksize in (0, -1):
                try:
                    results = list(getattr(pool, name)(work, [(1,), (2,)], chunksize))
                    event("taken", name=name, nones=results == [None, None])
                except ValueError as error:
                    event("refused", name=name, message=str(error))
        result = pool.map_async(work, [], callback=lambda results: event("called-back", results=results))
        event("given", ready=result.ready(), good=result.successful(), results=result.get())
        event("goes-on", value=pool.apply(int, ("7",)))
