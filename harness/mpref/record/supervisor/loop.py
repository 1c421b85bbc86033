"""The protocol: orders come in on stdin, histories go out on stdout, one line of JSON each; a hello comes first.

It ends at the end of stdin or on SIGINT, SIGTERM or SIGHUP: the trial that runs is ended and reported, and all is cleared up.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import sys
from typing import Any, Dict, List, Tuple

from . import host as hosts
from .order import BadOrder, Order
from .trial import carry_out

ALLOWED = {
    "": "auto",
    "--no-cgroup": "none",
    **{f"--cgroup {allow}": allow for allow in ("auto", "v1", "v2", "none")},
}
"""The arguments: which control groups may be used."""


def main(arguments: List[str]) -> int:
    """Run the supervisor; its exit status."""
    allow = ALLOWED.get(" ".join(arguments))
    if allow is None:
        sys.stderr.write(f"usage: supervisor [{' | '.join(filter(None, ALLOWED))}]\n")
        return 2
    codecs.register_error("mpref", _spell_out)
    if hasattr(gc, "freeze"):
        gc.freeze()
    host = hosts.make(allow)
    try:
        told = tell({"hello": {"pid": os.getpid(), "python": sys.version.split()[0], **host.hello()}})
        while told:
            line = host.next_order()
            if line is None:
                break
            told = tell({"history": _answer(line, host)})
    finally:
        host.close()
    return 0


def _answer(line: bytes, host: hosts.AnyHost) -> Dict[str, Any]:
    """The history of one order, whatever happens: the supervisor does not die of one bad trial."""
    try:
        order = Order.from_line(line)
    except BadOrder as error:
        return _failed(f"bad order: {error}")
    try:
        return carry_out(order, host)
    except Exception:  # noqa: BLE001 - one bad trial must not end all others
        import traceback

        problem = traceback.format_exc().strip()
        return {**_failed(f"the supervisor failed: {problem}"), "trial": order.trial, "command": order.command}


def _failed(error: str) -> Dict[str, Any]:
    blank = {"trial": -1, "command": [], "pid": 0, "ending": "exited", "status": None, "started": 0.0, "wall": 0.0}
    return {**blank, "cpu": None, "created": 0, "neighbours": None, "error": error}


def tell(record: Dict[str, Any]) -> bool:
    """Write one line; False where nobody reads any more."""
    data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "mpref") + b"\n"
    try:
        while data:
            data = data[os.write(1, data) :]
    except OSError:
        return False
    return True


def _spell_out(error: UnicodeError) -> Tuple[str, int]:
    """Half a surrogate pair is no JSON text: it is written as its escape, spelt out."""
    assert isinstance(error, UnicodeEncodeError)
    bad = error.object[error.start : error.end]
    return "".join(f"\\\\u{ord(letter):04x}" for letter in bad), error.end
