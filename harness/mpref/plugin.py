"""The pytest plugin: collects declarations, one item a cell, and maps verdicts onto pytest's outcomes and exit statuses.

Under pytest-xdist the controller decides what all workers share (the run file, the environments) and hands it to them;
each worker collects, writes the ledger before its first trial, and runs its cells with a supervisor of its own.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from mpref import __version__, clock
from mpref.controls import concluded
from mpref.driver import Driver, lock_files
from mpref.errors import MprefError, UsageError
from mpref.judge.control import misbehaved
from mpref.judge.declaration import is_declaration
from mpref.judge.grading import Case, chances
from mpref.judge.run import exit_status, without_cut_off
from mpref.judge.verdict import CellVerdict
from mpref.options import Shared, add_options, asked, places, share_out
from mpref.plan import Declared, dealt, declarations, scenario_folder
from mpref.record.store import RunFile
from mpref.review import judged_run, terms_of
from mpref.show import cells as show_cells
from mpref.show.progress import Progress
from mpref.show.summary import closing_line, summary

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from mpref.environment import Cell
    from mpref.judge.control import Control

NET_SECONDS = 3600.0
"""pytest-timeout's net lies this far above what a cell's own deadlines can add up to: others may have the machine first."""

TRIAL_SECONDS = 30.0
"""What a trial may take beyond its deadline: grace, dumps, escalation."""


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    add_options(parser.getgroup("mpref", "multiprocessing reference scenarios"))
    pluginmanager.register(Gate(), "mpref-gate")


OBSTACLE = "mpref-obstacle"
"""The property of a report that says why neither its cell nor any other can be run."""

SHARED = pytest.StashKey[Shared]()
"""What was decided before the session began."""


class Gate:
    """What was asked of mpref is looked at before the session begins, so that it is refused once, in one message.

    `pytest scenarios` means those that the package carries, where there is no folder of that name.
    """

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> int | None:
        """Exit status 2 for bad input; None lets the session go on."""
        config.args = [str(scenario_folder()) if a == "scenarios" and not Path(a).exists() else a for a in config.args]
        if hasattr(config, "workerinput") or not is_ours(config) or not asked(config.option):
            return None
        try:
            config.stash[SHARED] = Shared.from_options(config.option, places(config))
        except MprefError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            return 2
        return None


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, Any, Any]:
    """In a session of ours pytest's own usage errors, its 4, are exit status 2."""
    try:
        status = yield
    except pytest.UsageError as error:
        if not is_ours(config):
            raise
        print(f"ERROR: {error}", file=sys.stderr)
        return 2
    return 2 if status == pytest.ExitCode.USAGE_ERROR and is_ours(config) else status


def is_ours(config: pytest.Config) -> bool:
    """Whether the session is about scenarios: by its options, or by what its arguments hold."""
    option = config.option
    if option.help or option.version:
        return False
    return asked(option) or any(is_declaration(p) if p.is_file() else any(declarations(p)) for p in places(config))


def pytest_configure(config: pytest.Config) -> None:
    if getattr(config.option, "numprocesses", None) and is_ours(config):
        share_out(config.option)
    config.pluginmanager.register(Plugin(config), "mpref-session")


