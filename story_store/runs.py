"""Runs: what each run did, and how each source fared over the days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from newsroom.errors import NotFound
from newsroom.report import RunReport
from story_store.kept import KeptRun, SourceRun
from story_store.models import RunRow, SourceRunRow
from story_store.record import in_china, in_utc
from story_store.rows import (
    report_from_row,
    report_to_row,
    source_run_from_row,
    source_run_to_row,
)
from story_store.shelf import Shelf


class RunLog(Shelf):
    """The log of runs."""

    def start_run(self, day: date, at: datetime) -> int:
        """Note that a run for the day starts; the id of the run."""
        with self.writing():
            row = RunRow.objects.using(self.alias).create(
                day=day, started_at=in_utc(at)
            )
        return row.pk

    def end_run(self, run_id: int, report: RunReport) -> None:
        """Note what the run did; told again, the later report stands.

        Raises:
            NotFound: no such run was started.
        """
        with self.writing():
            row = RunRow.objects.using(self.alias).filter(pk=run_id).first()
            if row is None:
                raise NotFound(f"没有编号为 {run_id} 的运行记录")
            report_to_row(report, row).save(using=self.alias)
            sources = SourceRunRow.objects.using(self.alias)
            sources.filter(run=row).delete()
            sources.bulk_create(source_run_to_row(s, row) for s in report.sources)
            self.pages_changed()

    def runs(self, limit: int) -> tuple[KeptRun, ...]:
        """The last runs, newest first, cut short ones included."""
        rows = RunRow.objects.using(self.alias).order_by("-pk")[:limit]
        return tuple(
            KeptRun(row.pk, row.day, in_china(row.started_at), report_from_row(row))
            for row in list(rows)
        )

    def latest_report(self) -> RunReport | None:
        """The report of the last run that ended, None when none did."""
        rows = RunRow.objects.using(self.alias).exclude(report="")
        row = rows.order_by("-pk").first()
        return report_from_row(row) if row else None

    def source_history(
        self, source_id: str, *, days: int, now: datetime
    ) -> tuple[SourceRun, ...]:
        """How the source fared in the runs of the last days, newest first."""
        oldest = in_utc(now - timedelta(days=days))
        rows = (
            SourceRunRow.objects.using(self.alias)
            .filter(source_id=source_id, run__started_at__gte=oldest)
            .select_related("run")
            .order_by("-run__started_at", "-pk")
        )
        return tuple(map(source_run_from_row, list(rows)))
