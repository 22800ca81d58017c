from datetime import date
from pathlib import Path

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import NewsroomError
from site_builder.given import Audience
from site_builder.index import read_index
from site_builder.links import (
    PAGED,
    Address,
    Kind,
    briefing_address,
    day_address,
    read_address,
    relative,
    resolve,
)
from site_builder.shown import show
from site_builder.standpoint import tree_of


@st.composite
def addresses(draw) -> Address:
    kind = draw(st.sampled_from(list(Kind)))
    key = draw(st.from_regex(kind.pattern, fullmatch=True).filter(str.isascii))
    page = draw(st.integers(0, 30)) if kind in PAGED else 0
    try:
        return Address(kind, key, page)
    except NewsroomError:
        return Address(kind, "afs", page)


@given(addresses())
def test_an_address_is_read_back_from_its_path(address):
    """Reading a path gives the address that it was made from."""
    assert read_address(address.path) == address


@given(addresses(), addresses())
def test_two_addresses_never_share_a_file(one, other):
    """Different addresses have different paths, upper and lower case alike."""
    same = one.path.casefold() == other.path.casefold()

    assert same == (one == other)


@given(addresses(), addresses())
def test_a_relative_link_leads_to_its_target(target, base):
    """Whatever page it stands on, a link leads to the file that was meant."""
    assert resolve(relative(target, base), base.path) == target.path


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_linked_to_where_it_stands(day):
    """The short way to a day's page and briefing leads where the address says."""
    shown = show(samples.given(Path("none")), Audience.INTERNAL)
    at = tree_of(shown, read_index(shown.connection)).at(Address(Kind.TOWN, "afs", 2))

    assert relative(day_address(day), at.base) == at.day(day)
    assert relative(briefing_address(day), at.base) == at.briefing(day)


@given(addresses())
def test_a_path_is_ascii_and_relative(address):
    """A path works on every disk and in a sub-folder."""
    assert address.path.isascii()
    assert not address.path.startswith("/")


@pytest.mark.parametrize("key", ["con", "index", "../x", "镇", "Afs", "lpt1", ""])
def test_a_key_that_is_no_file_name_is_refused(key):
    """An id that some disk could not hold is an error, not a lost page."""
    with pytest.raises(NewsroomError, match="编号"):
        Address(Kind.TOWN, key)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (Address(Kind.FRONT), "index.html"),
        (Address(Kind.STORY, "2026/123"), "stories/2026/123.html"),
        (Address(Kind.DAY, "2026-09-21"), "days/2026-09-21.html"),
        (Address(Kind.TOWN, "afs"), "towns/afs.html"),
        (Address(Kind.TOWN, "afs", 2), "towns/afs/2.html"),
        (Address(Kind.TOWNS), "towns/index.html"),
        (Address(Kind.BRIEFING_TEXT, "2026-09-21"), "briefing/2026-09-21.txt"),
        (Address(Kind.JSON_FEED), "feeds/feed.json"),
    ],
)
def test_the_addresses_are_those_that_were_promised(address, path):
    """The addresses of pages do not change: others link to them."""
    assert path == address.path


def test_a_path_of_nothing_is_no_address():
    """A file that is none of ours is not taken for one."""
    assert read_address("notes.txt") is None
    assert read_address("days/../index.html") is None
