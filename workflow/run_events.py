"""A run's report as events of its log."""

from __future__ import annotations

from newsroom.report import RunReport
from workflow.logbook import Logbook


def log_report(log: Logbook, report: RunReport) -> None:
    """Note the whole report: each source, each loss, each count."""
    for source in report.sources:
        log.note(
            "source",
            source=source.source_id,
            state=source.state.value,
            listed=source.listed,
            new=source.new,
            changed=source.changed,
            failed=source.failed,
            requests=source.requests,
            losses=[
                _loss(loss.fault.value, loss.url, loss.sentence)
                for loss in source.losses
            ],
        )
    for loss in report.losses:
        log.note("loss", **_loss(loss.fault.value, loss.url, loss.sentence))
    log.note(
        "end",
        exit_code=report.exit_code,
        received=report.submissions_received,
        waiting=report.submissions_waiting,
        merges=len(report.merges),
        holds=len(report.holds),
        notes=report.notes,
        written=report.files_written,
        unchanged=report.files_unchanged,
        removed=report.files_removed,
    )


def _loss(fault: object, url: object, sentence: str) -> dict[str, object]:
    return {"fault": fault, "url": url, "sentence": sentence}
