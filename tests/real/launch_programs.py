"""Small programs whose bare and launched runs must be equal. They print nothing that differs from run to run."""

from __future__ import annotations

# Each runs as a file, as a module, as a command and from standard input.
PROGRAMS: dict[str, str] = {
    "names": '''"""A docstring."""
import sys
for name in list(globals()):
    if name not in ("__loader__", "__spec__", "__builtins__"):
        print(name, repr(globals()[name]))
print(list(globals()))
print(__loader__ if isinstance(__loader__, type) else (type(__loader__), __loader__.name, __loader__.path))
print(__spec__ and (__spec__.name, __spec__.origin, __spec__.cached, __spec__.parent))
print(__builtins__, vars(sys.modules["__main__"]) is globals(), [k for k in sys.modules if k.startswith("__")])
''',
    "surroundings": """import sys
modules, importers = sorted(sys.modules), sorted(sys.path_importer_cache)
print(sys.argv, getattr(sys, "orig_argv", None), sys.path, modules, importers, sys.flags, sep="\\n")
print([getattr(finder, "__name__", type(finder)) for finder in sys.meta_path], sys.path_hooks[0], len(sys.path_hooks))
print(sys.excepthook is sys.__excepthook__, sys.getrecursionlimit(), sys.exc_info(), hasattr(sys, "last_value"))
print(repr(sys.stdin.read()), sys.stderr.name, sys.stdout.line_buffering)
""",
    "imports": """import sys
before = set(sys.modules)
import multiprocessing.pool, concurrent.futures, decimal
import multiprocessing as m
print(sorted(set(sys.modules) - before), len(sys.meta_path))
print(type(m.__loader__), m.__loader__ is m.__spec__.loader, sorted(vars(m)), m.get_start_method(allow_none=True))
""",
    "annotated": "x: int = 1\nprint(__annotations__)\ndef f(y: float) -> str: ...\nprint(f.__annotations__)\n",
    "future": "from __future__ import annotations\nx: missing = 1\nprint(__annotations__, sorted(globals()))\n",
    "error": "def f(x):\n    return 1 / x\n\ndef g():\n    return [f(0)]\n\ng()\n",
    "chained": """def f():
    try:
        {}["key"]
    except KeyError as error:
        raise ValueError("caused") from error

try:
    f()
except ValueError:
    raise TypeError("context")
""",
    "raised_again": """saved = None
try:
    1 / 0
except ZeroDivisionError as error:
    saved = error
try:
    raise saved
except ZeroDivisionError:
    raise
""",
    "no_traceback": "raise ValueError('twice\\nover').with_traceback(None) from None\n",
    "stop": "raise StopIteration(3)\n",
    "generator_exit": "def g():\n    yield\n    raise GeneratorExit\nlist(g())\n",
    "bad_code_inside": "exec(compile('x = (\\n1 +', 'inner.py', 'exec'))\n",
    "missing_module": "import no.such.module\n",
    "not_str": "class E(Exception):\n    def __str__(self): raise ValueError\n\nraise E\n",
    "exit_number": "import sys\nprint('out')\nsys.exit(7)\n",
    "exit_text": "import sys\nprint('out')\nsys.exit('text for stderr')\n",
    "exit_nothing": "raise SystemExit\n",
    "exit_object": "raise SystemExit((1, 2))\n",
    "exit_hard": "import os\nprint('lost or not')\nos._exit(3)\n",
    "interrupt": "def f():\n    raise KeyboardInterrupt\n\nf()\n",
    "interrupt_signal": "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n",
    "terminated": "import os, signal\nprint('lost or not')\nos.kill(os.getpid(), signal.SIGTERM)\n",
    "warnings": """import warnings
def f():
    warnings.warn("seen by the caller", stacklevel=2)
f()
warnings.warn("old", DeprecationWarning)
print(1 is 1, "\\d")
""",
    "shadowed": """def f():
    global sys, next, exec, map, getattr, isinstance, type, SystemExit, BaseException
    sys = next = exec = map = getattr = isinstance = type = SystemExit = BaseException = None
f()
1 / 0
""",
    "cleared": "globals().clear()\n",
    "cleared_then_error": "globals().clear()\n1 / 0\n",
    "own_hook": """import sys, traceback
def hook(kind, value, tb):
    traceback.print_tb(tb)
    print(kind, value, tb is value.__traceback__, tb is sys.last_traceback, value is sys.last_value, sys.exc_info())
    print(sys.excepthook is hook, getattr(sys, "last_exc", value) is value, __name__, "__file__" in globals())
sys.excepthook = hook
def f(): raise ValueError("hooked")
f()
""",
    "hook_raises": """import sys
def hook(*_):
    {}["in the hook"]
sys.excepthook = hook
1 / 0
""",
    "hook_exits": "import sys\nsys.excepthook = lambda *_: sys.exit(5)\n1 / 0\n",
    "hook_missing": "import sys\ndel sys.excepthook\n1 / 0\n",
    "hook_none": "import sys\nsys.excepthook = None\n1 / 0\n",
    "at_exit": """import atexit, sys
@atexit.register
def last():
    tb = getattr(sys, "last_traceback", None)
    print(sorted(globals()), tb and tb.tb_frame.f_globals is globals(), sys.excepthook is sys.__excepthook__)
    print(sys.modules["__main__"].__dict__ is globals(), sorted(sys.modules["__main__"].__dict__))
print(sorted(globals()))
""",
    "at_exit_after_error": """import atexit, sys
@atexit.register
def last():
    print(sorted(globals()), sys.last_traceback.tb_frame.f_globals is globals(), sys.excepthook is sys.__excepthook__)
    print(hasattr(sys.last_value, "__traceback__"), sys.last_value.__traceback__ is sys.last_traceback)
1 / 0
""",
    "at_exit_after_exit": """import atexit, sys
@atexit.register
def last():
    print(sorted(globals()), hasattr(sys, "last_value"), sys.excepthook is sys.__excepthook__)
sys.exit(1)
""",
    "thread_outlives": """import threading
go = threading.Event()
def f():
    go.wait()
    threading.main_thread().join()
    print(sorted(k for k in globals() if k.startswith("__")))
    raise LookupError("in a thread")
threading.Thread(target=f, name="T").start()
go.set()
1 / 0
""",
    "fork_both_end": """import os, sys
print("before")
sys.stdout.flush()
pid = os.fork()
if pid:
    print("parent waited", os.waitpid(pid, 0)[1], flush=True)
else:
    print("child", flush=True)
""",
    "fork_child_fails": """import os, sys
pid = os.fork()
if pid == 0:
    raise ValueError("in the child")
print("child's status", os.waitpid(pid, 0)[1])
1 / 0
""",
    "pickles": """import pickle, sys
def f(): return 1
class C: pass
print(pickle.loads(pickle.dumps(f)) is f, pickle.loads(pickle.dumps(C)) is C, f.__module__, C.__module__)
class D:
    __reduce__ = f
print(pickle.dumps(D.f) if hasattr(D, "f") else "none")
pickle.dumps(lambda: 0)
""",
    "process": """import multiprocessing, sys
def f(x):
    print("child", x, __name__, multiprocessing.current_process().name, sys.argv, flush=True)
    raise ValueError("in the child")
if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    p = multiprocessing.Process(target=f, args=(1,))
    p.start()
    p.join()
    print(p.exitcode)
""",
    "pool": """import multiprocessing
def f(x):
    return 6 // x
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(f, [1, 2, 3]))
        pool.map(f, [0])
""",
    "pool_unguarded": """import multiprocessing
def f(x):
    return x * x
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(f, range(4)), flush=True)
""",
    "stdout_closed": "import sys\nprint('out')\nsys.stdout.close()\n1 / 0\n",
    "unraisable": "class C:\n    def __del__(self): 1 / 0\nc = C()\n",
}

