"""How a Process shows itself, from its making to its end; and its two names for one number, pid and ident.

Alone: nox -s scenarios -- -k shown

    made          <Process name='Ada' parent=1 initial>                            3.8 to 3.15
    started       <Process name='Ada' pid=2 parent=1 started>
    ended         <Process name='Ada' pid=2 parent=1 stopped exitcode=0>
    killed        <Process name='Bob' pid=3 parent=1 stopped exitcode=-SIGKILL daemon>
    without a target it does nothing, and ends well
"""

import time
from multiprocessing import Process

from mpref_event import event


def show(moment, p):
    event("shown", moment=moment, text=repr(p), child=p.pid, ident=p.ident)


if __name__ == "__main__":
    p = Process(name="Ada")
    show("made", p)
    p.start()
    p.join()
    show("ended", p)
    p = Process(target=time.sleep, args=(60,), name="Bob", daemon=True)
    p.start()
    show("started", p)
    p.kill()
    p.join()
    show("killed", p)
