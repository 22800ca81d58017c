"""Small public trees, and what a host must satisfy."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from publisher.logbook import Logbook
from publisher.publish import Order, Watch, publish
from publisher.tree import read_release

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def style(day: int) -> str:
    digest = hashlib.sha256(str(day).encode()).hexdigest()[:10]
    return f"assets/site.{digest}.css"


def make_tree(root: Path, stories: Iterable[int], day: int = 1) -> Path:
    """A small site of these stories; ``day`` changes style, lists and front page."""
    stories = list(stories)
    sheet = style(day)
    files = {
        sheet: f"body {{ order: {day} }}",
        "edition.json": json.dumps({"audience": "public", "day": f"2026-11-{day:02}"}),
        "feeds/atom.xml": f"<feed>{day} {stories}</feed>",
        "sitemap.xml": f"<urlset>{stories}</urlset>",
        "towns/index.html": page(sheet, 1, *(f"stories/{n}.html" for n in stories)),
        "index.html": page(
            sheet, 0, "towns/index.html", *(f"stories/{n}.html" for n in stories)
        ),
        "pictures/0123456789abcdef.webp": "picture" * 50,
    }
    for number in stories:
        text = f"<p>稿件 {number} {'字' * 40}</p>"
        files[f"stories/{number}.html"] = page(sheet, 1) + text
    for old in [f for f in root.rglob("*") if f.is_file()] if root.exists() else []:
        if old.relative_to(root).as_posix() not in files:
            old.unlink()
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.unlink(missing_ok=True)
            target.write_text(text, encoding="utf-8")
    return root


def page(sheet: str, depth: int, *links: str) -> str:
    up = "../" * depth
    return f'<link href="{up}{sheet}">' + "".join(f'<a href="{up}{x}">' for x in links)


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder, control files left out."""
    return {
        path: file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
        and not (path := file.relative_to(root).as_posix()).startswith(".gonghui")
    }


def dead_links(root: Path) -> list[str]:
    """Links of the pages in a folder that lead nowhere."""
    return [
        f"{file.relative_to(root)}: {href}"
        for file in root.rglob("*.html")
        for href in re.findall(r'href="([^"]+)"', file.read_text(encoding="utf-8"))
        if not (file.parent / href).is_file()
    ]


class Clock:
    """A clock that stands unless it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def send(
    host, tree: Path, logbook: Path, clock=None, where="here", memory=None, **order
):
    """Publish a tree through an open host, and close it."""
    book = Logbook(logbook, where)
    asked = Order(**{"name": "main", "folder": "site", "by": "何某", **order})
    try:
        return publish(
            host, read_release(tree, memory), book, asked, Watch(clock or Clock())
        )
    finally:
        host.close()
