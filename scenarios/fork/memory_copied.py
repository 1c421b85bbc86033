"""After fork() each process has a memory of its own: the same address, another list. An anonymous mmap is shared.

Alone: nox -s scenarios -- -k memory_copied

                before   the parent appends   the child appends   3.8 to 3.15
    parent      [1]      [1, 2]               [1, 2]
    child       [1]      [1]                  [1, 3]
"""

import mmap
import os

from mpref_event import event

numbers = [1]
shared = mmap.mmap(-1, 1)
changed, tell = os.pipe()

pid = os.fork()
if pid == 0:
    os.read(changed, 1)  # the parent has changed its list
    event("child-before", numbers=numbers, address=id(numbers), shared=shared[0])
    numbers.append(3)
    shared[0] = 5
    event("child-after", numbers=numbers, address=id(numbers))
else:
    numbers.append(2)
    shared[0] = 4
    event("parent-before", numbers=numbers, address=id(numbers))
    os.write(tell, b"!")
    os.waitpid(pid, 0)  # the child has changed its list
    event("parent-after", numbers=numbers, address=id(numbers), shared=shared[0])
