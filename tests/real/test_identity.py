"""The identity: what each interpreter says of itself, and what the surroundings look like from inside."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from interpreters import OUT_OF_SCOPE, PYTHONS, declared

from mpref.environment import Environment
from mpref.record.order import TARGET

IDENTITY = TARGET / "identity.py"
each_python = pytest.mark.parametrize("python", PYTHONS.values(), ids=list(PYTHONS))
CPU = Path("/sys/fs/cgroup/cpu")


def said(python: str, *options: str) -> bytes:
    return subprocess.run(
        [python, *options, IDENTITY], env=declared(), capture_output=True, timeout=60, check=True
    ).stdout


def asked(python: str, expression: str) -> Any:
    """The value of an expression there."""
    source = "import sys, os, json, signal, multiprocessing, concurrent.futures as futures\n"
    command = [python, "-c", f"{source}print(json.dumps({expression}))"]
    return json.loads(subprocess.run(command, env=declared(), capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def identity() -> Any:
    """The module itself, for what can be asked of a made-up root folder."""
    spec = importlib.util.spec_from_file_location("identity", IDENTITY)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_python
def test_every_interpreter_says_what_it_is(python: str):
    """The line is an Environment, no field missing and none too many, and true in all that can be asked directly."""
    line = said(python)
    fields = set(msgspec.structs.asdict(msgspec.json.decode(line, type=Environment))) - {
        "options",
        "suffix",
        "box",
        "through",
    }
    found = msgspec.json.decode(line)
    assert set(found) == fields
    assert found["executable"] == asked(python, "sys.executable")
    assert found["version"] == ".".join(map(str, asked(python, "sys.version_info[:3]")))
    assert found["implementation"] == asked(python, "sys.implementation.name")
    assert found["start_methods"] == asked(python, "multiprocessing.get_all_start_methods()")
    assert found["default_method"] == asked(python, "multiprocessing.get_start_method()")
    assert found["affinity"] == len(os.sched_getaffinity(0)) <= found["cpus"]
    assert (found["optimize"], found["warn_options"], found["x_options"]) == (0, [], [])
    assert line.count(b"\n") == 1


@each_python
def test_capabilities_are_what_is_there(python: str):
    """A dotted name is listed where the interpreter has it, and only there."""
    names = set(json.loads(said(python))["capabilities"])
    wanted = {
        "os.fork": "hasattr(os, 'fork')",
        "os.process_cpu_count": "hasattr(os, 'process_cpu_count')",
        "signal.SIGINT": "True",
        "signal.no_such_name": "False",
        "sys.orig_argv": "hasattr(sys, 'orig_argv')",
        "threading.Thread": "True",
        "multiprocessing.shared_memory.SharedMemory": "True",
        "multiprocessing.pool.Pool.imap": "True",
        "multiprocessing.Process.interrupt": "hasattr(multiprocessing.Process, 'interrupt')",
        "concurrent.futures.ProcessPoolExecutor.kill_workers": "hasattr(futures.ProcessPoolExecutor, 'kill_workers')",
        "concurrent.futures.InterpreterPoolExecutor": "hasattr(futures, 'InterpreterPoolExecutor')",
        "os.sys": "False",
        "multiprocessing.pool": "False",
    }
    there = asked(python, "{" + ", ".join(f"{name!r}: {test}" for name, test in wanted.items()) + "}")
    assert {name: name in names for name in wanted} == there


@each_python
def test_options_are_told(python: str):
    """`-O`, `-W` and `-X` are part of what an interpreter is."""
    found = json.loads(
        said(python, "-OO", "-W", "error", "-W", "ignore::DeprecationWarning", "-X", "faulthandler", "-X", "a=b")
    )
    assert (found["optimize"], found["warn_options"]) == (2, ["error", "ignore::DeprecationWarning"])
    assert found["x_options"] == ["a=b", "faulthandler"]


@each_python
def test_a_library_without_asserts_is_told(python: str, tmp_path: Path):
    """Where the library was compiled without its asserts, as in embeddable builds, `optimize` says so."""
    library = tmp_path / "lib"
    source = f"""import compileall, multiprocessing, os, shutil
shutil.copytree(os.path.dirname(multiprocessing.__file__), {str(library / "multiprocessing")!r})
compileall.compile_dir({str(library)!r}, quiet=1, legacy=True, optimize=1)
"""
    subprocess.run([python, "-c", source], env=declared(), check=True)
    for file in library.rglob("*.py"):
        file.unlink()
    environ = declared() | {"PYTHONPATH": str(library)}
    line = subprocess.run([python, IDENTITY], env=environ, capture_output=True, check=True).stdout
    assert json.loads(line)["optimize"] == 1


@pytest.mark.skipif(not OUT_OF_SCOPE, reason="no Python older than 3.8 is installed")
@pytest.mark.parametrize("version", OUT_OF_SCOPE)
def test_an_old_python_says_its_version(version: str):
    """A Python that is out of scope says which it is, and no more."""
    found = json.loads(said(OUT_OF_SCOPE[version]))
    assert set(found) == {"implementation", "version"}
    assert found["version"].rpartition(".")[0] == version


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ((3, 15, 0, "candidate", 1), "3.15.0rc1"),
        ((3, 14, 0, "alpha", 2), "3.14.0a2"),
        ((3, 14, 0, "beta", 4), "3.14.0b4"),
        ((3, 13, 11, "final", 0), "3.13.11"),
    ],
)
def test_versions_are_pep_440(identity: Any, info: tuple[Any, ...], expected: str):
    """A pre-release's version is the one that specifiers understand."""
    assert identity.release(info) == expected


