"""Feeds against what the formats ask for, as schemas: RFC 4287, RSS 2.0."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
import samples
from lxml import etree

from site_builder.build import build_site
from site_builder.given import Audience

GRAMMAR = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{ns}"'
    ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
    '<define name="words"><data type="string">'
    '<param name="pattern">[\\s\\S]*\\S[\\s\\S]*</param></data></define>'
    '<define name="uri"><data type="anyURI">'
    '<param name="minLength">1</param></data></define>{rules}</grammar>'
)
# RFC 4287, 4.1: a feed and its entries; the order of elements counts for nothing.
ATOM = GRAMMAR.format(
    ns="http://www.w3.org/2005/Atom",
    rules="""
<start><element name="feed">
<optional><attribute name="xml:lang"/></optional><interleave>
  <ref name="head"/>
  <oneOrMore><element name="author"><ref name="name"/></element></oneOrMore>
  <zeroOrMore><element name="entry"><interleave>
    <ref name="head"/>
    <element name="published"><data type="dateTime"/></element>
    <element name="author"><ref name="name"/></element>
    <optional><element name="summary"><ref name="words"/></element></optional>
  </interleave></element></zeroOrMore>
</interleave></element></start>
<define name="name"><element name="name"><ref name="words"/></element></define>
<define name="head"><interleave>
  <element name="id"><ref name="uri"/></element>
  <element name="title"><ref name="words"/></element>
  <element name="updated"><data type="dateTime"/></element>
  <oneOrMore><element name="link">
    <attribute name="href"><ref name="uri"/></attribute>
    <attribute name="rel">
      <choice><value>alternate</value><value>self</value></choice></attribute>
    <attribute name="type"/>
  </element></oneOrMore>
</interleave></define>""",
)
# RSS 2.0: channel and items; title, link and description are required of a channel.
RSS = GRAMMAR.format(
    ns="",
    rules="""
<start><element name="rss"><attribute name="version"><value>2.0</value></attribute>
<element name="channel"><interleave>
  <element name="title"><ref name="words"/></element>
  <element name="link"><ref name="uri"/></element>
  <element name="description"><ref name="words"/></element>
  <element name="language"><data type="language"/></element>
  <element name="lastBuildDate"><ref name="words"/></element>
  <element name="link" ns="http://www.w3.org/2005/Atom">
    <attribute name="rel"><value>self</value></attribute>
    <attribute name="type"><value>application/rss+xml</value></attribute>
    <attribute name="href"><ref name="uri"/></attribute>
  </element>
  <zeroOrMore><element name="item"><interleave>
    <element name="title"><ref name="words"/></element>
    <element name="link"><ref name="uri"/></element>
    <element name="guid"><attribute name="isPermaLink"><value>false</value></attribute>
      <ref name="words"/></element>
    <element name="pubDate"><ref name="words"/></element>
    <element name="creator" ns="http://purl.org/dc/elements/1.1/">
      <ref name="words"/></element>
    <optional><element name="description"><ref name="words"/></element></optional>
  </interleave></element></zeroOrMore>
</interleave></element></element></start>""",
)
BASE = "https://gonghui.example.cn/news/"


@pytest.fixture(scope="module")
def feeds(tmp_path_factory):
    """The feeds of a public tree whose site has an address."""
    folder = tmp_path_factory.mktemp("feeds")
    given = samples.given(folder / "none")
    site = given.site.model_copy(update={"base_url": BASE})
    placed = replace(given, site=site)
    build_site(placed, Audience.PUBLIC, folder / "out", folder / "work")
    return folder / "out" / "feeds"


def faults(grammar, file):
    """Where a file breaks the grammar, as lines; none where it holds."""
    checker = etree.RelaxNG(etree.fromstring(grammar))
    checker.validate(etree.parse(file))
    return [f"{file.name}:{fault.line} {fault.message}" for fault in checker.error_log]


def test_every_atom_feed_fits_the_format(feeds):
    """Ids, titles, times with a zone, authors and links as RFC 4287 asks."""
    files = sorted(feeds.glob("*atom.xml"))

    assert len(files) > 2
    assert [] == [line for file in files for line in faults(ATOM, file)]


def test_every_rss_feed_fits_the_format(feeds):
    """Channel and items complete, times as RFC 822 writes them, its own address."""
    files = sorted(feeds.glob("*rss.xml"))

    assert len(files) > 2
    assert [] == [line for file in files for line in faults(RSS, file)]
    for file in files:
        for element in etree.parse(file).iter("pubDate", "lastBuildDate"):
            assert parsedate_to_datetime(element.text).tzinfo is not None


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "town-afs.atom.xml"])
def test_a_feed_names_its_own_address(feeds, name):
    """With the site's address set, a reader knows where the feed itself stands."""
    links = etree.parse(feeds / name).iter("{http://www.w3.org/2005/Atom}link")

    own = [link.get("href") for link in links if link.get("rel") == "self"]
    assert [f"{BASE}feeds/{name}"] == own


def test_the_schemas_find_what_is_missing(feeds, tmp_path):
    """A feed without ids is refused: the grammar is no empty promise."""
    broken = tmp_path / "broken.atom.xml"
    text = (
        (feeds / "atom.xml")
        .read_text("utf-8")
        .replace("<id>", "<!--")
        .replace("</id>", "-->")
    )
    broken.write_text(text, "utf-8")

    assert [] != faults(ATOM, broken)
