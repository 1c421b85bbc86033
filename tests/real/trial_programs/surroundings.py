"""Prints what a trial is given: variables, signals, descriptors, limits, session, folder, terminal."""

import json
import os
import resource
import shutil

descriptors = []
for number in range(64):
    try:
        os.fstat(number)
    except OSError:
        continue
    descriptors.append(number)
umask = os.umask(0)
masks = {}
with open("/proc/self/status") as status:
    for line in status:
        name, _, value = line.partition(":")
        masks[name] = value.strip()
try:
    os.close(os.open("/dev/tty", os.O_RDWR))
    controlling = True
except OSError:
    controlling = False
found = {
    "environ": dict(os.environ),
    "descriptors": descriptors,
    "umask": umask,
    "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
    "leader": os.getsid(0) == os.getpid() == os.getpgid(0),
    "cwd": os.getcwd(),
    "entries": os.listdir("."),
    "ignored": int(masks["SigIgn"], 16) & 0x7FFFFFFF,
    "blocked": int(masks["SigBlk"], 16),
    "terminals": [os.isatty(number) for number in range(3)],
    "controlling": controlling,
    "size": list(shutil.get_terminal_size(fallback=(0, 0))),
}
with open("litter", "w") as file:
    file.write("x")
os.mkdir("folder of litter")
print(json.dumps(found))
