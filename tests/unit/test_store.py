"""The run file: what goes in comes out, whatever was killed, copied, cut short or made read-only on the way."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mpref.environment import Cell, Environment
from mpref.errors import UsageError
from mpref.history import Event, History, Process, Stream
from mpref.record.order import Order
from mpref.record.store import FORMAT, RunFile, _use_wal

if TYPE_CHECKING:
    from collections.abc import Callable

CELL = Cell(scenario="process/join", environment="cpython-3.13.0-linux", method="fork", stream="pipe")
ORDER = Order(
    trial=1,
    command=("python", "x.py"),
    environ={},
    stdin=None,
    cwd=None,
    stream="pipe",
    deadline=1,
    quiet=1,
    processes=1,
    cpu=1,
)
HELLO = {"limit": "polling"}
SOURCES = {"process/join": (Path("somewhere"), "title = 'x'", "print()")}


@pytest.fixture
def environment() -> Environment:
    return Environment(
        executable="python", implementation="cpython", version="3.13.0", implementation_version="3.13.0", build="main",
        free_threaded=False, debug=False, optimize=0, warn_options=(), x_options=(), platform="linux", os="Linux 6",
        machine="x86_64", libc="glibc 2.36", container="", cpus=2, affinity=2, quota=None,
        start_methods=("fork", "spawn", "forkserver"), default_method="fork", capabilities=("os.fork",),
    )  # fmt: skip


def history(trial: int = 1) -> History:
    return History(
        trial=trial, command=("python", "x.py"), pid=10, ending="exited", status=0, started=1.5, wall=0.2, cpu=0.1,
        created=2, neighbours=0.5,
        events=(Event(label="a", pid=10, ppid=1, time=5, seq=0, fields={"n": 1, "text": "ü"}),
                Event(label="b", pid=11, ppid=10, time=5, seq=0)),
        stdout=Stream(head=b"\xff\x00", size=2, sha256="00"), left_at_exit=(Process(pid=3, ppid=1, role="stray", command="x"),),
        notes=("torn",),
    )  # fmt: skip


def make(path: Path, environment: Environment, trials: int = 2) -> None:
    run = RunFile.start(path, {"mpref": "0"}, [environment])
    run.plan([CELL], SOURCES)
    for trial in range(1, trials + 1):
        run.add(CELL, history(trial), ORDER, HELLO)
    run.close(last=True)


def test_what_goes_in_comes_out(tmp_path: Path, environment: Environment) -> None:
    """Ledger, environments, scenarios and histories are read back as they were written."""
    make(tmp_path / "run.sqlite", environment)
    with RunFile.read(tmp_path / "run.sqlite") as run:
        assert run.cells() == [CELL]
        assert run.environments() == [environment]
        assert run.sources("process/join") == SOURCES["process/join"]
        assert run.histories(CELL) == [history(1), history(2)]
        assert run.order(CELL, 2) == ORDER
        assert run.surroundings() == [HELLO]


def test_one_plain_file_is_left(tmp_path: Path, environment: Environment) -> None:
    """The last close leaves no side file, so that the one file can be copied."""
    make(tmp_path / "run.sqlite", environment)
    assert [p.name for p in tmp_path.iterdir()] == ["run.sqlite"]


def test_two_workers_start_one_file(tmp_path: Path, environment: Environment) -> None:
    """The second worker to open a new run finds it set up, and both write into it."""
    first = RunFile.start(tmp_path / "run.sqlite", {"a": "1"}, [environment])
    second = RunFile.start(tmp_path / "run.sqlite", {"a": "2"}, [environment])
    first.plan([CELL], SOURCES)
    second.plan([CELL], SOURCES)
    second.add(CELL, history(1), ORDER, HELLO)
    first.add(CELL, history(2), ORDER, HELLO)
    assert first.meta == {"a": "1"}
    assert len(second.histories(CELL)) == 2
    second.close()
    first.close(last=True)


def test_a_trial_is_stored_whole_or_not_at_all(tmp_path: Path, environment: Environment) -> None:
    """A trial that is refused half-way leaves neither its row nor its events."""
    make(tmp_path / "run.sqlite", environment, trials=1)
    run = RunFile.resume(tmp_path / "run.sqlite")
    with pytest.raises(UsageError):
        run.add(CELL, history(1), ORDER, HELLO)
    assert len(run.histories(CELL)) == 1
    run.close(last=True)
    with sqlite3.connect(tmp_path / "run.sqlite") as db:
        assert db.execute("SELECT count(*) FROM events").fetchone() == (2,)


def killed(path: Path, environment: Environment) -> None:
    """The files as a writer leaves them that is killed after one trial: copied from under an open connection."""
    open_one = path.with_name("open.sqlite")
    run = RunFile.start(open_one, {}, [environment])
    run.plan([CELL], SOURCES)
    run.add(CELL, history(1), ORDER, HELLO)
    for suffix in ("", "-wal"):
        shutil.copy(f"{open_one}{suffix}", f"{path}{suffix}")
    run.close(last=True)
    open_one.unlink()


def test_a_killed_run_is_mended(tmp_path: Path, environment: Environment) -> None:
    """What a killed writer had finished is read, and the file is a plain one afterwards."""
    killed(tmp_path / "run.sqlite", environment)
    with RunFile.read(tmp_path / "run.sqlite") as run:
        assert run.histories(CELL) == [history(1)]
    assert [p.name for p in tmp_path.iterdir()] == ["run.sqlite"]


def test_a_killed_run_is_gone_on_with(tmp_path: Path, environment: Environment) -> None:
    """Resuming the file of a killed run keeps what was finished and takes more."""
    killed(tmp_path / "run.sqlite", environment)
    run = RunFile.resume(tmp_path / "run.sqlite")
    run.add(CELL, history(2), ORDER, HELLO)
    assert len(run.histories(CELL)) == 2
    run.close(last=True)


def not_one(path: Path) -> None:
    path.write_text("title = 'not a run'\n" * 200)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (x)")


def truncated(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={FORMAT + 1}")


def missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(not_one, "not a run file"), (empty, "not a run file"), (other_database, "not a run file"), (truncated, "damaged"),
     (newer, "newer mpref"), (missing, "no such run file")],
)  # fmt: skip
@pytest.mark.parametrize("opened", [RunFile.read, RunFile.resume])
def test_a_bad_file_is_one_message(
    tmp_path: Path,
    environment: Environment,
    spoil: Callable[[Path], None],
    said: str,
    opened: Callable[[Path], RunFile],
) -> None:
    """Whatever is wrong with a run file is said in one message that names the file."""
    path = tmp_path / "run.sqlite"
    make(path, environment, trials=300)
    if spoil is other_database:
        path.unlink()
    spoil(path)
    with pytest.raises(UsageError, match=said) as caught:
        opened(path)
    assert str(path) in str(caught.value)


def test_a_run_is_read_where_nothing_can_be_written(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of a killed run is read through a copy where it cannot be mended in place."""
    folder = tmp_path / "ro"
    folder.mkdir()
    killed(folder / "run.sqlite", environment)
    real = sqlite3.connect

    def refuse(database: object, *args: object, **kwargs: object) -> sqlite3.Connection:
        if "mode=rw" in str(database):
            msg = "attempt to write a readonly database"
            raise sqlite3.OperationalError(msg)
        return real(database, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", refuse)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix != ".sqlite-shm"}
    with RunFile.read(folder / "run.sqlite") as run:
        assert run.histories(CELL) == [history(1)]
    assert before.items() <= {p.name: p.read_bytes() for p in folder.iterdir()}.items()


def test_a_copy_is_a_whole_run(tmp_path: Path, environment: Environment) -> None:
    """The one file, copied, is the run."""
    make(tmp_path / "run.sqlite", environment)
    shutil.copy(tmp_path / "run.sqlite", tmp_path / "copy.sqlite")
    with RunFile.read(tmp_path / "copy.sqlite") as run:
        assert len(run.histories(CELL)) == 2


def test_what_another_version_wrote_is_one_message(tmp_path: Path, environment: Environment) -> None:
    """A record with a field that this version does not know is said to be so."""
    make(tmp_path / "run.sqlite", environment, trials=1)
    with sqlite3.connect(tmp_path / "run.sqlite") as db:
        db.execute("UPDATE trials SET record = replace(record, '\"wall\"', '\"walls\"')")
    with RunFile.read(tmp_path / "run.sqlite") as run, pytest.raises(UsageError, match="another version"):
        run.histories(CELL)


class Contended:
    """A connection on which others turn WAL mode on as well, so that SQLite says at first that it is busy."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.done = False

    def execute(self, statement: str) -> Contended:
        assert statement == "PRAGMA journal_mode=WAL"
        if self.codes:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.codes.pop(0)
            raise error
        self.done = True
        return self

    def fetchone(self) -> None:
        pass


def test_workers_that_start_a_run_at_once_wait_for_each_other() -> None:
    """SQLite does not wait where several turn WAL mode on, whatever its timeout; a busy file is tried again, others are not."""
    contended = Contended(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)
    _use_wal(contended)  # type: ignore[arg-type]
    assert contended.done
    with pytest.raises(sqlite3.OperationalError):
        _use_wal(Contended(sqlite3.SQLITE_READONLY))  # type: ignore[arg-type]
