"""The project's sessions: every check that a person or a workflow runs is one of these.

`nox -l` lists them; `nox` alone runs what a change has to pass. What stands behind `--` goes to the tool that is run.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import tempfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "tests"]

HERE = Path(__file__).parent
GROUPS = nox.project.load_toml("pyproject.toml")
SHELL = [".ci/run", *(f"docker/{name}" for name in ("offline-base", "pin-images", "start-engine"))]
SHELL += [f"docker/windows/{name}" for name in ("set-up-wine", "windows-python")]
WORKFLOWS = sorted(str(path) for path in Path(".github/workflows").glob("*.yml"))

CORES = os.cpu_count() or 1
WORKERS = str(2 * CORES)
"""Most of a trial is waiting, for interpreters to start and for tasks that sleep: two workers a core keep it busy."""
MORE_WORKERS = str(7 * CORES // 2)
"""Outside of containers and of Wine a trial costs so little that two a core leave it idle: with CPython 3.14 on two cores a
session takes 96 s by two, 85 to 90 by two and a half, 73 to 77 by three and a half, 76 by four and a half.
"""

SCHEMAS = {
    "mpref.judge.declaration": "scenarios/scenario.schema.json",
    "mpref.judge.claim_file": "scenarios/claims.schema.json",
    "mpref.show.export": "docs/export.schema.json",
}
"""Generated files by the module that writes them to the path it is given."""


def install(session: nox.Session, *groups: str) -> None:
    """Install the project in place, and what the named dependency groups list; pip takes 5 s to see that it did so before."""
    wanted = hashlib.sha256(f"{HERE} {groups} ".encode() + Path("pyproject.toml").read_bytes()).hexdigest()
    folder = getattr(session.virtualenv, "location", "")  # with --no-venv there is none
    installed = Path(folder, "installed")
    if folder and installed.is_file() and installed.read_text() == wanted:
        return
    if folder:
        installed.unlink(missing_ok=True)  # whatever becomes of this, the environment is no longer what it says
    session.install("-e", ".", *nox.project.dependency_groups(GROUPS, *groups))
    if folder:
        note = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"  # with --no-install it is not run either
        session.run_install("python", "-c", note, str(installed), wanted, log=False)


@nox.session
def scenarios(session: nox.Session) -> None:
    """Run the scenarios: is this Python behaving as the article and the documentation say?"""
    install(session)
    session.run("pytest", "scenarios", "-n", MORE_WORKERS, *session.posargs)


@nox.session
def containers(session: nox.Session) -> None:
    """Build the images that can be had here, and run the scenarios in containers: `-- --container GLOB` chooses some."""
    install(session)
    given = session.posargs
    chosen = [value for option, value in itertools.pairwise(given) if option == "--container"]
    chosen += [word.partition("=")[2] for word in given if word.startswith("--container=")]
    session.run("mpref", "images", *chosen)
    every = [] if chosen else ["--container", "*"]
    session.run("pytest", "scenarios", "-n", WORKERS, *every, *given)


@nox.session
def windows(session: nox.Session) -> None:
    """Run the scenarios on Windows' CPython under this machine's Wine, which is not Windows."""
    install(session)
    found = session.run("mpref", "windows", silent=True, stderr=None)
    chosen = [word for path in str(found).split() for word in ("--python", path)]
    session.run("pytest", "scenarios", "-n", WORKERS, *chosen, *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Test the harness itself: the fast tests first, then those with real processes."""
    install(session, "tests")
    session.run("pytest", "tests/unit", "tests/real", "-n", WORKERS, "--durations", "12", *session.posargs)


def check_fresh(session: nox.Session, module: str, committed: Path) -> None:
    """Generate a schema anew; one that differs from the committed file fails the session."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, committed.name)
        session.run("python", "-m", module, str(fresh), log=False)
        same = committed.is_file() and committed.read_bytes() == fresh.read_bytes()
    if not same:
        session.error(f"{committed} is stale: python -m {module} {committed}")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, declarations, the schema's freshness, change notes, Dockerfiles, shell scripts and workflows."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mpref", "list", silent=True)
    for module, schema in SCHEMAS.items():
        check_fresh(session, module, Path(schema))
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)
    session.run("hadolint", "docker/Dockerfile", "docker/windows/Dockerfile")
    session.run("shellcheck", *SHELL)
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    session.run(
        "zizmor", "--offline", "--no-progress", "--strict-collection", "--persona", "pedantic", ".github/workflows"
    )


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the harness strictly."""
    install(session, "types")
    session.run("mypy", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what recording costs over the same programs started bare."""
    install(session)
    session.run("python", "bench/run.py", *session.posargs)


@nox.session
def faults(session: nox.Session) -> None:
    """Break one behaviour after the other on purpose, and print which expectation catches it: the power table."""
    install(session)
    session.run("python", "tests/faults", *session.posargs)


def try_wheel(session: nox.Session, wheel: Path, elsewhere: Path) -> None:
    """Install the wheel into a fresh environment; list its scenarios and run one, from a directory without any."""
    session.run("python", "-m", "venv", str(elsewhere / "fresh"))
    tools = elsewhere / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    session.run(str(tools / "python"), "-m", "pip", "install", "-q", str(wheel), external=True)
    with session.chdir(elsewhere):
        session.run(str(tools / "mpref"), "list", external=True)
        session.run(str(tools / "pytest"), "scenarios", *(session.posargs or ["-k", "without_join"]), external=True)


@nox.session
def build(session: nox.Session) -> None:
    """Build sdist and wheel, and prove that the wheel works in a fresh environment and from another directory."""
    session.install(*nox.project.dependency_groups(GROUPS, "build"))
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", silent=True)
    (wheel,) = (HERE / "dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as elsewhere:
        try_wheel(session, wheel, Path(elsewhere))


if __name__ == "__main__":
    nox.main()
