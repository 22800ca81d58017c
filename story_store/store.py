"""The store: the one door to everything that is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import story_store.setup as django_setup
from story_store.accounts import AccountShelf
from story_store.arrangements import ArrangementShelf
from story_store.articles import ArticleShelf
from story_store.editions import EditionShelf
from story_store.fingerprints import ReprintIndex
from story_store.form_jobs import FormJobShelf
from story_store.jobs import JobShelf
from story_store.kept import (
    ArticleVersion,
    Change,
    KeptRun,
    KeptWarc,
    KnownUrl,
    PageRef,
    SavedArticle,
    SourceRun,
    StoredArticle,
    StoryChange,
    SubmissionStep,
)
from story_store.link_checks import LinkCheckShelf
from story_store.links import LinkShelf
from story_store.opening import is_newer, open_database
from story_store.originals import OriginalShelf
from story_store.page_jobs import PageJobShelf
from story_store.pages import PageShelf
from story_store.picture_edits import PictureEditShelf
from story_store.pictures import PictureShelf
from story_store.privacy import PrivacyShelf
from story_store.retention import RetentionShelf
from story_store.runs import RunLog
from story_store.wholeness import note_whole

__all__ = [
    "ArticleVersion",
    "Change",
    "KeptRun",
    "KeptWarc",
    "KnownUrl",
    "PageRef",
    "SavedArticle",
    "SourceRun",
    "Store",
    "StoredArticle",
    "StoryChange",
    "SubmissionStep",
]


class Store(
    ArticleShelf,
    ReprintIndex,
    EditionShelf,
    RunLog,
    PageShelf,
    PictureShelf,
    PictureEditShelf,
    OriginalShelf,
    RetentionShelf,
    PrivacyShelf,
    AccountShelf,
    LinkShelf,
    LinkCheckShelf,
    JobShelf,
    FormJobShelf,
    PageJobShelf,
    ArrangementShelf,
):
    """Everything that is kept, in one folder.

    Gives and takes newsroom objects. Made by ``Store.open``; closed by ``close`` or
    at the end of a ``with``.
    """

    def __init__(self, folder: Path, alias: str) -> None:
        self.folder = folder
        self.alias = alias

    @classmethod
    def open(cls, folder: Path, *, now: datetime) -> Self:
        """Make, migrate or open the store in the folder.

        Raises:
            StoreBroken: its file is damaged or gone.
            StoreTooNew: a newer version of the program wrote it.
        """
        return cls(folder, open_database(folder, now=now))

    def close(self) -> None:
        """Close the file; the store is of no use afterwards."""
        django_setup.release(self.alias)
        note_whole(self.folder)

    def note_standing(self) -> None:
        """Note how the open store stands, so that who only reads need not check it.

        For a process that keeps it open for long, after each of its writes.
        """
        note_whole(self.folder)

    def is_newer(self) -> bool:
        """Whether a newer program has migrated it since it was opened."""
        return is_newer(self.alias)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
