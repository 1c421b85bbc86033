"""When an expectation applies: above all on a release that is not out yet."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from judge_fakes import environment

from mpref.judge.conditions import When, applies, version_matches


@pytest.mark.parametrize(
    ("version", "specifier", "matches"),
    [
        ("3.15.0rc1", ">=3.15", True),
        ("3.15.0rc1", "<3.15", False),
        ("3.15.0a3", "==3.15.*", True),
        ("3.15.0rc1", ">3.14,<3.16", True),
        ("3.15.0rc1", ">=3.15.0rc2", False),
        ("3.15.0rc2", ">=3.15.0rc2,<3.16", True),
        ("3.15.0rc1", "!=3.15.0rc1", False),
        ("3.15.0", ">=3.15.0rc2", True),
        ("3.16.0a0+", ">=3.16", True),
        ("3.13.8", ">=3.13.8,!=3.14.0", True),
        ("3.13.7", ">=3.13.8", False),
        ("3.14.0", ">=3.13.8,!=3.14.0", False),
    ],
)
def test_versions(version: str, specifier: str, matches: bool):
    """A pre-release counts as its base version, unless the specifier names a pre-release."""
    assert version_matches(version, specifier) is matches


@pytest.mark.parametrize("version", ["3.15.0a1", "3.15.0b2", "3.15.0rc1", "3.15.0", "3.15.1"])
def test_a_version_falls_on_one_side(version: str):
    """Of `>=3.15` and `<3.15` exactly one applies, whatever the pre-release: no expectation vanishes."""
    assert version_matches(version, ">=3.15") != version_matches(version, "<3.15")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"method": "fork"}, True),
        ({"method": ["spawn", "forkserver"]}, False),
        ({"stream": ["pipe", "file"]}, True),
        ({"stream": "terminal"}, False),
        ({"capability": "os.fork"}, True),
        ({"capability": ["os.gone", "os.fork"]}, True),
        ({"capability": "os.gone"}, False),
        ({"without": "os.gone"}, True),
        ({"without": "os.fork"}, False),
        ({"python": [">=3.14", "==3.13.*"]}, True),
        ({"implementation": "pypy"}, False),
        ({"platform": ["linux", "darwin"]}, True),
        ({"environment": "cpython-3.13.*-linux"}, True),
        ({"environment": "*-windows"}, False),
        ({"method": "fork", "python": ">=3.14"}, False),
    ],
)
def test_keys(when: dict[str, Any], expected: bool):
    """All keys must hold, and a list means any of its members."""
    assert applies(msgspec.convert(when, When), environment("3.13.0"), "fork", "pipe") is expected


@pytest.mark.parametrize(
    ("version", "options", "expected"),
    [
        ("3.15.0", ("-W", "error"), False),
        ("3.14.0", ("-W", "error"), True),
        ("3.15.0", (), True),
        ("3.12.0", ("-W", "error"), False),
    ],
)
def test_unless(version: str, options: tuple[str, ...], expected: bool):
    """A condition may except another: that one is met only if all of its keys are."""
    when = msgspec.convert({"python": ">=3.14", "unless": {"option": "-W error", "python": ">=3.15"}}, When)
    assert str(when) == "python >=3.14, unless (python >=3.15, option -W error)"
    assert applies(when, environment(version, options=options), "fork", "pipe") is expected


def test_no_condition():
    """Without a condition an expectation applies everywhere."""
    assert applies(None, environment(), "none", "file")


def test_in_words():
    """A condition says itself in one line."""
    assert str(When(method=("spawn", "forkserver"), python=">=3.14")) == "method spawn or forkserver, python >=3.14"


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"python": "three"}, "not a PEP 440"),
        ({"python": ""}, "not a PEP 440"),
        ({"capability": "fork"}, "not a capability"),
        ({}, "names nothing"),
        ({"method": []}, "names nothing"),
    ],
)
def test_bad_conditions(when: dict[str, Any], message: str):
    """A condition that cannot be meant is refused where it is read."""
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert(when, When)
