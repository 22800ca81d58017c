"""The morning run: crawl, take in, understand, choose, build, report.

Each step costs its own result only: what fails is counted and said, and the edition
comes out all the same.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.report import RunReport
from newsroom.source import FaultClass, Loss, SourceReport
from site_builder.build import BuildReport
from site_builder.given import Audience
from workflow.building import build_tree
from workflow.collecting import collect, readable_sources, spool_folder
from workflow.inbox import InboxResult, take_inbox
from workflow.issuing import issue_edition
from workflow.run_lock import run_lock
from workflow.source_health import idle_source, judge_source
from workflow.take_in import TakenIn, take_in_spool
from workflow.understanding import Understood, understand_all

if TYPE_CHECKING:
    from config import SourceSettings
    from story_store.store import Store
    from workflow.office import Office

Result = TypeVar("Result")
LOSSES = 10
BUILD_FAILED = 30


@dataclass(frozen=True)
class MorningPlan:
    """What a run is asked to do besides the usual.

    ``crawl`` False builds from what is there; ``issue`` False stops before the
    edition; ``redo`` replaces the day's unreleased edition.
    """

    redo: bool = False
    since: date | None = None
    only: tuple[str, ...] = ()
    crawl: bool = True
    issue: bool = True


@dataclass
class _Notes:
    """The running notes of one run: what was lost, what should be said."""

    losses: list[Loss] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Morning:
    """What a run gave: the edition (None when none was issued) and the report."""

    edition: Edition | None
    report: RunReport
    build: BuildReport | None


Progress = Callable[[str, int, int, str], None]


def _quiet(_step: str, _done: int, _total: int, _detail: str) -> None:
    """Say nothing."""


def run_morning(
    office: Office,
    plan: MorningPlan | None = None,
    *,
    clock: Callable[[], datetime],
    progress: Progress = _quiet,
) -> Morning:
    """Do one morning run under the office's lock.

    ``clock`` tells when it ended; ``progress`` is told of (step, done, total, detail).

    Raises:
        NewsroomError: another run goes on, the day's edition is released already, or
            the store cannot be opened.
    """
    with run_lock(office.data, office.now), office.store() as store:
        return _run(office, store, plan or MorningPlan(), clock, progress)


def _run(
    office: Office,
    store: Store,
    plan: MorningPlan,
    clock: Callable[[], datetime],
    progress: Progress,
) -> Morning:
    notes = _Notes()
    _refuse_released(office, store, plan)
    run_id = store.start_run(office.now.date(), office.now)
    _finish_left_spools(office, store, notes)
    taken = _crawl_and_take_in(office, store, run_id, plan, notes, progress)
    inbox = _step(
        notes, "收投稿", InboxResult((), ()), lambda: take_inbox(office, store)
    )
    notes.notes.extend(inbox.problems)
    progress("编目归并", 0, 0, "")
    sources = {s.id: s for s in office.settings.newsroom_sources()}
    understood = _step(
        notes,
        "编目归并",
        Understood(),
        lambda: understand_all(store, office.settings.rules, sources, now=office.now),
    )
    reports = _source_reports(office, store, taken, understood, plan)
    edition = None
    if plan.issue:
        progress("选稿", 0, 0, "")
        edition = _step(
            notes, "选稿", None, lambda: issue_edition(office, store, reports)
        )
    report = RunReport(
        day=office.now.date(),
        started_at=office.now,
        ended_at=clock(),
        sources=reports,
        submissions_received=len(inbox.received),
        submissions_waiting=_waiting(store),
        losses=tuple(notes.losses),
        merges=understood.merges,
        doubts=understood.doubts,
        holds=understood.holds,
        notes=tuple(notes.notes),
    )
    report = replace(report, exit_code=_exit_code(report))
    if not plan.issue:
        store.end_run(run_id, report)
        return Morning(None, report, None)
    return _build(office, store, run_id, edition, report, progress)


def _refuse_released(office: Office, store: Store, plan: MorningPlan) -> None:
    if not plan.issue:
        return
    edition = store.edition(office.now.date())
    if edition is None:
        return
    if edition.release is not None:
        raise NewsroomError(
            f"{edition.day:%Y-%m-%d} 第{edition.number}期已经签发，不能重编；"
            "更正请等下一期，或用 gonghui build 重新生成页面"
        )
    if not plan.redo:
        raise NewsroomError(
            f"{edition.day:%Y-%m-%d} 第{edition.number}期已经编好；"
            "要重新采集、重新选稿，请加 --redo（签发之前都可以）"
        )


def _step(
    notes: _Notes, name: str, otherwise: Result, work: Callable[[], Result]
) -> Result:
    """Do one step; what it costs when it fails is its own result only."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the border of one step of the run
        sentence = str(error) if isinstance(error, NewsroomError) else _bug(error)
        notes.losses.append(Loss("", FaultClass.BUG, f"“{name}”没有完成：{sentence}"))
        return otherwise


def _bug(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} 第{place.lineno}行"
    return (
        f"程序出错（{type(error).__name__}：{error}；{where}），请把这句话发给维护人员"
    )


