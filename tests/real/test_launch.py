"""The launcher: a launched program shows what a bare one shows, and the start method asked for is in force."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from interpreters import PYTHONS, declared
from launch_programs import ODD_SOURCES, PROGRAMS

from mpref.record.order import TARGET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LAUNCH = str(TARGET / "launch.py")
FORMS = ("file", "module", "command", "stdin")
ARGUMENTS = ("one", "-c", "")

Outcome = tuple[int, str, str]
each_python = pytest.mark.parametrize("python", PYTHONS.values(), ids=list(PYTHONS))
each_form = pytest.mark.parametrize("form", FORMS)


def outcome(command: Sequence[str], program: Path, form: str, **environ: str) -> Outcome:
    """Status, stdout and stderr, addresses left out.

    No bytecode of an earlier run is there: with it, `-m` would skip the compiler's warnings.
    """
    shutil.rmtree(program.parent / "__pycache__", ignore_errors=True)
    stdin = program.open("rb") if form == "stdin" else subprocess.DEVNULL
    done = subprocess.run(
        command, cwd=program.parent, stdin=stdin, capture_output=True, env=declared() | environ, timeout=60, check=False
    )
    if form == "stdin":
        stdin.close()
    out, err = (
        re.sub(rb"0x[0-9a-f]+", b"0x", text).decode("utf-8", "backslashreplace") for text in (done.stdout, done.stderr)
    )
    return done.returncode, out, err


def bare(python: str, form: str, program: Path, options: Sequence[str] = (), **environ: str) -> Outcome:
    if form == "command":
        words = ["-c", program.read_bytes().decode()]
    else:
        words = {"file": [str(program)], "module": ["-m", program.stem], "stdin": ["-"]}[form]
    return outcome([python, *options, *words, *ARGUMENTS], program, form, **environ)


def launched(
    python: str, method: str, form: str, program: Path, options: Sequence[str] = (), **environ: str
) -> Outcome:
    target = program.stem if form == "module" else str(program)
    return outcome([python, *options, LAUNCH, method, form, target, *ARGUMENTS], program, form, **environ)


def written(folder: Path, source: str | bytes) -> Path:
    program = folder / "prog.py"
    program.write_bytes(source.encode() if isinstance(source, str) else source)
    return program


@each_python
@each_form
@pytest.mark.parametrize("name", PROGRAMS)
def test_launched_equals_bare(python: str, form: str, name: str, tmp_path: Path):
    """Under `default` a launched program ends with the status, stdout and stderr of a bare one, byte for byte."""
    program = written(tmp_path, PROGRAMS[name])
    expected = bare(python, form, program)
    assert launched(python, "default", form, program) == expected


@each_python
@pytest.mark.parametrize("form", ["file", "stdin"])
@pytest.mark.parametrize("name", ODD_SOURCES)
def test_launched_equals_bare_for_odd_sources(python: str, form: str, name: str, tmp_path: Path):
    """Encodings, line ends and syntax errors come out as in a bare run."""
    program = written(tmp_path, ODD_SOURCES[name])
    assert launched(python, "default", form, program) == bare(python, form, program)


def is_text(source: bytes) -> bool:
    """Whether a command line can hold it."""
    return b"\0" not in source and b"\xff" not in source and not source.startswith(b"# coding: latin-1")


@each_python
@pytest.mark.parametrize("name", [name for name, source in ODD_SOURCES.items() if is_text(source)])
def test_launched_equals_bare_for_odd_commands(python: str, name: str, tmp_path: Path):
    """The text after `-c` is taken as by the interpreter: its coding line, its byte order mark, its errors."""
    program = written(tmp_path, ODD_SOURCES[name])
    assert launched(python, "default", "command", program) == bare(python, "command", program)


@each_python
@each_form
@pytest.mark.parametrize("options", ["-Xfaulthandler", "-Werror", "-Wdefault", "-O", "-u", "-Xdev", "-I", "-s"])
def test_launched_equals_bare_under_options(python: str, form: str, options: str, tmp_path: Path):
    """The interpreter's options mean what they mean in a bare run."""
    if options == "-I" and form == "module":
        pytest.skip("the working directory is not searched, so there is no such module")
    source = PROGRAMS["surroundings"] + PROGRAMS["warnings"] + PROGRAMS["chained"]
    program = written(tmp_path, source)
    assert launched(python, "default", form, program, [options]) == bare(python, form, program, [options])


