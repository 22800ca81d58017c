"""Stories: saving, asking, and the history of their states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections
from django.db.models import Q

from newsroom.errors import NotFound
from newsroom.link_care import LinkNote
from newsroom.outline import StoryOutline
from newsroom.story import Story, StoryState
from story_store.articles import day_start
from story_store.kept import StoryChange
from story_store.models import (
    ArticleRow,
    LinkCheckRow,
    StoryChangeRow,
    StoryRow,
    SubmissionRow,
)
from story_store.outlines import OUTLINE, outline_from_values
from story_store.record import digest_of, in_china, in_utc, load
from story_store.rows import story_to_row
from story_store.shelf import Shelf, batches
from story_store.story_log import StoryChanges, read_changes
from story_store.values import story_from_row

MOST_FOUND = 50


class StoryShelf(Shelf):
    """Saving stories and asking for them."""

    def save_story(self, story: Story, article_ids: Sequence[int]) -> Story:
        """Keep a story and put the articles to it; id 0 makes a new one.

        A submission has one story: id 0 with a submission number that already has a
        story writes that one. Articles are only ever added to a story; one that
        belonged to another moves. Equal contents write nothing.

        Returns:
            The story with its id and digest.

        Raises:
            NotFound: no story has this id.
        """
        with self.writing():
            known = self._known(story)
            story = replace(story, id=known.pk if known else 0)
            if known is not None:
                story = self._with_dead_links(story, story_from_row(known))
            story = replace(story, digest=story_digest(story))
            if known is None or story_from_row(known) != story:
                row = story_to_row(story)
                row.save(using=self.alias)
                story = replace(story, id=row.pk)
                self.pages_changed()
            self._take_articles(story.id, article_ids)
            self._take_submission(story)
        return story

    def story(self, story_id: int) -> Story:
        """The story of this id.

        Raises:
            NotFound: there is none.
        """
        return story_from_row(self._story_row(story_id))

    def stories(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        ids: Sequence[int] | None = None,
        submissions: bool | None = None,
    ) -> tuple[Story, ...]:
        """Stories first seen from ``since`` to ``until`` (days in China, included).

        Newest first; ``ids`` keeps to these, unknown ones are left out;
        ``submissions`` keeps to what units handed in (False: to what was crawled).
        """
        wanted = Q()
        if since:
            wanted &= Q(first_seen__gte=day_start(since))
        if until:
            wanted &= Q(first_seen__lt=day_start(until + timedelta(days=1)))
        if submissions is not None:
            wanted &= Q(submission_number__isnull=not submissions)
        if ids is None:
            return self._read_stories(self._story_keys(wanted))
        keys: list[int] = sorted(set(ids))
        if wanted:
            keys = [
                key
                for batch in batches(keys)
                for key in self._story_keys(wanted & Q(pk__in=batch))
            ]
        found = self._read_stories(keys)
        return tuple(sorted(found, key=lambda s: (s.first_seen, s.id), reverse=True))

    def count_stories(self, *, since: date, until: date) -> int:
        """How many stories were first seen from ``since`` to ``until``, included."""
        return (
            StoryRow.objects.using(self.alias)
            .filter(
                first_seen__gte=day_start(since),
                first_seen__lt=day_start(until + timedelta(days=1)),
            )
            .count()
        )

    def story_digests(self) -> dict[int, str]:
        """By id the digest of every story, whatever its state."""
        rows = StoryRow.objects.using(self.alias).values_list("pk", "digest")
        return dict(rows.order_by())

    def story_changes(self, place: str) -> StoryChanges:
        """The stories that changed since this place of the log."""

        def ask(sql: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
            with connections[self.alias].cursor() as cursor:
                cursor.execute(sql.replace("?", "%s"), values)
                rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

        return read_changes(ask, place)

    def story_outlines(self, ids: Sequence[int]) -> Iterator[StoryOutline]:
        """The outlines of these stories, unknown ones left out; no text is read."""
        for batch in batches(sorted(set(ids))):
            rows = StoryRow.objects.using(self.alias).filter(pk__in=batch)
            yield from map(outline_from_values, list(rows.values_list(*OUTLINE)))

    def find_stories(self, text: str) -> tuple[Story, ...]:
        """Stories whose headline or text has these words; at most 50, newest first."""
        words = text.strip()
        if not words:
            return ()
        matching = Q(headline__icontains=words) | Q(body__icontains=words)
        return self._read_stories(self._story_keys(matching)[:MOST_FOUND])

    def set_story_state(
        self, story_id: int, state: StoryState, *, reason: str, at: datetime
    ) -> Story:
        """Move a story to a state, with a line in its history.

        Raises:
            NotFound: there is no such story.
        """
        with self.writing():
            row = self._story_row(story_id)
            if row.state != state.value:
                self._note_change(row, state, reason, at)
        return story_from_row(row)

    def withdrawn_stories(self) -> tuple[Story, ...]:
        """The stories that somebody took back by name, and that stay so."""
        return self._read_stories(self._story_keys(Q(state=StoryState.WITHDRAWN.value)))

    def story_history(self, story_id: int) -> tuple[StoryChange, ...]:
        """The steps of a story, oldest first."""
        rows = StoryChangeRow.objects.using(self.alias).filter(story_id=story_id)
        return tuple(
            StoryChange(
                StoryState(row.before),
                StoryState(row.after),
                row.reason,
                in_china(row.at),
            )
            for row in list(rows.order_by("id"))
        )

    def _with_dead_links(self, story: Story, known: Story) -> Story:
        """What the check of links found outlives an editing and a merge.

        A link that came back while somebody edited is not dropped again: what the
        edited story does not share with the kept one must be dead still.
        """
        asked = [url for url in story.dead_links if url not in known.dead_links]
        rows = LinkCheckRow.objects.using(self.alias).filter(url__in=asked)
        records = list(rows.values_list("record", flat=True)) if asked else []
        notes = (load(LinkNote, record) for record in records)
        still = {note.url for note in notes if note.is_dead}
        dead = (*known.dead_links, *(url for url in asked if url in still))
        return replace(story, dead_links=dead)

    def _known(self, story: Story) -> StoryRow | None:
        if story.id:
            return self._story_row(story.id)
        if story.submission_number is None:
            return None
        return (
            StoryRow.objects.using(self.alias)
            .filter(submission_number=story.submission_number)
            .first()
        )

    def _story_row(self, story_id: int) -> StoryRow:
        row = StoryRow.objects.using(self.alias).filter(pk=story_id).first()
        if row is None:
            raise NotFound(f"没有编号为 {story_id} 的稿件")
        return row

    def _story_keys(self, wanted: Q) -> list[int]:
        rows = StoryRow.objects.using(self.alias).filter(wanted)
        return list(rows.order_by("-first_seen", "-pk").values_list("pk", flat=True))

    def _read_stories(self, keys: list[int]) -> tuple[Story, ...]:
        found: list[Story] = []
        for batch in batches(keys):
            rows = StoryRow.objects.using(self.alias).filter(pk__in=batch)
            ordered = list(rows.order_by("-first_seen", "-pk"))
            found.extend(map(story_from_row, ordered))
        return tuple(found)

    def _take_articles(self, story_id: int, article_ids: Sequence[int]) -> None:
        for batch in batches(sorted(set(article_ids))):
            ArticleRow.objects.using(self.alias).filter(pk__in=batch).update(
                story_id=story_id, waiting=False
            )

    def _take_submission(self, story: Story) -> None:
        if story.submission_number is not None:
            SubmissionRow.objects.using(self.alias).filter(
                number=story.submission_number
            ).update(story_id=story.id)

    def _note_change(
        self, row: StoryRow, state: StoryState, reason: str, at: datetime
    ) -> None:
        StoryChangeRow.objects.using(self.alias).create(
            story=row,
            before=row.state,
            after=state.value,
            reason=reason,
            at=in_utc(at),
        )
        row.state = state.value
        row.digest = story_digest(story_from_row(row))
        row.save(using=self.alias, update_fields=["state", "digest"])
        self.pages_changed()


def story_digest(story: Story) -> str:
    """The hash of all that pages can show of a story, its number left out."""
    return digest_of(replace(story, id=0, digest=""))
