"""Says that it has waited for its child before it has."""

import subprocess
import sys

from mpref_event import event

CHILD = "import time; time.sleep(0.3); from mpref_event import event; event('child-runs')"
child = subprocess.Popen([sys.executable, "-c", CHILD])
event("waited")
child.wait()
