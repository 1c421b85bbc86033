"""What a Pool refuses: a size, an initializer, a chunksize, to be pickled. Its with block lets exceptions through.

Alone: nox -s scenarios -- -k "pool and refused"

    ValueError, TypeError, ValueError twice, NotImplementedError, KeyError: 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

import pickle
from multiprocessing import Pool, active_children

from mpref_event import event


def leave():
    with Pool(1):
        raise KeyError(7)


if __name__ == "__main__":
    pool = Pool(1)
    calls = {
        "no worker": lambda: Pool(0),
        "initializer": lambda: Pool(1, "set up"),
        "imap": lambda: pool.imap(int, "7", 0),
        "imap_unordered": lambda: pool.imap_unordered(int, "7", 0),
        "pickle": lambda: pickle.dumps(pool),
        "with": leave,
    }
    for what, call in calls.items():
        try:
            outcome = f"fine: {call()}"
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        event("tried", what=what, outcome=outcome)
    pool.close()
    pool.join()
    event("children", number=len(active_children()))
