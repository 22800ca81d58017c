"""Bytes to articles, lists and feeds; fragments to bodies. No network, no clock."""

from page_reading.article import read_article
from page_reading.block_pages import is_block_page
from page_reading.cases import read_case
from page_reading.charset import Decoded, decode
from page_reading.feeds import read_feed
from page_reading.fragments import read_fragment
from page_reading.further_pages import join_pages
from page_reading.layout import Layout
from page_reading.list_api import ApiShape, read_list_api
from page_reading.lists import read_list
from page_reading.page_title import read_title

__all__ = [
    "ApiShape",
    "Decoded",
    "Layout",
    "decode",
    "is_block_page",
    "join_pages",
    "read_article",
    "read_case",
    "read_feed",
    "read_fragment",
    "read_list",
    "read_list_api",
    "read_title",
]
