"""A chunksize below 1: map() and starmap() give a None for each item and run no task; imap() refuses it.

Alone: nox -s scenarios -- -k chunksize_zero

    chunksize    map(), starmap()    map_async()           imap(), imap_unordered()    3.8 to 3.15
    0, -1        [None, None]        ready, no callback    ValueError
"""

from multiprocessing import Pool

from mpref_event import event


def work(*numbers):
    event("task-runs", numbers=numbers)
    return numbers


if __name__ == "__main__":
    with Pool(1) as pool:
        for name in ("map", "starmap", "imap", "imap_unordered"):
            for chunksize in (0, -1):
                try:
                    results = list(getattr(pool, name)(work, [(1,), (2,)], chunksize))
                    event("taken", name=name, nones=results == [None, None])
                except ValueError as error:
                    event("refused", name=name, message=str(error))
        result = pool.map_async(work, [1], 0, callback=lambda results: event("called-back", results=results))
        event("given", ready=result.ready(), good=result.successful())
        event("goes-on", value=pool.apply(int, ("7",)))
