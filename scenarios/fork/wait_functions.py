"""wait(), wait3(), wait4(), waitpid() and waitid(): one child's end, told in five ways.

Alone: nox -s scenarios -- -k wait_functions

                       leaves by 7            killed by SIGKILL    3.8 to 3.15
    status             7 * 256                9
    exit code          7                      -9                   waitstatus_to_exitcode(), since 3.9
    waitid() says      CLD_EXITED, 7          CLD_KILLED, 9        and with WNOWAIT leaves the child to the others
    with WNOHANG       (0, 0) at once         (0, 0) at once       while the child runs; wait() has no such option
"""

import os
import signal

from mpref_event import event

WAITS = {
    "wait": lambda _, options: (0, 0) if options else os.wait(),
    "wait3": lambda _, options: os.wait3(options)[:2],
    "wait4": lambda pid, options: os.wait4(pid, options)[:2],
    "waitpid": os.waitpid,
}
for by, wait in WAITS.items():
    for how in ("leaves", "killed"):
        go, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.read(go, 1)  # until the parent has asked
            os._exit(7) if how == "leaves" else os.kill(os.getpid(), signal.SIGKILL)
        event("asked", by=by, answer=list(wait(pid, os.WNOHANG)))
        os.write(tell, b"!")
        told = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        event("told", how=how, child=pid, told=told.si_pid, code=told.si_code, status=told.si_status)
        reaped, status = wait(pid, 0)
        event("reaped", by=by, how=how, child=pid, reaped=reaped, status=status)
        if hasattr(os, "waitstatus_to_exitcode"):
            event("converted", how=how, code=os.waitstatus_to_exitcode(status))
