"""freeze_support() is for frozen programs: elsewhere it returns at once and should leave no trace.

Alone: nox -s scenarios -- -k freeze_support

                                        set_start_method() after it
    up to 3.13.3                        works
    3.13.4 to 3.13.12, 3.14.0 to .3     RuntimeError (by the issue; not measured here)
    from 3.13.13 and 3.14.4 on          works
"""

import multiprocessing as mp

from mpref_event import event


def func():
    event("child-runs", method=mp.get_start_method())


if __name__ == "__main__":
    returned = mp.freeze_support()
    event("called", returned=returned, fixed=mp.get_start_method(allow_none=True))
    try:
        mp.set_start_method("spawn")
    except RuntimeError as error:
        event("refused", message=str(error))
    p = mp.Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode, method=mp.get_start_method())
