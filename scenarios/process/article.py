"""The article's Process example as it stands: nothing guards it.

Alone: nox -s scenarios -- -k "process and article and not join"

                3.8 - 3.13.0      3.13.18            3.14.10           3.15.2
    default     as the article    as the article     server dies, 1    child refused
    fork        as the article    as the article     as the article    as the article
    spawn       child refused     child refused      child refused     child refused
    forkserver  child refused     server runs it too server dies, 1    child refused
"""

import os
from multiprocessing import Process


def func(name):
    print(f"Child process {name} ({os.getpid()}) is running...")


print(f"Parent process is {os.getpid()}")
p = Process(target=func, args=("test",))  # no process yet: only start() makes one
print("Attention! Child process will start.")
p.start()
p.join()  # waits until the child has ended
print("Child process ends running.")
