"""The page for an address that is none: it must look right at any depth."""

from __future__ import annotations

import base64
import hashlib

from site_builder.frame_views import NotFoundView
from site_builder.links import Address, Kind
from site_builder.shown import Shown

# A host shows this page at any depth, where a relative style sheet is out of reach;
# so it carries its own, allowed by its hash.
STYLE = (
    "body{margin:0;padding:2rem 1.25rem;font:112.5%/1.75 system-ui,sans-serif;"
    "color:#1b1b1b;background:#fffdf8}main{max-width:34rem;margin:auto}"
    "h1,b{font-family:Songti SC,Noto Serif SC,Source Han Serif SC,"
    "Noto Serif CJK SC,STSong,SimSun,serif;font-weight:700}"
    "b{font-size:1.22rem;color:#a3161b}"
    "h1{margin:.6rem 0;padding-top:1rem;border-top:1px solid #a3161b;"
    "font-size:1.78rem;line-height:1.35;text-wrap:balance}"
    "a{display:inline-block;padding:.4rem 1rem;margin:.4rem .6rem 0 0;"
    "border:1px solid;border-radius:2px;text-decoration:none;color:#a3161b}"
    "@media(prefers-color-scheme:dark){body{color:#ececec;background:#161514}"
    "h1{border-color:#ff9d94}a,b{color:#ff9d94}}"
)


def not_found_view(shown: Shown) -> NotFoundView:
    """Links home: absolute where the address of the site is known."""
    base = shown.given.site.base_url.rstrip("/")
    prefix = f"{base}/" if base and not shown.is_internal else ""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return NotFoundView(
        title="没有这一页",
        home_href=prefix + Address(Kind.FRONT).path,
        archive_href=prefix + Address(Kind.ARCHIVE).path,
        style=STYLE,
        style_hash=f"'sha256-{digest}'",
    )
