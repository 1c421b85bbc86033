"""The store: a run is one SQLite file: ledger, environments, scenarios, trials, events, streams, verdicts.

Writers may be killed at any moment: each trial is one transaction in WAL mode, so what was finished is there. Closing
checkpoints and leaves WAL, so that the one file can be copied and read anywhere; opening mends the file of a killed run.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from mpref.environment import Cell, Environment
from mpref.errors import UsageError
from mpref.history import Event, History, Stream
from mpref.record.order import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

APPLICATION_ID = 0x6D707266  # "mprf"
FORMAT = 3
BUSY_SECONDS = 120

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE environments (name TEXT PRIMARY KEY, identity TEXT NOT NULL);
CREATE TABLE scenarios (name TEXT PRIMARY KEY, folder TEXT NOT NULL, declaration TEXT NOT NULL, program TEXT NOT NULL);
CREATE TABLE cells (id TEXT PRIMARY KEY, scenario TEXT NOT NULL, environment TEXT NOT NULL, method TEXT NOT NULL,
    stream TEXT NOT NULL);
CREATE TABLE surroundings (id INTEGER PRIMARY KEY, hello TEXT NOT NULL UNIQUE);
CREATE TABLE trials (id INTEGER PRIMARY KEY, cell TEXT NOT NULL REFERENCES cells, trial INTEGER NOT NULL,
    regime TEXT NOT NULL, ending TEXT NOT NULL, status INTEGER, wall REAL NOT NULL, cpu REAL, record TEXT NOT NULL,
    ordered TEXT NOT NULL, surroundings INTEGER REFERENCES surroundings,
    UNIQUE (cell, trial));
CREATE TABLE events (trial INTEGER NOT NULL REFERENCES trials, time INTEGER NOT NULL, pid INTEGER NOT NULL,
    ppid INTEGER NOT NULL, seq INTEGER NOT NULL, label TEXT NOT NULL, fields TEXT NOT NULL);
CREATE INDEX events_of_trial ON events (trial);
CREATE TABLE streams (trial INTEGER NOT NULL REFERENCES trials, name TEXT NOT NULL, head BLOB NOT NULL,
    tail BLOB NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (trial, name)) WITHOUT ROWID;
CREATE TABLE verdicts (cell TEXT PRIMARY KEY REFERENCES cells, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    rules INTEGER NOT NULL, body TEXT NOT NULL);
"""
CONTROLS = """
CREATE TABLE IF NOT EXISTS controls (name TEXT NOT NULL, environment TEXT NOT NULL, ok INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (name, environment)) WITHOUT ROWID
"""
"""Since format 2; a run of format 1 that is gone on with gets it."""
STREAMS = ("stdout", "stderr", "dump")
SEPARATE = (*STREAMS, "events")


