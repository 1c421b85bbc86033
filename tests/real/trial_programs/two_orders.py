"""A parent and its child, side by side: records which processors it may use, its hash seed, and who comes first."""

import os

from mpref_event import event, point

cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
event("begins", cpus=cpus, seed=os.environ.get("PYTHONHASHSEED", ""))
pid = os.fork()
point("after-fork")
if pid == 0:
    event("child-runs")
    os._exit(0)
event("parent-goes-on")
os.waitpid(pid, 0)
event("child-reaped")
