"""Share cards of our own stories: made once, kept by the hash of what they show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from site_builder.assets import TEMPLATES
from site_builder.forms.content import Content, FormEntry
from site_builder.forms.fonts import FontShelf
from site_builder.forms.typesetting import typeset

_TEMPLATE = "share_cards.typ"
_NAME = "分享卡片"
SHAPES = ("og", "square")


def share_cards(
    content: Content, shelf: FontShelf, kept: Path
) -> Iterator[tuple[str, bytes]]:
    """The cards of this edition's own stories: ``card-<story>-og.png``, ``-square``.

    Args:
        content: the edition as the public sees it.
        shelf: the fonts.
        kept: the folder of cards that were made before; new ones are added.

    Raises:
        NewsroomError: a character cannot be drawn.
    """
    own = [one for one in content.entries if one.entry.own]
    cards = {one.story.id: _card(one, content) for one in own}
    keys = {number: _key(card, content) for number, card in cards.items()}
    missing = [n for n, key in keys.items() if not _file(kept, key, "square").is_file()]
    if missing:
        kept.mkdir(parents=True, exist_ok=True)
        pages = iter(_draw([cards[n] for n in missing], content, shelf))
        for number in missing:
            for shape in SHAPES:  # the square one is written last: it stands for both
                _file(kept, keys[number], shape).write_bytes(next(pages))
    for number, key in keys.items():
        for shape in SHAPES:
            yield f"card-{number}-{shape}.png", _file(kept, key, shape).read_bytes()


def _draw(
    cards: list[dict[str, str]], content: Content, shelf: FontShelf
) -> tuple[bytes, ...]:
    return typeset(
        _TEMPLATE,
        {"cards": cards, "name": content.paper.title, "banner": _banner(content)},
        shelf,
        form="png",
        made_at=content.edition.issued_at,
        name=_NAME,
        pictures=content.shown.given.pictures,
    ).pages


def _card(one: FormEntry, content: Content) -> dict[str, str]:
    return {
        "headline": one.item.headline,
        "kicker": one.entry.kicker,
        "source": one.entry.source_name,
        "day": content.paper.day,
        "picture": one.picture.name if one.picture else "",
    }


def _banner(content: Content) -> str:
    """Invented news bears its mark on a card too."""
    return content.paper.banner or ""


def _key(card: dict[str, str], content: Content) -> str:
    """What the card shows and how: another word or another template is another card."""
    template = (TEMPLATES / "briefing" / _TEMPLATE).read_bytes()
    shown = [card, content.paper.title, _banner(content)]
    words = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(template + words.encode()).hexdigest()[:24]


def _file(kept: Path, key: str, shape: str) -> Path:
    return kept / f"{key}-{shape}.png"
