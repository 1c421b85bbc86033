"""Containers without an engine: the matrix, the recipes, what a container is given, and what is said where nothing answers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from judge_fakes import environment, expectation, scenario

from mpref.containers import box, engine, images, matrix
from mpref.containers.engine import Engine
from mpref.environment import Box
from mpref.errors import UsageError
from mpref.plan import readable


def boxed(profile: str = "default", *, special: bool = False) -> Box:
    limits = tuple(matrix.profile(profile).options())
    return Box(
        entry="cpython-3.14-debian",
        image="sha256:abc",
        base="offline",
        supervisor="/usr/bin/python3.14",
        profile=profile,
        limits=limits,
        special=special,
    )


def ids(*globs: str) -> list[str]:
    return [entry.id for entry, _ in matrix.selected(globs)]


class TestMatrix:
    def test_globs_select_in_the_matrix_order(self):
        """Several globs select once each; a name in full is told apart."""
        assert ids("pypy-*", "cpython-3.1[45]-debian") == [
            "cpython-3.14-debian",
            "cpython-3.15-debian",
            "pypy-3.11-debian",
        ]
        assert matrix.selected(["pypy-3.11-debian"])[0][1]
        assert not matrix.selected(["pypy-*"])[0][1]

    def test_a_prerelease_has_to_be_named(self):
        """No glob chooses one."""
        ahead = [entry.id for entry in matrix.entries() if entry.prerelease]
        assert ahead
        assert not set(ahead) & set(ids("*"))
        assert ids(ahead[0]) == ahead[:1]

    def test_an_empty_selection_is_an_error(self):
        """Each glob must select something."""
        with pytest.raises(UsageError, match=r"--container cpython-2\.\*: it selects nothing"):
            matrix.selected(["pypy-*", "cpython-2.*"])

    def test_every_system_has_its_images(self):
        """Both glibc and musl, released and ahead of it; no environment stands there twice."""
        names = ids("*")
        assert {name.rpartition("-")[2] for name in names} == {"debian", "alpine", "windows"}
        assert len(names) == len(set(names))

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[[environment]]\nid = 'x'\n", "not what it should be"),
            ("[[environment]\n", "not what it should be"),
            (
                2 * "[[environment]]\nid = 'cpython-3.9-debian'\nofficial = {image = 'a', python = '/p'}\n",
                "stands there twice",
            ),
        ],
    )
    def test_a_malformed_matrix_is_one_message(
        self, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """What, and in which file."""
        (tmp_path / "matrix.toml").write_text(text)
        monkeypatch.setattr(matrix, "folder", lambda: tmp_path)
        with pytest.raises(UsageError, match=said) as caught:
            matrix.entries()
        assert str(tmp_path / "matrix.toml") in str(caught.value)

    def test_a_missing_matrix_is_one_message(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """An installation without it says so."""
        monkeypatch.setattr(matrix, "folder", lambda: tmp_path)
        with pytest.raises(UsageError, match="cannot be read"):
            matrix.entries()


class TestProfiles:
    def test_limits_become_options(self):
        """Those that are named, and what every container is held to."""
        options = matrix.profile("half-cpu").options()
        assert options[options.index("--cpus") + 1] == "0.5"
        assert options[options.index("--pids-limit") + 1] == str(matrix.PROCESSES)
        assert "--init" in options
        assert "--init" not in matrix.profile("no-init").options()

    def test_an_unknown_one_is_refused(self):
        """The known ones are named."""
        with pytest.raises(UsageError, match=r"there is no such profile.*half-cpu"):
            matrix.profile("huge")

    def test_those_that_scenarios_name_exist(self):
        """The pack asks for no profile that there is not."""
        named = {name for scenario in readable([Path("scenarios")]).values() for name in scenario.profiles}
        assert named
        assert all(matrix.profile(name) for name in named)


class TestRecipes:
    def entry(self, name: str = "cpython-3.14-debian") -> Any:
        return next(entry for entry in matrix.entries() if entry.id == name)

    def test_the_official_base_comes_first(self):
        """The offline one is there where a suite has the interpreter."""
        assert [recipe.base for recipe in images.recipes(self.entry())] == ["official", "offline"]
        assert [recipe.base for recipe in images.recipes(self.entry("cpython-3.14-alpine"))] == ["official"]

    def test_without_a_digest_it_is_unpinned(self, monkeypatch: pytest.MonkeyPatch):
        """And says so; with one, its content is fixed, and it is another image."""
        loose = images.recipes(self.entry())[0]
        monkeypatch.setattr(images, "_digests", lambda: {"python:3.14-slim": "sha256:1"})
        pinned = images.recipes(self.entry())[0]
        assert loose.made_of == "python:3.14-slim, unpinned"
        assert pinned.made_of == "python:3.14-slim@sha256:1"
        assert loose.tag != pinned.tag

    def test_environments_of_a_suite_share_its_root(self):
        """One root file system holds all that they need, supervisors too."""
        sid = {images.recipes(self.entry(f"cpython-3.{n}-debian"))[1].source for n in (13, 14, 15)}
        assert len(sid) == 1
        assert "python3.14" in images.recipes(self.entry("pypy-3.11-debian"))[1].packages


class TestContainer:
    def test_nothing_but_its_memory_can_be_written(self):
        """No network, no rights, a read-only root, and every folder read-only at its own path."""
        command = box.given(boxed(), [Path("/a/scenarios/pool")], "name")
        text = " ".join(command)
        for part in ("--network none", "--read-only", "--cap-drop ALL", "no-new-privileges", "--rm", "--interactive"):
            assert part in text
        mounts = [word for word in command if word.startswith("type=bind")]
        assert "type=bind,src=/a/scenarios/pool,dst=/a/scenarios/pool,readonly" in mounts
        assert all(mount.endswith(",readonly") for mount in mounts)
        assert command[-1] == "sha256:abc"

    def test_no_two_share_a_user(self):
        """The kernel counts a user's processes over all containers; but Wine, and who is watched from outside, have theirs."""
        users = {box.given(boxed(), [], "name")[box.given(boxed(), [], "name").index("--user") + 1] for _ in range(20)}
        assert len(users) > 15
        assert not any(user.startswith(("0:", "10001:")) for user in users)
        for other in (
            msgspec.structs.replace(boxed(), entry="cpython-3.13-windows"),
            msgspec.structs.replace(boxed(), first=True),
        ):
            assert "--user" not in box.given(other, [], "name")

    def test_its_environment_is_named_by_system_and_limits(self):
        """So that no two of a run have one name."""
        one = msgspec.structs.replace(environment("3.14.2"), box=boxed())
        half = msgspec.structs.replace(one, box=boxed("half-cpu"))
        assert (one.name, half.name) == ("cpython-3.14.2-debian", "cpython-3.14.2-debian-half-cpu")

    def test_scenarios_about_limits_run_in_such_containers_only(self):
        """And the others not in those that are there for them."""
        here = environment("3.14.2")
        plain = msgspec.structs.replace(here, box=boxed())
        asked = msgspec.structs.replace(here, box=boxed("half-cpu"))
        special = msgspec.structs.replace(here, box=boxed("half-cpu", special=True))
        check = expectation("exit-status", is_=0)
        common, limited = scenario(check), scenario(check, profiles=("half-cpu",))
        assert [common.runs_in(one) for one in (here, plain, asked, special)] == [True, True, True, False]
        assert [limited.runs_in(one) for one in (here, plain, asked, special)] == [False, False, True, True]


