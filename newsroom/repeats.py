"""The same story handed in again: within thirty days it keeps its first number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from newsroom.submission import Submission
from newsroom.text import fold

WITHIN = timedelta(days=30)
_SHORT = 20


def earlier_copy(new: Submission, earlier: Iterable[Submission]) -> Submission | None:
    """The submission of the same unit that says the same, None when there is none.

    Width, blanks and punctuation do not count. A text of a few words is a copy only
    with the same title. Where several are, the oldest.
    """
    said = _said(new)
    copies = [
        old
        for old in earlier
        if old.unit_id == new.unit_id
        and abs(new.received_at - old.received_at) <= WITHIN
        and _said(old) == said
    ]
    return min(copies, key=lambda old: old.received_at, default=None)


def _said(submission: Submission) -> str:
    text = fold(submission.body.text)
    return text if len(text) >= _SHORT else fold(submission.title) + "\n" + text
