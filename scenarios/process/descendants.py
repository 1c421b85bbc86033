"""terminate() ends the child, not the child's own child: that goes on, an orphan.

Alone: nox -s scenarios -- -k descendants

    after terminate() of the child    its own child still answers    3.8 to 3.15
"""

from multiprocessing import Pipe, Process

from mpref_event import event


def grandchild(conn):
    event("grandchild-runs")
    conn.send("here I am")
    conn.send(conn.recv() + " and back")


def child(conn):
    p = Process(target=grandchild, args=(conn,))
    p.start()
    p.join()


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=child, args=(there,))
    p.start()
    there.close()  # or there would never be an end
    event("parent-hears", text=here.recv())
    p.terminate()
    p.join()
    try:
        here.send("there")
        event("answered", exitcode=p.exitcode, text=here.recv())
        here.recv()
    except (EOFError, OSError) as error:
        event("ended", name=type(error).__name__)
