"""Makes the saved tracebacks beside it: `python make_samples.py PYTHON...` runs each program below on each interpreter.

The text is kept as it came, but for paths (blanked to `/lib` for the standard library and `/app` for the program), so
that the parser is tested on what interpreters print. Run it again for a new interpreter; the files are committed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
MAIN = (
    "import multiprocessing as mp\n\ndef work(*args):\n    {body}\n\n"
    "if __name__ == '__main__':\n    mp.set_start_method('{method}')\n"
)

PROGRAMS = {
    "unguarded_process_spawn": (
        "import multiprocessing as mp\nmp.set_start_method('spawn', force=True)\n"
        "def work():\n    pass\np = mp.Process(target=work)\np.start()\np.join()\n"
    ),
    "unguarded_process_forkserver": (
        "import multiprocessing as mp\nmp.set_start_method('forkserver', force=True)\n"
        "def work():\n    pass\np = mp.Process(target=work)\np.start()\np.join()\n"
    ),
    "error_at_import_spawn": (
        "import multiprocessing as mp\nif __name__ == '__mp_main__':\n    raise ValueError('only in the child')\n"
        "def work():\n    pass\nif __name__ == '__main__':\n    mp.set_start_method('spawn')\n"
        "    p = mp.Process(target=work)\n    p.start()\n    p.join()\n"
    ),
    "unpicklable_target_spawn": (
        "import multiprocessing as mp\nif __name__ == '__main__':\n    mp.set_start_method('spawn')\n"
        "    p = mp.Process(target=lambda: 1)\n    p.start()\n    p.join()\n"
    ),
    "error_in_target_fork": MAIN.format(body="raise ValueError('two\\nlines')", method="fork")
    + "    p = mp.Process(target=work)\n    p.start()\n    p.join()\n",
    "error_in_target_spawn": MAIN.format(body="raise ValueError", method="spawn")
    + "    p = mp.Process(target=work)\n    p.start()\n    p.join()\n",
    "two_errors_fork": MAIN.format(body="1 / 0", method="fork")
    + "    ps = [mp.Process(target=work) for _ in range(2)]\n    [p.start() for p in ps]\n    [p.join() for p in ps]\n",
    "pool_task_error_fork": MAIN.format(body="raise KeyError('lost')", method="fork")
    + "    with mp.Pool(1) as pool:\n        pool.map(work, [1])\n",
    "pool_result_unpicklable_fork": MAIN.format(body="return lambda: 1", method="fork")
    + "    with mp.Pool(1) as pool:\n        pool.map(work, [1])\n",
    "executor_task_error_spawn": "from concurrent.futures import ProcessPoolExecutor\n"
    + MAIN.format(body="raise OSError(2, 'gone')", method="spawn")
    + "    with ProcessPoolExecutor(1) as pool:\n        pool.submit(work).result()\n",
    "executor_broken_fork": "import os\nfrom concurrent.futures import ProcessPoolExecutor\n"
    + MAIN.format(body="os._exit(3)", method="fork")
    + "    with ProcessPoolExecutor(1) as pool:\n        pool.submit(work).result()\n",
    "error_in_atexit": "import atexit\ndef last():\n    raise RuntimeError('too late')\natexit.register(last)\n",
    "error_in_finalizer": (
        "class Held:\n    def __del__(self):\n        raise RuntimeError('in __del__')\nheld = Held()\ndel held\n"
    ),
    "error_in_mp_finalizer": (
        "from multiprocessing import util\ndef last():\n    raise RuntimeError('finalizer')\n"
        "util.Finalize(None, last, exitpriority=1)\n"
    ),
    "syntax_error": "x = 1\nif x print(x)\n",
    "chained": (
        "def a():\n    raise KeyError('first')\ndef b():\n    try:\n        a()\n    except KeyError as e:\n"
        "        raise ValueError('second') from e\ntry:\n    b()\nexcept ValueError:\n    raise TypeError('third')\n"
    ),
    "exception_group": (
        "def a():\n    raise KeyError('inner')\nerrors = []\n"
        "try:\n    a()\nexcept KeyError as e:\n    errors.append(e)\n"
        "raise ExceptionGroup('many', errors + [ValueError('other')])\n"
    ),
    "custom_exception": (
        "class Odd(Exception):\n    pass\nclass Outer:\n    class Inner(Exception):\n        pass\n"
        "def f(n):\n    if n:\n        return f(n - 1)\n    raise Outer.Inner\nf(9)\n"
    ),
    "warning_fork_threads": (
        "import os, threading, time\nt = threading.Thread(target=time.sleep, args=(0.2,))\nt.start()\n"
        "if os.fork() == 0:\n    os._exit(0)\nos.wait()\n"
    ),
    "thread_error": "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n",
    "start_twice": "import multiprocessing as mp\np = mp.Process(target=print)\np.start()\np.start()\n",
    "interrupted_pool_fork": "import os, signal, threading, time\n"
    + MAIN.format(body="time.sleep(9)", method="fork")
    + "    with mp.Pool(1) as pool:\n        threading.Timer(0.5, os.killpg, (0, signal.SIGINT)).start()\n"
    "        pool.map(work, [1])\n",
}


def blank(text: str, folder: str) -> str:
    """The text without the paths of this machine."""
    for path in {folder, os.path.realpath(folder)}:
        text = text.replace(path, "/app")
    lines = []
    for line in text.split("\n"):
        head, quote, rest = line.partition('File "')
        path, end, tail = rest.partition('"')
        if quote and end and "/lib/python" in path:
            path = "/lib/python" + path.split("/lib/python", 1)[1]
        lines.append(head + quote + path + end + tail if quote else line)
    return "\n".join(lines)


def sample(python: str, source: str) -> str:
    """What the program prints to stderr on this interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "prog.py")
        program.write_text(source)
        environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        command = [python, str(program)]
        started = subprocess.Popen(command, stderr=subprocess.PIPE, env=environ, start_new_session=True)
        try:
            text = started.communicate(timeout=20)[1].decode()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)
        return blank(text, folder)


def main(pythons: list[str]) -> None:
    """Write `NAME-VERSION.txt` for every program and interpreter."""
    for python in pythons:
        code = "import sys; print(sys.implementation.name.replace('cpython', '') + '%d.%d' % sys.version_info[:2])"
        version = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        for name, source in PROGRAMS.items():
            HERE.joinpath(f"{name}-{version}.txt").write_text(sample(python, source))


if __name__ == "__main__":
    main(sys.argv[1:])
