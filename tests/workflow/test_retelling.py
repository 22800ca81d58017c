"""A reprint is held against the text that was handed in, and the store keeps it."""

from __future__ import annotations

from datetime import timedelta

from newsroom.article import Article
from newsroom.body import Body, Paragraph, plain_runs
from story_store.kept import PageRef
from workflow.understanding import understand_all

ADDED = "这是全市工会系统技能比武的一个缩影。"
URL = "http://www.ycghw.example/xw/2026/77.html"


def reprint(text: str, published) -> Article:
    body = Body((Paragraph(plain_runs(text)), Paragraph(plain_runs(ADDED))))
    return Article(
        url=URL,
        headline="安福寺镇：焊工同台比武",
        body=body,
        published=published,
    )


def test_a_reprint_tells_what_it_changed_of_our_story(lively):
    """The story of the submission gains the publication, with its changes counted."""
    office, rules = lively.office, lively.office.settings.rules
    sources = {s.id: s for s in office.settings.newsroom_sources()}
    source = next(s for s in sources.values() if not s.own and not s.union_filter)
    with office.store() as store:
        story = next(
            s for s in store.stories() if s.is_submission and "焊工" in s.headline
        )
        words, _ = story.body.text.split("\n", 1)
        later = office.now + timedelta(hours=3)
        page = PageRef(url=URL, fetched_at=later, warc="a.warc", offset=0)
        article = reprint(words, later)
        store.save_article(source.id, article, canonical=URL, seen=later, page=page)

        understand_all(store, rules, sources, now=later)

        (told,) = store.story(story.id).appearances
    assert told.retold is not None
    assert (1, 0, 1) == (told.retold.cut, told.retold.reworded, told.retold.added)
    assert ADDED == told.retold.sentences[-1].after
