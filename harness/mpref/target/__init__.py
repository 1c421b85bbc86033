"""Target: what the interpreter under test executes. Standard library only, CPython 3.8 to 3.15, PyPy, Windows.

`launch.py`, by way of `launcher.py`, whose bytecode is kept, runs a program in the real `__main__` under a chosen start
method; `identity.py` tells what an interpreter is; and `path/` is the one folder put on the module search path of programs
that record: it holds `mpref_event.py` alone. Nothing here is imported by the harness; it is run by path.
"""
