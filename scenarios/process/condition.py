"""A Condition between processes: who waits lets the lock go, and has it again when notified.

Alone: nox -s scenarios -- -k process/condition

    nobody notifies            wait(timeout) and wait_for(timeout) return False                 3.8 to 3.15
    notify(2), notify_all()    wait() of both children returns True, and has the lock again
    wait_for()                 returns when what it waits for is true
"""

from multiprocessing import Condition, Pipe, Process, Value

from mpref_event import event


def func(condition, value, conn):
    with condition:
        conn.send(condition.wait(0.01))
        conn.send(condition.wait_for(lambda: value.value > 0, 0.01))
        conn.send(condition.wait())
        conn.send(condition.acquire(False))  # its own for the second time
        condition.release()
        conn.send(condition.wait_for(lambda: conn.send(value.value) or value.value > 0))


if __name__ == "__main__":
    condition, value, pipes = Condition(), Value("i", 0), [Pipe(), Pipe()]
    [Process(target=func, args=(condition, value, there)).start() for _, there in pipes]
    told = [[here.recv() for _ in range(2)] for here, _ in pipes]
    with condition:  # now both have let the lock go
        condition.notify(2)
    event("notified", first=told, then=[[here.recv(), here.recv()] for here, _ in pipes])
    seen = [[here.recv()] for here, _ in pipes]
    for number in (0, 7):
        with condition:
            value.value = number
            condition.notify_all()
        [one.append(here.recv()) for one, (here, _) in zip(seen, pipes)]
    event("true", seen=seen, got=[here.recv() for here, _ in pipes])
