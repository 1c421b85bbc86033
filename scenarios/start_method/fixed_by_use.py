"""The start method is fixed by set_start_method(), and by the first thing that asks for it, however harmless it looks.

Alone: nox -s scenarios -- -k fixed_by_use

    cpu_count(), active_children(), current_process(), get_all_start_methods(),       leave it open,
    get_context("spawn"), get_context("spawn").Lock(), Process() (not started)        3.8 to 3.15
    get_start_method(), get_context(), Lock(), ProcessPoolExecutor()                  fix it, 3.8 to 3.15
"""

import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event

CALLS = {
    "cpu_count()": mp.cpu_count,
    "active_children()": mp.active_children,
    "current_process()": mp.current_process,
    "get_all_start_methods()": mp.get_all_start_methods,
    "get_context('spawn')": lambda: mp.get_context("spawn"),
    "get_context('spawn').Lock()": lambda: mp.get_context("spawn").Lock(),
    "Process()": mp.Process,
    "get_start_method()": mp.get_start_method,
    "get_context()": mp.get_context,
    "Lock()": mp.Lock,
    "ProcessPoolExecutor()": ProcessPoolExecutor,
}

if __name__ == "__main__":
    for name, call in CALLS.items():
        mp.set_start_method(None, force=True)  # open again
        call()
        fixed = mp.get_start_method(allow_none=True)
        try:
            mp.set_start_method("spawn")
        except RuntimeError as error:
            event("refused", call=name, fixed=fixed, message=str(error))
        else:
            event("accepted", call=name, fixed=fixed, method=mp.get_start_method())
