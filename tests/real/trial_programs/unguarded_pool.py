"""A module-level Pool without a guard: under spawn and forkserver its children import it again, for ever."""

import multiprocessing
import os
import sys

multiprocessing.set_start_method(os.environ["METHOD"], force=True)
print("import", os.getpid(), flush=True)
pool = multiprocessing.Pool(4)
print(pool.map(abs, range(4), 1), file=sys.stderr)  # without a chunk size it divides by the number of living workers