def _crawl_and_take_in(  # noqa: PLR0913 - the parts of one run
    office: Office,
    store: Store,
    run_id: int,
    plan: MorningPlan,
    notes: _Notes,
    progress: Progress,
) -> Mapping[str, TakenIn]:
    if not plan.crawl:
        return {}
    count = len(readable_sources(office)) if not plan.only else len(plan.only)
    done = 0

    def tell(what: Any) -> None:  # noqa: ANN401 - the crawler's progress value
        nonlocal done
        done += bool(getattr(what, "finished", False))
        progress("采集", done, count, getattr(what, "source_name", ""))

    progress("采集", 0, count, "")
    collected = _step(
        notes,
        "采集",
        None,
        lambda: collect(
            office, store, run_id, since=plan.since, only=plan.only, on_progress=tell
        ),
    )
    if collected is None:
        return {}
    progress("入库", 0, count, "")
    taken = {}
    for number, outcome in enumerate(collected.outcomes, 1):
        source = _source(office, outcome.source_id)
        found = _take_in(office, store, source, outcome.spool, run_id, notes)
        extra = tuple(loss for loss in outcome.losses if loss not in found.losses)
        taken[source.id] = replace(found, losses=(*extra, *found.losses))
        progress("入库", number, count, source.name)
    return taken


def _source(office: Office, source_id: str) -> SourceSettings:
    return next(s for s in office.settings.sources if s.id == source_id)


def _take_in(  # noqa: PLR0913 - the parts of one source's spool
    office: Office,
    store: Store,
    source: SourceSettings,
    spool: Path,
    run_id: int,
    notes: _Notes,
) -> TakenIn:
    from crawler.registry import layouts_for

    day = office.now.date()
    taken = _step(
        notes,
        f"{source.name}入库",
        TakenIn(source.id),
        lambda: take_in_spool(
            store,
            source,
            spool,
            warc=store.warc_name(day=day, source_id=source.id, run_id=run_id),
            layouts=layouts_for(source.spider),
            seen=office.now,
        ),
    )
    if (spool / "pages.warc.gz").exists():
        store.keep_warc(
            spool / "pages.warc.gz", day=day, source_id=source.id, run_id=run_id
        )
    shutil.rmtree(spool, ignore_errors=True)
    return taken


def _finish_left_spools(office: Office, store: Store, notes: _Notes) -> None:
    """Take in what a run that was cut short had fetched already."""
    known = {source.id: source for source in office.settings.sources}
    for run in sorted(spool_folder(office).glob("run-*")):
        for spool in sorted(p for p in run.iterdir() if p.is_dir()):
            source = known.get(spool.name)
            if source is not None:
                number = int(run.name.removeprefix("run-"))
                _take_in(office, store, source, spool, number, notes)
                notes.notes.append(f"{source.name}：补收了上次中断的采集")
        shutil.rmtree(run, ignore_errors=True)


def _source_reports(
    office: Office,
    store: Store,
    taken: Mapping[str, TakenIn],
    understood: Understood,
    plan: MorningPlan,
) -> tuple[SourceReport, ...]:
    tiers = {s.id: s.tier.name for s in office.settings.newsroom_sources()}
    asked = {source.id for source in readable_sources(office)}
    earlier = store.latest_report()
    known = {s.source_id: s for s in earlier.sources} if earlier else {}
    filtered = understood.filtered or {}
    reports = []
    for source in office.settings.sources:
        if source.kind == "local":
            continue
        before = known.get(source.id)
        last_good = before.last_good if before else None
        if source.id in taken:
            reports.append(
                judge_source(
                    source,
                    tiers[source.id],
                    taken[source.id],
                    filtered=filtered.get(source.id, 0),
                    last_good=last_good,
                    last_new=_last_new(store, source.id, office.now),
                    now=office.now,
                )
            )
        elif source.id in asked and before is not None and not plan.crawl:
            reports.append(before)
        else:
            reports.append(idle_source(source, tiers[source.id], last_good))
    return tuple(reports)


def _last_new(store: Store, source_id: str, now: datetime) -> datetime | None:
    history = store.source_history(source_id, days=120, now=now)
    return next((run.started_at for run in history if run.new), None)


def _waiting(store: Store) -> int:
    from newsroom.submission import SubmissionState

    return len(store.submissions([SubmissionState.SUBMITTED, SubmissionState.CHECKED]))


def _exit_code(report: RunReport) -> int:
    lost = report.losses or any(source.losses for source in report.sources)
    return LOSSES if lost else 0


def _build(  # noqa: PLR0913 - the last step has everything in hand
    office: Office,
    store: Store,
    run_id: int,
    edition: Edition | None,
    report: RunReport,
    progress: Progress,
) -> Morning:
    progress("生成网页", 0, 0, "")
    store.end_run(run_id, report)
    notes = _Notes()
    built = _step(
        notes, "生成网页", None, lambda: build_tree(office, store, Audience.INTERNAL)
    )
    failed = built is None or built.faults
    faults: Sequence[Any] = built.faults if built else ()
    report = replace(
        report,
        losses=(*report.losses, *notes.losses),
        notes=(*report.notes, *(f"网页检查：{fault.sentence}" for fault in faults)),
        files_written=built.written if built else 0,
        files_unchanged=built.unchanged if built else 0,
        files_removed=built.removed if built else 0,
        exit_code=BUILD_FAILED if failed else report.exit_code,
    )
    store.end_run(run_id, report)
    return Morning(edition, report, built)
