"""宜昌工会维权网, the site of the Yichang city union.

Its address is not known to us: no published link was seen. The office confirms it in
config.toml; until then the source is not enabled, and the general reading serves.
"""

from crawler.site import Site

SITE = Site(name="yichang", title="宜昌工会维权网")
