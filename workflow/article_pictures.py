"""The pictures of our own crawled articles: cleaned, kept, never hot-linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.article import Article
from newsroom.body import Block, Body, Picture
from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from story_store.store import Store


class PictureKeeper:
    """Keeps fetched pictures in the store, one at a time: each may be 20 MB."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, data: bytes) -> Picture | None:
        """The picture as a file of the store, None when it cannot be read."""
        from submissions.pictures import clean_picture

        try:
            clean = clean_picture(data)
        except NewsroomError:
            return None
        name = self._store.keep_picture(clean.data, clean.extension)
        return Picture(name, width=clean.width, height=clean.height)


def with_kept_pictures(article: Article, kept: Mapping[str, Picture]) -> Article:
    """The article with its pictures as files of the store, by their addresses.

    A picture that was not fetched or cannot be read is left out: the layout stays
    whole and no reader's browser asks another site (reliability: F68, A18).
    """
    blocks = tuple(_swap(block, kept) for block in article.body.blocks)
    return replace(article, body=Body(tuple(b for b in blocks if b is not None)))


def _swap(block: Block, kept: Mapping[str, Picture]) -> Block | None:
    if not isinstance(block, Picture):
        return block
    found = kept.get(block.src)
    if found is None:
        return None
    return replace(block, src=found.src, width=found.width, height=found.height)
