"""枝江市总工会网, the office's own site.

Its address is not known to us: no published link was seen. The office confirms it in
config.toml; until then the source is not enabled, and the general reading serves.
"""

from crawler.site import Site

SITE = Site(name="zhijiang", title="枝江市总工会网")
