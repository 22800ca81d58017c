"""The files of forms that a tree carries: PDF, Word, article, picture, share cards.

They are made elsewhere (``site_builder/forms``) and lie in a folder a day and
audience; a tree takes a copy of what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from newsroom.errors import NewsroomError
from site_builder.card_shelf import PUBLISHED
from site_builder.form_watch import RECENT
from site_builder.given import Audience, SiteGiven
from site_builder.links import Address, Kind
from site_builder.shown import Shown

_ALWAYS = (".pdf",)
_WORDS = (
    (".pdf", "PDF（打印）"),
    (".docx", "Word 文档"),
    ("-wechat.html", "复制到公众号"),
    ("-long-1.png", "长图"),
)


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file of a form: where it stands in the tree, and where it comes from."""

    address: Address
    source: Path
    size: int
    changed: int

    @property
    def key(self) -> str:
        """Changes with the file."""
        return f"{self.size}.{self.changed}"


def all_form_files(
    given: SiteGiven, audience: Audience, days: Iterable[date]
) -> Iterator[FormFile]:
    """The files of all days, newest day first; of older days the PDF only."""
    for place, day in enumerate(sorted(days, reverse=True)):
        for one in form_files(given, audience, day):
            if place < RECENT or one.source.suffix in _ALWAYS:
                yield one


def form_files(given: SiteGiven, audience: Audience, day: date) -> tuple[FormFile, ...]:
    """The files of a day; the public tree carries the PDF alone."""
    if given.forms is None:
        return ()
    folder = given.forms / day.isoformat() / audience.value
    endings = _ALWAYS if audience is Audience.PUBLIC else None
    found = sorted(folder.glob(f"{day}*")) if folder.is_dir() else []
    files = (
        _form_file(file) for file in found if not endings or file.suffix in endings
    )
    return tuple(filter(None, files))


def card_files(shown: Shown, ids: Iterable[int] | None = None) -> Iterator[FormFile]:
    """The share cards of the stories that the tree shows in full, or of these."""
    wanted = {card.story_id for card in shown.cards} if ids is None else ids
    for story_id in sorted(wanted):
        cards = shown.cards.of(story_id)
        outline = shown.stories.outlines.get(story_id) if cards else None
        if outline is None or not outline.own:
            continue
        for card in (cards[shape] for shape in PUBLISHED if shape in cards):
            told = card.file.stat()
            yield FormFile(card.address, card.file, told.st_size, told.st_mtime_ns)


def form_words(files: Iterable[FormFile]) -> tuple[tuple[str, Address], ...]:
    """The files that a page links to, with their words, in a fixed order."""
    named = {one.address.key[len("2026-09-21") :]: one.address for one in files}
    return tuple((word, named[end]) for end, word in _WORDS if end in named)


def _form_file(file: Path) -> FormFile | None:
    try:
        address = Address(Kind.BRIEFING_FILE, file.name)
    except NewsroomError:  # texts and cards stay in the folder
        return None
    told = file.stat()
    return FormFile(address, file, told.st_size, told.st_mtime_ns)
