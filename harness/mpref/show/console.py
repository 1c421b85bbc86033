"""Where tables are printed to become text: as wide as the terminal, in colour only where there is one."""

from __future__ import annotations

import io
import os
import shutil
import sys

from rich.console import Console


def plain_console(least: int = 80) -> tuple[Console, io.StringIO]:
    """A console of at least so many columns, and the buffer that holds what it printed."""
    buffer = io.StringIO()
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = max(shutil.get_terminal_size((120, 40)).columns, least)
    return Console(file=buffer, force_terminal=colour, width=width, highlight=False, soft_wrap=True), buffer


def unicode() -> bool:
    """Whether standard output can show lines and marks beyond ASCII."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def markdown_row(*fields: str) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(field.replace('|', chr(92) + '|').replace(chr(10), ' ') for field in fields)} |"


def markdown_head(*names: str) -> list[str]:
    """The head of a Markdown table."""
    return [markdown_row(*names), markdown_row(*["---"] * len(names))]
