"""Leaves a process behind."""

import subprocess
import sys

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
