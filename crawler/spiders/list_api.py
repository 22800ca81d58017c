"""A list that a CMS gives as JSON or JSONP, as Yichang's xxgkapi does; also by POST."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawler.spiders.carried import CarriedText
from crawler.spiders.section import SectionSpider
from newsroom.errors import NewsroomError
from newsroom.posted import is_json, split_posted
from page_reading import ApiShape, decode, read_list_api

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from config import ListApiSettings
    from crawler.spiders.news import Ask, Read
    from newsroom.article import ListPage, Page

_FORM = "application/x-www-form-urlencoded"
_JSONP = re.compile(r"^\s*[\w$.]+\s*\(\s*(.*)\)\s*;?\s*$", re.DOTALL)


class ListApiSpider(SectionSpider):
    """Reads the list APIs that a source names."""

    name = "list_api"
    list_role = "api"

    def read_list(self, page: Page) -> ListPage:
        """The rows of an answer, by the shape that the settings declare."""
        return read_list_api(page, shape_of(self._api))

    def request(self, ask: Ask, read: Read, priority: int, **meta: object) -> Request:
        """The request, by POST where the address says what is posted."""
        request = super().request(ask, read, priority, **meta)
        address, body = split_posted(ask.url)
        if body is None:
            return request
        kind = "application/json" if is_json(body) else _FORM
        return request.replace(
            url=address,
            method="POST",
            body=body,
            headers={**request.headers, "Content-Type": f"{kind}; charset=UTF-8"},
            meta={**request.meta, "posted": ask.url},
        )

    def page(self, response: Response) -> Page:
        """The answer under the address that says what was posted."""
        page = super().page(response)
        posted = response.request.meta.get("posted") if response.request else None
        return replace(page, url=posted) if posted else page

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
