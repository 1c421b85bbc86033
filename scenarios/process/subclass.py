"""A subclass with a run() of its own: called it runs here, started it runs in a child; its error bears its name.

Alone: nox -s scenarios -- -k subclass

    run()      the parent       fork, spawn, 3.8 to 3.15
    start()    the child, with the attributes; no target runs; Process Ada: LookupError; exitcode 1
"""

import os
from multiprocessing import Process

from mpref_event import event


class Greeter(Process):
    def __init__(self, greeting, **options):
        super().__init__(**options)
        self.greeting = greeting

    def run(self):
        event("run", name=self.name, greeting=self.greeting, child=self.pid, here=self.pid == os.getpid())
        self.greeting = "changed"
        if self.name == "Ada":
            raise LookupError("nobody to greet")


if __name__ == "__main__":
    direct = Greeter("called", name="Bob")
    direct.run()
    p = Greeter("started", name="Ada", target=event, args=("target-runs",))
    p.start()
    p.join()
    event("joined", called=direct.greeting, started=p.greeting, exitcode=p.exitcode, child=p.pid)
