# ruff: noqa: ANN001, ANN201, F401, RUF005 - Python 2.7 reads this file as well, so types stand in comments
"""Says in one line of JSON what the interpreter that runs it is, and what it runs on: the fields of `Environment`.

It starts on anything that calls itself Python, from 2.7 on, so that the harness can say which version is out of scope:
one older than 3.8 tells its implementation and version alone. Hence the types in comments and the old ways of writing.
"""

import json
import os
import platform
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

OLDEST = (3, 8)
STAGES = {"alpha": "a", "beta": "b", "candidate": "rc"}
MUSL = "ld-musl-"
HINTS = (
    ("libpod", "podman"),
    ("containers/storage", "podman"),
    ("kubepods", "kubernetes"),
    ("docker", "docker"),
    ("containerd", "containerd"),
    ("lxc", "lxc"),
)
"""Parts of a cgroup's path, or of the paths that a container's own files are mounted from, and what they tell."""


def main():  # type: () -> None
    """Prints the line."""
    identity = {"implementation": implementation(), "version": release(sys.version_info)}
    if sys.version_info >= OLDEST:
        identity.update(details())
    sys.stdout.write(json.dumps(identity, sort_keys=True) + "\n")


def implementation():  # type: () -> str
    """The implementation's name in lower case: cpython, pypy, graalpy."""
    known = getattr(sys, "implementation", None)
    return str(known.name) if known else platform.python_implementation().lower()


def release(info):  # type: (Sequence[Any]) -> str
    """A version in PEP 440: 3.15.0rc1."""
    stage = STAGES.get(info[3], "")
    return ".".join(str(part) for part in info[:3]) + (stage and stage + str(info[4]))


def details():  # type: () -> Dict[str, Any]
    """All fields but implementation and version. The options are read first: asking for the rest imports a good deal."""
    import sysconfig
    import warnings

    options = list(sys.warnoptions)
    warnings.simplefilter("ignore")
    identity = {
        "executable": sys.executable,
        "implementation_version": release(sys.implementation.version),
        "build": build(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "debug": hasattr(sys, "gettotalrefcount"),
        "warn_options": options,
        "x_options": sorted(k if v is True else k + "=" + v for k, v in getattr(sys, "_xoptions", {}).items()),
        "platform": sys.platform,
        "os": system(),
        "machine": machine(),
        "libc": libc(),
        "container": container(),
        "cpus": os.cpu_count() or 1,
        "affinity": affinity(),
        "quota": quota(),
        "capabilities": capabilities(),
    }  # type: Dict[str, Any]
    identity.update(multiprocessing_identity())
    return identity


def build():  # type: () -> str
    """Build number, date, revision and compiler."""
    number, date = platform.python_build()
    return ", ".join(part for part in (number, date, platform.python_revision(), platform.python_compiler()) if part)


def system():  # type: () -> str
    """The system's name and release, and the distribution's name where there is one."""
    if sys.platform == "win32":
        version = sys.getwindowsversion()
        return "Windows {}.{}.{}".format(version.major, version.minor, version.build)
    name = "{0.sysname} {0.release}".format(os.uname())
    if sys.platform == "darwin":
        return "{} (macOS {})".format(name, platform.mac_ver()[0])
    pretty = [
        line.partition("=")[2].strip("\"'") for line in lines("/etc/os-release") if line.startswith("PRETTY_NAME=")
    ]
    return "{} ({})".format(name, pretty[0]) if pretty else name


def machine():  # type: () -> str
    """The machine as the interpreter sees it: no process is started to ask."""
    import sysconfig

    return os.uname().machine if hasattr(os, "uname") else sysconfig.get_platform().partition("-")[2].lower()


def libc():  # type: () -> str
    """The C library's name and version, as far as they can be known."""
    if sys.platform in ("win32", "darwin"):
        return {"win32": "ucrt", "darwin": "libSystem"}[sys.platform]
    try:
        name = os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, ValueError, OSError):
        name = None
    return name or musl()


def musl():  # type: () -> str
    """`musl` and its version, which its loader tells when it is run; empty where no musl is loaded."""
    import subprocess

    loaded = [line[line.index("/") :] for line in lines("/proc/self/maps") if MUSL in line]
    if not loaded:
        return ""
    try:
        said = subprocess.run([loaded[0]], stderr=subprocess.PIPE, universal_newlines=True, check=False).stderr
    except OSError:
        said = ""
    version = [line.split()[1] for line in said.splitlines() if line.startswith("Version ")]
    return " ".join(["musl"] + version[:1])


def container(root="/"):  # type: (str) -> str
    """What kind of container this is in; empty outside. `/.dockerenv` is no proof: it exists elsewhere too."""
    if sys.platform == "win32":
        return "wine" if wine() else ""
    if os.path.exists(os.path.join(root, "run/.containerenv")):
        return "podman"
    for entry in "\n".join(lines(os.path.join(root, "proc/1/environ"))).split("\0"):
        if entry.startswith("container="):
            return entry.partition("=")[2]
    groups = [line.split(":", 2)[-1] for line in lines(os.path.join(root, "proc/self/cgroup"))]
    mounts = [mount["root"] for mount in mounted(root) if mount["point"] in ("/etc/hostname", "/etc/hosts")]
    overlays = [mount["options"] for mount in mounted(root) if mount["point"] == "/"]
    for hint, name in HINTS:
        if any(hint in text for text in groups + mounts + overlays):
            return name
    return ""


