"""The face of a town or topic: its year in figures and months, and its year books."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from newsroom.article import CHINA
from newsroom.taxonomy import Topic
from site_builder.adoption import Adoption, adoption_of
from site_builder.catalogue import TOPIC, UNIT
from site_builder.index import Index
from site_builder.links import Address, Kind
from site_builder.list_views import FaceView, MonthBar, YearChart, YearRow
from site_builder.standpoint import Standpoint
from site_builder.views import FigureView, Link

MONTHS = range(1, 13)
CHART_WIDTH = 100  # of a bar, in the units of the SVG
LEAST_SCALE = 4  # so that a single story is not drawn as a full bar
LEGEND = "深色是采用的，浅色是没有采用的"
_LISTS = {Kind.TOWN: UNIT, Kind.TOPIC: TOPIC}
Month = tuple[int, int]


def face_view(at: Standpoint, key: str) -> FaceView | None:
    """What stands on top of the first page of a town's or topic's list."""
    counts = months_of(at.index, _LISTS[at.base.kind], key)
    if not counts:
        return None
    year = max(counts)[0]
    if at.base.kind is Kind.TOWN:
        return _town_face(at, key, counts, year)
    figures = [FigureView(str(_of_year(counts, year)), "篇", f"{year}年")]
    words = _campaign(next((t for t in at.shown.given.topics if t.id == key), None))
    figures += _streak(counts)
    return FaceView(tuple(figures), year_chart(counts, year), words, ())


def _town_face(
    at: Standpoint, unit: str, counts: Counter[Month], year: int
) -> FaceView:
    """A unit's year: what it handed in, what was taken, what levels above printed.

    Readers outside see what was taken, for the public tree has nothing else.
    """
    told = adoption_of(stories_of_year(at.index, unit, year), at)
    internal = at.shown.is_internal
    figures = [
        FigureView(str(sum(told.stories.values())), "篇", f"{year}年稿件"),
        FigureView(str(sum(told.sent.values())), "篇", "其中报送"),
        FigureView(str(sum(told.taken.values())), "篇", "简报采用"),
    ][0 if internal else 2 :]
    if not internal:
        figures = [figures[0]._replace(words=f"{year}年采用")]
    if upper := sum(told.upper.values()):
        figures.append(FigureView(str(upper), "篇", "上级刊发"))
    figures += _streak(counts)
    books = tuple(_book(at, unit, one) for one in years_of(counts))
    return FaceView(
        tuple(figures), adoption_chart(told, year, internal=internal), (), books
    )


def _streak(counts: Counter[Month]) -> list[FigureView]:
    months = streak(counts)
    return [FigureView(str(months), "个月", "连续有稿")] if months > 1 else []


def months_of(index: Index, kind: str, name: str) -> Counter[Month]:
    """How many stories of a list each month has."""
    sql = "SELECT moment FROM listed WHERE kind = ? AND name = ? ORDER BY moment"
    moments = [moment for (moment,) in index.connection.execute(sql, (kind, name))]
    found: Counter[Month] = Counter()
    start = 0
    while start < len(moments):  # a step a month: a day of each story costs far more
        first = datetime.fromtimestamp(moments[start], CHINA)
        end = bisect_left(moments, _month_after(first), start + 1)
        found[first.year, first.month] += end - start
        start = end
    return found


def _month_after(day: datetime) -> float:
    """When the next month begins, seconds since 1970."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return datetime(year, month, 1, tzinfo=CHINA).timestamp()


def stories_of_year(index: Index, unit: str, year: int) -> tuple[int, ...]:
    """A unit's stories of one year, oldest first."""
    sql = (
        "SELECT story FROM listed WHERE kind = ? AND name = ? "
        "AND moment >= ? AND moment < ? ORDER BY moment, story"
    )
    start, end = (datetime(y, 1, 1, tzinfo=CHINA).timestamp() for y in (year, year + 1))
    rows = index.connection.execute(sql, (UNIT, unit, start, end))
    return tuple(story_id for (story_id,) in rows)


def years_of(counts: Counter[Month]) -> list[int]:
    """The years that have stories, newest first."""
    return sorted({year for year, _ in counts}, reverse=True)


def streak(counts: Counter[Month]) -> int:
    """How many months in a row have stories, back from the newest that has one."""
    year, month = max(counts)
    length = 0
    while counts[year, month]:
        length += 1
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return length


def year_chart(counts: Counter[Month], year: int) -> YearChart:
    """A year as twelve bars."""
    told = Counter({month: counts[year, month] for month in MONTHS})
    return _chart(year, told, told, {"篇数": told})


def adoption_chart(told: Adoption, year: int, *, internal: bool) -> YearChart:
    """A unit's year: what was taken; for the office before all that there was."""
    columns = {"稿件": told.stories, "报送": told.sent} if internal else {}
    columns |= {"采用": told.taken}
    if any(told.upper.values()):
        columns |= {"上级刊发": told.upper}
    return _chart(year, told.taken, told.stories if internal else told.taken, columns)


def _chart(
    year: int,
    dark: Counter[int],
    whole: Counter[int],
    columns: Mapping[str, Counter[int]],
) -> YearChart:
    """Twelve bars with their dark part, and a table of months."""
    most = max(LEAST_SCALE, *(whole[month] for month in MONTHS))

    def height(count: int) -> int:
        return round(CHART_WIDTH * count / most)

    bars = tuple(
        MonthBar(f"{month}月", dark[month], height(dark[month]), height(whole[month]))
        for month in MONTHS
    )
    rows = tuple(
        YearRow(f"{month}月", tuple(counts[month] for counts in columns.values()))
        for month in MONTHS
    )
    legend = LEGEND if any(dark[month] < whole[month] for month in MONTHS) else None
    return YearChart(f"{year}年", legend, bars, tuple(columns), rows)


def year_book(unit: str, year: int) -> Address:
    """Where the year book of a unit stands."""
    return Address(Kind.YEAR_BOOK, f"{unit}-{year}")


def _book(at: Standpoint, unit: str, year: int) -> Link:
    return Link(f"{year}年鉴", at.href(year_book(unit, year)))


def _of_year(counts: Counter[Month], year: int) -> int:
    return sum(count for (one, _), count in counts.items() if one == year)


def _campaign(topic: Topic | None) -> tuple[str, ...]:
    """What the office's list of topics says of this one."""
    if topic is None:
        return ()
    months = "、".join(map(str, topic.months))
    lines = (
        f"报送时节：{months}月" if months else "报送时节：全年",
        f"依据：{topic.seed}" if topic.seed else "",
    )
    return tuple(filter(None, lines))
