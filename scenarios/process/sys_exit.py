"""What sys.exit() makes of its argument in a child: as in a program, but that 3.8 took nothing for 1.

Alone: nox -s scenarios -- -k sys_exit

                   nothing, None   0, False   True   255   256   -1    a text
    3.8            1               0          1      255   0     255   1, text on stderr
    3.9 to 3.15    0               0          1      255   0     255   1, text on stderr
"""

import sys
from multiprocessing import Process

from mpref_event import event

ARGUMENTS = [(), (None,), (0,), (False,), (True,), (255,), (256,), (-1,), ("out of ink",)]


def func(args):
    sys.exit(*args)


if __name__ == "__main__":
    for args in ARGUMENTS:
        p = Process(target=func, args=(args,))
        p.start()
        p.join()
        event("joined", args=args, exitcode=p.exitcode)
