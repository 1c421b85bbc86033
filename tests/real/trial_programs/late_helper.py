"""A child that becomes what looks like a resource tracker only when the program has been gone for some while of work."""

import os
import sys
import time

program = os.getpid()
if os.fork() == 0:
    while os.getppid() == program or time.process_time() < 0.02:
        pass
    mark = "from multiprocessing.resource_tracker import main"
    os.execv(sys.executable, [sys.executable, "-S", "-c", f"import time; time.sleep(0.2)  # {mark}"])
