"""mpref: an executable reference for what Python's process-parallelism really does.

Data goes one way: record -> judge -> show. This file imports nothing, because the supervisor (mpref.record.supervisor) is
started as a plain folder of standard-library code beside the trials, on whatever Python is there.
"""

__version__ = "0.1.0"
