"""One article under several addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.addresses import canonical_address, same_site

ONE = "http://hbzgh.org.cn/xw/szxgh/1767828470517215234.html"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.hbzgh.org.cn/xw/szxgh/1767828470517215234.html",
        "https://www.hbzgh.org.cn/xw/szxgh/1767828470517215234.html",
        "HTTP://WWW.HBZGH.ORG.CN:80/xw/szxgh/1767828470517215234.html",
        "https://hbzgh.org.cn:443/xw//szxgh/./1767828470517215234.html#top",
        "http://hbzgh.org.cn/xw/a/../szxgh/1767828470517215234.html",
        ONE + "?from=timeline&isappinstalled=0",
        ONE + "?utm_source=weixin&spm=1.2&_t=99",
        ONE + ";jsessionid=9A8B7C",
        "  " + ONE + "\n",
    ],
)
def test_f47_many_addresses_of_one_page_are_one(url):
    """Scheme, host, port, tracking, session and fragment make no second article."""
    assert canonical_address(url) == ONE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://a.cn/", "http://www.a.cn"),
        ("http://a.cn/x/", "http://a.cn/x/index.html"),
        ("http://a.cn/x/index.shtml", "https://a.cn/x/default.aspx"),
        ("http://a.cn/?b=2&a=1", "http://a.cn/?a=1&b=2"),
        ("http://a.cn/%E5%B7%A5%E4%BC%9A", "http://a.cn/工会"),
        ("http://a.cn./x", "http://user:pw@a.cn/x"),
        ("http://a.cn/x?scene=126", "http://a.cn/x"),
    ],
)
def test_shapes_of_one_address(first, second):
    """Index pages, parameter order and percent signs make no second article."""
    assert canonical_address(first) == canonical_address(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://a.cn/p?id=1", "http://a.cn/p?id=2"),
        ("http://a.cn/1.html", "http://a.cn/2.html"),
        ("http://a.cn/app#/news/1", "http://a.cn/app#/news/2"),
        ("http://a.cn/app#!/1", "http://a.cn/app#!/2"),
        ("http://a.cn:8080/", "http://a.cn/"),
        ("http://a.cn/p?from=yichang", "http://a.cn/p?from=zhijiang"),
        ("http://m.a.cn/1", "http://a.cn/1"),
        ("http://a.cn/A", "http://a.cn/a"),
    ],
)
def test_different_pages_stay_apart(first, second):
    """What may be another page is never folded into one."""
    assert canonical_address(first) != canonical_address(second)


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.cn", "http://[::1", "http://a:b/", "x"]
)
def test_what_is_no_web_address_comes_back_trimmed(url):
    """Nonsense is handed back, never raised about."""
    assert canonical_address(f" {url} ") == url


def test_address_of_numbers():
    """Addresses in numbers keep their shape."""
    expected = "http://[2001:db8::1]:8080/x"

    assert expected == canonical_address("http://[2001:DB8::1]:8080/x")


ADDRESSES = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.cn", "www.b.gov.cn", "www.www.c.com", "d.cn."]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text("ab/.%25;index.html工=+", max_size=30),
    st.sampled_from(["", "?a=1&utm_x=2", "?b=%25&a=+", "?=&&", "?spm=1"]),
    st.sampled_from(["", "#x", "#/r", "#!/r"]),
)


@given(ADDRESSES | st.text(max_size=60))
def test_folding_twice_is_folding_once(url):
    """canonical_address is idempotent on every text."""
    once = canonical_address(url)

    assert once == canonical_address(once)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("http://www.a.gov.cn/1", "https://a.gov.cn/2", True),
        ("http://news.a.com.cn/1", "https://a.com.cn/2", True),
        ("http://a.hb.cn/", "http://b.hb.cn/", False),
        ("http://a.gov.cn/", "http://b.gov.cn/", False),
        ("http://a.com/", "http://x.a.com/", True),
        ("http://10.0.0.1/", "http://10.0.0.2/", False),
        ("http://localhost/", "http://localhost:9/", True),
        ("", "", False),
        ("http://[", "http://[", False),
    ],
)
def test_same_site(first, second, same):
    """Sub-domains of one registered name are one site."""
    assert same_site(first, second) is same
