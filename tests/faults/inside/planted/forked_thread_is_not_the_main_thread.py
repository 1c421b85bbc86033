"""In a process that a thread has forked, this thread is not the main thread.

Measured on 3.8 to 3.13: the thread that called os.fork() is the only one in the child, and its main thread.
"""

import os

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/threads",
        "methods": ["fork"],
        "check": "value",
        "says": "The child's function runs in the main thread of the child.",
    },
]


@when_imported("threading")
def plant(threading):
    main = threading.main_thread()

    def forget():
        mark()
        threading._main_thread = main

    os.register_at_fork(after_in_child=forget)
