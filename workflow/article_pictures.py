"""The pictures of our own crawled articles: cleaned, kept, never hot-linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.article import Article
from newsroom.body import Block, Body, Picture
from newsroom.errors import NewsroomError
from submissions.pictures import clean_picture

if TYPE_CHECKING:
    from crawler.spool import SpoolPage
    from story_store.store import Store


def keep_pictures(
    store: Store, article: Article, pictures: Sequence[SpoolPage]
) -> Article:
    """The article with its pictures as files of the store.

    A picture that was not fetched or cannot be read is left out: the layout stays
    whole and no reader's browser asks another site (reliability: F68, A18).
    """
    kept = dict(filter(None, (_keep(store, page) for page in pictures)))
    blocks = tuple(_swap(block, kept) for block in article.body.blocks)
    return replace(article, body=Body(tuple(b for b in blocks if b is not None)))


def _keep(store: Store, page: SpoolPage) -> tuple[str, Picture] | None:
    try:
        clean = clean_picture(page.page.body)
    except NewsroomError:
        return None
    name = store.keep_picture(clean.data, clean.extension)
    return page.requested_url, Picture(name, width=clean.width, height=clean.height)


def _swap(block: Block, kept: dict[str, Picture]) -> Block | None:
    if not isinstance(block, Picture):
        return block
    found = kept.get(block.src)
    if found is None:
        return None
    return replace(block, src=found.src, width=found.width, height=found.height)
