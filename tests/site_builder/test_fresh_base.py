"""A new base of the search that is begun while stories are being made."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from site_builder.search.documents import Document
from site_builder.search.fresh import FreshBase
from site_builder.search.layout import new_layout
from site_builder.search.records import Searched

STORIES = 57
BLOCK = 4


class Kept:
    """Texts that are all at hand; which ones were read."""

    def __init__(self):
        self.asked = []

    def read(self, ids):
        self.asked += ids
        told = (
            Searched(f"p{i}", f"第{i}篇", "", "", "职工" * (i % 3 + 1)) for i in ids
        )
        return dict(zip(ids, told, strict=True))


def laid_out():
    documents = [Document(float(n), 1000 - n, f"{n:016}") for n in range(STORIES)]
    layout = new_layout(documents, "ground")
    return replace(layout, base=replace(layout.base, block=BLOCK, shards=3))


def shards_of(base):
    return [base.gathering.shard(number) for number in range(3)]


@given(order=st.permutations(range(1001 - STORIES, 1001)), at_once=st.integers(1, 70))
def test_in_whatever_order_stories_are_made_the_files_are_the_same(order, at_once):
    """Each block once, each text read once, and the same terms."""
    plain = FreshBase(laid_out(), Kept())
    begun = FreshBase(laid_out(), Kept(), at_once)
    expected = {part.path: part.make() for part in plain.rest()}

    parts = [part for story_id in order for part in begun.noted(story_id)]
    parts += begun.rest()

    assert [*expected] == [part.path for part in parts]
    assert expected == {part.path: part.make() for part in parts}
    assert sorted(order) == sorted(begun.texts.asked)
    assert shards_of(plain) == shards_of(begun)


def test_blocks_come_as_soon_as_their_stories_are_made():
    """The oldest come first; what was not noted is read in the end."""
    base = FreshBase(laid_out(), Kept(), BLOCK)

    assert [] == list(base.noted(999))
    early = [part.path for n in (1000, 998, 997) for part in base.noted(n)]
    late = [part.path for part in base.rest()]

    assert 1 == len(early)
    assert -(-STORIES // BLOCK) - 1 == len(late)
