"""The kinds of check: a declaration's [[expect]] tables. Each is a small class that makes an Observation of a trial.

Every table has `check` (the kind) and `says` (one sentence for people), and may have

| key | meaning |
| --- | --- |
| grade | always (default), usually, sometimes, allowed, never |
| rate | usually, sometimes: how often at least (by default 0.5 and 0.2) |
| when | a condition, see below |
| chance | whether chance plays a part; by default in usually, sometimes, speed-up, gain, and the order of two processes |
| provoke | regimes that bring it about, or could break it: delay:LABEL (an order of two processes has its own) |
| because | the reason; required beside `when` |
| source | URL of the documentation or the issue |

A condition has one or more of the keys method, stream, capability, without (a capability that is absent), python (a
PEP 440 specifier), implementation, platform, environment (a glob over its name), option (of the interpreter, or none),
unless (a condition that must not hold). All must hold; a list means any of it.

Where events are meant, give a label, `"child-runs"`, or a table, `{label = "task-done", where = {task = 3}, field =
"pid"}`. Where an event is missing in a trial, a check about it does not hold; where no trial recorded it, the
expectation is broken.

| kind | holds if | operands |
| --- | --- | --- |
| same-pid | all values are equal | of = [events] |
| distinct-pids | all values differ; or so many of them | of = [events], least |
| child-of | the ppid of each child event is a value of the parent's | child, parent |
| happens-before | order on the common clock; a tie is undecided | first, then, over = all, first, each; by, with each |
| count | so many events, or different values of a field | of; is, or least and most; distinct = a field |
| value | every event's field meets it | of, field; one of equals, one-of, least and most, matches, same-as, type |
| text | a whole stream meets the operand | stream; one of equals, contains, matches, empty |
| lines | so many lines, or lines that match | stream, matches; is, or least and most |
| exit-status | the status is this, or one of these | is |
| exception | such a traceback was printed | type, phase, message, stream = stderr |
| hang | the trial did not end by itself | kind = any, blocked, endless |
| leftovers | so many processes stay, of these roles | at = exit, grace; roles; is, or least and most |
| gain | rounds at once beat rounds in turn, as far as the cores allow | in_turn, at_once, by = round; workers; least or most |
| speed-up | tasks ran side by side | start, end, by = task; against = serial, least; or = greedy, workers, most |

The phases of an exception: `start` (inside Process.start(), Pool(), Popen or pickling for them), `child-import` (a
child fails before its work, while it imports the main module again), `run` (in a worker's or in the program's own
code), `result` (raised by get() or result()), `shutdown` (at exit, in finalizers, "Exception ignored").

The default that an expectation stands in for, if it holds: the end (hang), the exit status (exit-status), stderr (text,
lines, exception), what is left (leftovers). That no line matches, or no process is left, foresees nothing.

    [[expect]]
    check = "same-pid"
    says = "The pid that start() gives is the pid that the child has."
    of = [{label = "started", field = "child"}, "child-runs"]

    [[expect]]
    check = "distinct-pids"
    says = "Four workers share the tasks."
    of = ["task-start"]
    least = 4

    [[expect]]
    check = "child-of"
    says = "The worker is a child of the program."
    child = "child-runs"
    parent = "parent-starts"
    when = {method = ["fork", "spawn"]}
    because = "under forkserver the server is the parent"

    [[expect]]
    check = "happens-before"
    says = "Every task starts before it ends."
    first = "task-start"
    then = "task-end"
    over = "each"
    by = "task"

    [[expect]]
    check = "count"
    says = "No task is lost and none runs twice."
    of = "task-end"
    distinct = "task"
    is = 7

    [[expect]]
    check = "value"
    says = "The exit code says success."
    of = "joined"
    field = "exitcode"
    equals = 0

    [[expect]]
    check = "text"
    says = "The child's greeting is printed."
    stream = "stdout"
    contains = "Hello"

    [[expect]]
    check = "lines"
    says = "The unflushed line is printed twice."
    stream = "stdout"
    matches = "^Process .* start"
    is = 2

    [[expect]]
    check = "exit-status"
    says = "The program fails."
    is = 1

    [[expect]]
    check = "exception"
    says = "The child refuses to start processes while it is imported."
    type = "RuntimeError"
    phase = "child-import"

    [[expect]]
    check = "hang"
    says = "It imports itself for ever."
    kind = "endless"

    [[expect]]
    check = "leftovers"
    says = "The orphan goes on."
    at = "exit"
    roles = ["worker"]
    is = 1

    [[expect]]
    check = "speed-up"
    says = "Four workers need hardly more than a perfect dispatcher would."
    start = "task-start"
    end = "task-end"
    against = "greedy"
    workers = 4
    most = 1.15

    [[expect]]
    check = "gain"
    says = "Two workers are faster than one, if there are two cores."
    in_turn = {label = "in-turn", field = "seconds"}
    at_once = {label = "at-once", field = "seconds"}
    workers = 2
    least = 0.5
"""

from __future__ import annotations

from typing import get_args

from .base import Check, Grade, Observation, Selector
from .count import Count
from .exception import Raises
from .exit import ExitStatus
from .gain import Gain
from .hang import Hang
from .leftovers import Leftovers
from .order import HappensBefore
from .pids import ChildOf, DistinctPids, SamePid
from .speed import SpeedUp, greedy_schedule
from .stream import Lines, Text
from .value import Value

Expectation = (
    SamePid
    | DistinctPids
    | ChildOf
    | HappensBefore
    | Count
    | Value
    | Text
    | Lines
    | ExitStatus
    | Raises
    | Hang
    | Leftovers
    | SpeedUp
    | Gain
)

KINDS: dict[str, type[Check]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Expectation)}
"""Every kind by the name that declarations use."""

__all__ = ["KINDS", "Check", "Expectation", "Grade", "Observation", "Selector", "greedy_schedule"]
