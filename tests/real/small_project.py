"""A scenario or two for a project of a test's own, and what the command says of it in the end."""

from __future__ import annotations

GOOD = """
title = "It prints one line."
methods = ["none"]
trials = 2

[[expect]]
check = "text"
says = "It prints its line."
stream = "stdout"
equals = "hello\\n"
"""
FEW = GOOD.replace("trials = 2", "trials = 2\nmost = 4")
PRINT = 'print("hello")\n'
RECORDED = """
title = "It records one event."
methods = ["none"]
events = ["one"]
trials = 1

[[expect]]
check = "count"
says = "It is recorded once."
of = "one"
is = 1
"""


def last_line(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2]


def closing(cells: int, **counts: int) -> str:
    names = ("pass", "fail", "inconclusive", "not-applicable", "broken")
    return f"scenarios: {cells} cells, " + ", ".join(f"{counts.get(n.replace('-', '_'), 0)} {n}" for n in names)
