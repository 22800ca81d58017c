"""The index of reprints: which articles share passages of text."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from story_store.models import FingerprintRow
from story_store.record import in_utc
from story_store.shelf import Shelf, batches

SET_PHRASE = 60
_WRAP = 1 << 64
_HALF = 1 << 63


class ReprintIndex(Shelf):
    """Hashes of texts, kept in the store: nothing is loaded at start."""

    def add_fingerprint(self, article_id: int, hashes: frozenset[int]) -> None:
        """Put the article's hashes (64 bit) in place of those it had."""
        rows = [
            FingerprintRow(hash=_signed(value), article_id=article_id)
            for value in sorted(hashes)
        ]
        with self.writing():
            prints = FingerprintRow.objects.using(self.alias)
            prints.filter(article_id=article_id).delete()
            prints.bulk_create(rows, batch_size=300)

    def sharing(self, hashes: frozenset[int], *, since: datetime) -> dict[int, int]:
        """Articles first seen since the time, with how many hashes they share.

        A passage that many articles share (a set phrase of the trade) tells nothing
        and would fill the answer, so it is left out.
        """
        shared: dict[int, int] = {}
        for batch in batches(sorted(map(_signed, hashes))):
            recent = FingerprintRow.objects.using(self.alias).filter(
                hash__in=batch, article__first_seen__gte=in_utc(since)
            )
            spread = recent.values("hash").annotate(count=Count("id"))
            phrases = spread.filter(count__gt=SET_PHRASE).values_list("hash", flat=True)
            counted = (
                recent.exclude(hash__in=list(phrases))
                .values_list("article_id")
                .annotate(count=Count("id"))
                .order_by("article_id")
            )
            for article_id, count in list(counted):
                shared[article_id] = shared.get(article_id, 0) + count
        return shared


def _signed(value: int) -> int:
    """The hash as SQLite and PostgreSQL keep integers: signed 64 bit."""
    value %= _WRAP
    return value - _WRAP if value >= _HALF else value
