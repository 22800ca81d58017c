"""What time it is by the servers of a source."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http.headers import Headers

from crawler.server_clock import time_told
from tests.crawler import hostile
from tests.crawler.conftest import NOW, small_site

TOLD = datetime(2026, 9, 20, 23, 0, tzinfo=UTC)
DATE = "Sun, 20 Sep 2026 23:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"Date": DATE}, TOLD),
        ({"Date": DATE, "Age": "3600"}, TOLD + timedelta(hours=1)),
        ({"Date": DATE, "Age": "-5"}, TOLD),
        ({"Date": "Sun, 20 Sep 2026 23:00:00 -0000"}, TOLD),
        ({"Date": DATE, "Age": "9" * 5000}, None),
        ({"Date": "soon"}, None),
        ({"Date": ""}, None),
        ({"Date": "Fri, 31 Dec 9999 23:59:59 GMT", "Age": "9999"}, None),
        ({}, None),
    ],
)
def test_the_time_of_an_answer(headers, wanted):
    """The Date of the first answer and the age of what a cache hands on."""
    assert wanted == time_told(Headers(headers))


def dated(pages, date):
    return {
        path: hostile.page(body, headers=[("Date", date)])
        for path, body in pages.items()
    }


def test_a_visit_hears_the_newest_time(visit):
    """What a cache kept for a week is not what the clock shows."""
    pages = dated(small_site(), "Sun, 13 Sep 2026 23:00:00 GMT")
    pages |= dated({"/list.html": small_site()["/list.html"]}, DATE)
    with hostile.serving(pages) as server:
        end = visit(server).end

    assert timedelta() <= end.server_now - NOW < timedelta(minutes=5)


def test_a_server_that_tells_no_time_is_no_witness(visit, site):
    """Without a Date header nothing is heard."""
    assert visit(site).end.server_now is None
