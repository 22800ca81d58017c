"""The plan: applied to what the host holds, it gives what it should hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.host import Remote, is_control, part_name
from publisher.plan import (
    KEEP_ASSETS,
    Owned,
    aged,
    make_plan,
    missed,
    order,
    sample,
    stage,
)
from publisher.tree import Leaf

NAMES = [
    "index.html",
    "edition.json",
    "sitemap.xml",
    "feeds/atom.xml",
    "assets/site.0123456789.css",
    "assets/site.abcdef0123.js",
    "pictures/01.webp",
    *(f"stories/{n}.html" for n in range(6)),
    "towns/afs.html",
]
CONTENTS = st.sampled_from(["a", "bb", "cc", "ddd"])
TREES = st.dictionaries(st.sampled_from(NAMES), CONTENTS, min_size=1)


def leaf(content: str) -> Leaf:
    return Leaf(len(content), f"sha-{content}")


@given(tree=TREES, recorded=TREES, held=TREES, mark_known=st.booleans())
def test_applying_the_plan_gives_the_tree(tree, recorded, held, mark_known):
    """Whatever the host holds and the record says: the tree, kept styles, strangers."""
    ours = {p: Owned(len(c), f"sha-{c}") for p, c in recorded.items()}
    listing = {p: Remote(len(c), f"mark-{c}") for p, c in held.items()}
    marks = {p: f"mark-{c}" for p, c in recorded.items()} if mark_known else {}

    plan = make_plan({p: leaf(c) for p, c in tree.items()}, ours, listing, marks)
    after = {**held, **{path: tree[path] for path in plan.put}}
    after = {path: c for path, c in after.items() if path not in plan.delete}

    strangers = {p: c for p, c in held.items() if p not in recorded and p not in tree}
    kept = {path: held[path] for path in plan.keep}
    assert sorted({**tree, **kept, **strangers}) == sorted(after)
    assert {p: len(c) for p, c in tree.items()} == {p: len(after[p]) for p in tree}
    if mark_known:
        assert tree == {path: after[path] for path in tree}
    assert set(strangers) <= set(plan.unknown)
    assert not set(plan.delete) & set(plan.unknown)
    assert sorted(plan.put, key=order) == list(plan.put)


@given(tree=TREES)
def test_a_host_that_holds_the_tree_has_an_empty_plan(tree):
    """Nothing travels, and nothing is deleted."""
    leaves = {p: leaf(c) for p, c in tree.items()}
    ours = {p: Owned(one.size, one.sha256) for p, one in leaves.items()}
    listing = {p: Remote(one.size) for p, one in leaves.items()}

    assert make_plan(leaves, ours, listing, {}).is_empty


def test_the_order_never_names_what_is_not_there_yet():
    """Assets, pictures, stories, lists, front page, feeds, and the seal at last."""
    mixed = [
        *("edition.json", "feeds/rss.xml", "index.html", "towns/index.html"),
        *("sitemap.xml", "stories/2026/7.html", "pictures/0a.webp", "assets/x.css"),
        *("briefing/2026-11-22.txt", "cards/7.png", "sw.js", "search/0.js"),
    ]

    assert sorted(mixed, key=order) == [
        *("assets/x.css", "cards/7.png", "pictures/0a.webp", "stories/2026/7.html"),
        *("briefing/2026-11-22.txt", "search/0.js", "towns/index.html", "index.html"),
        *("feeds/rss.xml", "sitemap.xml", "sw.js", "edition.json"),
    ]
    assert 6 == stage("edition.json")


def test_a_file_that_a_cut_left_open_is_sent_again():
    """Without a hash nobody knows what it holds, even when its size is right."""
    tree = {"index.html": leaf("aa")}

    plan = make_plan(tree, {"index.html": Owned(2, "")}, {"index.html": Remote(2)}, {})

    assert (("index.html",), (), ()) == (plan.put, plan.restored, plan.taken)


@pytest.mark.parametrize(
    ("before", "now", "put"),
    [("1", "1", ()), ("1", "2", ("a.html",)), ("", "2", ()), ("1", "", ())],
)
def test_a_mark_counts_where_both_looks_tell_one(before, now, put):
    """A host that begins or ends to tell marks has not changed all its files."""
    ours, listing = {"a.html": Owned(2, "sha-aa")}, {"a.html": Remote(2, now)}

    plan = make_plan({"a.html": leaf("aa")}, ours, listing, {"a.html": before})

    assert put == plan.put == plan.restored


@pytest.mark.parametrize("left", range(4))
def test_a_style_that_left_the_tree_grows_old(left):
    """It stays for two releases, one older each time, and goes then."""
    sheet = "assets/site.0123456789.css"
    ours = {sheet: Owned(2, "sha-bb", left)}

    plan = make_plan({"index.html": leaf("a")}, ours, {sheet: Remote(2)}, {})

    kept = {sheet: Owned(2, "sha-bb", left + 1)} if left < KEEP_ASSETS else {}
    assert kept == aged(plan)
    assert (() if kept else (sheet,)) == plan.delete


@pytest.mark.parametrize(
    "path", ["pictures/0123456789abcdef.webp", "search/x.0123456789.js", "cards/7.png"]
)
def test_pictures_and_search_go_at_once(path):
    """Only styles and scripts outlive a release: a withdrawn picture never does."""
    plan = make_plan({}, {path: Owned(2, "x")}, {path: Remote(2)}, {})

    assert (path,) == plan.delete


@pytest.mark.parametrize(
    ("before", "after", "lacks"), [(10, 8, False), (10, 7, True), (4, 0, False)]
)
def test_the_guard_knows_a_fifth(before, after, lacks):
    """More than 20 % fewer pages is a fault until somebody says it is not."""
    ours = {f"stories/{n}.html": Owned(1, "sha-a") for n in range(before)}
    listing = {path: Remote(1) for path in ours}
    tree = {f"stories/{n}.html": leaf("a") for n in range(after)}

    assert lacks == make_plan(tree, ours, listing, {}).lacks_pages


def test_a_withdrawal_by_name_explains_its_story_and_its_lists():
    """Of a small site one story is a fifth: whoever withdrew it has said so."""
    lists = {f"topics/{n}.html": Owned(1, "sha-a") for n in range(4)}
    ours = {f"stories/{n}.html": Owned(1, "sha-a") for n in range(6)} | lists
    tree = {f"stories/{n}.html": leaf("a") for n in range(2, 6)}
    taken = ("stories/0.html", "stories/1.html")
    plan = make_plan(tree, ours, {p: Remote(1) for p in ours}, {}, taken)

    assert not plan.lacks_pages
    assert (6, 6, ()) == (plan.pages_gone, plan.pages_told, plan.lost)


@pytest.mark.parametrize(("prefix", "told"), [("stories", 1), ("topics", 11)])
def test_a_withdrawal_explains_no_other_story_and_few_lists(prefix, told):
    """What a fault of the build takes along is still a fault."""
    ours = {f"{prefix}/{n}.html": Owned(1, "sha-a") for n in range(20)}
    ours |= {"stories/w.html": Owned(1, "sha-a")}
    plan = make_plan({}, ours, {p: Remote(1) for p in ours}, {}, ("stories/w.html",))

    assert plan.lacks_pages
    assert told == plan.pages_told
    assert 21 - told == len(plan.lost)


def test_new_pages_do_not_hide_lost_ones():
    """Ten new pages do not make up for ten that vanish."""
    ours = {f"stories/{n}.html": Owned(1, "sha-a") for n in range(10)}
    tree = {f"stories/{n}.html": leaf("a") for n in range(10, 20)}

    assert make_plan(tree, ours, {p: Remote(1) for p in ours}, {}).lacks_pages


def test_what_the_host_stored_differently_is_missed():
    """Fewer bytes, another case of the name, nothing at all."""
    tree = {"a.html": leaf("bb"), "b.html": leaf("bb"), "c.html": leaf("bb")}
    listing = {"a.html": Remote(2), "B.html": Remote(2), "c.html": Remote(1)}

    assert ("b.html", "c.html") == missed(tree, tree, listing)


@given(st.integers(0, 60), st.integers(1, 20))
def test_a_sample_is_of_the_asked_size(files, count):
    """Front page and seal always, and so many others, the same every time."""
    paths = {"index.html", "edition.json", *(f"stories/{n}.html" for n in range(files))}

    chosen = sample("0a1b2c3d", paths, count)

    assert chosen == sample("0a1b2c3d", paths, count)
    assert ("index.html", "edition.json") == chosen[:2]
    assert len(set(chosen)) == 2 + min(files, count)


def test_a_sample_of_nothing_is_empty():
    """A tree without pages has nothing to read back."""
    assert () == sample("", (), 20)


def test_control_files_are_no_part_of_the_site():
    """Records, locks and half-sent files are never listed as somebody's."""
    controls = [".gonghui.json.gz", ".gonghui-lock/note.json", part_name("a/b.html")]

    assert [True, True, True, False] == list(map(is_control, [*controls, "a/b.html"]))
    assert "a/.b.html.gonghui-part" == part_name("a/b.html")
    assert ".b.html.gonghui-part" == part_name("b.html")