@each_python
@pytest.mark.parametrize("spelling", ["prog.py", "./prog.py", "sub/../prog.py", ".//prog.py", "link.py", "sub/link.py"])
def test_a_path_may_be_relative_or_a_link(python: str, spelling: str, tmp_path: Path):
    """A program's path is taken as a bare run takes it, links and dots included."""
    program = written(tmp_path, PROGRAMS["names"] + PROGRAMS["surroundings"] + PROGRAMS["error"])
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.py").symlink_to("prog.py")
    (tmp_path / "sub" / "link.py").symlink_to("../link.py")
    expected = outcome([python, spelling, "a"], program, "file")
    assert outcome([python, LAUNCH, "default", "file", spelling, "a"], program, "file") == expected


@each_python
@pytest.mark.parametrize("statement", ["1 / 0", "x = (1", "raise SystemExit('bye')", "import missing"])
def test_packages_run_as_modules(python: str, statement: str, tmp_path: Path):
    """A dotted name and a package with a `__main__` run as after `-m`, and see `-m` as `sys.argv[0]` on the way."""
    package = tmp_path / "pack" / "age"
    package.mkdir(parents=True)
    for folder in (package.parent, package):
        (folder / "__init__.py").write_text("import sys\nprint(__name__, sys.argv[0])\n")
    program = package / "__main__.py"
    program.write_text(f"{PROGRAMS['names']}\nfrom . import __name__ as mine\nprint(mine)\n{statement}\n")
    here = tmp_path / "any.py"
    expected = outcome([python, "-m", "pack.age"], here, "module")
    assert outcome([python, LAUNCH, "default", "module", "pack.age"], here, "module") == expected


@each_python
def test_a_missing_module_is_reported_as_by_the_interpreter(python: str, tmp_path: Path):
    """`-m` of a name that does not exist says what a bare run says."""
    here = tmp_path / "any.py"
    expected = outcome([python, "-m", "no.such"], here, "module")
    assert outcome([python, LAUNCH, "default", "module", "no.such"], here, "module") == expected
    assert expected[0] == 1


@each_python
def test_an_interrupt_is_the_cause_of_death(python: str, tmp_path: Path):
    """KeyboardInterrupt ends a launched program by SIGINT, so that a shell sees it."""
    program = written(tmp_path, PROGRAMS["interrupt"])
    assert launched(python, "default", "file", program)[0] == -signal.SIGINT


IMPORTS = {
    "plain": "import multiprocessing",
    "from": "from multiprocessing import Pool",
    "pool": "import multiprocessing.pool",
    "executor": "from concurrent.futures import ProcessPoolExecutor",
    "process": "import concurrent.futures.process",
    "looked_for_first": "import importlib.util; importlib.util.find_spec('multiprocessing'); import multiprocessing",
    "in_a_thread": """import threading
thread = threading.Thread(target=__import__, args=("multiprocessing.queues",))
thread.start()
thread.join()
""",
}
SHOW = """
import sys
m = sys.modules["multiprocessing"]
print(m.get_start_method(), type(m.__loader__).__name__, m.__spec__.loader is m.__loader__)
print([getattr(finder, "__name__", type(finder)) for finder in sys.meta_path])
"""


@each_python
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("how", IMPORTS)
def test_the_method_is_in_force(python: str, method: str, how: str, tmp_path: Path):
    """However multiprocessing is first imported, the start method is the one asked for, and no trace of the finder stays."""
    program = written(tmp_path, IMPORTS[how] + "\n" + SHOW)
    _, plain, _ = launched(python, "default", "file", program)
    status, out, err = launched(python, method, "file", program)
    assert (status, err) == (0, "")
    assert out.splitlines() == [f"{method} SourceFileLoader True", plain.splitlines()[1]]


@each_python
@each_form
def test_the_method_is_in_force_in_every_form(python: str, form: str, tmp_path: Path):
    """Each form of starting a program gets the start method that is not the default anywhere it could pass unnoticed."""
    program = written(tmp_path, "import multiprocessing\nprint(multiprocessing.get_start_method())\n")
    assert {m: launched(python, m, form, program) for m in ("fork", "spawn", "forkserver")} == {
        m: (0, f"{m}\n", "") for m in ("fork", "spawn", "forkserver")
    }


