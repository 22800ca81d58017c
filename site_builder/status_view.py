"""The 状态 page of both trees, and the internal report of the last run."""

from __future__ import annotations

from newsroom.article import CHINA
from newsroom.report import RunReport
from newsroom.source import Loss, SourceReport, SourceState
from newsroom.wording import full_date, weekday
from site_builder.digest_view import chosen_lines, hold_lines, passed_lines
from site_builder.headline import Piece
from site_builder.links import Kind
from site_builder.standpoint import Standpoint
from site_builder.status_views import ReportView, SourceRow, StatusView
from site_builder.views import FigureView, LineView
from site_builder.wording import STATE_MARKS, clock, moment_words

EXIT_WORDS = {
    0: "一切正常",
    10: "已完成，有损失",
    30: "网页没有生成",
    40: "没有发布到主机",
}


def status_view(at: Standpoint) -> StatusView:
    """How old the edition is and how each source fares."""
    shown = at.shown
    normal = sum(1 for s in shown.sources if s.state is SourceState.NORMAL)
    total = sum(1 for s in shown.sources if s.state not in _IDLE)
    return StatusView(
        title="状态",
        edition_words=_edition_words(at),
        sources_words=f"{total} 个来源，{normal} 个正常" if total else "还没有采集过。",
        rows=tuple(_row(s, at) for s in shown.sources if _is_listed(s, at)),
        holds=hold_lines(at) if shown.is_internal else (),
        sources_href=at.to(Kind.SOURCES),
        is_internal=shown.is_internal,
    )


def report_view(report: RunReport, at: Standpoint) -> ReportView:
    """What the last run did, lost, chose and built."""
    edition = at.shown.edition(report.day)
    pieces = (full_date(report.day), "采编报告")
    return ReportView(
        title="".join(pieces),
        pieces=tuple(Piece(text, kept=True) for text in pieces),
        words=(
            f"{clock(report.started_at)}开始，{clock(report.ended_at)}结束："
            f"{EXIT_WORDS.get(report.exit_code, f'代码 {report.exit_code}')}"
        ),
        figures=_figures(report),
        rows=tuple(_row(s, at) for s in report.sources),
        merges=tuple(
            LineView(
                m.headline, at.story_by_id(m.story_id), f"{m.source_name}：{m.reason}"
            )
            for m in report.merges
        ),
        doubts=tuple(
            LineView(
                d.headline,
                at.story_by_id(d.story_id),
                f"{d.tag}？（依据：{d.evidence}）",
            )
            for d in report.doubts
        ),
        chosen=chosen_lines(edition, at) if edition else (),
        passed=passed_lines(edition, at) if edition else (),
        holds=tuple(
            LineView(h.headline, at.story_by_id(h.story_id), h.reason)
            for h in report.holds
        ),
        losses=tuple(_loss_line(loss) for loss in report.losses),
        notes=report.notes,
        built=_built(report),
    )


_IDLE = frozenset({SourceState.UNCONFIRMED, SourceState.PAUSED})


def _is_listed(source: SourceReport, at: Standpoint) -> bool:
    return at.shown.is_internal or source.state not in _IDLE


def _edition_words(at: Standpoint) -> str:
    latest = at.shown.latest
    if latest is None:
        return "还没有出过。"
    words = f"最近一期：{full_date(latest.day)}（{weekday(latest.day)}）"
    age = (at.shown.given.built_at.astimezone(CHINA).date() - latest.day).days
    return words + (f"，已过去 {age} 天" if age > 0 else "，当天")


def _row(source: SourceReport, at: Standpoint) -> SourceRow:
    internal = at.shown.is_internal
    counts = (source.listed, source.new, source.changed, source.unchanged)
    good = source.last_good
    return SourceRow(
        name=source.name,
        href=at.source(source.source_id),
        tier=source.tier_name,
        state=source.state.value,
        mark=STATE_MARKS[source.state.value],
        last_good=moment_words(good) if good else "还没有",
        sentence=(source.sentence or None) if internal else None,
        counts=(*counts, source.filtered, source.failed) if internal else (),
        losses=tuple(_loss_words(x) for x in source.losses) if internal else (),
    )


def _figures(report: RunReport) -> tuple[FigureView, ...]:
    sources = report.sources
    return (
        FigureView(str(sum(s.listed for s in sources)), "条", "列出"),
        FigureView(str(sum(s.new for s in sources)), "篇", "新增"),
        FigureView(str(sum(s.changed for s in sources)), "篇", "有改动"),
        FigureView(str(sum(s.unchanged for s in sources)), "篇", "没变"),
        FigureView(str(sum(s.failed for s in sources)), "处", "失败"),
        FigureView(str(report.submissions_received), "篇", "收到投稿"),
        FigureView(str(report.submissions_waiting), "篇", "待审投稿"),
        FigureView(str(len(report.merges)), "篇", "并入同一稿"),
    )


def _built(report: RunReport) -> str | None:
    counts = (report.files_written, report.files_unchanged, report.files_removed)
    if not any(counts):
        return None
    written, unchanged, removed = counts
    return f"写入 {written} 个文件，{unchanged} 个没变，删除 {removed} 个。"


def _loss_words(loss: Loss) -> str:
    return f"{loss.sentence}（{loss.count} 处）" if loss.count > 1 else loss.sentence


def _loss_line(loss: Loss) -> LineView:
    return LineView(_loss_words(loss), None, loss.url)
