import pytest
import samples

from site_builder.check import (
    check_file,
    check_given,
    dead_links,
    links_of,
    marks_of,
)
from site_builder.files import TextFile
from site_builder.given import Audience
from site_builder.links import Address, Kind
from site_builder.manifest import mark_of
from site_builder.shown import show

FEED = TextFile(Address(Kind.JSON_FEED), "")


def test_links_are_resolved_from_their_page():
    """A link counts by where it leads, outside links do not count."""
    page = b'<a href="../index.html#main"></a> <a href="https://a.example/"></a>'

    assert {"index.html"} == links_of(page, "days/2026-09-21.html")


@pytest.mark.parametrize(
    "path", ["index.html", "towns/afs.html", "stories/2026/7.html"]
)
@pytest.mark.parametrize(
    "href",
    [
        *("../index.html", "../../days/2026-09-21.html", "days/2026-09-21.html"),
        *("../../../out.html", "./a.html", "a%20b.html", "?q=1", "#top", "a.html#b"),
        *(
            "../../assets/site.0123456789.css",
            "a.html?x=1&amp;y=2",
            "//a.example/b.html",
        ),
        *("mailto:a@b.cn", "https://a.example/b.html", "", "中.html", "../.."),
    ],
)
def test_links_are_marked_by_where_they_lead(href, path):
    """However a link is written, its mark is that of the file that it leads to."""
    page = f'<a href="{href}"></a> <img src="{href}">'.encode()
    others = links_of(page, path) - {path}

    assert set(map(mark_of, others)) == marks_of(page, path) - {mark_of(path)}


def test_a_dead_link_names_page_and_target():
    """A dead link is told with the page that holds it."""
    faults = dead_links({"a.html": frozenset({"b.html", "a.html"})}, {"a.html"})

    assert ["a.html 上的链接 b.html 打不开"] == [fault.sentence for fault in faults]


@pytest.mark.parametrize(
    "text",
    ["自动编排，未经编辑", "87分：时效+12 数据", '<details class="score">', "久未发声"],
)
def test_internal_words_are_a_fault_of_the_public_tree(text):
    """What only the office may read is found in a public file."""
    public = list(check_file(FEED, text.encode(), Audience.PUBLIC))
    internal = list(check_file(FEED, text.encode(), Audience.INTERNAL))

    assert (["internal"], []) == ([f.rule for f in public], internal)


@pytest.mark.parametrize("text", ["全市有12个分会", "得分98分，名列前茅", "score"])
def test_ordinary_words_are_no_fault(text):
    """News about points and branches may be published."""
    assert [] == list(check_file(FEED, text.encode(), Audience.PUBLIC))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("icp", "鄂ICP备########号-#"),
        ("police_record", "鄂公网安备XXXX号"),
        ("address", "（待补）"),
        ("phone", "0717-____"),
        ("email", "xx@example.org"),
    ],
)
def test_an_unfilled_setting_is_a_fault_of_the_public_tree(pictures, field, value):
    """Settings that nobody filled in stop the release and name their key."""
    office = samples.OFFICE.model_copy(update={field: value})
    given = samples.given(pictures, office=office)

    faults = list(check_given(show(given, Audience.PUBLIC)))

    assert [True] == [f"[office] {field}" in fault.sentence for fault in faults]
    assert [] == list(check_given(show(given, Audience.INTERNAL)))


def test_filled_settings_are_no_fault(pictures):
    """A real address, phone and mailbox pass."""
    office = samples.OFFICE.model_copy(update={"email": "zjxxgk@example.org"})
    given = samples.given(pictures, office=office)

    assert [] == list(check_given(show(given, Audience.PUBLIC)))
