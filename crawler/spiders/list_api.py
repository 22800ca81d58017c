"""A list that a CMS gives as JSON or JSONP, as Yichang's xxgkapi does."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawler.spiders.carried import CarriedText
from crawler.spiders.section import SectionSpider
from newsroom.errors import NewsroomError
from page_reading import ApiShape, decode, read_list_api

if TYPE_CHECKING:
    from config import ListApiSettings
    from newsroom.article import ListPage, Page

_JSONP = re.compile(r"^\s*[\w$.]+\s*\(\s*(.*)\)\s*;?\s*$", re.DOTALL)


class ListApiSpider(SectionSpider):
    """Reads the list APIs that a source names."""

    name = "list_api"
    list_role = "api"

    def read_list(self, page: Page) -> ListPage:
        """The rows of an answer, by the shape that the settings declare."""
        return read_list_api(page, shape_of(self._api))

    def carried_texts(self, page: Page) -> dict[str, CarriedText]:
        """The rows with a text of their own, if the settings name its field."""
        return _texts(page, self._api) if self._api.body else {}

    @property
    def _api(self) -> ListApiSettings:
        api = self.visit.job.source.api
        if api is None:
            raise NewsroomError(
                f"来源 {self.visit.job.source.id} 是 list_api，但没有写 [sources.api]"
            )
        return api


def shape_of(api: ListApiSettings) -> ApiShape:
    """The settings of a list API in the reader's words."""
    return ApiShape(
        rows="" if api.rows == "." else api.rows,
        title=api.title,
        date=api.date,
        url=api.url,
        url_template=api.url_template,
        page_parameter=api.page_param,
        first_page=api.first_page,
        total=api.total,
        page_size=api.page_size,
    )


def _texts(page: Page, api: ListApiSettings) -> dict[str, CarriedText]:
    """Texts by address; each row is read like a list of one to learn its address."""
    single = replace(shape_of(api), rows="", total="", page_parameter="")
    texts = {}
    for row in _rows(page, api.rows):
        alone = replace(page, body=json.dumps([row]).encode(), content_type="")
        entries = read_list_api(alone, single).entries
        fragment = row.get(api.body) if isinstance(row, dict) else None
        if entries and isinstance(fragment, str) and fragment.strip():
            texts[entries[0].url] = CarriedText(entries[0], fragment)
    return texts


def _rows(page: Page, path: str) -> list[Any]:
    """The raw rows; the answer was read before, so that it has them."""
    text = decode(page.body, page.content_type).text
    wrapped = _JSONP.match(text)
    value = json.loads(wrapped[1] if wrapped else text)
    for step in filter(None, path.split(".")):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value if isinstance(value, list) else []
