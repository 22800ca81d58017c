"""One short file a site, and generic spiders for sites that need none."""
