"""Runs an unmodified program under a chosen start method, as the interpreter itself would run it.

    python [OPTIONS] launch.py METHOD FORM TARGET [ARGUMENTS...]

METHOD is a start method, or `default` to choose none. FORM says what TARGET is: `file`, a path of source text; `module`,
a dotted name as after `-m`; `command`, the path of a file that holds the text after `-c`; `stdin`, anything: the program
comes on standard input, as after `-`. The program runs in the real `__main__`, and its tracebacks show no frame of ours.

The stack itself still has one frame of ours below the program's. So `traceback.print_stack` shows it, a warning whose
stacklevel points above the program names this file instead of `sys`, and endless recursion ends up to three calls sooner.

Hazard: while the program runs, the dictionary of this module is the program's, which may define `next` as it likes. So
all work is done by `launcher.py` in a dictionary of its own, and this file leaves no name behind. It is short as well
because the interpreter compiles it at each start; the loader keeps the bytecode of the other.
"""

if __name__ == "__main__":
    own = {"__name__": "launcher", "__builtins__": __builtins__, "DOOR": __file__}
    path = __file__[: -len("launch.py")] + "launcher.py"
    exec(type(__loader__)("launcher", path).get_code("launcher"), own)  # type: ignore[name-defined]
    with own["Guard"]():  # type: ignore[operator]
        next(own["program"](globals()))  # type: ignore[operator]
