"""What the launcher does around the program: a bare run's surroundings, the start method, clean tracebacks.

`launch.py` runs this file in a dictionary of its own, from bytecode. Nothing is imported but `os` and `sys`, which are
there already. `multiprocessing` is not imported ahead of the program either: a finder waits for the program's own first
import of it and then calls `set_start_method`. Nothing of multiprocessing is patched.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType, TracebackType
    from typing import Any, Dict, Optional, Sequence, Type

BARE = (
    *("__name__", "__doc__", "__package__", "__loader__", "__spec__"),
    *("__annotations__", "__builtins__", "__file__", "__cached__"),
)
"""The names that an interpreter puts into `__main__`; each release has all or some of them."""

DOOR = globals()["DOOR"]  # type: str
"""The path of `launch.py`, which puts it here."""

MISSING = object()
"""In place of a `sys.excepthook` that the program has deleted."""


def program(namespace: "Dict[str, Any]") -> "Iterator[object]":
    """Makes everything as in a bare run; the first step of the iterator runs the program, with no Python frame between.

    `namespace` is the dictionary of `__main__`. Raises what compiling the program raises.
    """
    _, method, form, target = sys.argv[:4]
    for name in set(namespace).difference(BARE):
        del namespace[name]
    namespace["__doc__"] = None
    sys.path_importer_cache.pop(namespace["__file__"], None)
    if method != "default":
        sys.meta_path.insert(0, Finder(method))
    forms = {"file": from_file, "module": from_module, "command": from_command, "stdin": from_stdin}
    return forms[form](target, namespace)


def from_file(target: str, namespace: "Dict[str, Any]") -> "Iterator[object]":
    """The program is a file of source text. Raises OSError or SyntaxError."""
    windows = sys.platform == "win32"
    set_arguments([target], os.path.dirname(os.path.abspath(target) if windows else os.path.realpath(target)))
    path = target if sys.version_info < (3, 9) else absolute(target)
    namespace["__file__"] = path
    namespace["__loader__"] = type(namespace["__loader__"])("__main__", path)
    sys.path_importer_cache[path] = None
    with open(path, "rb") as file:
        source = file.read()
    return compiled(source, path, namespace, lambda: os.open(path, os.O_RDONLY))


def from_module(target: str, namespace: "Dict[str, Any]") -> "Iterator[object]":
    """The program is a module; `runpy` finds and runs it, as it does for `-m`."""
    set_arguments(["-m", target], os.getcwd())
    fresh_main(namespace)
    import runpy

    return map(runpy._run_module_as_main, [target])  # type: ignore[attr-defined]


def from_command(target: str, namespace: "Dict[str, Any]") -> "Iterator[object]":
    """The program is the text after `-c`. Raises OSError or SyntaxError."""
    with open(target, "rb") as file:
        text = file.read().decode()
    set_arguments(["-c", text], "")
    source = (text if sys.version_info < (3, 14) else dedent(text)) + "\n"
    cookie_counts = sys.version_info < (3, 10)
    code = compile(source.encode() if cookie_counts else source, "<string>", "exec", dont_inherit=True)
    if sys.version_info >= (3, 13):
        register_source(code, source)
    return map(exec, [code], [fresh_main(namespace)])


def from_stdin(_target: str, namespace: "Dict[str, Any]") -> "Iterator[object]":
    """The program comes on standard input. Raises SyntaxError."""
    set_arguments(["-"], "")
    namespace["__file__"] = "<stdin>"
    namespace["__loader__"] = builtin_importer()
    source = b"".join(iter(lambda: os.read(0, 65536), b""))
    return compiled(source, "<stdin>", namespace, lambda: rewound(len(source)))


def rewound(size: int) -> int:
    """A copy of standard input, set back by `size` bytes. Raises OSError where it is no file."""
    os.lseek(0, -size, os.SEEK_CUR)
    return os.dup(0)


def compiled(source: bytes, path: str, namespace: "Dict[str, Any]", reopen: "Callable[[], int]") -> "Iterator[object]":
    """The program from bytes, ready to run. Raises SyntaxError or ValueError.

    A bare run parses a file, and `compile` parses bytes: the wording of some errors differs. So a program that `compile`
    refuses is given to the interpreter's own function for files, and its warnings are held back, lest they come twice.
    """
    stderr, held = sys.stderr, Held()
    sys.stderr = held
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        program = parsed_as_file(path, namespace, reopen)
        if program is None:
            raise
        held.clear()
    else:
        program = map(exec, [code], [namespace])
    finally:
        sys.stderr = stderr
        if stderr is not None:
            stderr.write("".join(held))
    return program


def parsed_as_file(path: str, namespace: "Dict[str, Any]", reopen: "Callable[[], int]") -> "Optional[Iterator[object]]":
    """The program from its file, ready for parsing; None where CPython's function is out of reach, or a pipe is used up."""
    try:
        import ctypes

        fdopen, run = ctypes.pythonapi.fdopen, ctypes.pythonapi.PyRun_FileExFlags
        file = reopen()
    except (ImportError, AttributeError, OSError):
        return None
    fdopen.restype, run.restype = ctypes.c_void_p, ctypes.py_object
    stream = ctypes.c_void_p(fdopen(file, b"rb"))
    dictionary, file_input = ctypes.py_object(namespace), 257
    arguments = stream, os.fsencode(path), file_input, dictionary, dictionary, 1, None
    return map(run, *([argument] for argument in arguments))


class Held(list):  # type: ignore[type-arg]
    """A standard stream that keeps what is written."""

    write = list.append


