"""Reports another pid than its child has: its own."""

import os
import subprocess
import sys

from mpref_event import event

child = subprocess.Popen([sys.executable, "-c", "from mpref_event import event; event('child-runs')"])
event("started", child=os.getpid())
child.wait()
