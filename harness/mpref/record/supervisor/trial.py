"""One trial from its order to its history: start, watch, look who is left, clear up, write down."""

from __future__ import annotations

import time
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from . import ending as endings
from . import events, processes, shm
from .calibration import Cores
from .host import AnyHost, RunningTrial
from .order import CannotStart, Order
from .regimes import Provocation
from .streams import Capture
from .watch import FIRST_LOOK, Bounds, Judgement, Sample, Watch, too_much_output

LOAD_GRACE = 10.0
"""Seconds by which the grace period is stretched while what is left still gets on."""
LOOSE_LIMITS = ("polling", "RLIMIT_NPROC")
"""Ways to limit processes that do not hold a single trial to its own limit: it is looked at more often."""
POLLING = 0.02
"""Seconds between looks at the number of tasks, where nothing limits it."""
MEASURABLE = 0.1
"""Seconds: below, the machine's clock ticks are too coarse to tell the neighbours' share."""

Leftovers = List[Dict[str, Any]]


class Outcome(NamedTuple):
    """What the supervisor saw beside the streams and events."""

    judgement: Judgement
    wall: float
    at_exit: Leftovers
    after_grace: Leftovers
    dump: Capture
    stderr: Capture
    notes: List[str]


EXITED = Judgement("exited", "")
CORES = Cores()


def carry_out(order: Order, host: AnyHost) -> Dict[str, Any]:
    """Run one trial; its history. It raises nothing that the trial could cause."""
    before = CORES.before() if order.calibrate else None
    began, busy = time.time(), processes.machine_busy()
    provocation = Provocation(order, host.folders.events)
    try:
        running = host.start(order, provocation.place)
    except CannotStart as error:
        provocation.end()
        return {**_blank(order, began), "error": str(error)}
    try:
        outcome = _follow(running, order, host, provocation)
    except Exception:
        running.kill()
        running.close()
        raise
    finally:
        provocation.end()
    cpu = running.cpu()
    return {
        **_blank(order, began),
        "pid": running.pid,
        "ending": outcome.judgement.ending,
        "reason": outcome.judgement.reason,
        "status": running.status if outcome.judgement is EXITED else None,
        "wall": outcome.wall,
        "cpu": cpu,
        "neighbours": _neighbours(busy, running.started, cpu),
        "cores": _fewest(before, CORES.after() if order.calibrate else None),
        "limit_hit": outcome.judgement.crowded or running.refused() > 0,
        "stdout": running.stdout.capture.stored(),
        "stderr": outcome.stderr.stored(),
        "dump": outcome.dump.stored(),
        "left_at_exit": outcome.at_exit,
        "left_after_grace": outcome.after_grace,
        **_recorded(running, host, outcome.notes),
    }


def _recorded(running: RunningTrial, host: AnyHost, notes: List[str]) -> Dict[str, Any]:
    """Its events, and what they tell of its processes."""
    gathered = events.gather(host.folders.events)
    pids = {event["pid"] for event in gathered.events}
    created = max(running.members.created, len(pids | {running.pid}))
    return {"events": gathered.events, "created": created, "notes": notes + gathered.notes}


def _fewest(before: Optional[float], after: Optional[float]) -> Optional[float]:
    return None if before is None or after is None else min(before, after)


def _blank(order: Order, began: float) -> Dict[str, Any]:
    return {
        "trial": order.trial,
        "command": order.command,
        "regime": order.regime,
        "seed": order.seed,
        "pid": 0,
        "ending": "exited",
        "status": None,
        "started": began,
        "wall": 0.0,
        "cpu": None,
        "created": 0,
        "neighbours": None,
    }


