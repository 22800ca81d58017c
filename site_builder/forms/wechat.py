"""The edition as an article for the office's WeChat account (domain: 7.4).

The editor keeps inline styles only and no picture of ours: pictures lie beside the
page as files, and a numbered placeholder says where each goes. The page around the
article has a button that copies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import NewsroomError
from newsroom.sentences import cut_short
from newsroom.wording import short_date, titled
from site_builder.assets import TEMPLATES
from site_builder.forms.content import Content, FormEntry
from site_builder.forms.pictures import Photos, suits
from site_builder.forms.wechat_lint import faults_of
from site_builder.render import make_environment

MOST_TITLE, MOST_DIGEST = 64, 120
_WIDTH, _COVER_RATIO = 900, 2.35


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One entry of the article; ``picture`` numbers its placeholder, 0 for none."""

    headline: str
    words: str
    source: str
    picture: int
    caption: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the templates of the article and of its page are given."""

    title: str
    digest: str
    office: str
    name: str
    number: str
    day: str
    lead: str
    columns: tuple[tuple[str, tuple[ArticleEntry, ...]], ...]
    more: str
    sources: tuple[str, ...]
    signatures: str
    banner: str
    pictures: tuple[tuple[str, str], ...]
    cover: str
    script: str


def wechat_files(content: Content, photos: Photos) -> Iterator[tuple[str, bytes]]:
    """The page (``wechat.html``), its script and its pictures, by the end of the name.

    Raises:
        NewsroomError: the article breaks a rule of the editor, or a picture is broken.
    """
    pictured = [one for one in content.entries if one.picture is not None]
    view = article_view(content, pictured)
    environment = make_environment()
    article = environment.get_template("wechat/article.html").render(page=view)
    if faults := faults_of(article):
        raise NewsroomError(f"公众号文章不合编辑器的规矩：{'；'.join(faults[:5])}")
    page = environment.get_template("wechat/page.html").render(page=view)
    yield "wechat.html", page.encode()
    yield "wechat.js", (TEMPLATES / "wechat" / "copy.js").read_bytes()
    for number, one in enumerate(pictured, 1):
        if one.picture is not None:
            picture = photos.jpeg(one.picture, width=_WIDTH)
            yield f"wechat-{number}.jpg", picture.content
    if best := _cover(pictured):
        cover = photos.jpeg(best, width=_WIDTH, ratio=_COVER_RATIO)
        yield "wechat-cover.jpg", cover.content


def _cover(pictured: list[FormEntry]) -> Path | None:
    """The first picture that bears the cover's shape, else the first."""
    files = [one.picture for one in pictured if one.picture is not None]
    size = (_WIDTH, round(_WIDTH / _COVER_RATIO))
    fitting = (file for file in files if suits(file, *size))
    return next(fitting, next(iter(files), None))


def article_view(content: Content, pictured: list[FormEntry]) -> ArticleView:
    """The article's words; ``pictured`` gives the placeholders their numbers."""
    paper, edition = content.paper, content.edition
    day = edition.day.isoformat()
    name = content.shown.given.office.short_name
    best = content.entries[0].item.headline if content.entries else "今日暂无新稿"
    return ArticleView(
        title=_title(best, f"丨{_cut(name + paper.subtitle, MOST_TITLE // 2)}"),
        digest=_cut(paper.lead or best, MOST_DIGEST),
        office=paper.publisher.removesuffix("编"),
        name=f"{paper.title}{paper.subtitle}",
        number=paper.number,
        day=paper.day,
        lead=paper.lead or "",
        columns=tuple(
            (column.name, tuple(_entry(one, pictured) for one in column.entries))
            for column in content.columns
        ),
        more=paper.more or "",
        sources=_sources(content),
        signatures=paper.signatures if edition.release else "",
        banner=paper.banner or "",
        pictures=tuple(
            (f"{day}-wechat-{number}.jpg", one.caption or one.item.headline)
            for number, one in enumerate(pictured, 1)
        ),
        cover=f"{day}-wechat-cover.jpg" if pictured else "",
        script=f"{day}-wechat.js",
    )


def _entry(one: FormEntry, pictured: list[FormEntry]) -> ArticleEntry:
    number = pictured.index(one) + 1 if one in pictured else 0
    source = one.item.source.removeprefix("（").removesuffix("）")
    caption = one.caption or one.item.headline
    return ArticleEntry(one.item.headline, one.item.words, source, number, caption)


def _sources(content: Content) -> tuple[str, ...]:
    """来源 as end notes: links to other pages do not work in an article."""
    notes = []
    for one in content.entries:
        if one.entry.own:
            continue
        first = one.story.first
        day = one.story.published
        when = f"，{short_date(day.date())}" if day else ""
        line = one.story.source_line or (first.source_name if first else "")
        name = line or one.entry.source_name
        notes.append(f"{name}：{titled(one.item.headline)}{when}")
    return tuple(notes)


def _title(headline: str, whose: str) -> str:
    """The headline gives way, so that whose briefing it is stays whole."""
    return _cut(headline, MOST_TITLE - len(whose)) + whose


def _cut(words: str, most: int) -> str:
    return cut_short(words, most, more="…")
