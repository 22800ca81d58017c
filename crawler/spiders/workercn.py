"""中工网, the site of the national workers' daily.

Seen in published links, both shapes of article addresses: /34/202008/05/<id>.shtml
(until about 2021) and /c/YYYY-MM-DD/<id>.shtml. No selectors: the general reading
serves.
"""

from crawler.site import Site
from page_reading.layout import Layout

SITE = Site(
    name="workercn",
    title="中工网",
    hosts=("www.workercn.cn",),
    layouts=(
        Layout(
            article_pattern=(
                r"(?:/\d+/\d{6}/\d{2}/[A-Za-z0-9]+|/c/\d{4}-\d{2}-\d{2}/\d+)\.shtml$"
            )
        ),
    ),
)