@each_python
def test_a_zipped_library_gets_the_method_too(python: str, tmp_path: Path):
    """Where the standard library is a zip file, as in embeddable builds, the start method is in force as well."""
    program = written(
        tmp_path, "import multiprocessing as m\nprint(m.get_start_method(), type(m.__loader__).__name__)\n"
    )
    library = "import zipfile, pathlib, multiprocessing as m; d = pathlib.Path(m.__file__).parent\n"
    library += "with zipfile.ZipFile('lib.zip', 'w') as z: [z.write(f, f'{d.name}/{f.name}') for f in d.glob('*.py')]"
    subprocess.run([python, "-c", library], cwd=tmp_path, env=declared(), check=True)
    done = launched(python, "spawn", "file", program, PYTHONPATH=str(tmp_path / "lib.zip"))
    assert done == (0, "spawn zipimporter\n", "")


@each_python
def test_a_program_that_never_imports_multiprocessing_imports_nothing_more(python: str, tmp_path: Path):
    """A start method costs no module where multiprocessing is not used."""
    program = written(tmp_path, "import sys\nprint(sorted(sys.modules))\n")
    assert launched(python, "spawn", "file", program) == bare(python, "file", program)


@each_python
def test_a_second_choice_by_the_program_is_refused_as_ever(python: str, tmp_path: Path):
    """The choice is multiprocessing's own public one: a program that then chooses again gets its RuntimeError."""
    program = written(tmp_path, "import multiprocessing\nmultiprocessing.set_start_method('spawn')\n")
    status, _, err = launched(python, "fork", "file", program)
    assert (status, err.splitlines()[-1]) == (1, "RuntimeError: context has already been set")
    assert "launch" not in err


CHILDREN = """
import multiprocessing, os, sys
print("imported as", __name__, __file__ if "__file__" in globals() else "no file", flush=True)
def f(x):
    main = sys.modules["__main__"]
    keys = sorted(k for k in vars(main) if not k.startswith("__annot"))
    print("child", x, __name__, main.__name__, keys, sys.argv, sys.path[0], multiprocessing.get_start_method(), flush=True)
    return x
def bad(x):
    raise ValueError(x)
if __name__ == "__main__":
    if "CHOOSE" in os.environ:
        multiprocessing.set_start_method(os.environ["CHOOSE"])
    for target in (f, bad):
        p = multiprocessing.Process(target=target, args=(1,))
        p.start()
        p.join()
        print(p.exitcode, flush=True)
    with multiprocessing.Pool(1) as pool:
        print(pool.map(f, [2, 3]), flush=True)
"""


@each_python
@each_form
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_children_see_what_a_bare_programs_children_see(python: str, form: str, method: str, tmp_path: Path):
    """Children re-import the program, find its functions and fail as they do where the program itself chooses the method."""
    if method != "fork" and form in {"command", "stdin"}:
        pytest.skip(
            "children cannot find functions of a program without a file, and a Pool of such children has no end"
        )
    program = written(tmp_path, CHILDREN)
    expected = bare(python, form, program, CHOOSE=method)
    assert launched(python, method, form, program) == expected
    assert "child 2" in expected[1]


@each_python
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_an_unguarded_program_fails_as_a_bare_one(python: str, method: str, tmp_path: Path):
    """Without the guard a child that re-imports the program raises the bootstrapping error, with the program's own lines."""
    source = (
        "import multiprocessing\np = multiprocessing.Process(target=print)\np.start()\np.join()\nprint(p.exitcode)\n"
    )
    status, out, err = launched(python, method, "file", written(tmp_path, source))
    assert (status, out) == (0, "1\n")
    assert "bootstrapping phase" in err
    assert LAUNCH not in err


@each_python
def test_a_command_is_dedented_where_the_interpreter_does_so(python: str, tmp_path: Path):
    """The blanks that all lines of a command begin with count as they do after `-c`."""
    program = written(tmp_path, "    if True:\n        print('dedented')\n\n    1 / 0\n")
    assert launched(python, "default", "command", program) == bare(python, "command", program)


@pytest.mark.parametrize(
    "text", ["  a\n  b\n", "\n   a\n \n  b", "\ta\n\t  b\n\n", " \ta\n  b", "a\n  b\n", "  \n", "", "  a\n \n\n", "  a"]
)
def test_the_dedent_is_that_of_textwrap(text: str):
    """What is taken off a command from 3.14 on is what textwrap takes off; lines of blanks say nothing."""
    source = (TARGET / "launcher.py").read_text("utf-8")
    names: dict[str, Any] = {"__name__": "launcher", "DOOR": LAUNCH}
    exec(compile(source, "launcher.py", "exec"), names)
    got, expected = (
        re.sub(r"(?m)^[ \t]+$", "", dedented) for dedented in (names["dedent"](text), textwrap.dedent(text))
    )
    assert got == expected
