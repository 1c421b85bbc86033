"""One judged cell as text: what was expected and why, what was observed how often, and the witness's timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mpref.history import History, Stream
    from mpref.judge.verdict import CellVerdict, Finding

BAR = 30
STREAM_LINES = 12


def failure(verdict: CellVerdict, histories: Sequence[History]) -> str:
    """Why a cell did not pass, the shortest witness first; plain text, no Python traceback."""
    open_ones = [f for f in verdict.findings if f.verdict not in {"pass", "not-applicable"}]
    lines = [f"{verdict.verdict}: {verdict.cell.id}", f"    {verdict.reason}"]
    for finding in open_ones:
        lines += ["", *_finding(finding)]
    by_trial = {h.trial: h for h in histories}
    witnesses = {f.witness for f in open_ones if f.witness in by_trial}
    for trial in sorted(witnesses, key=lambda t: (len(by_trial[t].events), t)):
        lines += ["", *timeline(by_trial[trial])]
    lines += [f"broken: trial {h.trial}: {h.error}" for h in histories if h.error]
    return "\n".join(lines)


def printable(text: str, encoding: str | None) -> str:
    """The text with what an encoding cannot show spelt out."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")


def _finding(finding: Finding) -> Iterable[str]:
    yield f"{finding.verdict}: {finding.says}"
    yield f"    expected: {finding.grade} ({finding.check})"
    if finding.because:
        yield f"    because:  {finding.because}"
    if finding.source:
        yield f"    source:   {finding.source}"
    if finding.message:
        yield f"    {finding.message}"
    yield from histogram(finding.histogram)


def histogram(counts: dict[str, int]) -> Iterable[str]:
    """What was observed, the most frequent first."""
    total = max(sum(counts.values()), 1)
    for outcome, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"    {count:4d} of {total}  {'#' * max(1, round(BAR * count / total)):<{BAR}}  {outcome}"


def timeline(history: History, title: str = "witness") -> Iterable[str]:
    """A trial's events in order, then its streams and its end; times in milliseconds since its first event."""
    yield f"{title}: trial {history.trial}, regime {history.regime}, root pid {history.pid}, {_end(history)}"
    start = history.events[0].time if history.events else 0
    for event in history.events:
        fields = " ".join(f"{k}={v!r}" for k, v in event.fields.items())
        yield f"    {(event.time - start) / 1e6:9.3f} ms  pid {event.pid:<7} {event.label}  {fields}".rstrip()
    for name in ("stdout", "stderr", "dump"):
        yield from _stream(name, getattr(history, name))
    for when, left in (("at exit", history.left_at_exit), ("after the grace period", history.left_after_grace)):
        for process in left:
            yield f"    left {when}: {process.role} pid {process.pid} (parent {process.ppid}): {process.command[:100]}"
    for note in history.notes:
        yield f"    note: {note}"


def _end(history: History) -> str:
    if history.error:
        return f"could not be carried out: {history.error}"
    if history.ending == "exited":
        return f"exit status {history.status} after {history.wall:.2f} s"
    return f"{history.ending} after {history.wall:.2f} s ({history.reason})"


def _stream(name: str, stream: Stream) -> Iterable[str]:
    if not stream.size:
        return
    lines = stream.text.splitlines()
    yield f"    {name} ({stream.size} bytes):"
    shown = lines if len(lines) <= STREAM_LINES else [*lines[: STREAM_LINES // 2], "...", *lines[-STREAM_LINES // 2 :]]
    for line in shown:
        yield f"        {line}"
