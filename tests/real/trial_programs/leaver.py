"""Ends while a child goes on: for the seconds given, or until it has used that many seconds of CPU."""

import os
import sys
import time

seconds, how = float(sys.argv[1]), sys.argv[2]
if os.fork() == 0:
    if how == "quiet":
        time.sleep(seconds)
    while how == "busy" and time.process_time() < seconds:
        pass
    os._exit(0)
os._exit(0)