def wine():  # type: () -> bool
    """Whether this Windows is Wine: only its ntdll tells a version of Wine."""
    import ctypes

    library = getattr(ctypes, "WinDLL", None)
    return library is not None and hasattr(library("ntdll"), "wine_get_version")


def affinity():  # type: () -> int
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    count = getattr(os, "process_cpu_count", os.cpu_count)  # type: Any
    return count() or 1


def quota(root="/"):  # type: (str) -> Optional[float]
    """Cores' worth of CPU that the cgroups allow, the tightest of the nested ones; None without a limit."""
    limits = [limit for folder in cgroups(root) for limit in (limit_of(folder),) if limit is not None]
    return min(limits) if limits else None


def cgroups(root):  # type: (str) -> Iterator[str]
    """The folders of this process's CPU cgroups, each with those above it up to the mount."""
    mounts = [m for m in mounted(root) if m["type"] == "cgroup2" or cpu_controller(m["type"], m["options"])]
    for line in lines(os.path.join(root, "proc/self/cgroup")):
        number, controllers, path = line.split(":", 2)
        kind = "cgroup2" if number == "0" and not controllers else "cgroup"
        if kind == "cgroup" and "cpu" not in controllers.split(","):
            continue
        for mount in mounts:
            if mount["type"] == kind:
                for folder in upwards(path, mount["root"]):
                    yield os.path.join(root, (mount["point"] + "/" + folder).strip("/"))


def cpu_controller(kind, options):  # type: (str, str) -> bool
    """Whether a mount is that of the first generation's CPU controller."""
    return kind == "cgroup" and "cpu" in options.split(",")


def upwards(path, mounted_root):  # type: (str, str) -> List[str]
    """A cgroup's path below a mount and the paths above it. One outside of what is mounted counts as the mount itself."""
    inside = path == mounted_root or path.startswith(mounted_root.rstrip("/") + "/")
    parts = [part for part in path[len(mounted_root.rstrip("/")) :].split("/") if part] if inside else []
    return ["/".join(parts[:length]) for length in range(len(parts), -1, -1)] if ".." not in parts else [""]


def limit_of(folder):  # type: (str) -> Optional[float]
    """Cores' worth of CPU that one cgroup allows; None without a limit."""
    for files in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        words = [word for name in files for line in lines(os.path.join(folder, name)) for word in line.split()]
        if len(words) == 2 and words[0] not in ("max", "-1"):
            return float(words[0]) / float(words[1])
    return None


def mounted(root):  # type: (str) -> List[Dict[str, str]]
    """The mounts this process sees: where, which part of the file system, its type and its options."""
    found = []
    for line in lines(os.path.join(root, "proc/self/mountinfo")):
        before, _, after = (part.split() for part in line.partition(" - "))
        found.append({"root": before[3], "point": before[4], "type": after[0], "options": after[-1]})
    return found


def lines(path):  # type: (str) -> List[str]
    """The lines of a file without their ends; none where it cannot be read."""
    try:
        with open(path) as file:
            return file.read().splitlines()
    except (IOError, OSError, ValueError):
        return []


def capabilities():  # type: () -> List[str]
    """The dotted public names, sub-modules left out, of all that has to do with processes."""
    import importlib

    found = []
    for module, inside in places():
        try:
            value = importlib.import_module(module)  # type: Any
            for name in inside.split():
                value = getattr(value, name)
        except (ImportError, AttributeError):
            continue
        prefix = ".".join([module] + inside.split())
        found += [prefix + "." + name for name in dir(value) if not name.startswith("_") and is_value(value, name)]
    return sorted(set(found))


def places():  # type: () -> Tuple[Tuple[str, str], ...]
    """Modules, and names inside them, whose public names are capabilities."""
    modules = (
        "os",
        "signal",
        "sys",
        "threading",
        "multiprocessing",
        "multiprocessing.shared_memory",
        "concurrent.futures",
    )
    classes = (
        ("multiprocessing", "Process"),
        ("multiprocessing.pool", "Pool"),
        ("concurrent.futures", "ProcessPoolExecutor"),
    )
    return tuple((module, "") for module in modules) + classes


def is_value(owner, name):  # type: (Any, str) -> bool
    """Whether the name is really there, and no module that just happened to be imported."""
    try:
        return not isinstance(getattr(owner, name), type(sys))
    except (AttributeError, ImportError):
        return False


def multiprocessing_identity():  # type: () -> Dict[str, Any]
    """The start methods, the default first in force, and whether the library was compiled with its asserts.

    An embeddable build's library has none, though `sys.flags.optimize` says 0; joining a process that never started
    shows it. Where multiprocessing cannot be imported at all there is no start method.
    """
    identity = {"start_methods": [], "default_method": "", "optimize": sys.flags.optimize}  # type: Dict[str, Any]
    try:
        import multiprocessing

        identity["start_methods"] = multiprocessing.get_all_start_methods()
    except ImportError:
        return identity
    chosen = multiprocessing.get_start_method(allow_none=True)
    identity["default_method"] = chosen or identity["start_methods"][0]
    try:
        multiprocessing.Process().join()
    except AssertionError:
        pass
    except AttributeError:
        identity["optimize"] = max(1, sys.flags.optimize)
    return identity


if __name__ == "__main__":
    main()
