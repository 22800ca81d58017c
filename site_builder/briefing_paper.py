"""The daily briefing as paper: what stands on it, before it is made to fit."""

from __future__ import annotations

from dataclasses import dataclass

from newsroom.article import CHINA
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.editions import NO_NEWS
from newsroom.sentences import cut_short, sentence_cut
from newsroom.wording import date_span, full_date, short_date, without_emoji
from site_builder.shown import Shown

ORDER = (Column.NEWS, Column.HIGHLIGHTS, Column.RIGHTS, Column.ELSEWHERE)
MOST = {  # entries and characters of an abstract (domain: 7.1)
    Column.NEWS: (6, 80),
    Column.HIGHLIGHTS: (5, 150),
    Column.RIGHTS: (2, 80),
    Column.ELSEWHERE: (1, 80),
}
LEAST_TOC = 3  # a list of fewer would only say twice what follows
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One entry of the briefing: its mark, headline, words and where it is from."""

    mark: str
    headline: str
    words: str
    source: str
    short_source: str = ""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of the briefing, e.g. ``一、要闻``."""

    heading: str
    items: tuple[PaperItem, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A briefing, ready to be put on the grid of 28 by 22.

    ``toc`` is 本期要目; ``notes`` are headed paragraphs after the columns (数据看板,
    今日提示); ``total`` counts the entries of the edition, on the paper or not.
    """

    banner: str | None
    secrecy: str | None
    unedited: str | None
    title: str
    subtitle: str
    number: str
    publisher: str
    day: str
    lead: str | None
    toc: tuple[PaperItem, ...]
    columns: tuple[PaperColumn, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    total: int
    distribution: tuple[str, ...]
    signatures: str
    copies: str | None

    @property
    def count(self) -> int:
        """How many entries stand on it."""
        return sum(len(column.items) for column in self.columns)

    @property
    def more(self) -> str | None:
        """What stands after the columns: how many found no room, or that none came."""
        if not self.total:
            return NO_NEWS
        left = self.total - self.count
        return f"另有{left}条，见网页版。" if left > 0 else None


def lay_out(edition: Edition, shown: Shown) -> Paper:
    """The briefing of one edition with everything that 7.1 allows."""
    given, settings = shown.given, shown.given.edition_settings
    columns = _columns(edition, shown)
    # Without columns the paper says by itself that nothing came.
    told = edition.lead if columns or edition.lead != NO_NEWS else ""
    return Paper(
        banner=given.site.banner or None,
        secrecy="内部资料　注意保存" if shown.is_internal else None,
        unedited=_unedited(edition, shown),
        title=settings.title,
        subtitle=settings.subtitle,
        number=f"第{edition.number}期（总第{edition.total}期）",
        publisher=f"{_publisher(shown).removesuffix('编')}编",
        day=full_date(edition.day),
        lead=without_emoji(told) or None,
        toc=_toc(columns),
        columns=columns,
        notes=_notes(edition, len(columns), shown),
        total=len(edition.all_entries) or len(edition.week),
        distribution=_distribution(shown),
        signatures=_signatures(edition),
        copies=f"（共印{settings.copies}份）" if settings.copies else None,
    )


def _publisher(shown: Shown) -> str:
    """Who edits and prints it: 编印单位, else the office itself."""
    return shown.given.office.publisher or shown.given.office.name


def _unedited(edition: Edition, shown: Shown) -> str | None:
    if edition.was_edited or not shown.is_internal:
        return None
    return "自动编排，未经编辑"


def _columns(edition: Edition, shown: Shown) -> tuple[PaperColumn, ...]:
    filled = [(c, edition.entries(c)) for c in ORDER if edition.entries(c)]
    if not filled and edition.week:
        items = tuple(
            _item(f"{n}.", entry, shown, most=80)
            for n, entry in enumerate(edition.week[:6], 1)
        )
        return (PaperColumn("一、本周回顾", items),)
    return tuple(
        PaperColumn(
            f"{_NUMERALS[place]}、{column.value}",
            tuple(
                _item(_mark(column, n), entry, shown, most=MOST[column][1])
                for n, entry in enumerate(entries[: MOST[column][0]], 1)
            ),
        )
        for place, (column, entries) in enumerate(filled)
    )


def _mark(column: Column, number: int) -> str:
    return "★" if column is Column.HIGHLIGHTS else f"{number}."


def _item(mark: str, entry: Entry, shown: Shown, *, most: int) -> PaperItem:
    return PaperItem(
        mark,
        without_emoji(entry.headline),
        shorten(without_emoji(entry.abstract), most),
        _long_source(entry) or _short_source(entry, shown),
        _short_source(entry, shown),
    )


def _long_source(entry: Entry) -> str | None:
    """Of our own stories also who sent and who reviewed them."""
    people = [
        f"报送：{entry.correspondent}" if entry.correspondent else "",
        f"审核：{entry.reviewer}" if entry.reviewer else "",
    ]
    if not (entry.own and any(people)):
        return None
    return f"（{'　'.join(filter(None, [entry.source_name, *people]))}）"


def _short_source(entry: Entry, shown: Shown) -> str:
    story = shown.stories.card(entry.story_id)
    if story.published is None:
        return f"（{entry.source_name}）"
    day = story.published.astimezone(CHINA).date()
    return f"（{entry.source_name}，{short_date(day)}）"


def _toc(columns: tuple[PaperColumn, ...]) -> tuple[PaperItem, ...]:
    """本期要目: the first news and highlights, six at most; none where few."""
    picked = [item for column in columns[:2] for item in column.items[:3]]
    if len(picked) < LEAST_TOC:
        return ()
    return tuple(
        PaperItem("★" if i.mark == "★" else "○", i.headline, "", "") for i in picked
    )


def _notes(
    edition: Edition, columns: int, shown: Shown
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    board = _board_words(edition.board, shown)
    notes = [("数据看板", board)] if board else []
    if edition.reminders:
        notes.append(("今日提示", (_numbered(edition.reminders[:5]),)))
    return tuple(
        (f"{_NUMERALS[columns + place]}、{name}", words)
        for place, (name, words) in enumerate(notes)
    )


def _numbered(lines: tuple[str, ...]) -> str:
    """Short lines as one paragraph, as the printed sample has them."""
    return "　".join(f"{n}.{line}" for n, line in enumerate(lines, 1))


def _board_words(board: Board, shown: Shown) -> tuple[str, ...]:
    if not (board.stories or board.adopted):
        return ()
    span = date_span(board.since, board.until)
    received = f"收到报送{board.received}篇，" if shown.is_internal else ""
    words = f"{span}：收录{board.stories}篇，{received}采用{board.adopted}篇"
    best = sorted(board.rows, key=lambda r: (-r.adopted, r.unit_id))[:3]
    names = "、".join(f"{r.name}{r.adopted}篇" for r in best if r.adopted)
    words += f"；采用较多的有{names}。" if names else "。"
    if shown.is_internal and board.silent:
        words += f"{board.silent}家单位久未发声。"
    return (words,)


def _distribution(shown: Shown) -> tuple[str, ...]:
    settings = shown.given.edition_settings
    lines = (
        ("报", settings.report_to),
        ("送", settings.send_to),
        ("发", settings.issue_to),
    )
    return tuple(f"{word}：{whom}" for word, whom in lines if whom)


def _signatures(edition: Edition) -> str:
    release = edition.release
    if release is None:
        return "编辑：　　　　审核：　　　　签发："
    return f"编辑：{release.edited_by}　　签发：{release.signed_by}"


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters: whole sentences if they fill half, else cut."""
    if len(text) <= most:
        return text
    end = sentence_cut(text, most)
    if end * 2 >= most:
        return text[:end].rstrip("；;") + ("。" if text[end - 1] in "；;" else "")
    return cut_short(text, most)
