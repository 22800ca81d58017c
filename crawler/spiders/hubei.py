"""湖北工会网, the site of the provincial union.

Seen in published links: http://www.hbzgh.org.cn/ and articles at
/xw/<column>/<19 digits>.html. Nobody has opened a list page for this file, so it names
no selectors: the general reading serves.
"""

from crawler.site import Site
from page_reading.layout import Layout

SITE = Site(
    name="hubei",
    title="湖北工会网",
    hosts=("www.hbzgh.org.cn",),
    layouts=(Layout(article_pattern=r"/xw/[A-Za-z0-9_]+/\d{19}\.html$"),),
)