class Plugin:
    """The plugin's state in one pytest process."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        given = getattr(config, "workerinput", {}).get("mpref")
        self.worker = hasattr(config, "workerinput")
        decided = config.stash.get(SHARED, None)
        self._shared: Shared | None = msgspec.msgpack.decode(given, type=Shared) if given else decided
        self._cells: dict[str, Path] = {}
        self._driver: Driver | None = None
        self.progress: Progress | None = None
        self.interrupted = False
        self.bad_input = False
        self.others_failed = False
        self.obstacle = ""
        """Why the run could not go on."""

    @property
    def shared(self) -> Shared:
        """Decided once: by the controller, or here where there are no workers."""
        if self._shared is None:
            self._shared = Shared.from_options(self.config.option, places(self.config))
        return self._shared

    @property
    def driver(self) -> Driver:
        """This process's driver; the run file is opened with it."""
        if self._driver is None:
            path = Path(self.shared.results)
            if self.shared.resumed:
                run = RunFile.resume(path)
            else:
                arguments = shlex.join(str(a) for a in self.config.invocation_params.args)
                meta = {"mpref": __version__, "arguments": arguments, "started": clock.stamp()}
                run = RunFile.start(path, meta, self.shared.environments)
            environments = {e.name: e for e in self.shared.environments}
            self._driver = Driver(run, environments, self.shared.limits, self.shared.terms)
        return self._driver

    def pytest_report_header(self, config: pytest.Config) -> list[str]:
        """What is under test, and what was found and could not be."""
        if self._shared is None:
            return []
        names = ", ".join(environment.name for environment in self._shared.environments)
        return [f"interpreters under test: {names}", *(f"left out: {reason}" for reason in self._shared.left_out)]

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """xdist, in the controller: what every worker shall know."""
        if is_ours(self.config):
            limits = msgspec.structs.replace(self.shared.limits, workers=max(1, len(self.config.option.tx)))
            shared = msgspec.structs.replace(self.shared, limits=limits)
            node.workerinput["mpref"] = msgspec.msgpack.encode(shared)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
        if file_path.suffix != ".toml" or not is_declaration(file_path):
            return None
        return ScenarioFile.from_parent(parent, path=file_path, plugin=self)

    def claim(self, declared: Declared) -> None:
        """A run has one scenario of a name. Raises UsageError for the second."""
        first = self._cells.setdefault(declared.name, declared.path)
        if first != declared.path:
            what = f"there is another scenario {declared.name} in this run, {first}"
            raise UsageError(what, where=str(declared.path), advice="Rename one, or run them apart.")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The ledger is written before the first trial."""
        items = [item for item in session.items if isinstance(item, CellItem)]
        if items:
            self._show_own_progress(len(items))
        if items and not session.config.option.collectonly:
            sources = {item.declared.name: item.declared.sources for item in items}
            try:
                self.driver.run.plan((item.cell for item in items), sources)
                self._settle_terms(items)
                self.driver.ahead = {item.cell: item.declared for item in items if item.declared.scenario.alone}
            except UsageError as error:
                if self.worker:  # its controller learns no more than that it ended
                    print(f"ERROR: {error}", file=sys.stderr)
                pytest.exit(str(error), returncode=2)

    def _settle_terms(self, items: list[CellItem]) -> None:
        """The error of the run is shared out among all expectations that chance could fail; every worker counts the same."""
        known = {environment.name: environment for environment in self.shared.environments}
        count = sum(chances(Case(i.cell, i.declared.scenario, known[i.cell.environment])) for i in items)
        run, terms = self.driver.run, self.shared.terms
        before = int(run.meta.get("chances", "0"))
        self.driver.terms = msgspec.structs.replace(terms, chances=max(count, before))
        for key, value in self.driver.terms.to_meta().items():
            run.note(key, value)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Under a budget the cheapest answers come first; workers deal out the dearest, lest the last one is waited for."""
        if not self._shared:
            return
        limits = self._shared.limits
        if limits.until is not None or limits.workers > 1:
            items.sort(key=lambda i: i.declared.rank(i.cell) if isinstance(i, CellItem) else (0,))
        if limits.until is None and limits.workers > 1:
            items[:] = dealt(items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        """xdist, in the controller: it collects nothing itself."""
        cells = sum(".toml::" in name for name in ids)
        if cells:
            self._show_own_progress(cells)

    def _show_own_progress(self, cells: int) -> None:
        """Cells get lines of their own in the place of pytest's letters and percentages, unless `-v` or `-q` is given."""
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        otherwise = self.config.option.verbose or self.config.option.collectonly
        if self.worker or self.progress or reporter is None or otherwise:
            return
        reporter.showfspath = False
        reporter._show_progress_info = False  # noqa: SLF001 - pytest offers no other way once it has started
        self.progress = Progress(cells)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = dict(report.user_properties)
        verdict = properties.get("mpref")
        self.obstacle = self.obstacle or str(properties.get(OBSTACLE, ""))
        if verdict is None:
            self.others_failed |= report.failed and ".toml::" not in report.nodeid
        elif self.progress and (report.when == "call" or report.failed or report.skipped):
            self.progress.done(msgspec.json.decode(str(verdict), type=CellVerdict))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.bad_input |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
        """Cells are shown by the plugin's own progress, not by letters; the counts stay pytest's."""
        properties = dict(getattr(report, "user_properties", ()))
        if OBSTACLE in properties:
            return "not run", "", "NOT RUN"  # the reason is told once, at the end
        if "mpref" not in properties or self.config.option.verbose > 0:
            return None
        if report.failed:
            return ("failed", "", "FAILED") if report.when == "call" else ("error", "", "ERROR")
        if report.skipped:
            return "skipped", "", "SKIPPED"
        return ("passed" if report.when == "call" else ""), "", ""

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.interrupted = isinstance(excinfo.value, KeyboardInterrupt)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, Any, Any]:
        if self.progress:
            self.progress.close()
        if self._driver:
            self._driver.close()
        result = yield
        if not self.worker and self._shared and Path(self._shared.results).exists():
            try:
                self._conclude(session)
            except UsageError as error:
                self.obstacle = self.obstacle or str(error)
        if self.obstacle and not self.worker:
            print(f"ERROR: {self.obstacle}", file=sys.stderr)
            session.exitstatus = 2
        if self.bad_input or (session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and self._shared):
            session.exitstatus = 2
        return result

    def _conclude(self, session: pytest.Session) -> None:
        """The controls, the table, what did not run, and the exit status of the contract."""
        path = Path(self.shared.results)
        over = session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        controls: list[Control] = []
        try:
            controls = concluded(path, go_on=over and not self.interrupted and not self.obstacle)
        except KeyboardInterrupt:
            self.interrupted = True
        for lock in lock_files(path):
            lock.unlink(missing_ok=True)
        judged = judged_run(path)
        verdicts, missing, invalid = list(judged.verdicts.values()), judged.missing, misbehaved(controls)
        self._closing = closing_line(verdicts, missing)
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter:
            reporter.ensure_newline()
            for line in summary(verdicts, missing, controls, terms_of(path), path).splitlines():
                reporter.write_line(line)
        if over or self.interrupted:
            decisive = without_cut_off(verdicts) if self.shared.accept_cut_off else verdicts
            status = exit_status(decisive, missing, invalid)
            session.exitstatus = 1 if self.others_failed else status
        elif session.exitstatus in {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = 2

    _closing = ""

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """The last line that pytest prints."""
        if self._closing:
            print(self._closing, flush=True)


class ScenarioFile(pytest.File):
    """A declaration; its items are its cells."""

    def __init__(self, *, plugin: Plugin, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plugin = plugin

    def collect(self) -> Iterable[CellItem]:
        try:
            shared = self.plugin.shared
            declared = Declared.from_path(self.path, shared.scenarios)
            self.plugin.claim(declared)
            if shared.resumed:
                self._refuse_change(declared)
        except UsageError as error:
            raise self.CollectError(str(error)) from None
        for cell in declared.cells(shared.environments, shared.methods):
            name = cell.id.removeprefix(f"{declared.path.parent.name}/")
            # Given as text, so that pytest takes the brackets for parameters, as it does where it reads ids back (--lf).
            nodeid = f"{self.nodeid}::{name}"
            yield CellItem.from_parent(self, name=name, nodeid=nodeid, plugin=self.plugin, declared=declared, cell=cell)

    def _refuse_change(self, declared: Declared) -> None:
        """A run is one experiment: what was changed since it began is not mixed with what it has."""
        planned = self.plugin.driver.run.sources(declared.name)
        if planned is not None and planned[1:] != declared.sources[1:]:
            what = f"{declared.name} was changed since the run {self.plugin.shared.results} began"
            raise UsageError(
                what, where=str(self.path), advice="Start a new run, or judge the old one again by `mpref regrade`."
            )


class CellFailed(Exception):
    """A cell's verdict is not one of those that pass; carries it."""

    def __init__(self, verdict: CellVerdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class CellItem(pytest.Item):
    """One cell: scenario x environment x start method x stream kind."""

    def __init__(self, *, plugin: Plugin, declared: Declared, cell: Cell, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plugin = plugin
        self.declared = declared
        self.cell = cell
        for word in (cell.method, cell.stream, cell.environment, cell.scenario):
            self.extra_keyword_matches.add(word)
        scenario = declared.scenario
        trials = scenario.trials + 2 * (scenario.most or plugin.shared.terms.effort.most)
        self.add_marker(pytest.mark.timeout(NET_SECONDS + trials * (3 * scenario.deadline + TRIAL_SECONDS)))

    def runtest(self) -> None:
        verdict = self.plugin.driver.verdict(self.declared, self.cell)
        self.user_properties.append(("mpref", msgspec.json.encode(verdict).decode()))
        if verdict.verdict == "not-applicable" or (verdict.cut_off and self.plugin.shared.accept_cut_off):
            pytest.skip(verdict.reason)
        if verdict.verdict != "pass":
            raise CellFailed(verdict)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CellFailed) and excinfo.value.verdict.cut_off:
            return excinfo.value.verdict.reason  # there may be a hundred of them, and nothing was found
        if isinstance(excinfo.value, CellFailed):
            text = show_cells.failure(excinfo.value.verdict, self.plugin.driver.run.histories(self.cell))
            return show_cells.printable(text, sys.stdout.encoding)
        if isinstance(excinfo.value, MprefError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.cell.id


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """`broken` is an error in pytest's terms, not a failure."""
    report = yield
    error = call.excinfo.value if call.excinfo and isinstance(item, CellItem) else None
    if isinstance(error, CellFailed) and error.verdict.verdict == "broken":
        report.when = "setup"
    if isinstance(error, MprefError):  # a full disk, an engine that is gone
        item.session.shouldstop = "the run cannot go on"
        report.user_properties.append((OBSTACLE, str(error)))
    return report
