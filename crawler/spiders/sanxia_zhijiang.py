"""三峡枝江网, a general news site of Zhijiang: only union items are ours.

Its address is not known to us: no published link was seen. The office confirms it in
config.toml; until then the source is not enabled. What is union news is decided by
``union_filter`` after reading, not here; the general reading serves.
"""

from crawler.site import Site

SITE = Site(name="sanxia_zhijiang", title="三峡枝江网")
