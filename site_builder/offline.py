"""The last week on a reader's phone: what the service worker keeps, and the manifest.

Only the public tree has one. Where the office switches it off the worker stays in the
tree and takes itself back from every phone that has it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping

from site_builder.app_icon import SIZES, icon_address
from site_builder.assets import TEMPLATES
from site_builder.files import TextFile
from site_builder.links import Address, Kind
from site_builder.not_found import STYLE
from site_builder.shown import Shown

DAYS = 7
_WORKER = TEMPLATES / "shared" / "sw.js"
_ICON = TEMPLATES / "shared" / "icon.svg"
_KEY = 10


def is_kept(shown: Shown) -> bool:
    """Whether pages of this tree are to be read without a network."""
    return not shown.is_internal and shown.given.site.offline


def worker_file(shown: Shown, keys: Mapping[str, str]) -> TextFile:
    """The worker with its list; ``keys`` are by path what a page is made from."""
    told = None
    if is_kept(shown):
        told = {path: key[-_KEY:] for path, key in sorted(keys.items())}
    text = json.dumps(told, indent=0, separators=(",", ":"))
    name = html.escape(shown.given.site.title)
    look = json.dumps({"name": name, "style": STYLE}, ensure_ascii=False)
    worker = _WORKER.read_text("utf-8")
    head = f"var LIST = {text};\nvar LOOK = {look};\n"
    return TextFile(Address(Kind.WORKER), head + worker)


def app_file(shown: Shown) -> TextFile:
    """The manifest with which a phone puts the site beside its apps."""
    site = shown.given.site
    told = {
        "name": site.title,
        "short_name": site.title[:6],
        "lang": "zh-CN",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fffdf8",
        "theme_color": "#fffdf8",
        "icons": [*_icons()],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return TextFile(Address(Kind.APP), f"{text}\n")


def _icons() -> Iterator[dict[str, str]]:
    """The drawing first, then the PNGs; the largest may be cut to any shape."""
    yield {"src": Kind.ICON.template, "sizes": "any", "type": "image/svg+xml"}
    for size in SIZES:
        path = icon_address(size).path
        told = {"src": path, "sizes": f"{size}x{size}", "type": "image/png"}
        yield told
        if size == max(SIZES):
            yield told | {"purpose": "maskable"}


def icon_file() -> TextFile:
    """The sign on the phone: a sheet of lines, no emblem."""
    return TextFile(Address(Kind.ICON), _ICON.read_text("utf-8"))
