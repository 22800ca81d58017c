import html
import io
from dataclasses import replace

import pytest
import samples
from PIL import Image

from newsroom.edition import Column
from site_builder.forms.content import content_of
from site_builder.forms.pictures import Photos
from site_builder.forms.preview import public_preview
from site_builder.forms.wechat import article_view, wechat_files
from site_builder.forms.wechat_lint import faults_of


@pytest.fixture(scope="module")
def content(pictures):
    given = samples.given(pictures)
    return content_of(*public_preview(given, samples.ORDINARY))


@pytest.fixture(scope="module")
def files(content):
    return dict(wechat_files(content, Photos()))


def article(page: bytes) -> str:
    text = page.decode()
    return text.split('<div id="article">')[1].split("</section>\n</div>")[0] + (
        "</section>"
    )


def test_the_article_keeps_every_rule_of_the_editor(files):
    """No class, id, style element, script, link or outside picture is left in it."""
    words = article(files["wechat.html"])

    assert [] == faults_of(words)
    for banned in ("class=", "id=", "<style", "<script", "<a ", "http", "<img"):
        assert banned not in words


@pytest.mark.parametrize(
    "bad",
    [
        '<section><p class="x">字</p></section>',
        '<section id="x">字</section>',
        "<section><style>p{}</style></section>",
        "<section><script>1</script></section>",
        '<section><a href="https://example.cn/">字</a></section>',
        '<section><img src="https://example.cn/a.jpg"></section>',
        '<section><p style="position:fixed">字</p></section>',
        '<section><p style="font-size:2rem">字</p></section>',
        '<section><p style="background-color:url(x)">字</p></section>',
        "<section><ul><li>字</li></ul></section>",
        "<section>一</section><section>二</section>",
        "文字<section>一</section>",
        "<section><!-- 话 --></section>",
        '<section><img src=" https://example.cn/a.jpg"></section>',
        '<section><img src="../a.jpg"></section>',
        '<section><p style="display:flex">字</p></section>',
        '<section><p style="color:var(--red)">字</p></section>',
        '<section><p style="width:calc(1px + 2px)">字</p></section>',
        '<section><p style="width:20ch">字</p></section>',
        r'<section><p style="background-color:\75rl(x)">字</p></section>',
        '<section><p style="color:red !important">字</p></section>',
        '<section><p style="margin:0 -12px">字</p></section>',
        '<section><p style="margin-top:-.5px">字</p></section>',
        "<!doctype html><section>字</section>",
        "<section><?php 字?></section>",
        "<section><![CDATA[字]]></section>",
        "<section><p>字</p>",
    ],
)
def test_the_lint_finds_what_the_editor_would_drop(bad):
    """Each thing that would be lost after saving is a fault."""
    assert [] != faults_of(bad)


def test_pictures_lie_beside_the_page_with_numbered_places(files):
    """Pictures are files of at most 900 px and 2 MB; the article says where they go."""
    words = article(files["wechat.html"])
    pictures = [name for name in files if name.endswith(".jpg")]

    assert ["wechat-1.jpg", "wechat-2.jpg", "wechat-3.jpg", "wechat-cover.jpg"] == (
        pictures
    )
    assert "〔图1：工人们在车间核对轮班表（示意图）〕" in words
    for name in pictures:
        assert len(files[name]) <= 2_000_000
        assert Image.open(io.BytesIO(files[name])).width <= 900
    cover = Image.open(io.BytesIO(files["wechat-cover.jpg"]))
    assert 2.35 == pytest.approx(cover.width / cover.height, abs=0.02)


def test_other_sources_are_end_notes(files, content):
    """Every story of others is named at the end with its source and its headline."""
    words = article(files["wechat.html"])

    for one in content.entries:
        if not one.entry.own:
            assert f"《{one.item.headline}》" in html.unescape(words)


def test_a_long_headline_leaves_the_title_its_office(content):
    """The headline is cut, never the name of the office after it."""
    first = content.columns[0].entries[0]
    item = replace(first.item, headline="工" * 60)
    column = replace(content.columns[0], entries=(replace(first, item=item),))

    title = article_view(replace(content, columns=(column,)), []).title

    assert title.endswith("…丨枝江工会每日简报")
    assert 60 < len(title) <= 64


def test_hostile_words_stay_words(pictures):
    """A headline with markup is shown as its letters."""
    entry = replace(samples.ORDINARY.all_entries[0], headline="<script>x</script>")
    column = samples.ORDINARY.columns[0][0]
    odd = replace(samples.ORDINARY, columns=((column, (entry,)),))
    content = content_of(*public_preview(samples.given(pictures), odd))

    page = dict(wechat_files(content, Photos()))["wechat.html"].decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_nothing_internal_goes_out_before_release(pictures):
    """The article of an unreleased edition is made of public words, without a link."""
    waiting = replace(samples.ORDINARY, release=None, edited=False)
    content = content_of(*public_preview(samples.given(pictures), waiting))

    page = dict(wechat_files(content, Photos()))["wechat.html"].decode()

    assert "" == content.link
    for inside in ("这段只在内部看到", "久未发声", "内部资料", "未经编辑", "收到报送"):
        assert inside not in page


def test_a_law_in_a_headline_has_single_marks_among_the_sources(pictures):
    """《…〈工会法〉…》, as title marks inside title marks are written."""
    foreign = replace(samples.entry(samples.STORIES[4]), headline="《工会法》怎么办")
    odd = replace(samples.ORDINARY, columns=((Column.NEWS, (foreign,)),))
    content = content_of(*public_preview(samples.given(pictures), odd))

    page = dict(wechat_files(content, Photos()))["wechat.html"].decode()

    assert "《〈工会法〉怎么办》" in page
