"""Articles: one for each thing a source said, under however many addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import QuerySet

from newsroom.article import CHINA, Article
from newsroom.body import Picture
from newsroom.errors import NotFound
from newsroom.text import fold
from story_store.kept import (
    Arrival,
    ArticleVersion,
    Change,
    KnownUrl,
    PageRef,
    SavedArticle,
    StoredArticle,
)
from story_store.models import AddressRow, ArticleRow, VersionRow
from story_store.record import digest_of, dump, in_china, in_utc, load
from story_store.rows import article_from_row, article_to_row, page_to_row
from story_store.shelf import Shelf, batches

# A shorter text (图片新闻, 通知见附件) proves nothing about identity.
SHORTEST_PROOF = 60


@dataclass(frozen=True, slots=True)
class Signed:
    """An arrival with the hash of its text, which is costly and asked for twice."""

    arrival: Arrival
    text: str


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """Addresses, canonical addresses and texts that the store has something of.

    What is not here need not be asked for; what is here is to be looked at.
    """

    urls: set[str]
    canonicals: set[str]
    texts: set[str]

    def add(self, row: ArticleRow, url: str) -> None:
        """Note an article that was just saved under this address."""
        self.urls.add(url)
        self.canonicals.add(row.canonical)
        self.texts.add(row.text_hash)


class ArticleShelf(Shelf):
    """Saving articles and asking for them."""

    def known_pages(self, source_id: str, *, since: date) -> tuple[KnownUrl, ...]:
        """The source's addresses fetched since the day, by address."""
        rows = list(
            AddressRow.objects.using(self.alias)
            .filter(source_id=source_id, fetched_at__gte=day_start(since))
            .order_by("url")
            .values_list(
                "url", "etag", "last_modified", "article__published", "fetched_at"
            )
        )
        return tuple(
            KnownUrl(url, etag, last, in_china(out) if out else None, in_china(got))
            for url, etag, last, out, got in rows
        )

    def touch_page(self, source_id: str, page: PageRef) -> bool:
        """Note that a known address was asked again and had not changed (304).

        False when the address is not known; nothing is kept then.
        """
        row = page_to_row(page)
        with self.writing():
            touched = self._addresses(source_id, page.url).update(
                fetched_at=row.fetched_at,
                etag=row.etag,
                last_modified=row.last_modified,
            )
        return bool(touched)

    def save_article(
        self,
        source_id: str,
        article: Article,
        *,
        canonical: str,
        seen: datetime,
        page: PageRef,
    ) -> SavedArticle:
        """Keep what a page said; the same page again changes nothing.

        The same address, the same canonical address or, within the source, the same
        text is the same article. A changed text replaces the reading; the old one is
        kept as a version.
        """
        arrival = Arrival(article, canonical, page)
        return self.save_articles(source_id, [arrival], seen=seen)[0]

    def save_articles(
        self, source_id: str, arrivals: Sequence[Arrival], *, seen: datetime
    ) -> tuple[SavedArticle, ...]:
        """Keep what several pages of a source said, in their order: all or none.

        What the store has nothing of is found out for all at once: asking for each
        would be most of the work.
        """
        signed = [Signed(one, text_hash(one.article)) for one in arrivals]
        with self.writing():
            known = self._known_keys(source_id, signed)
            return tuple(self._save(source_id, one, known, seen) for one in signed)

    def _save(
        self, source_id: str, signed: Signed, known: KnownKeys, seen: datetime
    ) -> SavedArticle:
        article, page = signed.arrival.article, signed.arrival.page
        canonical = signed.arrival.canonical
        address = None
        if page.url in known.urls:
            address = self._addresses(source_id, page.url).first()
        row = address.article if address else None
        taken = canonical in known.canonicals
        if row is None and taken:
            row = self._by_canonical(source_id, canonical, article)
        if row is None and signed.text in known.texts:
            row = self._by_text(source_id, signed)
        if row is None:
            row = self._add(source_id, signed, page.url if taken else canonical, seen)
            change = Change.NEW
        else:
            change = self._renew(row, signed, address, seen)
        self._keep_address(source_id, page, row, address, article)
        known.add(row, page.url)
        return SavedArticle(row.pk, change, row.story_id)

    def _known_keys(self, source_id: str, signed: Sequence[Signed]) -> KnownKeys:
        """Which of these addresses and texts the store has something of."""
        addresses = AddressRow.objects.using(self.alias).filter(source_id=source_id)
        articles = ArticleRow.objects.using(self.alias).filter(source_id=source_id)
        urls = addresses.filter(url__in=[one.arrival.page.url for one in signed])
        canonicals = articles.filter(
            canonical__in=[one.arrival.canonical for one in signed]
        )
        texts = articles.filter(text_hash__in=[one.text for one in signed])
        return KnownKeys(
            set(urls.values_list("url", flat=True)),
            set(canonicals.values_list("canonical", flat=True)),
            set(texts.values_list("text_hash", flat=True)),
        )

    def article(self, article_id: int) -> StoredArticle:
        """The article of this id.

        Raises:
            NotFound: there is none.
        """
        row = ArticleRow.objects.using(self.alias).filter(pk=article_id).first()
        if row is None:
            raise NotFound(f"没有编号为 {article_id} 的文章")
        return _stored(row)

    def articles_of(self, story_id: int) -> tuple[StoredArticle, ...]:
        """The articles of a story, oldest first."""
        rows = ArticleRow.objects.using(self.alias).filter(story_id=story_id)
        return tuple(_stored(row) for row in list(rows.order_by("id")))

    def unstoried(self) -> tuple[StoredArticle, ...]:
        """The articles that are not yet part of a story, oldest first."""
        waiting = ArticleRow.objects.using(self.alias).filter(
            waiting=True, story_id=None
        )
        return self._read_articles(list(waiting.order_by("id").values_list("pk")))

    def source_articles(
        self, source_id: str, *, since: date | None = None, limit: int | None = None
    ) -> tuple[StoredArticle, ...]:
        """A source's articles, the last seen first; those first seen since the day."""
        rows = ArticleRow.objects.using(self.alias).filter(source_id=source_id)
        if since is not None:
            rows = rows.filter(first_seen__gte=day_start(since))
        keys = rows.order_by("-first_seen", "-id").values_list("pk")[:limit]
        found = {stored.id: stored for stored in self._read_articles(list(keys))}
        return tuple(found[key] for (key,) in list(keys))

    def source_days(
        self, source_id: str, *, since: date
    ) -> tuple[tuple[datetime | None, datetime], ...]:
        """When each article since the day was published (if known) and first seen."""
        rows = ArticleRow.objects.using(self.alias).filter(
            source_id=source_id, first_seen__gte=day_start(since)
        )
        days = list(rows.order_by("id").values_list("published", "first_seen"))
        return tuple((out and in_china(out), in_china(seen)) for out, seen in days)

    def changed_stories(self) -> tuple[int, ...]:
        """Ids of stories whose articles changed since the story was written."""
        waiting = ArticleRow.objects.using(self.alias).filter(
            waiting=True, story_id__isnull=False
        )
        ids = waiting.order_by("story_id").values_list("story_id", flat=True)
        return tuple(i for i in ids.distinct() if i is not None)

    def versions(self, article_id: int) -> tuple[ArticleVersion, ...]:
        """What the article said before, oldest first."""
        rows = VersionRow.objects.using(self.alias).filter(article_id=article_id)
        return tuple(
            ArticleVersion(load(Article, row.record), in_china(row.replaced_at))
            for row in list(rows.order_by("id"))
        )

    def _read_articles(self, keys: list[tuple[int]]) -> tuple[StoredArticle, ...]:
        found: list[StoredArticle] = []
        for batch in batches([key for (key,) in keys]):
            rows = ArticleRow.objects.using(self.alias).filter(pk__in=batch)
            found.extend(_stored(row) for row in list(rows.order_by("id")))
        return tuple(found)

    def _addresses(self, source_id: str, url: str) -> QuerySet[AddressRow]:
        return AddressRow.objects.using(self.alias).filter(source_id=source_id, url=url)

    def _canonicals(self, source_id: str, canonical: str) -> QuerySet[ArticleRow]:
        return ArticleRow.objects.using(self.alias).filter(
            source_id=source_id, canonical=canonical
        )

    def _by_canonical(
        self, source_id: str, canonical: str, article: Article
    ) -> ArticleRow | None:
        row = self._canonicals(source_id, canonical).first()
        # Some sites name their front page as every article's canonical address: with
        # another headline and another text it is another article.
        if row is not None and _is_other(row, article):
            return None
        return row

    def _by_text(self, source_id: str, signed: Signed) -> ArticleRow | None:
        if len(fold(signed.arrival.article.body.text)) < SHORTEST_PROOF:
            return None
        return (
            ArticleRow.objects.using(self.alias)
            .filter(source_id=source_id, text_hash=signed.text)
            .order_by("id")
            .first()
        )

    def _add(
        self, source_id: str, signed: Signed, canonical: str, seen: datetime
    ) -> ArticleRow:
        row = article_to_row(signed.arrival.article)
        row.source_id = source_id
        row.canonical = canonical
        row.text_hash = signed.text
        row.first_seen = row.last_seen = in_utc(seen)
        row.save(using=self.alias, force_insert=True)
        return row

    def _renew(
        self,
        row: ArticleRow,
        signed: Signed,
        address: AddressRow | None,
        seen: datetime,
    ) -> Change:
        """Note that an article was seen again; keep the old reading if it changed."""
        article = signed.arrival.article
        row.last_seen = max(row.last_seen, in_utc(seen))
        before = article_from_row(row)
        said = address.content_hash if address else content_hash(before)
        # Compared with what this very address said last: two addresses that differ
        # in a comma must not take turns in changing the article.
        same = content_hash(article) in {said, content_hash(before)}
        if same and not _has_gained_pictures(before, article):
            row.save(using=self.alias, update_fields=["last_seen"])
            return Change.UNCHANGED
        VersionRow.objects.using(self.alias).create(
            article=row, replaced_at=in_utc(seen), record=dump(before)
        )
        self._rewrite(row, signed)
        return Change.CHANGED

    def _rewrite(self, row: ArticleRow, signed: Signed) -> None:
        fresh = article_to_row(replace(signed.arrival.article, url=row.url))
        for name in _READING:
            setattr(row, name, getattr(fresh, name))
        row.text_hash = signed.text
        row.waiting = True
        row.save(using=self.alias)

    def _keep_address(
        self,
        source_id: str,
        page: PageRef,
        article_row: ArticleRow,
        known: AddressRow | None,
        article: Article,
    ) -> None:
        row = page_to_row(page)
        row.pk = known.pk if known else None
        row.source_id = source_id
        row.article = article_row
        row.content_hash = content_hash(article)
        row.save(using=self.alias)


