"""The articles of the sample sites, read from articles_<site>.toml.

articles_earlier.toml adds the rows that a living site lists beside the new ones.

A reprint names the article it was taken from and the changes made to it, so that the
data says by itself how much was edited.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from newsroom.article import CHINA

SITES = ("hubei", "yichang", "zhijiang", "portal", "jingzhou")
"""The sample sites, in the order in which an office would name them."""

NAMES = {
    "hubei": "湖北工会网（演示）",
    "yichang": "宜昌工会维权网（演示）",
    "zhijiang": "枝江市总工会网（演示）",
    "portal": "三峡枝江网（演示）",
    "jingzhou": "荆州市总工会网（演示）",
}
"""What each sample site calls itself."""

_SUMMER_END = "2026-08-20"

TRAPS = frozenset(
    {
        "cut",  # the connection ends in the middle of the page
        "dead",  # the list names it, the address answers 404
        "empty",  # the frame of a page without text
        "error",  # the address answers 500
        "meta_date",  # the meta tag names another day than the page
        "mixed_charset",  # a box of UTF-8 in a GBK page
        "no_union",  # general news that the union filter must drop
        "old",  # an old story with today's date
        "personal_data",
        "pinned",  # on top of the list for ever
        "placeholder",
        "undated",
        "wrong_header",  # the HTTP header names another charset than the bytes
    }
)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article of a sample site.

    ``text`` has one block a line; lines that begin with ``## `` are subheads, with
    ``图`` pictures (``图 motive 说明``), with ``|`` table rows; ``===`` starts the next
    page. ``number`` counts within the site and makes the address. A page that breaks
    off, fails or is empty (traps ``cut``, ``error``, ``empty``) is whole from
    ``mended`` on, and a dead row leaves the list.
    """

    key: str
    site: str
    column: str
    number: int
    at: datetime
    title: str
    text: str
    source: str = ""
    author: str = ""
    editor: str = ""
    reprint_of: str = ""
    traps: frozenset[str] = frozenset()
    mended: datetime | None = None

    def is_mended(self, as_of: datetime) -> bool:
        """Whether its webmaster has put it right by then."""
        return self.mended is not None and self.mended <= as_of

    @property
    def pages(self) -> tuple[str, ...]:
        """The text, page by page."""
        return tuple(page.strip("\n") for page in self.text.split("\n===\n"))


@cache
def articles() -> tuple[DemoArticle, ...]:
    """All articles of all sample sites, oldest first within each site."""
    rows = {row["key"]: row for site in SITES for row in _rows(site)}
    return tuple(_article(row, rows) for row in rows.values())


def articles_of(site: str, *, as_of: datetime) -> tuple[DemoArticle, ...]:
    """What ``site`` has published by ``as_of``, newest first."""
    there = [a for a in articles() if a.site == site and a.at <= as_of]
    there = [a for a in there if not ("dead" in a.traps and a.is_mended(as_of))]
    return tuple(sorted(there, key=lambda a: a.at, reverse=True))


def _rows(site: str) -> list[dict[str, Any]]:
    rows = [*_read(f"articles_{site}.toml")["article"], *_earlier(site)]
    rows.sort(key=lambda row: row["at"])
    return [row | {"site": site, "number": n} for n, row in enumerate(rows, start=1)]


def _earlier(site: str) -> list[dict[str, Any]]:
    """Rows from before the summer's end, too old to be fetched."""
    columns: dict[str, list[list[str]]] = dict(_read("articles_earlier.toml")[site])
    if site == "zhijiang":
        columns["1"] = [
            [item["date"], item["title"], item["lead"]]
            for item in _read("submissions_short.toml")["item"]
            if item["date"] < _SUMMER_END
        ]
    return [
        {
            "key": f"{site}_{column}_{number}",
            "column": column,
            "at": datetime.fromisoformat(f"{day}T17:00:00"),
            "title": title,
            "text": text,
        }
        for column, rows in columns.items()
        for number, (day, title, text) in enumerate(rows, start=1)
    ]


def _read(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _article(row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> DemoArticle:
    traps = frozenset(row.get("traps", ()))
    if traps - TRAPS:
        raise ValueError(f"{row['key']}: unknown trap {sorted(traps - TRAPS)}")
    return DemoArticle(
        key=row["key"],
        site=row["site"],
        column=row["column"],
        number=row["number"],
        at=row["at"].replace(tzinfo=CHINA),
        title=row["title"],
        text=_text(row, rows),
        source=row.get("source", ""),
        author=row.get("author", ""),
        editor=row.get("editor", ""),
        reprint_of=row.get("of", ""),
        traps=traps,
        mended=row["mended"].replace(tzinfo=CHINA) if "mended" in row else None,
    )


def _text(row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    if "of" not in row:
        return str(row["text"]).strip("\n")
    lines = _text(rows[row["of"]], rows).split("\n")
    lines = [line for n, line in enumerate(lines) if n not in row.get("cut", ())]
    if not row.get("pictures", False):
        lines = [line for line in lines if not line.startswith("图 ")]
    text = "\n".join(filter(None, [row.get("lead", ""), *lines]))
    for old, new in row.get("edits", ()):
        if old not in text:
            raise ValueError(f"{row['key']}: nothing to edit: {old}")
        text = text.replace(old, new)
    return text
