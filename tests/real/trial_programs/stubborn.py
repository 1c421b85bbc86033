"""Leaves a child that ignores SIGTERM, SIGINT and SIGHUP."""

import os
import signal
import time

reading, writing = os.pipe()
if os.fork() == 0:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.write(writing, b".")
    time.sleep(600)
os.read(reading, 1)
print("ready", flush=True)
if os.environ.get("WAIT"):
    os.wait()
os._exit(0)
