"""Official images: pulled from a registry, pinned by digest, built on; the registry is a small one of our own."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import msgspec
import pytest
from registry import Registry

from mpref.containers import images, matrix
from mpref.containers.engine import Engine
from mpref.errors import MprefError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mpref.containers.matrix import Entry


@pytest.fixture
def engine() -> Engine:
    try:
        return Engine.found()
    except MprefError as error:
        pytest.skip(str(error))


@pytest.fixture
def registry(engine: Engine) -> Iterator[Registry]:
    with Registry() as one:
        yield one
    engine.remove(one.name, f"{one.name.removesuffix(':3')}@{one.digest}", *engine.tagged("mpref/registry-test"))


def entry(registry: Registry) -> Entry:
    """An environment whose official image that registry has."""
    some = next(entry for entry in matrix.entries() if entry.official)
    assert some.official
    return msgspec.structs.replace(
        some, id="registry-test", official=msgspec.structs.replace(some.official, image=registry.name), offline=None
    )


def test_an_image_is_pulled_pinned_and_built_on(
    engine: Engine, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unpinned it is noted as such; docker/pin-images writes the digest, by which it is pulled from then on."""
    made = images.build(engine, entry(registry))
    assert made.base == f"{registry.name}, unpinned"
    folder = tmp_path / "docker"
    folder.mkdir()
    shutil.copy(matrix.folder() / "pin-images", folder)
    (folder / "matrix.toml").write_text(f'official = {{ image = "{registry.name}", python = "python3" }}\n')
    done = subprocess.run(["sh", str(folder / "pin-images")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pinned = tomllib.loads((folder / "digests.toml").read_text())
    assert pinned == {registry.name: registry.digest}
    monkeypatch.setattr(images, "_digests", lambda: pinned)
    assert images.build(engine, entry(registry)).base == f"{registry.name}@{registry.digest}"


@pytest.mark.parametrize("way", ["empty", "lies"])
def test_a_wrong_digest_is_one_message(engine: Engine, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """A registry that answers and has nothing of the pinned digest, or something else: no other base takes its place."""
    with Registry(**{way: True}) as registry:
        monkeypatch.setattr(images, "_digests", lambda: {registry.name: f"sha256:{'0' * 64}"})
        with pytest.raises(UsageError, match=r"digests\.toml: .* the registry does not have .*manifest"):
            images.build(engine, entry(registry))


def test_pinning_without_a_registry_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    """It says which image it did not get, and the file is as it was."""
    shutil.copy(matrix.folder() / "pin-images", tmp_path)
    (tmp_path / "matrix.toml").write_text('official = { image = "127.0.0.1:9/python:3", python = "python3" }\n')
    (tmp_path / "digests.toml").write_text("# mine\n")
    done = subprocess.run(["sh", str(tmp_path / "pin-images")], capture_output=True, text=True, check=False)
    assert (done.returncode, "no registry gave 127.0.0.1:9/python:3" in done.stderr) == (1, True)
    assert (tmp_path / "digests.toml").read_text() == "# mine\n"
