"""An empty input: the result is empty too and there at once. No task runs, no callback is called.

Alone: nox -s scenarios -- -k "pool and empty"

    [] and ready from all methods, no callback: 3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event


def work(*_):
    event("task-runs")


def called(result):
    event("called-back", result=result)


if __name__ == "__main__":
    with Pool(2) as pool:
        for name in ("map", "starmap", "imap", "imap_unordered"):
            results = getattr(pool, name)(work, iter(()))
            event("given", name=name, value=repr(list(results)) if "imap" in name else repr(results))
        for name in ("map_async", "starmap_async"):
            result = getattr(pool, name)(work, [], callback=called, error_callback=called)
            event("async", name=name, ready=result.ready(), good=result.successful())
        pool.close()
        pool.join()
