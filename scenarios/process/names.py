"""Names: numbered by making, not by starting; in a child the numbers begin anew behind its own.

Alone: nox -s scenarios -- -k "process and names"

    in the parent    Process-1  Process-2  Ada          Process-4     fork, spawn,
    in the second    Process-2:1  (a named one)         Process-2:3   3.8 to 3.15
    in Ada           Process-3:1  (a named one)         Process-3:3
"""

from multiprocessing import Process, current_process, parent_process

from mpref_event import event


def func():
    inner = [Process().name, Process(name="inner").name, Process().name]
    event("child-runs", name=current_process().name, parent=parent_process().name, inner=inner)


if __name__ == "__main__":
    made = [Process(), Process(target=func), Process(target=func, name="Ada"), Process()]
    event("made", names=[p.name for p in made], own=current_process().name, parent=parent_process())
    made[3].name = "Bob"
    for p in made[1:3]:
        p.start()
        p.join()
    event("renamed", name=made[3].name, later=Process().name)
