"""Waits in the way it is told: a sleep, waits with a time limit, a starved worker; all end by themselves. Or it burns CPU."""

import os
import queue
import sys
import threading
import time

how, seconds = sys.argv[1], float(sys.argv[2])
if how == "sleep":
    time.sleep(seconds)
elif how == "child sleeps":
    child = os.fork()
    if child == 0:
        time.sleep(seconds)
        os._exit(0)
    os.waitpid(child, 0)
elif how == "thread sleeps":
    thread = threading.Thread(target=time.sleep, args=(seconds,))
    thread.start()
    thread.join()
elif how == "thread polls":

    def poll():
        while True:
            time.sleep(0.02)

    threading.Thread(target=poll, daemon=True).start()
    threading.Event().wait()
elif how == "queue":
    try:
        queue.Queue().get(timeout=seconds)
    except queue.Empty:
        pass
elif how == "event":
    threading.Event().wait(seconds)
elif how == "burn":
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
elif how == "talk":
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        print("still here", flush=True)
        time.sleep(0.1)
elif how == "thread burns":

    def burn():
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    thread = threading.Thread(target=burn)
    thread.start()
    thread.join()
print("done")
