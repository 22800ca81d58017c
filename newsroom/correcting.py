"""A correction of what was published: the right words, and a note that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from newsroom.body import Body, Quote, plain_runs
from newsroom.digests import with_digest
from newsroom.errors import NotAllowed
from newsroom.story import Story
from newsroom.text import clean_text, join_name
from newsroom.wording import full_date

_NOTE = "note"
_MARK = "更正"
LEAST_NOTE = 6


def with_note(body: Body, note: str, *, day: date) -> Body:
    """The text with the note for readers at its end: what was wrong, since when right.

    Notes of earlier corrections stay before it.
    """
    words = f"{_MARK}（{full_date(day)}）：{clean_text(note)}"
    return Body((*body.blocks, Quote(plain_runs(words), _NOTE)))


def correction_notes(body: Body) -> tuple[str, ...]:
    """The notes of the corrections that a text has had, oldest first."""
    notes = (b for b in body.blocks if isinstance(b, Quote) and b.kind == _NOTE)
    words = ("".join(run.text for run in note.runs) for note in notes)
    return tuple(word for word in words if word.startswith(_MARK))


def corrected_story(story: Story, told: Story) -> Story:
    """The story with the corrected words; where and when it stood is not touched."""
    return with_digest(
        replace(
            story,
            headline=told.headline,
            body=told.body,
            abstract=told.abstract,
            excerpt=told.excerpt,
            event_day=told.event_day,
            findings=told.findings,
        )
    )


def check_correction(*, note: str, reason: str, is_changed: bool) -> None:
    """Refuse a correction that says nothing.

    Raises:
        NotAllowed: no word was changed, or the note or the reason is missing.
    """
    if not is_changed:
        raise NotAllowed("标题和正文都没有改动，用不着更正")
    if len(clean_text(note)) < LEAST_NOTE:
        raise NotAllowed("请写给读者看的更正说明：哪里错了，应该是什么")
    if not clean_text(reason):
        raise NotAllowed("请写内部的更正原因：怎么错的，谁提出的")


def check_agreeing(*, proposed_by: str, by: str) -> None:
    """A correction takes two people.

    Raises:
        NotAllowed: whoever wrote it would agree to it.
    """
    if join_name(proposed_by) == join_name(by):
        raise NotAllowed("更正要两个人：提出的人不能自己签发")
