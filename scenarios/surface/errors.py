"""What multiprocessing and concurrent.futures raise: the bases of each exception, by which it can be caught.

Alone: nox -s scenarios -- -k "surface and errors"

    since 3.11    futures.TimeoutError is the built-in one
"""

import inspect
import multiprocessing
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.pool import MaybeEncodingError

from mpref_event import event

ERRORS = {
    "process-error": multiprocessing.ProcessError,
    "timeout-error": multiprocessing.TimeoutError,
    "authentication-error": multiprocessing.AuthenticationError,
    "buffer-too-short": multiprocessing.BufferTooShort,
    "maybe-encoding-error": MaybeEncodingError,
    "broken-process-pool": BrokenProcessPool,
    "futures-timeout-error": futures.TimeoutError,
    "futures-cancelled-error": futures.CancelledError,
}
for label, error in ERRORS.items():
    event(label, form=" < ".join(base.__name__ for base in inspect.getmro(error)[:-2]), module=error.__module__)
