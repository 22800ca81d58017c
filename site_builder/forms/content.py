"""What every form holds: columns and entries of the edition, in the paper's order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsroom.edition import Column, Edition, Entry
from newsroom.story import Story
from site_builder.briefing_paper import ORDER, Paper, PaperItem, lay_out
from site_builder.headline import office_words, set_in_type
from site_builder.links import day_address, story_address
from site_builder.shown import Shown


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One entry with the words of the paper, its story and its picture."""

    item: PaperItem
    entry: Entry
    story: Story
    picture: Path | None

    @property
    def caption(self) -> str:
        """What stands under the picture; empty when nothing is known."""
        return self.entry.picture_caption or ""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column with its heading as printed, e.g. ``一、要闻``."""

    heading: str
    column: Column | None
    entries: tuple[FormEntry, ...]

    @property
    def name(self) -> str:
        """The heading without its number."""
        return self.heading.partition("、")[2] or self.heading


@dataclass(frozen=True, slots=True)
class Content:
    """One edition for one audience: the paper untrimmed, and its entries.

    ``link`` is the public page of the day, empty while there is none.
    """

    edition: Edition
    shown: Shown
    paper: Paper
    columns: tuple[FormColumn, ...]
    link: str

    @property
    def entries(self) -> tuple[FormEntry, ...]:
        """All entries in the order of the paper."""
        return tuple(e for column in self.columns for e in column.entries)


def content_of(edition: Edition, shown: Shown) -> Content:
    """The content that all forms of this edition are made from.

    ``edition`` must be one of ``shown.editions``: what the audience may see is
    decided there.
    """
    paper = lay_out(edition, shown)
    filled = [(c, edition.entries(c)) for c in ORDER if edition.entries(c)]
    week = (None, edition.week) if edition.week and not filled else None
    groups: list[tuple[Column | None, tuple[Entry, ...]]] = [*filled]
    groups += [week] if week else []
    columns = tuple(
        FormColumn(
            printed.heading,
            column,
            tuple(
                FormEntry(i, e, shown.stories[e.story_id], _picture(e, shown))
                for i, e in zip(printed.items, entries, strict=False)
            ),
        )
        for printed, (column, entries) in zip(paper.columns, groups, strict=True)
    )
    return Content(edition, shown, paper, columns, day_link(edition, shown))


def headline_parts(one: FormEntry, content: Content) -> list[tuple[str, bool]]:
    """An entry's headline as pictures set it: what stays on one line is marked."""
    given = content.shown.given
    return set_in_type(one.item.headline, office_words(given.units, given.topics))


def day_link(edition: Edition, shown: Shown) -> str:
    """The public address of the day's page; empty before release or without a site."""
    base = shown.given.site.base_url.rstrip("/")
    if not base or edition.release is None:
        return ""
    return f"{base}/{day_address(edition.day).path}"


def story_link(story: Story, content: Content) -> str:
    """The public address of a story; empty when it has none that may be given."""
    base = content.shown.given.site.base_url.rstrip("/")
    return f"{base}/{story_address(story).path}" if content.link else ""


def _picture(entry: Entry, shown: Shown) -> Path | None:
    if entry.picture is None or entry.picture not in shown.pictures:
        return None
    return shown.given.pictures / entry.picture
