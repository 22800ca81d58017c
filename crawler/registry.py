"""Spiders by name, without loading Scrapy: the parent reads with the same layouts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from config import SourceSettings
    from config_sources import LayoutSettings
    from crawler.site import Site
    from page_reading.layout import Layout

SITES = ("hubei", "sanxia_zhijiang", "workercn", "yichang", "zhijiang")


def layouts_for(spider_name: str) -> tuple[Layout, ...]:
    """The layouts of a spider, the present one first; none for a generic spider.

    Raises:
        NewsroomError: there is no spider of this name.
    """
    return site_for(spider_name).layouts if spider_name else ()


def layouts_of(source: SourceSettings) -> tuple[Layout, ...]:
    """The layouts that the settings give a source, then those of its spider.

    Raises:
        NewsroomError: there is no spider of the source's name.
    """
    own = map(_layout, source.layouts)
    return (*own, *layouts_for(source.spider))


def _layout(settings: LayoutSettings) -> Layout:
    from page_reading.layout import Layout

    return Layout(
        **{name: getattr(settings, name) or None for name in Layout.__slots__}
    )


def site_for(spider_name: str) -> Site:
    """What the site file of this name says.

    Raises:
        NewsroomError: there is no spider of this name.
    """
    if spider_name not in SITES:
        known = "、".join(SITES)
        raise NewsroomError(f"没有名为 {spider_name} 的爬虫；现有：{known}")
    site: Site = import_module(f"crawler.spiders.{spider_name}").SITE
    return site
