from hypothesis import given
from hypothesis import strategies as st
from samples import STORIES

from newsroom.outline import story_outline
from site_builder.index import index_stories, pages_of

ids = st.integers(0, 400).map(lambda n: tuple(range(n, 0, -1)))
sizes = st.integers(2, 60)


@given(ids, sizes)
def test_pages_hold_every_story_once_in_order(story_ids, size):
    """Cutting a list into pages loses nothing and keeps the order."""
    pages = pages_of(story_ids, size)

    assert story_ids == tuple(i for page in pages for i in page)


@given(ids, sizes)
def test_the_first_page_is_neither_bare_nor_endless(story_ids, size):
    """The first page holds at most one and a half pages, the others exactly one."""
    first, *older = pages_of(story_ids, size)

    assert len(first) < size + size / 2 + 1
    assert all(len(page) == size for page in older)


@given(ids, sizes)
def test_a_new_story_leaves_older_pages_as_they_are(story_ids, size):
    """A new story changes the first page, and at most cuts one more page off it."""
    before = pages_of(story_ids, size)[1:]
    after = pages_of((len(story_ids) + 1, *story_ids), size)[1:]

    assert before == after[len(after) - len(before) :]


def test_the_index_does_not_depend_on_the_order_given():
    """The same stories in any order give the same lists."""
    outlines = [story_outline(story, "") for story in STORIES]

    assert index_stories(outlines) == index_stories(reversed(outlines))
