import json
import re

import pytest
from lxml import etree, html

from demo.articles import SITES, articles, articles_of
from demo.expected import address, article, expected
from demo.scenario import MORNINGS
from demo.shapes import SHAPES, long_id
from demo.sites import answer, site_files

LAST = MORNINGS[-1]
BASE = "http://127.0.0.1:1"


def files(site, as_of=LAST):
    return site_files(site, as_of=as_of, base=BASE)


def get(site, target, as_of=LAST):
    return answer(site, target, as_of=as_of, base=BASE)


@pytest.mark.parametrize("site", SITES)
def test_a_site_lists_every_article_that_it_has(site):
    """A list, the API or the feed names each article, and its address answers."""
    there = files(site)
    text = "".join(
        r.body.decode(SHAPES[site].charset)
        for path, r in there.items()
        if "list" in path or "index" in path or path.endswith(".xml")
    )
    for one in articles_of(site, as_of=LAST):
        path = SHAPES[site].article_path(one, 1)

        assert path in there
        assert path.rpartition("/")[2].replace("&", "&amp;") in text


@pytest.mark.parametrize("site", SITES)
def test_what_is_not_yet_published_answers_404(site):
    """An article of tomorrow has no address today."""
    late = max((a for a in articles() if a.site == site), key=lambda a: a.at)
    early = get(site, SHAPES[site].article_path(late, 1), as_of=MORNINGS[0])

    assert early.status == 404


def test_the_old_site_is_really_gbk():
    """Pages of the union's own site are GBK bytes that declare gb2312 and no header charset."""  # noqa: E501
    one = article("zj_0921a")
    response = get("zhijiang", SHAPES["zhijiang"].article_path(one, 1))

    assert response.content_type == "text/html"
    assert b"charset=gb2312" in response.body
    assert one.title in response.body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        response.body.decode("utf-8")


def test_the_old_site_links_relative_and_in_tables():
    """Its list is a table of relative links, with the full title in title=."""
    page = html.fromstring(
        get("zhijiang", "/newslist.asp?lb=1&page=1").body.decode("gb18030")
    )
    links = page.xpath("//table//td/a[@title]")

    assert len(links) == 12
    assert all(re.fullmatch(r"shownews\.asp\?id=\d+", a.get("href")) for a in links)
    assert any(a.text.endswith("…") for a in links)


def test_one_page_mixes_charsets():
    """The page in mixed charset is neither GBK nor UTF-8 as a whole."""
    body = get("zhijiang", address("zj_0929a", "")).body

    assert "职工服务热线：12351".encode() in body
    assert "调解室".encode("gbk") in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_the_province_speaks_in_government_meta_tags():
    """An article of the provincial site has a 19-digit address and meta tags."""
    one = article("hb_0920a")
    path = SHAPES["hubei"].article_path(one, 1)
    page = html.fromstring(get("hubei", path).body.decode("utf-8"))
    meta = {m.get("name"): m.get("content") for m in page.xpath("//meta[@name]")}

    assert re.fullmatch(r"/xw/ghyw/\d{19}\.html", path)
    assert one.title == meta["ArticleTitle"]
    assert meta["PubDate"] == "2026-09-20 10:30:00"


def test_a_meta_date_may_lie():
    """One page shows another day than its meta tag."""
    body = get("hubei", address("hb_0920b", "")).body.decode()

    assert "发布时间：2026-09-20" in body
    assert 'content="2026-09' not in body


def test_a_pinned_row_stands_out_of_order():
    """The first row of the list is older than the second."""
    body = get("zhijiang", "/newslist.asp?lb=2&page=1").body.decode("gb18030")
    dates = re.findall(r"\[(\d{4}-\d\d-\d\d)\]", body)

    assert dates[0] < dates[1]


def test_the_list_api_is_jsonp_with_escapes():
    """The Yichang API wraps JSON in the callback asked for, all characters escaped."""
    query = "/show/lists?jsoncallback=jQuery1_2&areaid=9&cid=44&page=1&pagenums=10"
    text = get("yichang", query).body.decode("ascii")
    inner = re.fullmatch(r"jQuery1_2\((.*)\)", text, re.DOTALL)
    value = json.loads(inner[1])

    assert "\\u" in text
    assert value["allnums"] == str(len(articles_of("yichang", as_of=LAST)))
    assert set(value["data"][0]) >= {"n_id", "title", "vc_inputtime", "vc_department"}


