"""A site's own file stays short; each of its layouts is held by a page of our own."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

import crawler.spiders
from config_sources import LayoutSettings
from crawler.registry import SITES, site_for
from crawler.site import Site
from newsroom.article import CHINA, Page
from page_reading import Layout, read_article
from page_reading.layout_choice import article_layout

FOLDER = Path(crawler.spiders.__file__).parent
PAGES = Path(__file__).parent / "layout_pages"
NOW = datetime(2026, 9, 21, 6, tzinfo=CHINA)
SAMPLE = Site(
    name="sample",
    title="样板网",
    layouts=(
        Layout(title="div.tit", info="div.meta", body="div.article-body"),
        Layout(
            title="td.bt", info="td.sj", body="td.nr", valid_until=date(2025, 12, 31)
        ),
    ),
)


def has_selectors(layout: Layout) -> bool:
    return any((layout.title, layout.info, layout.body, layout.list_rows))


@pytest.mark.parametrize("name", SITES)
def test_a_sites_file_is_short(name):
    """About sixty lines say all that is special about a site."""
    lines = (FOLDER / f"{name}.py").read_text("utf-8").splitlines()

    assert len(lines) <= 70


@pytest.mark.parametrize("site", [*map(site_for, SITES), SAMPLE], ids=lambda s: s.name)
def test_every_layout_is_held_by_a_page(site):
    """A layout with selectors has a stored page that it, and no newer one, fits."""
    for number, layout in enumerate(site.layouts, 1):
        if not has_selectors(layout):
            continue
        file = PAGES / f"{site.name}-{number}.html"
        page = Page("http://a.example.cn/1.html", file.read_bytes(), NOW)

        assert article_layout(page, site.layouts) == layout
        article = read_article(page, layout)
        assert article.headline == "桥头工地建起职工小食堂"
        assert article.published
        assert article.body.text.startswith("工地食堂")


def test_the_present_layout_stands_first():
    """Layouts are in the order of their last days, the present one first."""
    for site in map(site_for, SITES):
        days = [layout.valid_until or date.max for layout in site.layouts]

        assert days == sorted(days, reverse=True)


def test_the_documented_site_file_is_one():
    """The example of docs/sources.md is a site file; its TOML says the same."""
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
    code, table = re.findall(r"```(?:python|toml)\n(.*?)```", text, re.DOTALL)
    shown = {}
    exec(compile(code, "docs/sources.md", "exec"), shown)
    layouts = tomllib.loads(table)["sources"]["layouts"]
    present, former = (LayoutSettings.model_validate(one) for one in layouts)

    assert shown["SITE"].layouts[1] == SAMPLE.layouts[1]
    assert (present.body, former.valid_until) == (
        SAMPLE.layouts[0].body,
        SAMPLE.layouts[1].valid_until,
    )
