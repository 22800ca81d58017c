"""Links that lead out of our pages: how they fared, and which stories drop them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsroom.link_care import LinkNote
from story_store.models import LinkCheckRow, StoryRow
from story_store.record import dump, load
from story_store.rows import story_to_row
from story_store.shelf import batches
from story_store.stories import StoryShelf, story_digest
from story_store.values import story_from_row


class LinkCheckShelf(StoryShelf):
    """Notes on links by address, and their effect on stories."""

    def link_notes(self, urls: Sequence[str] | None = None) -> dict[str, LinkNote]:
        """What is remembered of these addresses, or of all, by address."""
        rows = LinkCheckRow.objects.using(self.alias)
        if urls is None:
            found = list(rows.values_list("record", flat=True))
        else:
            found = [
                record
                for batch in batches(sorted(set(urls)))
                for record in list(
                    rows.filter(url__in=batch).values_list("record", flat=True)
                )
            ]
        notes = (load(LinkNote, record) for record in found)
        return {note.url: note for note in notes}

    def keep_link_notes(self, notes: Iterable[LinkNote]) -> None:
        """Remember these notes in place of the older ones of the same addresses."""
        with self.writing():
            for note in notes:
                LinkCheckRow.objects.using(self.alias).update_or_create(
                    url=note.url,
                    defaults={"checked_on": note.checked_on, "record": dump(note)},
                )

    def stories_without(self, url: str) -> tuple[int, ...]:
        """The stories that do not lead to this address, because it was found dead."""
        rows = StoryRow.objects.using(self.alias).exclude(dead_links=dump(()))
        found = list(rows.order_by("pk").values_list("pk", "dead_links"))
        return tuple(pk for pk, dead in found if url in load(tuple[str, ...], dead))

    def set_dead_links(self, story_id: int, urls: tuple[str, ...]) -> bool:
        """Say which links of a story are dead; whether its pages change by it.

        Raises:
            NotFound: there is no such story.
        """
        with self.writing():
            story = story_from_row(self._story_row(story_id))
            if story.dead_links == urls:
                return False
            changed = replace(story, dead_links=urls)
            changed = replace(changed, digest=story_digest(changed))
            story_to_row(changed).save(using=self.alias)
            self.pages_changed()
        return True