def test_the_list_api_turns_pages():
    """All pages of the API together name every article once."""
    total = len(articles_of("yichang", as_of=LAST))
    ids = [
        row["n_id"]
        for page in range(1, 4)
        for row in json.loads(
            get("yichang", f"/show/lists?jsoncallback=f&page={page}").body[2:-1]
        )["data"]
    ]

    assert len(ids) == len(set(ids)) == total


@pytest.mark.parametrize(
    ("site", "path"), [("portal", "/rss/news.xml"), ("jingzhou", "/xwzx/atom.xml")]
)
def test_feeds_are_xml_with_whole_addresses(site, path):
    """A feed is well-formed and names addresses with the host."""
    root = etree.fromstring(get(site, path).body)
    text = etree.tostring(root, encoding="unicode")

    assert f"{BASE}/" in text


def test_an_article_of_several_pages_links_to_the_next():
    """The first page of the long article names the second, which ends it."""
    one = article("yc_0926a")
    first = get("yichang", SHAPES["yichang"].article_path(one, 1)).body.decode()
    second = SHAPES["yichang"].article_path(one, 2)

    assert f'<a href="{second}">下一页</a>' in first
    assert expected().readable["yc_0926a"] not in first
    assert expected().readable["yc_0926a"] in get("yichang", second).body.decode()


def test_lost_pages_fail_in_their_way():
    """Dead link, server error, empty page, cut page: each as named."""
    dead, error = (article(k) for k in ("zj_0922b", "yc_0922b"))
    cut, empty = (article(k) for k in ("yc_1004a", "zj_0928c"))

    bare = get("zhijiang", address(empty.key, ""), as_of=MORNINGS[5]).body

    assert get("zhijiang", address(dead.key, ""), as_of=MORNINGS[2]).status == 404
    assert get("yichang", address(error.key, ""), as_of=MORNINGS[2]).status == 500
    assert get("yichang", address(cut.key, ""), as_of=MORNINGS[7]).cut
    assert empty.title in bare.decode("gbk")
    assert empty.text[:20] not in bare.decode("gbk")


@pytest.mark.parametrize("key", sorted(expected().late))
def test_a_late_page_is_whole_in_the_end(key):
    """A page that failed is mended and answers in full later."""
    response = get(article(key).site, address(key, ""))

    assert response.status == 200
    assert not response.cut
    assert article(key).text[:20] in response.body.decode(
        SHAPES[article(key).site].charset
    )


def test_weather():
    """A site that is down says 503, a guarded one a 200 without any article, one hangs up."""  # noqa: E501
    down = get("yichang", "/show/lists?page=1", as_of=MORNINGS[3])
    guarded = get("hubei", "/xw/ghyw/index.html", as_of=MORNINGS[5])

    assert down.status == 503
    assert guarded.status == 200
    assert b"/xw/" not in guarded.body
    assert get("jingzhou", "/xwzx/atom.xml", as_of=MORNINGS[8]) is None


def test_pictures_answer():
    """A picture of an article is a JPEG at the address that the page names."""
    body = get("zhijiang", address("zj_0921a", "")).body.decode("gb18030")
    source = html.fromstring(body).xpath("//td[@id='zoom']//img/@src")[0]
    response = get("zhijiang", "/" + source)

    assert response.content_type == "image/jpeg"
    assert response.body.startswith(b"\xff\xd8")


@pytest.mark.parametrize("site", SITES)
def test_every_page_says_that_it_is_made_up(site):
    """Each article page bears the demonstration's line in its foot."""
    one = articles_of(site, as_of=LAST)[3]
    page = get(site, SHAPES[site].article_path(one, 1))

    assert "演示：人物、企业和事件均为虚构" in page.body.decode(SHAPES[site].charset)


def test_long_ids_have_nineteen_digits():
    """The provincial site's addresses have 19 digits, always the same."""
    assert long_id("a") == long_id("a") != long_id("b")
    assert re.fullmatch(r"\d{19}", long_id("a"))