class TestEngine:
    def fake(self, monkeypatch: pytest.MonkeyPatch, version: tuple[int, str, str], rest: tuple[int, str, str]) -> None:
        """An engine whose command says `version` when asked for it, and `rest` to all else."""
        monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/docker" if name == "docker" else None)
        monkeypatch.setattr(engine, "said", lambda command, _: version if command[1] == "version" else rest)

    def test_no_command_is_one_message(self, monkeypatch: pytest.MonkeyPatch):
        """It says how to get one."""
        monkeypatch.setattr(shutil, "which", lambda _: None)
        with pytest.raises(UsageError, match=r"there is no docker command.*start-engine"):
            Engine.found()

    def test_no_answer_is_one_message(self, monkeypatch: pytest.MonkeyPatch):
        """It repeats what the command said last."""
        self.fake(monkeypatch, (1, "", "Hm.\nCannot connect to the Docker daemon"), (1, "", ""))
        with pytest.raises(UsageError, match=r"no engine answers \(Cannot connect to the Docker daemon\)"):
            Engine.found()

    def test_a_failed_build_tells_why(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """The engine's last line, and the file."""
        self.fake(monkeypatch, (0, "1", ""), (1, "", "no space left on device"))
        with pytest.raises(UsageError, match="cannot be built: no space left on device") as caught:
            Engine.found().build(tmp_path, "mpref/x:1", {})
        assert str(tmp_path / "Dockerfile") in str(caught.value)

    def test_without_any_base_the_reasons_are_told(self, monkeypatch: pytest.MonkeyPatch):
        """The registry's and the offline base's."""
        self.fake(monkeypatch, (0, "1", ""), (1, "", ""))
        entry = next(entry for entry in matrix.entries() if entry.id == "cpython-3.14-debian")
        with pytest.raises(UsageError, match=r"no registry gave python:3\.14-slim: status 1; there is no mmdebstrap"):
            images.build(Engine.found(), entry)

    def test_what_has_no_image_is_left_out_or_refused(self, monkeypatch: pytest.MonkeyPatch):
        """Left out where a glob chose it, refused where its whole name did; none at all is an error."""
        self.fake(monkeypatch, (0, "1", ""), (1, "", ""))
        left_out: list[str] = []
        with pytest.raises(UsageError, match="nothing that it selects has an image here"):
            box.environments(["*"], {"default": False}, (), left_out)
        assert len(left_out) == len(ids("*"))
        with pytest.raises(UsageError, match=r"cpython-3\.14-debian: it has no image here"):
            box.environments(["cpython-3.14-debian"], {"default": False}, (), [])
