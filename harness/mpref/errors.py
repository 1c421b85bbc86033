"""The errors that mpref raises for its users: one clear message each. `main` prints it and ends with its status."""

from __future__ import annotations


class MprefError(Exception):
    """Something that a user can understand and mend; its text is the whole message."""

    exit_status = 2


class UsageError(MprefError):
    """A malformed input: what is wrong, where it is, and what to do."""

    exit_status = 2

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        """`what` without a full stop; `where` a file, a line, a key; `advice` one sentence."""
        self.what, self.where, self.advice = what, where, advice
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{self.what}.{advice}"


class RecordError(MprefError):
    """A supervisor could not do its job: nothing is known of the program."""

    exit_status = 3
