"""Prints the priority of each child of its parent, itself among them, and whether it is the guardian."""

import os

for pid in filter(str.isdigit, os.listdir("/proc")):
    try:
        with open("/proc/%s/stat" % pid) as file:
            parent = int(file.read().rpartition(")")[2].split()[1])
        if parent == os.getppid():
            with open("/proc/%s/cmdline" % pid) as file:
                print(os.getpriority(os.PRIO_PROCESS, int(pid)), "guardian" in file.read())
    except OSError:
        continue
