"""There is no start method of that name: ValueError, and nothing is chosen by the attempt.

Alone: nox -s scenarios -- -k unknown

    thread, Fork (capital), "" (empty)              ValueError, 3.8 to 3.15
    set_start_method() of a single context          ValueError, 3.8 to 3.15
"""

import multiprocessing as mp

from mpref_event import event

if __name__ == "__main__":
    spawn = mp.get_context("spawn")
    for call, function, argument in (
        ("get_context", mp.get_context, "thread"),
        ("get_context", mp.get_context, "Fork"),
        ("get_context", mp.get_context, ""),
        ("set_start_method", mp.set_start_method, "thread"),
        ("context.get_context", spawn.get_context, "thread"),
        ("context.set_start_method", spawn.set_start_method, "spawn"),
    ):
        try:
            function(argument)
        except ValueError as error:
            event("refused", call=call, argument=argument, message=str(error))
        else:
            event("accepted", call=call, argument=argument)
    event("still-open", fixed=mp.get_start_method(allow_none=True))
    mp.set_start_method("spawn")
    event("set", method=mp.get_start_method(), same=mp.get_context() is spawn.get_context())
