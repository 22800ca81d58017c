"""The morning run: crawl, take in, understand, choose, build, report.

Each step costs its own result only: what fails is counted and said, and the edition
comes out all the same.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.report import RunReport
from newsroom.source import FaultClass, Loss, SourceReport
from newsroom.submission import SubmissionState
from site_builder.build import BuildReport
from site_builder.given import Audience
from workflow.building import build_tree
from workflow.clock_check import Heard, heard_of, note_clock, time_written
from workflow.collecting import collect, loading_nursery, readable_sources
from workflow.disk_faults import disk_sentence, in_words
from workflow.doors import take_doors
from workflow.forming import make_day_forms
from workflow.inbox import InboxResult, known_of
from workflow.issuing import issue_edition, moment_of_newest, put_away_later
from workflow.logbook import Logbook
from workflow.named_secrets import office_secrets
from workflow.quarantining import quarantine, quarantined
from workflow.run_events import log_report
from workflow.run_lock import HUNG_AFTER, run_lock
from workflow.source_health import report_sources
from workflow.source_rhythm import health_notes, rests
from workflow.spooling import left_spools, take_in_source
from workflow.take_in import TakenIn
from workflow.timeliness import late_note
from workflow.understanding import Understood, understand_all
from workflow.watching import upkeep_notes
from workflow.withdrawals import propose_withdrawals

if TYPE_CHECKING:
    from crawler.launch import CrawlOutcome
    from crawler.launch import Progress as CrawlProgress
    from crawler.nursery import Nursery
    from story_store.store import Store
    from workflow.office import Office

Result = TypeVar("Result")
LOSSES = 10
BUILD_FAILED = 30
WAITING = (SubmissionState.SUBMITTED, SubmissionState.CHECKED)


@dataclass(frozen=True)
class MorningPlan:
    """What a run is asked to do besides the usual.

    ``since`` lifts the first-run limits, ``only`` names sources, ``issue`` False stops
    before the edition, ``redo`` replaces the day's unreleased edition, ``planned`` is
    when the schedule meant it to start. At ``collect_until`` the crawl stops, and the
    edition is made with what is there. A run that is not ``by_the_clock`` was told its
    day: editions of later days are no sign of a wrong clock then.
    """

    redo: bool = False
    since: date | None = None
    only: tuple[str, ...] = ()
    issue: bool = True
    planned: datetime | None = None
    collect_until: datetime | None = None
    by_the_clock: bool = True


@dataclass(frozen=True)
class Morning:
    """What a run gave: the edition (None when none was issued) and the report."""

    edition: Edition | None
    report: RunReport
    build: BuildReport | None


Progress = Callable[[str, int, int, str], None]


def _quiet(_step: str, _done: int, _total: int, _detail: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class _Run:
    """One run under way: what it works on, and the notes it takes."""

    office: Office
    store: Store
    plan: MorningPlan
    id: int
    progress: Progress
    log: Logbook
    clock: Callable[[], datetime]
    nursery: Nursery | None
    losses: list[Loss] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def step(self, name: str, otherwise: Result, work: Callable[[], Result]) -> Result:
        """Do one step; what it costs when it fails is its own result only."""
        self.progress(name, 0, 0, "")
        self.log.note("step", step=name)
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - the border of one step of the run
            self.log.note("failed", step=name, trace=traceback.format_exc())
            sentence = str(error) if isinstance(error, NewsroomError) else _bug(error)
            lost = Loss("", FaultClass.BUG, f"“{name}”没有完成：{sentence}")
            self.losses.append(lost)
            return otherwise


def run_morning(
    office: Office,
    plan: MorningPlan | None = None,
    *,
    clock: Callable[[], datetime],
    progress: Progress = _quiet,
    nursery: Nursery | None = None,
) -> Morning:
    """Do one morning run under the office's lock.

    ``clock`` tells when it ended; ``progress`` is told of (step, done, total, detail).
    ``nursery`` is this run's own, begun by its caller: it is closed once the sources
    are read. Without one, and without the office's, the run begins one.

    Raises:
        NewsroomError: another run goes on, the day's edition stands already, or the
            store cannot be opened.
    """
    plan = plan or MorningPlan()
    kind = "morning" if plan.issue else "crawl"
    limit = None if plan.since else HUNG_AFTER
    sources = len(plan.only or readable_sources(office))
    with (
        in_words(),
        run_lock(office.data, office.now, limit=limit) as hung,
        Logbook.open(office.data, kind, clock, office_secrets(office)) as log,
        loading_nursery(office, sources, own=nursery) as forks,
        office.store() as store,
    ):
        _refuse_standing(office, store, plan)
        run_id = store.start_run(office.now.date(), office.now)
        log.note("start", run=run_id, day=str(office.now.date()), hung=hung)
        run = _Run(office, store, plan, run_id, progress, log, clock, forks)
        run.notes.extend(filter(None, [hung, late_note(plan.planned, office.now)]))
        edition, report = _make_edition(run, clock)
        if plan.issue:
            morning = _build(run, edition, report)
        else:
            store.end_run(run.id, report)
            morning = Morning(None, report, None)
        log_report(log, morning.report)
        return morning


def _refuse_standing(office: Office, store: Store, plan: MorningPlan) -> None:
    edition = store.edition(office.now.date()) if plan.issue else None
    if edition is None:
        return
    name = f"{edition.day:%Y-%m-%d} 第{edition.number}期"
    if edition.release is not None:
        raise NewsroomError(
            f"{name}已经签发，不能重编；更正请写进下一期，"
            "只想重新生成网页请用 gonghui build"
        )
    if not plan.redo:
        raise NewsroomError(
            f"{name}已经编好；要重新采集、重新选稿，请加 --redo（签发之前都可以）"
        )


def _make_edition(
    run: _Run, clock: Callable[[], datetime]
) -> tuple[Edition | None, RunReport]:
    office, store = run.office, run.store
    _finish_left_spools(run)
    taken = _crawl(run)
    nothing = InboxResult((), ())
    inbox = run.step("收投稿", nothing, lambda: take_doors(office, store))
    run.notes.extend(inbox.problems)
    rules = office.settings.rules
    sources = {s.id: s for s in office.settings.newsroom_sources()}
    understood = run.step(
        "编目归并",
        Understood(),
        lambda: understand_all(
            store, rules, sources, now=office.now, doubted=quarantined(office)
        ),
    )
    none: tuple[Loss, ...] = ()
    run.losses.extend(
        run.step("核对来源", none, lambda: quarantine(office, understood.takeovers))
    )
    quiet: tuple[str, ...] = ()
    day = office.now.date()
    run.notes.extend(
        run.step("核对撤稿", quiet, lambda: propose_withdrawals(store, taken, day))
    )
    reports = report_sources(office, store, taken, understood.filtered)
    run.notes.extend(run.step("来源变化", quiet, lambda: _changes(run, reports)))
    edition = _issue(run, reports)
    upkeep = run.step("值守", quiet, lambda: upkeep_notes(office, store))
    report = RunReport(
        day=office.now.date(),
        started_at=office.now,
        ended_at=clock(),
        sources=reports,
        submissions_received=len(known_of(store, inbox.received)),
        submissions_waiting=len(store.known_submissions(WAITING)),
        losses=tuple(run.losses),
        merges=understood.merges,
        doubts=understood.doubts,
        holds=understood.holds,
        notes=(*upkeep, *run.notes),
    )
    return edition, replace(report, exit_code=_exit_code(report))


def _changes(run: _Run, reports: tuple[SourceReport, ...]) -> tuple[str, ...]:
    earlier = run.store.latest_report()
    return health_notes(run.office, earlier.sources if earlier else (), reports)


def _issue(run: _Run, reports: tuple[SourceReport, ...]) -> Edition | None:
    if not run.plan.issue:
        return None
    edition = run.step(
        "选稿", None, lambda: issue_edition(run.office, run.store, reports)
    )
    if edition is not None and run.plan.by_the_clock:
        away = run.step("收起", "", lambda: put_away_later(run.office, run.store))
        run.notes.extend(filter(None, [away]))
    return edition


def _crawl(run: _Run) -> Mapping[str, TakenIn]:
    sources = [
        s
        for s in readable_sources(run.office)
        if s.id in run.plan.only
        or (not run.plan.only and not rests(run.store, s, run.office.now))
    ]
    by_id = {source.id: source for source in sources}
    names = {source.id: source.name for source in sources}
    taken: dict[str, TakenIn] = {}
    heard: list[Heard] = []

    def tell(now: CrawlProgress) -> None:
        run.progress("采集", now.finished, now.total, names[now.source_id])

    def take(outcome: CrawlOutcome) -> None:
        id_ = outcome.source_id
        written = time_written(outcome.spool)
        taken[id_] = _take_in(run, id_, names[id_], outcome.spool, run.id)
        heard.append(heard_of(by_id[id_], taken[id_], written))

    none: tuple[CrawlOutcome, ...] = ()
    run.step(
        "采集",
        none,
        lambda: collect(
            replace(run.office, nursery=run.nursery),
            run.store,
            run.id,
            sources,
            since=run.plan.since,
            whole=run.plan.issue,
            until=_steady(run.plan.collect_until, run.clock),
            on_progress=tell,
            on_outcome=take,
        ),
    )
    if run.nursery and run.nursery is not run.office.nursery:
        run.nursery.close()
    if run.plan.by_the_clock:
        run.step("核对时钟", None, lambda: note_clock(run.office, heard))
    return taken


def _steady(until: datetime | None, clock: Callable[[], datetime]) -> float | None:
    """A time as the steady clock will show it: a jump of the wall clock moves nothing.

    None when the crawl has all the time it wants.
    """
    if until is None:
        return None
    return time.monotonic() + (until - clock()).total_seconds()


def _take_in(run: _Run, source_id: str, name: str, spool: Path, run_id: int) -> TakenIn:
    return run.step(
        f"{name}入库",
        TakenIn(source_id),
        lambda: take_in_source(run.office, run.store, source_id, spool, run_id),
    )


def _finish_left_spools(run: _Run) -> None:
    """Take in what a run that was cut short had fetched already."""
    for source, spool, run_id in left_spools(run.office):
        lost = len(run.losses)
        _take_in(run, source.id, source.name, spool, run_id)
        if len(run.losses) == lost:
            run.notes.append(f"{source.name}：补收了上次中断的采集")


def _bug(error: Exception) -> str:
    disk = disk_sentence(error)
    if disk:
        return disk
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} 第{place.lineno}行"
    return (
        f"程序出错（{type(error).__name__}：{error}；{where}），请把这句话发给维护人员"
    )


def _exit_code(report: RunReport) -> int:
    lost = report.losses or any(source.losses for source in report.sources)
    return LOSSES if lost else 0


def _make_forms(run: _Run, edition: Edition) -> None:
    """PDF, Word, article and picture: a form that fails is a note, not a fault."""
    if not run.office.settings.forms.morning:
        return
    made = run.step(
        "生成各种形式", None, lambda: make_day_forms(run.office, run.store, edition.day)
    )
    if made is not None:
        run.notes.extend(f"没有做成 {sentence}" for sentence in made.sentences)


def _build_internal(run: _Run) -> BuildReport:
    office = run.office
    if not run.plan.by_the_clock:
        office = replace(office, now=moment_of_newest(office, run.store))
    return build_tree(office, run.store, Audience.INTERNAL)


def _build(run: _Run, edition: Edition | None, report: RunReport) -> Morning:
    run.store.end_run(run.id, report)
    lost, noted = len(run.losses), len(run.notes)
    if edition is not None:
        _make_forms(run, edition)
    built = run.step(
        "生成网页",
        None,
        lambda: _build_internal(run),
    )
    faults = built.faults if built else ()
    report = replace(
        report,
        losses=(*report.losses, *run.losses[lost:]),
        notes=(
            *report.notes,
            *run.notes[noted:],
            *(f"网页检查：{fault.sentence}" for fault in faults),
        ),
        files_written=built.written if built else 0,
        files_unchanged=built.unchanged if built else 0,
        files_removed=built.removed if built else 0,
        exit_code=report.exit_code if built and not faults else BUILD_FAILED,
    )
    run.store.end_run(run.id, report)
    return Morning(edition, report, built)