# Source text that is no UTF-8, or odd, or no program: as a file and from standard input.
ODD_SOURCES: dict[str, bytes] = {
    "latin_1": "# coding: latin-1\nx = 'é'\nprint(ascii(x))\n1 / 0\n".encode("latin-1"),
    "bom": b"\xef\xbb\xbfprint(1)\n1 / 0",
    "crlf": b"def f():\r\n    1 / 0\r\n\r\nf()",
    "form_feed": b"x = 1;\x0c\nprint(x)\n\x0c\n1 / 0\n",
    "empty": b"",
    "not_utf_8": b"x = 1\ny = '\xff'\n",
    "unknown_coding": b"# coding: no-such\nx = 1\n",
    "null_byte": b"x = 1\0\nprint(x)\n",
    "end_of_file": b"x = (1,\n2\n",
    "end_of_file_at_once": b"x = (1",
    "open_string": b'x = """\nabc',
    "open_block": b"def f():\n    # nothing",
    "open_line": b"x = 1 + \\",
    "wrong_word": b"print('never')\nif x:\n    a b\n",
    "wrong_indent": b"print('never')\n  x = 1\n",
    "wrong_place": b"print('never')\nreturn 1\n",
    "wrong_target": b"f() = 1\n",
    "warning_and_error": b"x = 1\nprint(x is 1, '\\d')\nbreak\n",
}
