"""数据看板: large numbers, bars by SVG lengths, and rows for the table twin."""

from __future__ import annotations

from newsroom.edition import Board, BoardRow
from newsroom.wording import short_date
from site_builder.standpoint import Standpoint
from site_builder.views import BarView, BoardView, FigureView

CHART_WIDTH = 168  # of the bars, in SVG units; names and figures stand beside
ROW_HEIGHT = 26
MOST_BARS = 12
LEAST_SCALE = 5  # so that a single story is not drawn as a full bar


def board_view(board: Board, at: Standpoint) -> BoardView | None:
    """The board as the audience sees it; None when it would say nothing."""
    internal = at.shown.is_internal
    rows = tuple(r for r in board.rows if r.received or r.adopted or r.shown)
    if not rows and not board.stories:
        return None
    ranked = sorted(rows, key=lambda r: (-r.adopted, -r.received, r.unit_id))
    ranked = ranked[:MOST_BARS]
    most = max((max(r.received, r.adopted) for r in ranked), default=0)
    most = max(most, LEAST_SCALE)
    bars = tuple(_bar(row, n, most, at) for n, row in enumerate(ranked))
    return BoardView(
        period=f"{short_date(board.since)}至{short_date(board.until)}",
        figures=_figures(board, internal=internal),
        bars=bars,
        height=ROW_HEIGHT * len(bars),
        with_received=internal,
    )


def _figures(board: Board, *, internal: bool) -> tuple[FigureView, ...]:
    figures = [FigureView(str(board.stories), "篇", "本月收录")]
    if internal:
        figures.append(FigureView(str(board.received), "篇", "本月报送"))
    figures.append(FigureView(str(board.adopted), "篇", "本月采用"))
    units = sum(1 for row in board.rows if row.adopted)
    if units and not internal:
        figures.append(FigureView(str(units), "家", "单位有稿"))
    return tuple(figures)


def _bar(row: BoardRow, place: int, most: int, at: Standpoint) -> BarView:
    def length(count: int) -> int:
        return round(CHART_WIDTH * count / most)

    return BarView(
        name=row.name,
        href=at.unit(row.unit_id),
        received=row.received,
        adopted=row.adopted,
        shown=row.shown,
        received_width=length(row.received),
        adopted_width=length(row.adopted),
        y=place * ROW_HEIGHT,
    )
