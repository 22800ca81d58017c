"""A source's stored sample: pages as they came and their reading, its regression test.

``data/samples/<id>/``: ``sample.json`` with the readings, and the pages beside it.
Nothing of it belongs to the project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.registry import layouts_of
from newsroom.article import Page, article_to_json
from newsroom.errors import NewsroomError, PageUnreadable
from page_reading import read_article, read_list, read_list_api
from page_reading.layout_choice import article_layout
from workflow.reading import is_feed, read_rows, rows_to_json

if TYPE_CHECKING:
    from config import SourceSettings
    from page_reading import Layout
    from workflow.office import Office

_NOTE = "sample.json"
_MOST_ARTICLES = 3
_LISTS = frozenset({"list", "feed", "api"})
NEW_FOR = timedelta(days=3)
_FIELDS = {
    "title": "标题",
    "date": "日期",
    "source": "来源",
    "author": "作者",
    "editors": "责编",
    "body": "正文",
    "images": "图片",
    "attachments": "附件",
    "next": "下一页",
    "entries": "列表",
    "error": "读不出",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A page of the sample that no longer reads as it did, and in which fields."""

    url: str
    fields: tuple[str, ...]

    @property
    def words(self) -> str:
        """What differs, for people."""
        return f"{'、'.join(_FIELDS.get(f, f) for f in self.fields)}：{self.url}"


def sample_folder(office: Office, source_id: str) -> Path:
    """Where a source's sample lies."""
    return office.data / "samples" / source_id


def save_sample(
    folder: Path,
    source: SourceSettings,
    pages: Sequence[tuple[str, Page]],
    now: datetime,
) -> None:
    """Keep the first list of each kind and three articles, with their readings.

    ``pages`` are pairs of a role (``list``, ``feed``, ``api``, ``article``) and a page.
    """
    lists = [one for one in pages if one[0] in _LISTS][: len(source.urls)]
    articles = [one for one in pages if one[0] == "article"][:_MOST_ARTICLES]
    folder.mkdir(parents=True, exist_ok=True)
    notes = []
    for number, (role, page) in enumerate((*lists, *articles), 1):
        name = f"page-{number}"
        (folder / name).write_bytes(page.body)
        notes.append(
            {
                "file": name,
                "role": role,
                "url": page.url,
                "content_type": page.content_type,
                "fetched_at": page.fetched_at.isoformat(),
                "reading": _reading(source, role, page),
            }
        )
    note = {"source": source.id, "added_at": now.isoformat(), "pages": notes}
    text = json.dumps(note, ensure_ascii=False, indent=1)
    (folder / _NOTE).write_text(text, encoding="utf-8", newline="\n")


def sample_pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """The roles and pages of a sample."""
    for note in _note(folder).get("pages", ()):
        yield note["role"], _page(folder, note)


def has_sample(folder: Path) -> bool:
    """Whether a source has a sample."""
    return (folder / _NOTE).is_file()


def compare_sample(folder: Path, source: SourceSettings) -> tuple[Difference, ...]:
    """The pages of the sample that the present rules read in another way."""
    found = []
    for note in _note(folder).get("pages", ()):
        before = note["reading"]
        after = _reading(source, note["role"], _page(folder, note))
        keys = sorted(before.keys() | after.keys())
        fields = tuple(key for key in keys if before.get(key) != after.get(key))
        if fields:
            found.append(Difference(note["url"], fields))
    return tuple(found)


def new_sources(
    office: Office, sources: Sequence[SourceSettings]
) -> tuple[SourceSettings, ...]:
    """The sources that were added in the last three days."""
    return tuple(s for s in sources if s.enabled and _is_new(office, s))


def _is_new(office: Office, source: SourceSettings) -> bool:
    folder = sample_folder(office, source.id)
    added = _note(folder).get("added_at") if has_sample(folder) else None
    if added is None:
        return False
    return office.now - NEW_FOR < datetime.fromisoformat(added) + timedelta(hours=12)


def _note(folder: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise NewsroomError(
            f"样本 {folder / _NOTE} 读不出，可以删掉这个文件夹"
        ) from error
    return note


def _page(folder: Path, note: dict[str, Any]) -> Page:
    return Page(
        url=note["url"],
        body=(folder / note["file"]).read_bytes(),
        fetched_at=datetime.fromisoformat(note["fetched_at"]),
        content_type=note["content_type"],
    )


def _reading(source: SourceSettings, role: str, page: Page) -> dict[str, Any]:
    layouts = layouts_of(source)
    try:
        if role == "article":
            article = read_article(page, article_layout(page, layouts))
            return article_to_json(article)
        return _list_reading(source, role, page, layouts)
    except PageUnreadable as error:
        return {"error": error.reason}


def _list_reading(
    source: SourceSettings, role: str, page: Page, layouts: Sequence[Layout]
) -> dict[str, Any]:
    if role == "api" and source.api:
        from crawler.spiders.list_api import shape_of

        return rows_to_json(read_list_api(page, shape_of(source.api)))
    if is_feed(page):
        return rows_to_json(read_rows(page))
    present = next((one for one in layouts if one.valid_until is None), None)
    return rows_to_json(read_list(page, present))