def surroundings(root: Path, cgroup: str, mountinfo: str, **files: str) -> str:
    """A root folder in which a process has these cgroups and mounts, and these files (`__` stands for a slash)."""
    contents = {"proc/self/cgroup": cgroup, "proc/self/mountinfo": mountinfo}
    contents |= {name.replace("__", "/").replace("DOT", "."): text for name, text in files.items()}
    for name, text in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return str(root)


V2 = "30 23 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n"
V2_INSIDE = "30 23 0:26 /pods/a /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n"
V1 = """33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
34 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
"""
PART = "sys__fs__cgroup__"


QUOTAS: list[tuple[str, str, dict[str, str], Any]] = [
    ("0::/\n", V2, {}, None),
    ("0::/\n", V2, {PART + "cpuDOTmax": "150000 100000\n"}, 1.5),
    ("0::/a/b\n", V2, {PART + "a__b__cpuDOTmax": "max 100000\n"}, None),
    ("0::/a/b\n", V2, {PART + "a__b__cpuDOTmax": "max 100000\n", PART + "a__cpuDOTmax": "50000 100000\n"}, 0.5),
    ("0::/a/b\n", V2, {PART + "a__b__cpuDOTmax": "20000 100000\n", PART + "a__cpuDOTmax": "50000 100000\n"}, 0.2),
    ("0::/pods/a/b\n", V2_INSIDE, {PART + "b__cpuDOTmax": "200000 100000\n"}, 2.0),
    ("0::/pods/ab\n", V2_INSIDE, {PART + "cpuDOTmax": "300000 100000\n"}, 3.0),
    ("0::/../other\n", V2, {PART + "cpuDOTmax": "70000 100000\n"}, 0.7),
    (
        "4:cpu,cpuacct:/a\n3:cpuset:/\n",
        V1,
        {
            PART + "cpu,cpuacct__a__cpuDOTcfs_quota_us": "25000\n",
            PART + "cpu,cpuacct__a__cpuDOTcfs_period_us": "50000\n",
            PART + "cpuset__cpuDOTcfs_quota_us": "1\n",
            PART + "cpuset__cpuDOTcfs_period_us": "1000\n",
        },
        0.5,
    ),
    (
        "4:cpu,cpuacct:/\n0::/\n",
        V1,
        {PART + "cpu,cpuacct__cpuDOTcfs_quota_us": "-1\n", PART + "cpu,cpuacct__cpuDOTcfs_period_us": "100000\n"},
        None,
    ),
    ("", "", {}, None),
]


@pytest.mark.parametrize("case", QUOTAS)
def test_the_tightest_quota_counts(identity: Any, case: tuple[str, str, dict[str, str], Any], tmp_path: Path):
    """The quota is that of the tightest of the nested cgroups, of either generation, inside a namespace too."""
    cgroup, mountinfo, files, expected = case
    assert identity.quota(surroundings(tmp_path, cgroup, mountinfo, **files)) == expected


@pytest.mark.skipif(
    not os.access(CPU / "cpu.cfs_quota_us", os.W_OK), reason="no writable cgroup of the first generation"
)
def test_a_real_quota_is_found():
    """An interpreter in a cgroup with a quota finds it, and the one of the cgroup above where that is tighter."""
    outer = CPU / f"mpref-test-{os.getpid()}"
    inner = outer / "inner"
    try:
        inner.mkdir(parents=True)
        (inner / "cpu.cfs_quota_us").write_text("60000")
        enter = ["sh", "-c", 'echo $$ > "$0/cgroup.procs"; exec "$@"', str(inner)]
        command = [*enter, list(PYTHONS.values())[-1], str(IDENTITY)]
        assert json.loads(subprocess.check_output(command, env=declared()))["quota"] == 0.6
        (inner / "cpu.cfs_quota_us").write_text("40000")
        (outer / "cpu.cfs_quota_us").write_text("50000")
        (inner / "cpu.cfs_quota_us").write_text("-1")
        assert json.loads(subprocess.check_output(command, env=declared()))["quota"] == 0.5
    finally:
        inner.rmdir()
        outer.rmdir()


OVERLAY = "1 0 0:50 / / rw - overlay overlay rw,lowerdir=/var/lib/{}/overlay2/l/A\n"
HOSTNAME = "2 1 8:1 /var/lib/docker/containers/ab/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n"


PLACES: list[tuple[str, str, dict[str, str], Any]] = [
    ("0::/\n", "", {}, ""),
    ("0::/\n", "", {"DOTdockerenv": ""}, ""),
    ("0::/\n", HOSTNAME, {}, "docker"),
    ("0::/\n", OVERLAY.format("docker"), {}, "docker"),
    ("4:cpu:/docker/abc\n", "", {}, "docker"),
    ("0::/kubepods/besteffort/pod1\n", "", {}, "kubernetes"),
    ("0::/\n", "", {"run__DOTcontainerenv": ""}, "podman"),
    ("0::/\n", "", {"proc__1__environ": "PATH=/bin\0container=lxc\0A=b"}, "lxc"),
    ("0::/\n", "", {"proc__1__environ": "xcontainer=lxc\0"}, ""),
]


@pytest.mark.parametrize("case", PLACES)
def test_containers_are_told_by_proof(identity: Any, case: tuple[str, str, dict[str, str], Any], tmp_path: Path):
    """A container is known by its cgroups, mounts or environment; `/.dockerenv` alone proves nothing."""
    cgroup, mountinfo, files, expected = case
    assert identity.container(surroundings(tmp_path, cgroup, mountinfo, **files)) == expected
