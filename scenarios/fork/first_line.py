"""Which of the two goes on first after fork()? Nobody says; mostly the parent, for it is running already.

Alone: nox -s scenarios -- -k first_line

    first to go on    3.8, 3.13.0, 3.15.2 beside other work    a bare loop of 300 forks, 3.8 to 3.15
    the parent        31, 23, 20 of 40 runs                    96 % to 99 %
    the child         the others                               the others
"""

import os

from mpref_event import event

pid = os.fork()
if pid == 0:
    event("child-goes-on", "The child goes on.")
else:
    event("parent-goes-on", "The parent goes on.")
    os.waitpid(pid, 0)
    event("child-reaped")