class RunFile:
    """An open run. Construct it by `start`, `resume` or `read`; close it, or use it as a context manager.

    Every method raises UsageError, with the file and what to do, where SQLite cannot go on (disk full, not a run, ...).
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, scratch: Path | None = None) -> None:
        self.path = path
        self._connection = connection
        self._scratch = scratch

    @classmethod
    def start(cls, path: Path, meta: dict[str, str], environments: Iterable[Environment]) -> RunFile:
        """Opens a new run file; several workers may do so at once, and the first one sets it up."""
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            _use_wal(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
        run = cls(path, connection)
        with run._transaction() as db:
            if not db.execute("PRAGMA user_version").fetchone()[0]:
                for statement in SCHEMA.split(";\n"):
                    db.execute(statement)
                db.execute(CONTROLS)
                db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                db.execute(f"PRAGMA user_version={FORMAT}")
            db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", meta.items())
            rows = [(e.name, msgspec.json.encode(e).decode()) for e in environments]
            db.executemany("INSERT OR IGNORE INTO environments VALUES (?, ?)", rows)
        return run

    @classmethod
    def resume(cls, path: Path) -> RunFile:
        """Opens a run to go on with it; what a killed writer left is mended."""
        _must_exist(path)
        with explained(path):
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", timeout=BUSY_SECONDS, isolation_level=None, uri=True
            )
            _check(path, connection)
            try:
                _use_wal(connection)
            except sqlite3.OperationalError as error:
                msg = f"{path}: it cannot be written ({error}); a run is resumed in the file itself: copy it elsewhere first"
                raise UsageError(msg) from error
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(CONTROLS)
            connection.execute(f"PRAGMA user_version={FORMAT}")
            return cls(path, connection)

    @classmethod
    def read(cls, path: Path) -> RunFile:
        """Opens a run to read it, wherever it lies; mends the file of a killed run where it can be written."""
        _must_exist(path)
        with explained(path):
            if _sidecar(path).exists():
                path, scratch = _merged(path)
            else:
                scratch = None
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", isolation_level=None, uri=True)
            _check(path, connection)
            return cls(path, connection, scratch)

    def close(self, *, last: bool = False) -> None:
        """Closes this connection; the last writer of a run leaves one plain file behind."""
        if last:
            with contextlib.suppress(sqlite3.OperationalError):  # somebody else still has it open: they will
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        self._connection.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, *values: object) -> list[Any]:
        with explained(self.path):
            return self._connection.execute(query, values).fetchall()

    @property
    def meta(self) -> dict[str, str]:
        """What was asked for: mpref's version, the command line, the options."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def note(self, key: str, value: str) -> None:
        """Adds to what was asked for, in the place of what was there."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def environments(self) -> list[Environment]:
        """The environments of the run, by name."""
        rows = self._rows("SELECT identity FROM environments ORDER BY name")
        with explained(self.path):
            return [msgspec.json.decode(text, type=Environment) for (text,) in rows]

    def plan(self, cells: Iterable[Cell], scenarios: dict[str, tuple[Path, str, str]]) -> None:
        """Writes the ledger: cells, and each scenario's (folder, declaration, program). What is there already stays."""
        with self._transaction() as db:
            sources = [(name, str(folder), toml, program) for name, (folder, toml, program) in scenarios.items()]
            db.executemany("INSERT OR IGNORE INTO scenarios VALUES (?, ?, ?, ?)", sources)
            rows = [(c.id, c.scenario, c.environment, c.method, c.stream) for c in cells]
            db.executemany("INSERT OR IGNORE INTO cells VALUES (?, ?, ?, ?, ?)", rows)

    def cells(self) -> list[Cell]:
        """The ledger: every cell that was planned."""
        rows = self._rows("SELECT scenario, environment, method, stream FROM cells ORDER BY scenario, environment, id")
        return [Cell(scenario=s, environment=e, method=m, stream=k) for s, e, m, k in rows]

    def unjudged(self) -> int:
        """How many planned cells have no verdict yet, or one that was cut off."""
        decided = "SELECT cell FROM verdicts WHERE coalesce(json_extract(body, '$.cut_off'), '') = ''"
        return int(self._rows(f"SELECT count(*) FROM cells WHERE id NOT IN ({decided})")[0][0])  # noqa: S608 - no input

    def sources(self, scenario: str) -> tuple[Path, str, str] | None:
        """(folder, declaration, program) of a scenario as they were when it was planned."""
        rows = self._rows("SELECT folder, declaration, program FROM scenarios WHERE name = ?", scenario)
        return (Path(rows[0][0]), rows[0][1], rows[0][2]) if rows else None

    def folders(self) -> set[Path]:
        """Where the scenarios of the run lie."""
        return {Path(folder) for (folder,) in self._rows("SELECT DISTINCT folder FROM scenarios")}

    def add(self, cell: Cell, history: History, ordered: Order, hello: dict[str, Any]) -> None:
        """Stores one trial, whole or not at all: what was ordered, under which supervisor's surroundings, what it showed."""
        plain = msgspec.to_builtins(history)
        for name in SEPARATE:
            del plain[name]
        record = msgspec.json.encode(plain).decode()
        surroundings = json.dumps(hello, sort_keys=True)
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO surroundings (hello) VALUES (?)", (surroundings,))
            (place,) = db.execute("SELECT id FROM surroundings WHERE hello = ?", (surroundings,)).fetchone()
            row = {
                "cell": cell.id,
                **{name: plain[name] for name in ("trial", "regime", "ending", "status", "wall", "cpu")},
                "record": record,
                "ordered": msgspec.json.encode(ordered).decode(),
                "surroundings": place,
            }
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            added = db.execute(f"INSERT INTO trials ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
            key = added.lastrowid
            events = [
                (key, e.time, e.pid, e.ppid, e.seq, e.label, msgspec.json.encode(e.fields).decode())
                for e in history.events
            ]
            db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", events)
            streams = [(key, n, s.head, s.tail, s.size, s.sha256) for n in STREAMS if (s := getattr(history, n)).size]
            db.executemany("INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?)", streams)

    def histories(self, cell: Cell) -> list[History]:
        """The trials of a cell, in their order."""
        rows = self._rows("SELECT id, record FROM trials WHERE cell = ? ORDER BY trial", cell.id)
        with explained(self.path):
            return [self._history(key, record) for key, record in rows]

    def order(self, cell: Cell, trial: int) -> Order:
        """What was ordered for a stored trial. Raises UsageError where there is none."""
        rows = self._rows("SELECT ordered FROM trials WHERE cell = ? AND trial = ?", cell.id, trial)
        with explained(self.path):
            return msgspec.json.decode(rows[0][0] if rows else "", type=Order)

    def surroundings(self) -> list[dict[str, Any]]:
        """What every supervisor of the run said of itself: how it limits, finds and kills, and the declared variables."""
        return [json.loads(hello) for (hello,) in self._rows("SELECT hello FROM surroundings ORDER BY id")]

    def _history(self, key: int, record: str) -> History:
        events = self._rows(
            "SELECT label, pid, ppid, time, seq, fields FROM events WHERE trial = ? ORDER BY rowid", key
        )
        streams = self._rows("SELECT name, head, tail, size, sha256 FROM streams WHERE trial = ?", key)
        whole = msgspec.convert(msgspec.json.decode(record), History)
        parts: dict[str, Any] = {n: Stream(head=h, tail=t, size=z, sha256=x) for n, h, t, z, x in streams}
        parts["events"] = tuple(
            Event(label=lb, pid=p, ppid=pp, time=t, seq=s, fields=msgspec.json.decode(f))
            for lb, p, pp, t, s, f in events
        )
        return msgspec.structs.replace(whole, **parts)

    def set_verdict(self, cell: Cell, verdict: str, reason: str, rules: int, body: bytes) -> None:
        """Stores a cell's verdict (its JSON in `body`), in the place of an earlier one."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?)",
                (cell.id, verdict, reason, rules, body.decode()),
            )

    def verdicts(self) -> dict[str, str]:
        """The JSON of every verdict by cell id."""
        return dict(self._rows("SELECT cell, body FROM verdicts"))

    def set_controls(self, controls: Iterable[tuple[str, str, bool, bytes]]) -> None:
        """Stores how controls came out: (name, environment, whether it was right, its JSON); all of them or none."""
        rows = [(name, environment, ok, body.decode()) for name, environment, ok, body in controls]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO controls VALUES (?, ?, ?, ?)", rows)

    def controls(self) -> list[str]:
        """The JSON of every control; none where the run has none."""
        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'controls'"):
            return []
        return [body for (body,) in self._rows("SELECT body FROM controls ORDER BY environment, name")]

    def verdict(self, cell: Cell) -> str | None:
        """The JSON of one cell's verdict; None where it has none yet."""
        rows = self._rows("SELECT body FROM verdicts WHERE cell = ?", cell.id)
        return str(rows[0][0]) if rows else None


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turns WAL mode on. SQLite does not wait where several turn it on at once, whatever its timeout, so this does."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _must_exist(path: Path) -> None:
    if not path.is_file():
        msg = f"{path}: there is no such run file; `--results FILE` names the file when a run is made"
        raise UsageError(msg)


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _merged(path: Path) -> tuple[Path, Path | None]:
    """Brings the write-ahead log of a killed run home: in place where that can be written, else in a copy."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", timeout=2, isolation_level=None, uri=True)
        ) as db:
            _check(path, db)
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            mended = not busy and db.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
    except sqlite3.OperationalError:
        mended = False
    if mended:
        return path, None
    scratch = Path(tempfile.mkdtemp(prefix="mpref-read-"))
    for source in (path, _sidecar(path)):
        shutil.copy2(source, scratch / source.name)
    with contextlib.closing(sqlite3.connect(scratch / path.name, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=DELETE").fetchone()
    return scratch / path.name, scratch


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Raises UsageError unless this is a whole run file of a format that this mpref reads."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        msg = f"{path}: it is not a run file of mpref; runs are made by `nox -s scenarios` or `pytest scenarios`"
        raise UsageError(msg)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        msg = f"{path}: a newer mpref wrote it (format {version}, this one reads {FORMAT}); update mpref to read it"
        raise UsageError(msg)
    faults = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if faults != "ok":
        msg = f"{path}: it is damaged ({faults}); it may be truncated: copy it again from where it was made"
        raise UsageError(msg)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system refuse into one message that says what, where and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{path}: {_advice(str(error))}") from error
    except msgspec.MsgspecError as error:
        msg = f"{path}: it holds what this mpref does not understand ({error}); another version may have made it"
        raise UsageError(msg) from error
    except OSError as error:
        msg = f"{path}: {error.strerror or error}; name another place with --results"
        raise UsageError(msg) from error


def _advice(message: str) -> str:
    advice = {
        "file is not a database": "it is not a run file of mpref; runs are made by `nox -s scenarios` or `pytest scenarios`",
        "malformed": "it is damaged; it may be truncated: copy it again from where it was made",
        "full": "the disk is full; what was finished is kept: make room, then go on with --resume",
        "disk I/O error": "the disk failed or is full; what was finished is kept: make room, then go on with --resume",
        "readonly": "it cannot be written; copy it to where it can, or name another with --results",
        "unable to open": "it cannot be opened; check that its folder exists and can be written, or name another with --results",
        "locked": "another process keeps it locked; wait until that run is over",
    }
    for part, text in advice.items():
        if part in message:
            return text
    return f"SQLite cannot go on with it ({message}); what was finished is kept"
