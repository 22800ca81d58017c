"""Pages never seen: the general reading on our own pages in many families' shapes."""

from __future__ import annotations

from itertools import permutations

import pytest
from reading_shapes import MINUTE, PARAGRAPHS, TEXT, TITLE, Shape, html
from reading_shapes_bodies import BODIES
from reading_shapes_credits import CREDITS
from reading_shapes_dates import DATES
from reading_shapes_government import GOVERNMENT
from reading_shapes_habits import HABITS
from reading_shapes_media import MEDIA
from reading_shapes_people import PEOPLE
from reading_shapes_quirks import QUIRKS
from reading_shapes_rests import RESTS
from reading_shapes_small import SMALL

from page_reading import read_article

SHAPES = (
    *GOVERNMENT,
    *MEDIA,
    *SMALL,
    *QUIRKS,
    *BODIES,
    *CREDITS,
    *DATES,
    *PEOPLE,
    *RESTS,
    *HABITS,
)


def _date(found, written):
    if found.published is None:
        return None
    if found.has_time and (written is None or "T" in written):
        return found.published.isoformat()[:16]
    return found.published.date().isoformat()


def _reading(shape):
    found = read_article(shape.page)
    pictures = found.body.pictures
    return {
        "title": found.headline,
        "date": _date(found, shape.date),
        "source": found.source_line,
        "author": found.byline,
        "text": found.body.text.split("\n"),
        "captions": [picture.caption for picture in pictures],
        "credits": [picture.credit for picture in pictures],
        "attachments": [file.name for file in found.attachments],
        "editors": shape.editors and found.editors,
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.family)
def test_a_family_is_read_without_a_rule_for_its_page(shape):
    """Title, minute, source, people, text, captions and files, and nothing else."""
    found = _reading(shape)

    assert {
        "title": shape.title,
        "date": shape.date,
        "source": shape.source,
        "author": shape.author,
        "text": list(shape.text),
        "captions": list(shape.captions),
        "credits": list(shape.credits) or [None] * len(shape.captions),
        "attachments": list(shape.attachments),
        "editors": shape.editors,
    } == found


_PARTS = (
    "发布时间：2026年9月21日 08:05|时间：2026-09-21 08:05:00|日期：2026/09/21 08:05|发布于 2026-09-21 08:05|2026-09-21 08:05|【发布日期：2026.09.21 08:05】|更新时间：2026-09-21 08:05|发表时间:2026-9-21 8:05",
    "来源：港区总工会|来源: 港区总工会|信息来源：港区总工会|【来源：港区总工会】|稿源：港区总工会|文章来源：港区总工会|来 源：港区总工会|供稿单位：港区总工会",
    "作者：王海燕|作者: 王海燕|记者：王海燕|撰稿人：王海燕|通讯员：王海燕|作者:王海燕|供稿：王海燕|作　者：王海燕",
    "编辑：李红|责任编辑：李红|责编：李红|审核：李红|编 辑：李红|编辑:李红|编审：李红|校对：李红",
    "浏览次数：123|点击：123次|阅读：1,024|浏览量：12|访问量: 88|【字体：大 中 小】|点击数:[123]|人气：56",
)
_SEPARATORS = (
    "　", "  ", " | ", "</span><span>", "&nbsp;&nbsp;", "<br>", "</p><p>", "/", " · ", "；",
)  # fmt: skip


@pytest.mark.parametrize("style", range(8))
@pytest.mark.parametrize("separator", _SEPARATORS)
def test_an_info_line_is_read_in_any_order(style, separator):
    """Time, source, author, editor and visits in every order, style and separator."""
    parts = [part.split("|")[style] for part in _PARTS]
    orders = list(permutations(parts))[style::24]

    for order in orders:
        info = separator.join(order)
        found = read_article(
            Shape(
                "信息行",
                html(
                    f"<h1>{TITLE}</h1><p><span>{info}</span></p><div>{PARAGRAPHS}</div>"
                ),
            ).page
        )

        assert (
            MINUTE, "港区总工会", "王海燕", "李红", list(TEXT)
        ) == (
            found.published and found.published.isoformat()[:16],
            found.source_line, found.byline, found.editors, found.body.text.split("\n"),
        ), info  # fmt: skip
