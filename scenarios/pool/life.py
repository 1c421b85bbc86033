"""close(), terminate() and join() in every order and twice, and what a pool says afterwards.

Alone: nox -s scenarios -- -k "pool and life"

    join() first: ValueError    after close(), terminate(): ValueError from all but close, terminate, join
    the same from 3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event

ORDERS = (
    "join close join",
    "close close join join",
    "close join terminate close join",
    "close terminate join",
    "terminate terminate join join",
    "terminate close join",
    "close apply map imap enter join",
    "terminate apply map imap enter join",
)


def call(pool, name):
    arguments = {"apply": (int,), "map": (int, [1]), "imap": (int, [1])}.get(name, ())
    try:
        getattr(pool, {"enter": "__enter__"}.get(name, name))(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "fine"


if __name__ == "__main__":
    for order in ORDERS:
        pool = Pool(1)
        event("order", order=order, outcome=[call(pool, name) for name in order.split()])
