"""Is wrong one time in ten: in 26 of 256."""

import os

from mpref_event import event

event("answer", right=os.urandom(1)[0] >= 26)
