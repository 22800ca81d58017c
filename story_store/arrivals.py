"""Saving articles: which one a fetched page is, and many at once.

What a crawl brings is mostly new. New articles wait and go in together, one statement
for a table; an arrival that the store, or one still waiting, may know already is
looked at by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from django.db.models import QuerySet

from newsroom.article import Article
from newsroom.body import Body, Picture
from newsroom.text import fold
from story_store.kept import Arrival, Change, PageRef, SavedArticle
from story_store.models import AddressRow, ArticleRow, VersionRow
from story_store.record import dump, in_utc, line_of
from story_store.rows import article_from_row, article_to_row, page_to_row
from story_store.shelf import Shelf

# A shorter text (图片新闻, 通知见附件) proves nothing about identity.
SHORTEST_PROOF = 60


@dataclass(frozen=True, slots=True)
class Signed:
    """An arrival with what is costly to make of it and asked for twice.

    Attributes:
        arrival: what the page said.
        text: the hash of its words.
        content: the hash of what a reader would notice.
        body: its body as one line of JSON.
    """

    arrival: Arrival
    text: str
    content: str
    body: str

    @classmethod
    def of(cls, arrival: Arrival) -> Self:
        """The arrival with its hashes; the line of its body is written once."""
        article = arrival.article
        words = line_of(_without_pictures(article.body))
        body = line_of(article.body) if article.body.pictures else words
        return cls(arrival, text_hash(article), _content_hash(article, words), body)


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """Addresses, canonical addresses and texts that there is something of.

    What is not here need not be asked for; what is here is to be looked at.
    """

    urls: set[str]
    canonicals: set[str]
    texts: set[str]

    def add(self, row: ArticleRow, url: str) -> None:
        """Note an article that is saved, or waits to be, under this address."""
        self.urls.add(url)
        self.canonicals.add(row.canonical)
        self.texts.add(row.text_hash)

    def have_nothing_of(self, signed: Signed) -> bool:
        """Whether an arrival is new by its addresses and by its text."""
        arrival = signed.arrival
        return not (
            arrival.page.url in self.urls
            or arrival.canonical in self.canonicals
            or signed.text in self.texts
        )


@dataclass(slots=True)
class _Batch:
    """A batch on its way in: what is known, and new rows that wait to be written."""

    source_id: str
    seen: datetime
    known: KnownKeys
    articles: list[ArticleRow] = field(default_factory=list)
    addresses: list[AddressRow] = field(default_factory=list)


class ArrivalShelf(Shelf):
    """Saving what pages said."""

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
        signed = [Signed.of(one) for one in arrivals]
        with self.writing():
            batch = _Batch(source_id, seen, self._known_keys(source_id, signed))
            saved = [self._save(one, batch) for one in signed]
            self._write_waiting(batch)
        return tuple(
            SavedArticle(row.pk, change, row.story_id) for row, change in saved
        )

    def _save(self, signed: Signed, batch: _Batch) -> tuple[ArticleRow, Change]:
        """The row of an arrival; a new one has its number once the batch is written."""
        if batch.known.have_nothing_of(signed):
            row = _new_row(signed, signed.arrival.canonical, batch)
            self._keep(row, None, signed, batch)
            return row, Change.NEW
        self._write_waiting(batch)
        return self._save_known(signed, batch)

    def _save_known(self, signed: Signed, batch: _Batch) -> tuple[ArticleRow, Change]:
        page, canonical = signed.arrival.page, signed.arrival.canonical
        source_id, known = batch.source_id, batch.known
        address = None
        if page.url in known.urls:
            address = self._addresses(source_id, page.url).first()
        row = address.article if address else None
        taken = canonical in known.canonicals
        if row is None and taken:
            row = self._by_canonical(source_id, canonical, signed.arrival.article)
        if row is None and signed.text in known.texts:
            row = self._by_text(source_id, signed)
        if row is None:
            change = Change.NEW
            row = _new_row(signed, page.url if taken else canonical, batch)
        else:
            change = self._renew(row, signed, address, batch.seen)
        self._keep(row, address, signed, batch)
        return row, change

    def _keep(
        self,
        row: ArticleRow,
        address: AddressRow | None,
        signed: Signed,
        batch: _Batch,
    ) -> None:
        """Keep the address of an article, and note both as known."""
        fresh = page_to_row(signed.arrival.page)
        fresh.source_id = batch.source_id
        fresh.article = row
        fresh.content_hash = signed.content
        if address is None:
            batch.addresses.append(fresh)
        else:
            fresh.pk = address.pk
            fresh.save(using=self.alias, force_update=True)
        batch.known.add(row, fresh.url)

    def _write_waiting(self, batch: _Batch) -> None:
        """Write the rows that wait, articles before the addresses that name them."""
        ArticleRow.objects.using(self.alias).bulk_create(batch.articles)
        AddressRow.objects.using(self.alias).bulk_create(batch.addresses)
        batch.articles.clear()
        batch.addresses.clear()

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

    def _addresses(self, source_id: str, url: str) -> QuerySet[AddressRow]:
        return AddressRow.objects.using(self.alias).filter(source_id=source_id, url=url)

    def _by_canonical(
        self, source_id: str, canonical: str, article: Article
    ) -> ArticleRow | None:
        row = (
            ArticleRow.objects.using(self.alias)
            .filter(source_id=source_id, canonical=canonical)
            .first()
        )
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
        same = signed.content in {said, content_hash(before)}
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


def _new_row(signed: Signed, canonical: str, batch: _Batch) -> ArticleRow:
    """The row of an article never seen, put to those that wait to be written."""
    row = article_to_row(signed.arrival.article, body=signed.body)
    row.source_id = batch.source_id
    row.canonical = canonical
    row.text_hash = signed.text
    row.first_seen = row.last_seen = in_utc(batch.seen)
    batch.articles.append(row)
    return row


def text_hash(article: Article) -> str:
    """What makes two addresses of a source one article: headline and words."""
    words = f"{fold(article.headline)}\n{fold(article.body.text)}"
    return hashlib.sha256(words.encode()).hexdigest()


def content_hash(article: Article) -> str:
    """What a reader would notice in the words when it changes.

    Pictures are left out: their addresses change with the server that answers, and
    one that could not be fetched this morning is no correction.
    """
    return _content_hash(article, line_of(_without_pictures(article.body)))


def _content_hash(article: Article, words: str) -> str:
    """The hash of all these as one JSON list, of which the words are a line already."""
    before = line_of(
        (
            article.headline,
            article.published,
            article.source_line,
            article.byline,
            article.editors,
        )
    )
    line = f"{before[:-1]},{words},{line_of(article.attachments)}]"
    return hashlib.sha256(line.encode()).hexdigest()


def _without_pictures(body: Body) -> Body:
    return Body(tuple(b for b in body.blocks if not isinstance(b, Picture)))


def _has_gained_pictures(before: Article, after: Article) -> bool:
    more = len(after.body.pictures) > len(before.body.pictures)
    return more and content_hash(before) == content_hash(after)


def _is_other(row: ArticleRow, article: Article) -> bool:
    known = article_from_row(row)
    same_headline = fold(known.headline) == fold(article.headline)
    return not same_headline and fold(known.body.text) != fold(article.body.text)