def _follow(running: RunningTrial, order: Order, host: AnyHost, provocation: Provocation) -> Outcome:
    judgement = _watch(running, order, host, provocation)
    shared: Set[int] = set()
    wall = time.monotonic() - running.started
    at_exit: Leftovers = []
    after_grace: Leftovers = []
    dump, notes = Capture(), []
    if judgement is EXITED:
        at_exit, after_grace = _left_over(running, order, host, provocation)
        provocation.end()
        shared = shm.mapped(one["pid"] for one in after_grace)
        gone = not running.any_left() or running.kill()
    else:
        provocation.end()
        if judgement.ending != "endless" or judgement.settled:  # a bomb is not looked at but ended
            shared = shm.mapped(running.live())
        gone, dump = _end(running, judgement)
    if not gone:
        notes.append("not all of its processes could be killed")
    left = shm.names(shared) if shared else []
    if left:
        notes.append(f"left in {shm.FOLDER}: {' '.join(left)}")
    running.close()
    return Outcome(judgement, wall, at_exit, after_grace, dump, running.stderr.capture, notes)


def _end(running: RunningTrial, judgement: Judgement) -> Tuple[bool, Capture]:
    """End it; whether nothing is left, and what it wrote to stderr meanwhile if it was made to dump its stacks."""
    if not judgement.is_hang:
        return endings.end(running, judgement), Capture()
    before = running.divert(Capture())
    gone = endings.end(running, judgement)
    return gone, running.divert(before)


def _watch(running: RunningTrial, order: Order, host: AnyHost, provocation: Provocation) -> Judgement:
    """Wait for the program's exit, looking now and then at what it does."""
    bounds = Bounds(order.deadline, order.quiet, order.cpu, order.processes, order.output)
    watch = Watch(bounds, running.started, enforced=host.limit not in LOOSE_LIMITS)
    tasks = 0 if watch.enforced else processes.machine_tasks()
    look_at = running.started + FIRST_LOOK
    shortest = min(float("inf") if watch.enforced else POLLING, provocation.look)
    while True:
        now = time.monotonic()
        running.wait(min(shortest, look_at - now))
        provocation.step()
        if running.status is not None:
            return EXITED
        if host.stopped:
            return Judgement("interrupted", host.stopped)
        judgement = too_much_output(running.stdout.size + running.stderr.size, bounds)
        crowded = not watch.enforced and processes.machine_tasks() - tasks > order.processes
        now = time.monotonic()
        if judgement is None and (crowded or now >= look_at):
            judgement = watch.look(_sample(running, host, now), running.will_wake)
            look_at = time.monotonic() + watch.interval
        if judgement is not None:
            return judgement


def _sample(running: RunningTrial, host: AnyHost, now: float) -> Sample:
    live = running.live()
    return Sample(
        time=now,
        cpu=running.cpu_seen(),
        busy=sum(proc.busy for proc in live.values()),
        live=len(live),
        created=running.members.created,
        activity=running.stdout.size + running.stderr.size + events.size(host.folders.events),
        refused=running.refused(),
    )


def _left_over(
    running: RunningTrial, order: Order, host: AnyHost, provocation: Provocation
) -> Tuple[Leftovers, Leftovers]:
    """Who is there at the program's exit, and who still is after the grace period, which ends as soon as nobody is."""
    if not running.any_left():
        return [], []
    at_exit = running.members.describe(running.live())
    until = time.monotonic() + order.grace
    utmost = until + LOAD_GRACE
    pause, used = 0.0005, running.cpu_seen()
    while running.any_left():
        running.wait(min(pause, provocation.look))
        provocation.step()
        pause = min(0.05, pause * 1.5)
        now = time.monotonic()
        if now < until and not host.stopped:
            continue
        live = running.live()
        used, before = running.cpu_seen(), used
        getting_on = used - before > 0.001 or any(proc.busy for proc in live.values())
        if host.stopped or now >= utmost or not getting_on:
            return at_exit, running.members.describe(live)
        until, pause = min(utmost, now + 0.25), 0.01
    return at_exit, []


def _neighbours(before: Optional[float], started: float, cpu: Optional[float]) -> Optional[float]:
    """Cores that were busy with something else, on average."""
    wall = time.monotonic() - started
    after = processes.machine_busy() if wall >= MEASURABLE else None
    if before is None or after is None or cpu is None:
        return None
    return max(0.0, round((after - before - cpu) / wall, 2))
