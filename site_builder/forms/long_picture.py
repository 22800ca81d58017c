"""The edition as a long picture for WeChat: 1080 px wide, cut between stories."""

from __future__ import annotations

import io
from typing import Any

import segno

from newsroom.errors import NewsroomError
from site_builder.forms.content import Content, FormEntry, headline_parts
from site_builder.forms.typesetting import Typesetter, typeset

WIDTH = 1080
MOST_BYTES = 5_000_000  # a picture that phones still load and groups still send
_HEIGHTS = (8000, 5000, 3000)
_NAME = "长图"


def long_pictures(content: Content, setter: Typesetter) -> tuple[bytes, ...]:
    """One PNG a part, each at most 5 MB; a part ends between two stories.

    The foot has a QR code of the day's page once the edition is released and the
    settings name the site. The same edition gives the same bytes.

    Raises:
        NewsroomError: a character cannot be drawn, or one story alone is too big.
    """
    for tallest in _HEIGHTS:
        made = typeset(
            "long_picture.typ",
            _values(content, tallest),
            setter,
            form="png",
            made_at=content.edition.issued_at,
            name=_NAME,
            pictures=content.shown.given.pictures,
        )
        if max(map(len, made.pages)) <= MOST_BYTES:
            return made.pages
    raise NewsroomError(f"{_NAME}太大：有一条的照片请先缩小")


def _values(content: Content, tallest: int) -> dict[str, Any]:
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
        "note": "长按识别二维码，看全文" if link else "欢迎各单位投稿",
        "qr": _qr(link) if link else "",
        "more": paper.more or "",
        "tallest": tallest,
        "columns": [
            {
                "name": column.name,
                "entries": [_story(o, content) for o in column.entries],
            }
            for column in content.columns
        ],
    }


def _story(one: FormEntry, content: Content) -> dict[str, Any]:
    return {
        "headline": one.item.headline,
        "parts": headline_parts(one, content),
        "words": one.item.words,
        "source": one.item.source.removeprefix("（").removesuffix("）"),
        "picture": one.picture.name if one.picture else "",
        "caption": one.caption,
    }


def _qr(link: str) -> str:
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(out, kind="svg", border=0, omitsize=True, xmldecl=False)
    return out.getvalue().decode()
