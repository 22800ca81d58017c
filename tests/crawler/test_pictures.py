"""F68: the pictures of the office's own articles."""

import pytest

from tests.crawler import hostile
from tests.crawler.conftest import article, small_site, title

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 2000


def with_pictures(*sources):
    tags = "".join(f'<p><img src="{source}"></p>' for source in sources)
    page = article(title(1)).replace(b"</div></body>", tags.encode() + b"</div></body>")
    return small_site() | {"/news/1.html": page}


def picture(body=JPEG, kind="image/jpeg", **options):
    return hostile.page(body, kind=kind, **options)


def test_pictures_of_own_articles_come_in(visit):
    """An own source's pictures are fetched and tied to their article."""
    with hostile.serving(with_pictures("/p/1.jpg") | {"/p/1.jpg": picture()}) as server:
        crawled = visit(server, source={"own": True})

    found = crawled.pages("picture")
    assert [(p.page.body, p.parent) for p in found] == [
        (JPEG, f"{server.base}/news/1.html")
    ]


def test_pictures_of_others_stay_where_they_are(visit):
    """Another source's pictures are not fetched."""
    with hostile.serving(with_pictures("/p/1.jpg") | {"/p/1.jpg": picture()}) as server:
        visit(server)

    assert "/p/1.jpg" not in server.paths


def test_nine_pictures_at_most(visit):
    """Of twelve pictures the first nine are fetched."""
    sources = [f"/p/{n}.jpg" for n in range(12)]
    pages = with_pictures(*sources) | dict.fromkeys(sources, picture())
    with hostile.serving(pages) as server:
        crawled = visit(server, source={"own": True})

    assert len(crawled.pages("picture")) == 9


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        pytest.param(hostile.status(404), "not_found", id="gone"),
        pytest.param(hostile.status(403), "refused", id="hot_link_guard"),
        pytest.param(picture(b"<html>" + b"x" * 999), "unreadable", id="html_as_jpg"),
        pytest.param(picture(b"GIF89a" + b"x" * 37), "unreadable", id="one_pixel"),
        pytest.param(
            hostile.raw(
                b"HTTP/1.1 200 OK\r\nContent-Length: 41943040\r\n\r\n\xff\xd8\xff"
            ),
            "too_large",
            id="forty_megabytes",
        ),
    ],
)
def test_f68_a_bad_picture_costs_itself_only(visit, answer, fault):
    """The article stays, the picture is left out and counted."""
    with hostile.serving(with_pictures("/p/1.jpg") | {"/p/1.jpg": answer}) as server:
        crawled = visit(server, source={"own": True})

    assert crawled.faults == [fault]
    assert len(crawled.pages()) == 3
    assert crawled.pages("picture") == []


def test_f68_pictures_of_other_hosts_are_counted(visit):
    """A picture elsewhere is not fetched."""
    pages = with_pictures("http://img.example.com/1.jpg")
    with hostile.serving(pages) as server:
        crawled = visit(server, source={"own": True})

    assert crawled.losses == []
    assert crawled.end.filtered["offsite"] == 1
