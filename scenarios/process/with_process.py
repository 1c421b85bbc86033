"""`with Pool` works, `with Process` does not: a Process is no context manager.

Alone: nox -s scenarios -- -k with_process

                    3.8 to 3.10       3.11 to 3.15
    with Pool(1)    works             works
    with Process()  AttributeError    TypeError
"""

from multiprocessing import Pool, Process

from mpref_event import event

if __name__ == "__main__":
    with Pool(1) as pool:
        event("pool-works", result=pool.apply(abs, (-7,)))
    try:
        pool.apply(abs, (-7,))
    except ValueError as error:
        event("pool-ended", text=str(error))
    p = Process(target=event, args=("child-runs",))
    event("offers", enter=hasattr(p, "__enter__"), exit=hasattr(p, "__exit__"))
    with p:
        event("inside")
    event("after")
