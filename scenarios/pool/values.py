"""A result is a result: None, what is false, an exception that is returned. What is raised is raised at every get().

Alone: nox -s scenarios -- -k "pool and values"

    all come back as they are, each with its callback: 3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event

VALUES = (None, 0, "", [])


def give(number):
    return VALUES[number]


def refuse():
    return ValueError("returned, not raised")


if __name__ == "__main__":
    with Pool(1) as pool:
        called = []
        results = [pool.apply_async(give, (number,), callback=called.append) for number in range(4)]
        event("apply", values=repr([result.get() for result in results]), called=repr(called))
        event("map", values=repr(pool.map(give, range(4))))
        unordered = list(pool.imap_unordered(give, range(4)))
        event("imap", values=repr(list(pool.imap(give, range(4)))), unordered=repr(unordered))
        event("exception", name=type(pool.apply(refuse)).__name__)
        failed = pool.apply_async(int, ("seven",))
        for time in ("first", "second"):
            try:
                event("given", value=failed.get())
            except ValueError as error:
                event("raised", time=time, cause=type(error.__cause__).__name__)
