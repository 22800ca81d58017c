"""The share cards that are kept: which story each is of, and which of them it shows.

A card's name says all that the builder asks: the story, the day of its edition, the
hash of what stands on it and that of its bytes. Light: read at every build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.links import Address, Kind

OG = "og"
SQUARE = "square"
THUMB = "thumb"
# Open Graph's usual size, the square that groups show, and a small one: WeChat takes
# the first picture of a page from 300 pixels on. In pixels.
SIZES = {OG: (1200, 630), SQUARE: (1080, 1080), THUMB: (360, 360)}
PUBLISHED = (OG, THUMB)  # the square one is for the office to post
_NAME = re.compile(
    r"([1-9]\d*)-(\d{4}-\d\d-\d\d)-([0-9a-f]{16})-([0-9a-f]{12})-(og|square|thumb)\.jpg",
    re.ASCII,
)
# Former versions did not say in the name whose card it was.
_NAMELESS = re.compile(r"[0-9a-f]{24}-(?:og|square)\.png", re.ASCII)


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a story: for which day it was made, what it shows, and its shape."""

    story_id: int
    day: str
    key: str
    sha: str
    shape: str
    file: Path

    @property
    def address(self) -> Address:
        """Where it stands in the public tree, by its bytes."""
        return Address(Kind.CARD, f"{self.story_id}-{self.sha}-{self.shape}")


@dataclass(frozen=True, slots=True)
class CardShelf:
    """The cards of a folder, read once when the first is asked for."""

    folder: Path | None
    _found: dict[int, dict[str, Card]] = field(default_factory=dict)
    _read: list[bool] = field(default_factory=list)

    def of(self, story_id: int) -> dict[str, Card]:
        """By shape the cards of a story: those of the newest edition that had it."""
        return self._cards().get(story_id, {})

    def __iter__(self) -> Iterator[Card]:
        for cards in self._cards().values():
            yield from cards.values()

    def _cards(self) -> dict[int, dict[str, Card]]:
        if not self._read:
            self._read.append(True)
            for card in read_cards(self.folder) if self.folder else ():
                here = self._found.setdefault(card.story_id, {})
                if card.shape not in here or here[card.shape].day <= card.day:
                    here[card.shape] = card
        return self._found


def card_file(folder: Path, name: str) -> Card | None:
    """The card that a file of this name is, None when it is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    number, day, key, sha, shape = found.groups()
    return Card(int(number), day, key, sha, shape, folder / name)


def read_cards(folder: Path) -> list[Card]:
    """All cards of a folder, in the order of their names."""
    if not folder.is_dir():
        return []
    found = (
        card_file(folder, name) for name in sorted(p.name for p in folder.iterdir())
    )
    return [card for card in found if card]


def remove_cards(folder: Path, story_id: int) -> tuple[list[str], list[Path]]:
    """Take the cards of a story away, and those that do not say whose they are.

    Returns:
        The names of those that are gone, and the files that a program holds.
    """
    gone, held = [], []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        card = card_file(folder, file.name)
        if not ((card and card.story_id == story_id) or _NAMELESS.fullmatch(file.name)):
            continue
        try:
            file.unlink()
            gone.append(file.name)
        except OSError:
            held.append(file)
    return gone, held
