"""A submission from any door: kept once with its original, numbered, checked."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.repeats import earlier_copy
from newsroom.submission import Door, Submission
from workflow.inbox import check_new

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.rules import Rules
    from story_store.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a submission: as kept, and whether it is new."""

    kept: Submission
    is_new: bool


def take_submission(
    store: Store,
    rules: Rules,
    submission: Submission,
    *,
    originals: Mapping[str, bytes],
    at: datetime,
) -> Taken:
    """Keep a submission and check it; one that came before keeps its number.

    Args:
        store: where it is kept.
        rules: by which it is checked.
        submission: as a door made it, without number.
        originals: what came, by name; sealed before anything else is done.
        at: the time.
    """
    known = earlier_copy(submission, store.submissions())
    if known is not None:
        return Taken(check_new(store, rules, known, at=at), is_new=False)
    is_known = store.has_submission(submission.key)
    if is_known and submission.door is not Door.MAIL:  # the same words, long ago
        is_known = False
        submission = replace(submission, key=f"{submission.key[:52]}-{at:%Y%m%d}")
    sealed = keep_original(store, submission.key, originals)
    day = at.date()
    kept = store.add_submission(replace(submission, original=sealed), day=day)
    return Taken(check_new(store, rules, kept, at=at), is_new=not is_known)


def keep_original(store: Store, key: str, originals: Mapping[str, bytes]) -> str:
    """Seal what came, by name; the name of the sealed folder."""
    with tempfile.TemporaryDirectory(prefix="gonghui-door-") as made:
        base = Path(made)
        files = [base / name for name in originals]
        for file, content in zip(files, originals.values(), strict=True):
            file.write_bytes(content)
        return store.keep_original(key, base, files)
