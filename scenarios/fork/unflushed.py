"""What waits in stdout's buffer at the fork is in both processes, and both write it.

Alone: nox -s scenarios -- -k unflushed

    printed before the fork          pipe     file     terminal   3.8 to 3.15
    a line with flush=True           once     once     once
    a line                           twice    twice    once
    half a line                      twice    twice    twice
"""

import os

print("flushed line", flush=True)
print("whole line")
print("half a line,", end=" ")

pid = os.fork()
if pid == 0:
    print("ended by the child")
else:
    os.waitpid(pid, 0)  # the child has written what it has
    print("ended by the parent")
