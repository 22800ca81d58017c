"""Articles: one for each thing a source said, under however many addresses."""

from __future__ import annotations

from datetime import date, datetime, time

from newsroom.article import CHINA, Article
from newsroom.errors import NotFound
from story_store.arrivals import ArrivalShelf
from story_store.kept import ArticleVersion, KnownUrl, PageRef, StoredArticle
from story_store.models import AddressRow, ArticleRow, VersionRow
from story_store.record import in_china, in_utc, load
from story_store.rows import article_from_row, page_to_row
from story_store.shelf import batches


class ArticleShelf(ArrivalShelf):
    """Asking for articles; saving them stands in ``ArrivalShelf``."""

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


def day_start(day: date) -> datetime:
    """Midnight of the day in China, as rows keep times."""
    return in_utc(datetime.combine(day, time(), CHINA))


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
