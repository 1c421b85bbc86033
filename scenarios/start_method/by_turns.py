"""Children of all three contexts alive at once, and once more: each as its context makes it, and one lock for them all.

Alone: nox -s scenarios -- -k by_turns

    context       parent             sees the parent's memory    3.8 to 3.15
    fork          the program        yes
    spawn         the program        no
    forkserver    one fork server    no

    A lock made by spawn is one lock for all six; the program's own method stays what it was.
"""

import multiprocessing as mp

from mpref_event import event

changed = False


def func(asked, turn, lock, conn):
    conn.recv()
    event("child-runs", asked=asked, turn=turn, changed=changed, got=lock.acquire(False), method=mp.get_start_method())


if __name__ == "__main__":
    changed, before = True, mp.get_start_method()
    lock = mp.get_context("spawn").Lock()
    event("parent-starts", got=lock.acquire())
    for turn in (1, 2):
        pipes, children = [], []
        for asked in ("forkserver", "fork", "spawn"):
            pipes.append(mp.Pipe())
            children.append(mp.get_context(asked).Process(target=func, args=(asked, turn, lock, pipes[-1][1])))
            children[-1].start()
        alive = len(mp.active_children())
        [here.send("go on") for here, _ in pipes]
        [p.join() for p in children]
        same = mp.get_start_method() == before
        event("joined", codes=[p.exitcode for p in children], alive=alive, left=len(mp.active_children()), same=same)
