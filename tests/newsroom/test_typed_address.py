"""Addresses as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.typed_address import typed_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("http：／／www.example.gov.cn／xw／", "http://www.example.gov.cn/xw/"),
        ("www.example.gov.cn/xw/。", "http://www.example.gov.cn/xw/"),
        ("ｗｗｗ。example。cn", "http://www.example.cn"),
        ("  《http://www.example.cn/1.html》 ", "http://www.example.cn/1.html"),
        ("网址：http://www.example.cn/xw/，请看", "http://www.example.cn/xw/"),
        ("标题 https://www.example.cn/1.html 复制", "https://www.example.cn/1.html"),
        ("http:/www.example.cn/x", "http://www.example.cn/x"),
        ("http;//www.example.cn/x", "http://www.example.cn/x"),
        ("https//www.example.cn/x", "https://www.example.cn/x"),
        ("127.0.0.1:8080/x。", "http://127.0.0.1:8080/x"),
        ("http://工会.政务/xw/", "http://xn--6oq837a.xn--zfr164b/xw/"),
        ("http://www.example.cn/新闻/1.html", "http://www.example.cn/新闻/1.html"),
        ("ftp://www.example.cn/x", "ftp://www.example.cn/x"),
        ("枝江工会网", None),
        ("文章.html", None),
        ("", None),
        (f"http://{'工' * 90}.cn/", None),
    ],
)
def test_the_address_that_was_meant_is_found(typed, meant):
    """Slips of an input method and what stands around an address do not count."""
    assert meant == typed_address(typed)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.example.cn/a(1).html",
        "https://www.example.cn/s/Ab_-1?x=1&y=2#rd",
        "http://www.example.cn:8080/list.html#POST:page=1",
    ],
)
def test_a_right_address_stays_as_it_is(address):
    """Not a letter of it is touched."""
    assert address == typed_address(address)


@given(st.text(max_size=60))
def test_whatever_is_typed_nothing_is_raised(text):
    """An address or None, and mending it again changes nothing."""
    meant = typed_address(text)

    assert meant is None or "://" in meant
