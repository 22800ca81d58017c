"""The edition as a long picture for WeChat: 1080 px wide, cut between stories."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno

from newsroom.errors import NewsroomError
from site_builder.forms.card_lines import settings_of
from site_builder.forms.content import Content, FormEntry, headline_parts
from site_builder.forms.pictures import Photos, suits
from site_builder.forms.typesetting import Typesetter, typeset

WIDTH = 1080
MOST_BYTES = 5_000_000  # a picture that phones still load and groups still send
_HEIGHTS = (8000, 5000, 3000)
_PHOTO = (968, 520)  # pixels
_NAME = "长图"


def long_pictures(
    content: Content, setter: Typesetter, photos: Photos
) -> tuple[bytes, ...]:
    """One PNG a part, each at most 5 MB; a part ends between two stories.

    The foot has a QR code of the day's page once the edition is released and the
    settings name the site. The same edition gives the same bytes.

    Raises:
        NewsroomError: a character cannot be drawn, or one story alone is too big.
    """
    with TemporaryDirectory(prefix="gonghui-long-") as folder:
        names = _lay_photos(content, photos, Path(folder))
        for tallest in _HEIGHTS:
            made = typeset(
                "long_picture.typ",
                _values(content, tallest, names),
                setter,
                form="png",
                made_at=content.edition.issued_at,
                name=_NAME,
                pictures=Path(folder),
            )
            if max(map(len, made.pages)) <= MOST_BYTES:
                return made.pages
    raise NewsroomError(f"{_NAME}太大：有一条的照片请先缩小")


def _lay_photos(content: Content, photos: Photos, folder: Path) -> dict[Path, str]:
    """Put the pixels of each photo where typst finds them; their file names.

    Typst holds a photo in all its pixels, and those are all that it is given: it
    neither unpacks nor shrinks, and stays small.
    """
    names: dict[Path, str] = {}
    for one in content.entries:
        if one.picture and one.picture not in names:
            if not suits(one.picture, *_PHOTO):
                continue
            picture = photos.filling(one.picture, *_PHOTO)
            names[one.picture] = f"{len(names)}.rgb"
            (folder / names[one.picture]).write_bytes(picture.tobytes())
    return names


def _values(content: Content, tallest: int, names: dict[Path, str]) -> dict[str, Any]:
    paper = content.paper
    link = content.link
    return {
        "title": f"{paper.title}{paper.subtitle} {paper.number}",
        "name": paper.title,
        "subtitle": paper.subtitle,
        "number": paper.number.partition("（")[0],
        "day": paper.day,
        "lead": paper.lead or "",
        "banner": paper.banner or "",
        "office": paper.publisher.removesuffix("编"),
        "qr": _qr(link) if link else "",
        "more": paper.more or "",
        "tallest": tallest,
        "photo": _PHOTO,
        "columns": [
            {
                "name": column.name,
                "entries": [_story(o, content, names) for o in column.entries],
            }
            for column in content.columns
        ],
    }


def _story(one: FormEntry, content: Content, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "headline": one.item.headline,
        "settings": [
            asdict(setting) for setting in settings_of(headline_parts(one, content))
        ],
        "words": one.item.words,
        "source": one.item.source.removeprefix("（").removesuffix("）"),
        "picture": names.get(one.picture, "") if one.picture else "",
        "caption": one.caption,
    }


def _qr(link: str) -> str:
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(out, kind="svg", border=0, omitsize=True, xmldecl=False)
    return out.getvalue().decode()
