"""The article's Process example without join(), unguarded.

Alone: nox -s scenarios -- -k article_without_join

                3.8 - 3.13.0      3.13.18            3.14.10           3.15.2
    default     parent first*     parent first*      server dies, 1    child refused
    fork        parent first*     parent first*      parent first*     parent first*
    spawn       child refused     child refused      child refused     child refused
    forkserver  child refused     server runs it too server dies, 1    child refused
    * on a terminal in 39 of 48 runs, on a pipe in 34 of 48
"""

import os
from multiprocessing import Process


def func(name):
    print(f"Child process {name} ({os.getpid()}) is running...")


print(f"Parent process is {os.getpid()}")
p = Process(target=func, args=("test",))
print("Attention! Child process will start.")
p.start()
# p.join()
print("Child process ends running.")
