"""Prints policy and nice value of each child of its parent, itself among them, and whether it is the guardian."""

import os

for pid in filter(str.isdigit, os.listdir("/proc")):
    try:
        with open("/proc/%s/stat" % pid) as file:
            parent = int(file.read().rpartition(")")[2].split()[1])
        if parent == os.getppid():
            with open("/proc/%s/cmdline" % pid) as file:
                nice = os.getpriority(os.PRIO_PROCESS, int(pid))
                print(os.sched_getscheduler(int(pid)), nice, "guardian" in file.read())
    except OSError:
        continue
