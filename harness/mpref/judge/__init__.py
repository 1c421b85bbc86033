"""Judge: pure functions from stored histories and a declaration to verdicts and witnesses.

No clock, no process; no file but the declaration that `declaration.load` reads.
"""