def set_arguments(words: "list[str]", folder: str) -> None:
    """Sets `sys.argv`, `sys.orig_argv` and `sys.path[0]`; `words` is what a bare command line has for the program."""
    if hasattr(sys, "orig_argv"):
        options = len(sys.orig_argv) - len(sys.argv)
        sys.orig_argv[options:] = words + sys.argv[4:]
    sys.argv[:4] = words[:1]
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        sys.path[0] = folder


def absolute(path: str) -> str:
    """The absolute path that the interpreter makes of a program's path; it is not normalised but on Windows."""
    return os.path.abspath(path) if sys.platform == "win32" else os.path.join(os.getcwd(), path)


def dedent(text: str) -> str:
    """The text without the blanks that all its lines begin with, as `-c` takes it from 3.14 on."""
    lines = text.split("\n")
    first, last = (choose((line for line in lines if line.strip(" \t")), default="") for choose in (min, max))
    width = 0
    while first[width : width + 1] in (" ", "\t") and last.startswith(first[: width + 1]):
        width += 1
    return "\n".join(line[width:] if line.strip(" \t") else "" for line in lines) if width else text


def register_source(code: object, source: str) -> None:
    """Lets tracebacks show the lines of a command, as `-c` does from 3.13 on. `-c` imports linecache for it as well."""
    import linecache

    register: "Any" = getattr(linecache, "_register_code", None)
    if register is not None:
        register(code if hasattr(linecache, "_interactive_cache") else "<string>", source, "<string>")


def builtin_importer() -> object:
    """What `__main__` has for a loader as long as it comes from no file."""
    return sys.__spec__.loader


def fresh_main(namespace: "Dict[str, Any]") -> "Dict[str, Any]":
    """Puts a second `__main__` in place of the first and returns its dictionary: one that never had a `__file__`.

    The interpreter takes `__file__` away from the first when the program has ended, since it started a file. After `-m`
    and `-c` it does not, and what runs at exit can see the difference.
    """
    module = type(sys)("__main__")
    module.__dict__.update({k: v for k, v in namespace.items() if k not in {"__file__", "__cached__"}})
    module.__dict__["__loader__"] = builtin_importer()
    sys.modules["__main__"] = module
    return module.__dict__


class Finder:
    """Waits in `sys.meta_path` for the first import of multiprocessing, then chooses the start method and is gone."""

    def __init__(self, method: str) -> None:
        self.method = method

    def find_spec(
        self, name: str, path: "Optional[Sequence[str]]" = None, target: "Optional[ModuleType]" = None
    ) -> "Optional[ModuleSpec]":
        """What the other finders find, with a loader that chooses the start method."""
        if name != "multiprocessing":
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = Loader(spec.loader, self)  # type: ignore[assignment]
                return spec
        return None


class Loader:
    """The module's own loader, but that the start method is chosen right after it ran."""

    def __init__(self, real: "Any", finder: Finder) -> None:
        self.real, self.finder = real, finder

    def __getattr__(self, name: str) -> "Any":
        return getattr(self.real, name)

    def create_module(self, spec: "ModuleSpec") -> "Optional[ModuleType]":
        create: "Any" = getattr(self.real, "create_module", None)
        module: "Optional[ModuleType]" = create and create(spec)
        return module

    def exec_module(self, module: "Any") -> None:
        """Runs the module, with every trace of this loader and of its finder gone beforehand.

        The zip importer had no `exec_module` before 3.10. Raises ValueError where the system lacks the start method.
        """
        module.__loader__ = module.__spec__.loader = self.real
        if hasattr(self.real, "exec_module"):
            self.real.exec_module(module)
        else:
            exec(self.real.get_code(module.__name__), module.__dict__)
        if self.finder in sys.meta_path:
            sys.meta_path.remove(self.finder)
            module.set_start_method(self.finder.method)


class Guard:
    """Lets the program's exception out to the interpreter, which ends as ever, but shows it without the launcher's frames."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, value: "Optional[BaseException]", traceback: object) -> None:
        if value is not None and not isinstance(value, SystemExit):
            sys.excepthook = Show(getattr(sys, "excepthook", MISSING))


class Show:
    """A `sys.excepthook` for one call: puts the program's own back and calls it with a clean traceback."""

    def __init__(self, hook: "Any") -> None:
        self.hook = hook

    def __call__(self, kind: "Type[BaseException]", value: BaseException, traceback: "Optional[TracebackType]") -> None:
        traceback = without_launcher(traceback)
        value.__traceback__ = sys.last_traceback = traceback
        if self.hook is MISSING:
            del sys.excepthook
            sys.stderr.write("sys.excepthook is missing\n")
            sys.__excepthook__(kind, value, traceback)
            return
        sys.excepthook = self.hook
        try:
            self.hook(kind, value, traceback)
        except SystemExit:
            raise
        except BaseException as error:
            show_both(error, value)


def show_both(error: BaseException, value: BaseException) -> None:
    """Says what the interpreter says where the hook itself failed. It cannot do so: the hook's caller would be seen."""
    sys.stderr.write("Error in sys.excepthook:\n")
    error.__traceback__ = without_launcher(error.__traceback__)
    sys.__excepthook__(type(error), error, error.__traceback__)
    sys.stderr.write("\nOriginal exception was:\n")
    sys.__excepthook__(type(value), value, value.__traceback__)


def without_launcher(traceback: "Optional[TracebackType]") -> "Optional[TracebackType]":
    """The traceback without the launcher's frames; None where it has no others."""
    ours = (DOOR, without_launcher.__code__.co_filename)
    first = last = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename not in ours:
            first = first or traceback
            if last is not None:
                last.tb_next = traceback
            last = traceback
        traceback = traceback.tb_next
    return first
