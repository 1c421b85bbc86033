"""An input that raises: map() passes it on before any task is given; imap() raises in its turn, after what came before.

Alone: nox -s scenarios -- -k "pool and input_raises"

    map(): no task done    imap(): the items before are done and given    3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event


def work(item):
    event("task-runs", item=item)
    return item


def items():
    yield 0
    yield 1
    raise LookupError("no more")


if __name__ == "__main__":
    with Pool(1) as pool:
        try:
            event("mapped", values=pool.map(work, items(), chunksize=1))
        except LookupError as error:
            event("map-raised", message=str(error))
        for call in (pool.imap, pool.imap_unordered):
            results = call(work, items())
            event("before", values=[next(results), next(results)])
            try:
                event("after", values=list(results))
            except LookupError as error:
                event("imap-raised", message=str(error))
        event("goes-on", value=pool.apply(int, ("7",)))
