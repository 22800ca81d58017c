"""The icons of the site on a phone: real PNGs, named by manifest and pages."""

from __future__ import annotations

import io
import json

import pytest
import samples
from PIL import Image

from site_builder.app_icon import SIZES, app_icons, icon_png
from site_builder.build import build_site
from site_builder.given import Audience

RED, PAPER = (0xA3, 0x16, 0x1B), (0xFF, 0xFD, 0xF8)


@pytest.mark.parametrize("size", SIZES)
def test_each_icon_is_a_whole_png_without_a_transparent_ground(size):
    """Red to the very corners, a sheet in the middle, red lines on it."""
    icon = Image.open(io.BytesIO(icon_png(size)))
    icon.load()

    picture = icon.convert("RGB")
    assert (size, size) == icon.size
    assert "transparency" not in icon.info
    assert RED == picture.getpixel((0, 0)) == picture.getpixel((size - 1, size - 1))
    assert PAPER == picture.getpixel((size // 2, round(size * 0.27)))
    assert RED == picture.getpixel((size // 2, round(size * 0.385)))


def test_what_matters_lies_within_the_circle_that_a_phone_may_cut():
    """Nothing but the ground lies beyond four tenths of the width from the middle."""
    size = 512
    picture = Image.open(io.BytesIO(icon_png(size))).convert("RGB")

    beyond = (
        picture.getpixel((x, y))
        for x in range(0, size, 4)
        for y in range(0, size, 4)
        if (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.4 * size) ** 2
    )
    assert {RED} == set(beyond)


def test_the_same_icons_every_time():
    """Made twice, the bytes are the same."""
    assert list(app_icons()) == list(app_icons())


def test_manifest_and_pages_name_icons_that_are_there(pictures, tmp_path):
    """iOS finds its icon on every page; each icon of the manifest is in the tree."""
    out = tmp_path / "out"
    build_site(samples.given(pictures), Audience.PUBLIC, out, tmp_path / "work")

    manifest = json.loads((out / "app.webmanifest").read_text("utf-8"))
    page = (out / "stories" / "2026" / "1.html").read_text("utf-8")
    assert '<link rel="apple-touch-icon" href="../../icon-180.png">' in page
    assert all((out / icon["src"]).is_file() for icon in manifest["icons"])
    assert {"any", "180x180", "192x192", "512x512"} == {
        icon["sizes"] for icon in manifest["icons"]
    }
    assert ["icon-512.png"] == [
        icon["src"] for icon in manifest["icons"] if icon.get("purpose") == "maskable"
    ]


def test_the_offices_own_tree_has_no_icons(pictures, tmp_path):
    """Only the public site is put on a phone."""
    out = tmp_path / "out"
    build_site(samples.given(pictures), Audience.INTERNAL, out, tmp_path / "work")

    assert not list(out.glob("icon*"))
