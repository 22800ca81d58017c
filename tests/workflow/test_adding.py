"""``gonghui add``: a page kept by hand, public accounts included."""

from __future__ import annotations

import pytest

from newsroom.article import CHINA
from page_reading import read_article
from tests.workflow.small_pages import ARTICLE
from tests.workflow.wechat import PAGE
from workflow.adding import saved_page
from workflow.cli import run

AS_OF = "2026-09-21T06:00"


@pytest.fixture
def add(config_file, tmp_path):
    """Saves a page and adds it; further words go to the command."""

    def adding(html: str, *words: str) -> int:
        file = tmp_path / "文章.html"
        file.write_text(html, encoding="utf-8")
        return run(["add", str(file), *words, "-c", str(config_file), "--as-of", AS_OF])

    return adding


def kept(office):
    with office.store() as store:
        return store.source_articles("lanmu")


def test_a_public_accounts_page_reads_like_any_other(office, tmp_path):
    """Title, account, the time in its script, pictures with data-src, its address."""
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")

    article = read_article(saved_page(file, None, office.now))

    assert article.headline == "仙女镇：果园里办起夜校"
    assert article.source_line == "样板工会网"
    assert f"{article.published.astimezone(CHINA):%Y-%m-%d %H:%M}" == "2026-09-18 21:00"
    assert [picture.src for picture in article.body.pictures] == [
        "https://mmbiz.qpic.cn/sz_mmbiz_jpg/abc/640?wx_fmt=jpeg"
    ]
    assert article.body.text.startswith("9月18日晚")
    assert "扫一扫" not in article.body.text
    assert article.url.startswith("http://mp.weixin.qq.com/s?")


def test_a_saved_page_is_kept_by_hand(add, office, capsys):
    """The account tells the source; the article says that a person brought it."""
    code = add(PAGE)
    (stored,) = kept(office)

    assert code == 0
    assert stored.article.headline == "仙女镇：果园里办起夜校"
    assert stored.article.witnesses["kept"][0].value == "手工"
    assert "手工" in capsys.readouterr().out
    with office.store() as store:
        assert [one.id for one in store.unstoried()] == [stored.id]
        assert [one.source_id for one in store.warcs_of(office.now.date())] == ["lanmu"]


def test_the_same_page_is_kept_once(add, office, capsys):
    """Handed in again, nothing is doubled, and the sentence says so."""
    add(PAGE)
    code = add(PAGE)

    assert code == 0
    assert len(kept(office)) == 1
    assert "已经有了" in capsys.readouterr().out


def test_the_site_tells_the_source(add, office):
    """An address of a source's own site belongs to that source."""
    code = add(ARTICLE, "--url", "http://union.example.cn/xw/7.html")

    assert code == 0
    assert kept(office)[0].article.url == "http://union.example.cn/xw/7.html"


@pytest.mark.parametrize(
    ("html", "words", "sentence"),
    [
        (ARTICLE, (), "--url"),
        (ARTICLE, ("--url", "http://other.example.org/1.html"), "--source"),
        (
            ARTICLE.replace("2026-09-18 09:30", "").replace("9月17日，", ""),
            ("--url", "http://union.example.cn/1.html"),
            "--date",
        ),
        (PAGE, ("--source", "没有的"), "sources list"),
    ],
)
def test_what_is_missing_is_asked_for(add, office, capsys, html, words, sentence):
    """Without address, source or date nothing is kept; the option is named."""
    code = add(html, *words)

    assert code == 1
    assert sentence in capsys.readouterr().err


def test_a_day_given_by_hand_stands(add, office):
    """A page without a date takes the day that a person gives."""
    html = ARTICLE.replace("2026-09-18 09:30", "").replace("9月17日，", "")

    code = add(html, "--url", "http://union.example.cn/1.html", "--date", "2026-09-19")
    (stored,) = kept(office)

    assert code == 0
    assert f"{stored.article.day}" == "2026-09-19"
    assert stored.article.witnesses["published"][0].value.startswith("2026-09-19")
