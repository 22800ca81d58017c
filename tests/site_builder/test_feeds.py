import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import samples

from site_builder.build import build_site
from site_builder.given import Audience

ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(pictures, tmp_path, audience=Audience.PUBLIC, **more):
    build_site(
        samples.given(pictures, **more), audience, tmp_path / "out", tmp_path / "work"
    )
    return tmp_path / "out/feeds"


def test_feeds_are_well_formed_whatever_a_headline_holds(pictures, tmp_path):
    """Control characters and markup in a headline do not break a feed."""
    headline = "省总\x08部署\ufffe <b>&]]> \x1f防暑\uffff"
    odd = replace(samples.STORIES[4], headline=headline)
    stories = tuple(odd if s.id == 5 else s for s in samples.STORIES)

    folder = feeds(pictures, tmp_path, stories=stories)

    atom = ET.fromstring((folder / "atom.xml").read_bytes())
    rss = ET.fromstring((folder / "rss.xml").read_bytes())
    told = json.loads((folder / "feed.json").read_text("utf-8"))
    titles = [
        [e.findtext(f"{ATOM}title") for e in atom.iter(f"{ATOM}entry")],
        [e.findtext("title") for e in rss.iter("item")],
        [e["title"] for e in told["items"]],
    ]
    assert titles[0] == titles[1] == titles[2]
    assert "省总部署 <b>&]]> 防暑" in titles[0]


def test_links_are_absolute_where_the_site_has_an_address(pictures, tmp_path):
    """A feed reader gets whole addresses, and ids that survive a move."""
    site = samples.SITE.model_copy(update={"base_url": "https://gh.example.org/n/"})

    folder = feeds(pictures, tmp_path, site=site)

    told = json.loads((folder / "feed.json").read_text("utf-8"))
    assert told["items"][0]["url"] == "https://gh.example.org/n/stories/2026/1.html"
    assert told["items"][0]["id"].startswith("urn:uuid:")
