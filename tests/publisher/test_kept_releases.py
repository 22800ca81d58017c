"""The releases that are kept here, on a disk that does not keep all of them."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from publisher.faults import PublishFailed
from publisher.hosts.folder import PlainFolder, ReleaseFolder
from publisher.logbook import Logbook
from publisher.publish import Order, Watch, publish
from publisher.releases import ReleaseStore
from publisher.tree import hash_file, read_release

trees = sys.modules["publisher_tests_trees"]
make_tree, send, contents, NOW = (
    trees.make_tree,
    trees.send,
    trees.contents,
    trees.NOW,
)


def keep(store: ReleaseStore, tree, day: int = 1, numbers=range(1, 9)):
    """Keep the tree of a day, and note that it stood on a host."""
    make_tree(tree, numbers, day=day)
    release = store.keep(read_release(tree), NOW + timedelta(days=day))
    store.note_published(release.digest)
    return release


def place(store: ReleaseStore, release, path: str):
    """Where the store holds the bytes of a path."""
    sha256 = release.files[path].sha256
    return store._contents / sha256[:2] / sha256


@pytest.mark.parametrize("harm", ["other", "gone"])
def test_a_damaged_content_is_never_sent(tree, tmp_path, book, harm):
    """What the disk spoilt comes from the tree anew; the host gets the right one."""
    store = ReleaseStore(tmp_path / "releases")
    release = keep(store, tree)
    kept = place(store, release, "stories/3.html")
    wanted = contents(tree)
    kept.unlink()
    if harm == "other":
        kept.write_bytes(b"x" * release.files["stories/3.html"].size)
    order = Order("main", "site", "何某")

    publish(
        PlainFolder(tmp_path / "site"),
        store.keep(read_release(tree), NOW),
        Logbook(book, "here"),
        order,
        Watch(trees.Clock()),
    )

    assert wanted == contents(tmp_path / "site")
    assert hash_file(kept) == release.files["stories/3.html"].sha256


def test_a_tree_that_changes_while_it_travels_is_said(tree, tmp_path):
    """Neither the store nor the tree holds it any more: nothing wrong is sent."""
    store = ReleaseStore(tmp_path / "releases")
    release = keep(store, tree)
    place(store, release, "stories/3.html").unlink()
    (tree / "stories" / "3.html").write_text("edited by hand", encoding="utf-8")

    with pytest.raises(PublishFailed, match=r"stories/3\.html 在发布途中变了"):
        _ = release.sources["stories/3.html"]


@pytest.mark.parametrize(
    ("ending", "torn"), [("json", b""), ("json", b'{"dig'), ("files", b"")]
)
def test_a_torn_note_of_one_release_stops_nothing_else(tree, tmp_path, ending, torn):
    """A power cut tears a note: publishing goes on, that release is out of reach."""
    store = ReleaseStore(tmp_path / "releases")
    first, second = keep(store, tree, 1), keep(store, tree, 2)
    (tmp_path / "releases" / "lists" / f"00000002.{ending}").write_bytes(torn)

    third = keep(store, tree, 3)

    steps = 1 if ending == "json" else 2
    assert first.digest == store.back(third.digest, steps).digest
    assert store.block(["stories/1.html"], "已撤下") == 2
    if ending == "files":
        with pytest.raises(PublishFailed, match="保存得不完整（文件清单）"):
            store.load(store.releases()[1])
    assert second.digest != third.digest


def test_a_host_that_was_down_forgets_the_withdrawn_story_later(tree, tmp_path, book):
    """The publishing that takes its page away takes the former releases along."""
    site = tmp_path / "site"
    send(ReleaseFolder(site), tree, book)
    make_tree(tree, range(2, 9))

    send(ReleaseFolder(site), tree, book, withdrawn=frozenset({"stories/1.html"}))

    assert not list(site.rglob("1.html"))
    assert len(list((site / "releases").iterdir())) == 1
