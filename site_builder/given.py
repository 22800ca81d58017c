"""What the builder is given: values only, no store and no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.edition import Edition
from newsroom.report import RunReport
from newsroom.source import SourceReport
from newsroom.story import Story
from newsroom.taxonomy import Topic, UnitRules
from site_builder.shelves import EditionShelf, StoryShelf

if TYPE_CHECKING:
    from config import EditionSettings, OfficeSettings, SiteSettings
    from newsroom.reminder import Reminder


class Audience(Enum):
    """For whom a tree is built."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Settled:
    """What all pages rest on, as hashes: it changes with settings or program only.

    Attributes:
        words: settings, vocabularies, source and libraries.
        templates: by template, what it and all that it takes from others say.
    """

    words: str
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SiteGiven:
    """Everything that both trees are built from.

    Attributes:
        office, edition_settings, site: sections of the settings.
        units, topics: the vocabularies that pages link by.
        editions: all that are kept, or a shelf of them; the public tree takes the
            released ones only.
        stories: every story that an edition or an archive may show, or a shelf of
            them; what a tree must not show is left out by the builder.
        sources: each source's health in the last run.
        report: the last run, None before the first.
        pictures: the folder of picture files (``sha256.ext``).
        built_at: the time of the build, aware.
        forms: the folder of the forms' files, by day and audience; None for none.
        extra_files: files of other doors by path, e.g. ``baosong.html``; put into
            the tree as they are.
        reminders: the lines of 今日提示 with their days.
        revision: changes with every change of what the shelves and the report hold;
            empty when nobody counts, then every build plans anew.
        again: opens the same in a second process; None where there is to be none.
        settled: the hashes of settings and program, where they are known already.
    """

    office: OfficeSettings
    edition_settings: EditionSettings
    site: SiteSettings
    units: UnitRules
    topics: tuple[Topic, ...]
    editions: tuple[Edition, ...] | EditionShelf
    stories: tuple[Story, ...] | StoryShelf
    sources: tuple[SourceReport, ...]
    report: RunReport | None
    pictures: Path
    built_at: datetime
    revision: str = ""
    reminders: tuple[Reminder, ...] = ()
    extra_files: Mapping[str, bytes] = field(default_factory=dict)
    forms: Path | None = None
    again: Again | None = None
    settled: Settled | None = None


Again = Callable[[], AbstractContextManager[SiteGiven]]
