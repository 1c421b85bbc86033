"""A JoinableQueue: join() returns when another process has called task_done() for all that was put, and not before.

Alone: nox -s scenarios -- -k joinable

    join()         returns at once before the first put(), later when three of three are done    3.8 to 3.15
    task_done()    once more: ValueError
"""

import multiprocessing as mp

from mpref_event import event


def work(tasks, answers):
    for task in iter(tasks.get, None):
        answers.send(sum(range(task * 100_000)) % 997)
        tasks.task_done()
    tasks.task_done()  # the None was put, too
    try:
        tasks.task_done()
    except ValueError as error:
        event("refused", message=str(error))


if __name__ == "__main__":
    tasks = mp.JoinableQueue()
    answers, there = mp.Pipe(False)
    tasks.join()
    event("nothing-to-do", polled=answers.poll())
    p = mp.Process(target=work, args=(tasks, there))
    p.start()  # before anything is put, for which a thread is begun
    for task in (3, 5, 7):
        tasks.put(task)
    tasks.join()
    event("done", got=[answers.recv() for _ in range(3) if answers.poll()])  # each was sent before its task_done()
    tasks.put(None)
    tasks.join()
    p.join()
    event("joined", exitcode=p.exitcode)