_READING = (
    "headline",
    "published",
    "has_time",
    "source_line",
    "byline",
    "editors",
    "body",
    "attachments",
    "named_canonical",
    "next_page",
    "reprint_banned",
    "witnesses",
)


def day_start(day: date) -> datetime:
    """Midnight of the day in China, as rows keep times."""
    return in_utc(datetime.combine(day, time(), CHINA))


def text_hash(article: Article) -> str:
    """What makes two addresses of a source one article: headline and words."""
    words = f"{fold(article.headline)}\n{fold(article.body.text)}"
    return hashlib.sha256(words.encode()).hexdigest()


def content_hash(article: Article) -> str:
    """What a reader would notice in the words when it changes.

    Pictures are left out: their addresses change with the server that answers, and
    one that could not be fetched this morning is no correction.
    """
    blocks = tuple(b for b in article.body.blocks if not isinstance(b, Picture))
    return digest_of(
        (
            article.headline,
            article.published,
            article.source_line,
            article.byline,
            article.editors,
            replace(article.body, blocks=blocks),
            article.attachments,
        )
    )


def _has_gained_pictures(before: Article, after: Article) -> bool:
    more = len(after.body.pictures) > len(before.body.pictures)
    return more and content_hash(before) == content_hash(after)


def _is_other(row: ArticleRow, article: Article) -> bool:
    known = article_from_row(row)
    same_headline = fold(known.headline) == fold(article.headline)
    return not same_headline and fold(known.body.text) != fold(article.body.text)


def _stored(row: ArticleRow) -> StoredArticle:
    return StoredArticle(
        id=row.pk,
        source_id=row.source_id,
        article=article_from_row(row),
        canonical=row.canonical,
        first_seen=in_china(row.first_seen),
        last_seen=in_china(row.last_seen),
        story_id=row.story_id,
    )
