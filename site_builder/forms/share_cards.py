"""Share cards of our own stories: made once, kept by the hash of what they show."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from newsroom.errors import NewsroomError
from site_builder.assets import TEMPLATES
from site_builder.card_shelf import (
    OG,
    SIZES,
    SQUARE,
    THUMB,
    Card,
    card_file,
    read_cards,
)
from site_builder.forms.card_lines import settings_of
from site_builder.forms.content import Content, FormEntry, headline_parts
from site_builder.forms.pictures import Photos, suits
from site_builder.forms.typesetting import Typesetter, typeset

_TEMPLATE = "share_cards.typ"
_NAME = "分享卡片"
# Qualities, and what share of its first size a photo keeps: a try that can hardly be
# small enough is left out.
_QUALITIES = {86: 1.0, 78: 0.8, 70: 0.67, 58: 0.55}
_WORST, _HOPE = 58, 1.15
# Where a card has its photo, as the template leaves room: left, top; width, height.
_PHOTOS = {OG: ((704, 0), (496, 630)), SQUARE: ((0, 112), (1080, 460))}
MOST_BYTES = 100_000  # a picture of the site may have 120 KB
MOST_THUMB = 15_000  # it comes with a page that has no picture: 40 KB in all


def share_cards(
    content: Content, setter: Typesetter, photos: Photos, kept: Path
) -> Iterator[tuple[str, bytes]]:
    """The cards of this edition's own stories: ``card-<story>-og.jpg``, ``-square``.

    Args:
        content: the edition as the public sees it.
        setter: typst and the fonts.
        photos: the photos of the edition.
        kept: the folder of cards that were made before; new ones are added, and the
            older ones of the same story and day go.

    Raises:
        NewsroomError: a character cannot be drawn, or a photo cannot be read.
    """
    own = [one for one in content.entries if one.entry.own]
    cards = {one.story.id: _card(one, content) for one in own}
    keys = {number: _key(card, content) for number, card in cards.items()}
    day = content.edition.day.isoformat()
    there = _there(kept, day)
    missing = [
        n
        for n, key in keys.items()
        if not there.get((n, key), {}).keys() >= SIZES.keys()
    ]
    pages = iter(_draw([cards[n] for n in missing], content, setter) if missing else ())
    files = {one.story.id: _fitting(one) for one in own}
    for number in missing:
        name = f"{number}-{day}-{keys[number]}"
        made = _shapes(
            *(
                _with_photo(shape, next(pages), files[number][shape], photos)
                for shape in (OG, SQUARE)
            )
        )
        there[number, keys[number]] = {
            shape: _keep(kept, name, shape, image) for shape, image in made.items()
        }
    for (number, key), shapes in there.items():
        if keys.get(number, key) != key:
            for card in shapes.values():
                card.file.unlink(missing_ok=True)
    for number, key in keys.items():
        for shape in (OG, SQUARE):
            file = there[number, key][shape].file
            yield f"card-{number}-{shape}.jpg", file.read_bytes()


def _there(kept: Path, day: str) -> dict[tuple[int, str], dict[str, Card]]:
    """The cards of a day that there are, by story and what they show."""
    found: dict[tuple[int, str], dict[str, Card]] = {}
    for card in read_cards(kept):
        if card.day == day:
            found.setdefault((card.story_id, card.key), {})[card.shape] = card
    return found


def _with_photo(
    shape: str, page: bytes, file: Path | None, photos: Photos
) -> Image.Image:
    """A card as typst drew it, with the story's photo in its place."""
    card = Image.open(io.BytesIO(page)).convert("RGB")
    if file is not None:
        (left, top), size = _PHOTOS[shape]
        card.paste(photos.filling(file, *size), (left, top))
    return card


def _fitting(one: FormEntry) -> dict[str, Path | None]:
    """The story's photo for each shape; None where a crop would leave a sliver."""
    photo = one.picture
    return {
        shape: photo if photo and suits(photo, *size) else None
        for shape, (_, size) in _PHOTOS.items()
    }


def _shapes(wide: Image.Image, square: Image.Image) -> dict[str, bytes]:
    """A card in each shape; the small one is the square one made smaller."""
    small = square.resize(SIZES[THUMB], Image.Resampling.LANCZOS)
    return {
        OG: _jpeg(wide),
        SQUARE: _jpeg(square),
        THUMB: _jpeg(small, MOST_THUMB),
    }


def _draw(
    cards: list[dict[str, Any]], content: Content, setter: Typesetter
) -> tuple[bytes, ...]:
    return typeset(
        _TEMPLATE,
        {"cards": cards, "name": content.paper.title, "banner": _banner(content)},
        setter,
        form="png",
        made_at=content.edition.issued_at,
        name=_NAME,
    ).pages


def _jpeg(picture: Image.Image, most: int = MOST_BYTES) -> bytes:
    """A JPEG that a phone loads soon; colours are whole, so that words stay sharp."""
    content, first = b"", 0
    for quality, share in _QUALITIES.items():
        if content and first * share > most * _HOPE and quality != _WORST:
            continue
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
        content = out.getvalue()
        first = first or len(content)
        if len(content) <= most:
            break
    return content


def _keep(kept: Path, name: str, shape: str, content: bytes) -> Card:
    """Put a card on the shelf, whole or not at all."""
    kept.mkdir(parents=True, exist_ok=True)
    sha = hashlib.sha256(content).hexdigest()[:12]
    card = card_file(kept, f"{name}-{sha}-{shape}.jpg")
    if card is None:
        raise NewsroomError(f"分享卡片不能用“{name}”作文件名")
    part = card.file.with_suffix(".part")
    part.write_bytes(content)
    part.replace(card.file)
    return card


def _card(one: FormEntry, content: Content) -> dict[str, Any]:
    return {
        "headline": one.item.headline,
        "settings": [
            asdict(setting) for setting in settings_of(headline_parts(one, content))
        ],
        "kicker": one.entry.kicker,
        "source": one.entry.source_name,
        "day": content.paper.day,
        "picture": one.picture.name if one.picture else "",
        "pictured": {shape: bool(photo) for shape, photo in _fitting(one).items()},
    }


def _banner(content: Content) -> str:
    """Invented news bears its mark on a card too."""
    return content.paper.banner or ""


def _key(card: dict[str, Any], content: Content) -> str:
    """What the card shows and how: another word or another template is another card."""
    template = (TEMPLATES / "briefing" / _TEMPLATE).read_bytes()
    shown = [card, content.paper.title, _banner(content)]
    words = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(template + words.encode()).hexdigest()[:16]
