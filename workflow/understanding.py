"""Step three of the morning: from articles to stories, reprints to their story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsroom.body import Body
from newsroom.checks import holds_excerpt
from newsroom.report import Hold, Merge, TagDoubt
from newsroom.reprints import news_text, same_news, sentence_hashes
from newsroom.retold import with_retold
from newsroom.rules import Rules
from newsroom.source import Source
from newsroom.story import Story, StoryState
from newsroom.tagging import is_local_or_policy, is_union_news
from newsroom.understanding import THIN, add_reprint, understand_article
from workflow.quarantining import hold_story, taken_over

if TYPE_CHECKING:
    from story_store.store import Store, StoredArticle

REPRINT_DAYS = 60
CANDIDATES = 12
NOT_UNION = "与工会工作无关（来源按工会题材过滤）"
NOT_LOCAL = "与湖北、宜昌、枝江和政策无关（来源按地域过滤）"


@dataclass(frozen=True)
class Understood:
    """What the step found: merges, doubtful tags, holds, and what was left out."""

    merges: tuple[Merge, ...] = ()
    doubts: tuple[TagDoubt, ...] = ()
    holds: tuple[Hold, ...] = ()
    filtered: Mapping[str, int] = field(default_factory=dict)
    takeovers: Mapping[str, str] = field(default_factory=dict)


def understand_all(  # noqa: PLR0913 - the store, the rules, and the moment of the run
    store: Store,
    rules: Rules,
    sources: Mapping[str, Source],
    *,
    now: datetime,
    doubted: Mapping[str, str] | None = None,
    on_progress: Callable[[Any], None] | None = None,
) -> Understood:
    """Give every article without a story its story, new or already there.

    What comes from a ``doubted`` source (id to reason), or from one whose news looks
    taken over by others, is held and changes no other story.
    """
    waiting = store.unstoried()
    takeovers = taken_over(waiting)
    doubted = {**takeovers, **(doubted or {})}
    _renew_changed(store, rules, sources, doubted)
    merges: list[Merge] = []
    doubts: list[TagDoubt] = []
    holds: list[Hold] = []
    filtered: dict[str, int] = {}
    for stored in waiting:
        source = sources.get(stored.source_id)
        if source is None:
            continue
        story = understand_article(
            stored.article, source, rules, first_seen=stored.first_seen
        )
        reason = _left_out(story, source, rules)
        if reason:
            filtered[source.id] = filtered.get(source.id, 0) + 1
            story = replace(story, state=StoryState.SPIKED, held_reason=reason)
            store.save_story(story, [stored.id])
            continue
        reason = doubted.get(source.id)
        if reason:
            saved = store.save_story(hold_story(story, reason), [stored.id])
            holds.extend(_holds(saved, source))
            continue
        merge = _merge(store, stored, story, source, rules, now=now)
        if merge:
            merges.append(merge)
        else:
            saved = store.save_story(story, [stored.id])
            doubts.extend(_doubts(saved, rules))
            holds.extend(_holds(saved, source))
        if on_progress:
            on_progress(stored)
    return Understood(tuple(merges), tuple(doubts), tuple(holds), filtered, takeovers)


def _renew_changed(
    store: Store,
    rules: Rules,
    sources: Mapping[str, Source],
    doubted: Mapping[str, str],
) -> None:
    """Give stories the corrected text of their article; the old one is kept (F48).

    A correction by a doubted source waits until a person trusts the source again.
    """
    for story_id in store.changed_stories():
        story = store.story(story_id)
        articles = store.articles_of(story_id)
        first = next((a for a in articles if _is_first(story, a)), articles[0])
        if first.source_id in doubted:
            continue
        source = sources.get(first.source_id)
        if source is not None and not story.is_submission:
            fresh = understand_article(
                first.article, source, rules, first_seen=story.first_seen
            )
            held = fresh.state is StoryState.HELD
            story = replace(
                fresh,
                id=story.id,
                state=fresh.state if held else story.state,
                held_reason=fresh.held_reason or story.held_reason,
                appearances=story.appearances,
            )
        story = with_retold(story, _texts(*articles))
        store.save_story(story, [a.id for a in articles])


def _texts(*articles: StoredArticle) -> dict[str, Body]:
    return {stored.article.url: stored.article.body for stored in articles}


def _is_first(story: Story, stored: StoredArticle) -> bool:
    return story.first is not None and story.first.url == stored.article.url


def _left_out(story: Story, source: Source, rules: Rules) -> str | None:
    text = story.body.text
    if source.union_filter and not is_union_news(story.headline, text, rules.topics):
        return NOT_UNION
    if source.local_filter and not is_local_or_policy(story, rules):
        return NOT_LOCAL
    return None


def _merge(  # noqa: PLR0913 - one article and what it is compared with
    store: Store,
    stored: StoredArticle,
    story: Story,
    source: Source,
    rules: Rules,
    *,
    now: datetime,
) -> Merge | None:
    """Put a reprint to its story; the index is told of every article.

    A site does not reprint itself: two of its pages with like words are two documents
    (yearly reports, numbered notices); one page under two addresses is one article
    already in the store.
    """
    hashes = sentence_hashes(story.body.text)
    since = now - timedelta(days=REPRINT_DAYS)
    mine = news_text(story)
    for known in _candidates(store, hashes, since=since, but=stored.id):
        if any(a.source_id == source.id for a in known.appearances):
            continue
        verdict = same_news(mine, news_text(known))
        if verdict.is_same:
            joined = add_reprint(
                known, stored.article, source, stored.first_seen, rules=rules
            )
            joined = with_retold(joined, _texts(*store.articles_of(known.id), stored))
            store.save_story(joined, [stored.id])
            store.add_fingerprint(stored.id, hashes)
            return Merge(known.id, story.headline, source.name, verdict.reason)
    store.add_fingerprint(stored.id, hashes)
    return None


def _candidates(
    store: Store, hashes: frozenset[int], *, since: datetime, but: int
) -> tuple[Story, ...]:
    shared = store.sharing(hashes, since=since)
    best = sorted((i for i in shared if i != but), key=lambda i: (-shared[i], i))
    found: dict[int, Story] = {}
    for article_id in best[:CANDIDATES]:
        story_id = store.article(article_id).story_id
        if story_id is not None and story_id not in found:
            found[story_id] = store.story(story_id)
    handed_in = store.stories(since=since.date(), submissions=True)
    return (*found.values(), *(s for s in handed_in if s.id not in found))


def _doubts(story: Story, rules: Rules) -> list[TagDoubt]:
    words = {t.id: t.name for t in rules.topics}
    words |= {u.id: u.name for u in rules.units.units}
    return [
        TagDoubt(
            story.id, story.headline, words.get(tag.id, tag.id), "、".join(tag.evidence)
        )
        for tag in (*story.units, *story.topics)
        if tag.doubtful
    ]


def _holds(story: Story, source: Source) -> list[Hold]:
    """What is kept from readers, and why: a story, its text, or its excerpt."""
    reason = story.held_reason or _partly_held(story, source)
    return [Hold(story.id, story.headline, reason)] if reason else []


def _partly_held(story: Story, source: Source) -> str | None:
    finding = holds_excerpt(story.findings)
    if finding is not None and source.own and not story.own:
        return f"不公开全文：{finding.why}"
    if THIN in story.notes:
        return THIN
    if finding is not None and source.excerpt and not story.excerpt:
        return f"只列标题和链接：{finding.why}"
    return None
