"""What pages say, and small sums of the shared types."""

from dataclasses import replace
from datetime import date

from newsroom.article import Attachment, article_to_json
from newsroom.report import RunReport
from newsroom.source import FaultClass, Loss, SourceReport, SourceState


def test_the_form_of_a_reading(article_of):
    """Midnight without an hour is a day; no date is none."""
    article = article_of("标题", "甲。\n乙。", source_line="来源")
    article = replace(article, attachments=(Attachment("http://a/1.doc", "表"),))
    timed = replace(article, has_time=True)
    undated = replace(article, published=None)

    read = article_to_json(article)

    assert ("标题", "2026-07-18", "甲。\n乙。", "来源", ["http://a/1.doc"]) == (
        read["title"],
        read["date"],
        read["body"],
        read["source"],
        read["attachments"],
    )
    assert "2026-07-18T00:00:00+08:00" == article_to_json(timed)["date"]
    assert article_to_json(undated)["date"] is None
    assert (date(2026, 7, 18), None) == (article.day, undated.day)


def test_losses_add_up(at):
    """A source counts every thing it failed to give."""
    losses = (
        Loss("zj", FaultClass.NOT_FOUND, "打不开"),
        Loss("zj", FaultClass.UNREADABLE, "读不出", count=3),
    )
    source = SourceReport("zj", "网", "枝江", SourceState.PARTIAL, losses=losses)

    report = RunReport(date(2026, 7, 20), at(2026, 7, 20), at(2026, 7, 20), (source,))

    assert (4, 0) == (report.sources[0].failed, report.exit_code)
