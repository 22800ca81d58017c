"""A release on a host of every kind: whole, in order, nothing of others touched."""

from __future__ import annotations

import shutil
import sys

import pytest

from publisher.faults import PublishFailed, PublishRefused
from publisher.host import RECORD
from publisher.logbook import Logbook

trees = sys.modules["publisher_tests_trees"]
make_tree, send, contents, style = (
    trees.make_tree,
    trees.send,
    trees.contents,
    trees.style,
)


def test_a_release_stands_on_the_host_byte_for_byte(stand, tree, book):
    """Every file of the tree, no other, each with its bytes."""
    receipt = send(stand.open(), tree, book)

    assert contents(tree) == stand.files()
    assert len(receipt.sent) == receipt.files == receipt.verified == 15
    assert {"index.html", "edition.json"} < set(receipt.hashed)


def test_an_unchanged_site_sends_nothing(stand, tree, book):
    """The second publishing of the same tree changes nothing."""
    send(stand.open(), tree, book)

    receipt = send(stand.open(), tree, book)

    assert ((), ()) == (receipt.sent, receipt.deleted)


def test_only_what_changed_travels(stand, tree, book):
    """A new story travels with the lists and the front page, not the old stories."""
    send(stand.open(), tree, book)
    make_tree(tree, range(1, 10))

    receipt = send(stand.open(), tree, book)

    assert contents(tree) == stand.files()
    assert receipt.sent == (
        "stories/9.html",
        "towns/index.html",
        "index.html",
        "feeds/atom.xml",
        "sitemap.xml",
    )


def test_a_story_that_left_the_tree_leaves_the_host(stand, tree, book):
    """Deletions come last, and their absence is seen."""
    send(stand.open(), tree, book)
    make_tree(tree, range(1, 8))

    receipt = send(stand.open(), tree, book)

    assert contents(tree) == stand.files()
    assert ("stories/8.html",) == receipt.deleted == receipt.absent


def test_d27_what_others_changed_is_restored_and_what_they_put_stays(stand, tree, book):
    """D27: our edited and deleted files come back; unknown files are listed only."""
    send(stand.open(), tree, book)
    host = stand.open()
    host.begin()
    host.write("stories/3.html", b"hacked")
    host.write("guestbook/index.php", b"not ours")
    host.delete("stories/4.html")
    host.commit("by-hand")
    host.close()

    receipt = send(stand.open(), tree, book)

    wanted = {**contents(tree), "guestbook/index.php": b"not ours"}
    assert wanted == stand.files()
    assert ("stories/3.html", "stories/4.html") == receipt.restored
    assert ("guestbook/index.php",) == receipt.unknown


@pytest.mark.parametrize("kind", ["plain", "ftps", "s3"])
def test_d27_an_edit_of_the_same_size_is_found(stand_of, tree, book, kind):
    """D27: a changed time or hash betrays an edit that kept the size."""
    stand = stand_of(kind)
    send(stand.open(), tree, book)
    before = Logbook(book, "here").marks()
    Logbook(book, "here").keep_marks({**before, "stories/3.html": "another"})

    receipt = send(stand.open(), tree, book)

    assert ("stories/3.html",) == receipt.restored


def test_d27_a_lost_record_is_known_here(stand, tree, book):
    """D27: who deletes our record on the host does not make our files strangers."""
    send(stand.open(), tree, book)
    host = stand.open()
    if not host.atomic:
        host.delete(".gonghui.json.gz")
    host.close()

    assert () == send(stand.open(), tree, book).unknown


@pytest.mark.parametrize("kind", ["folder", "plain", "sftp", "s3"])
def test_d27_a_host_that_was_given_to_others_is_a_first_publishing(
    stand_of, tree, book, kind
):
    """D27: emptied, with another site in our place: our own copy claims none of it."""
    stand = stand_of(kind)
    send(stand.open(), tree, book)
    _hand_over(stand, {"index.html": b"another site", "bbs/post.php": b"x"})

    with pytest.raises(PublishRefused, match=r"第一次发布先停下来"):
        send(stand.open(), tree, book)

    assert b"another site" == stand.files()["index.html"]


def test_d27_a_cut_on_a_host_that_was_emptied_is_gone_on_with(
    stand_of, tree, book, monkeypatch
):
    """D27, D05: what lies there by then was brought by the run that was cut."""
    stand = stand_of("plain")
    send(stand.open(), tree, book)
    _hand_over(stand, {})
    half = stand.open()
    monkeypatch.setattr(half, "_put", _cut_after(half, 5))
    with pytest.raises(KeyboardInterrupt):
        send(half, tree, book)

    send(stand.open(), tree, book)

    assert contents(tree) == stand.files()


def _cut_after(host, count):
    put = host._put
    left = iter(range(count))

    def work(path, content):
        if next(left, None) is None:
            raise KeyboardInterrupt
        put(path, content)

    return work


@pytest.mark.parametrize("kind", ["folder", "plain", "s3"])
def test_a_withdrawn_page_lies_in_no_release_of_the_host(stand_of, tree, book, kind):
    """Former releases that a folder keeps for its readers go with a withdrawal."""
    stand = stand_of(kind)
    send(stand.open(), tree, book)
    make_tree(tree, range(1, 8))
    gone = ("stories/8.html",)

    receipt = send(stand.open(), tree, book, gone=gone)

    base = getattr(stand.open(), "base", None)
    left = list(base.rglob("8.html")) if base else []
    assert (gone, []) == (receipt.absent, left)
    assert contents(tree) == stand.files()


def test_the_first_publishing_into_a_foreign_folder_stops(stand, tree, book):
    """Nothing is changed; the files are named, and an own sub-folder is proposed."""
    _put_foreign(stand, {"index.html": b"old site", "bbs/post.php": b"x"})

    with pytest.raises(PublishRefused, match=r"bbs/post\.php、index\.html") as refused:
        send(stand.open(), tree, book)

    assert 'folder = "site/gonghui"' in str(refused.value)
    assert "--adopt index.html" in str(refused.value)
    assert {"index.html": b"old site", "bbs/post.php": b"x"} == stand.files()


@pytest.mark.parametrize("kind", ["plain", "sftp", "ftps", "s3"])
def test_adopted_files_are_replaced_and_others_stay(stand_of, tree, book, kind):
    """--adopt with the name typed replaces that file only."""
    stand = stand_of(kind)
    _put_foreign(stand, {"index.html": b"old site", "bbs/post.php": b"x"})

    receipt = send(stand.open(), tree, book, adopt=frozenset({"index.html"}))

    assert {**contents(tree), "bbs/post.php": b"x"} == stand.files()
    assert (("bbs/post.php",), ("index.html",)) == (receipt.unknown, receipt.adopted)


def test_a_name_that_is_not_there_cannot_be_adopted(stand_of, tree, book):
    """A mistyped name is said, and nothing is changed."""
    stand = stand_of("plain")
    _put_foreign(stand, {"index.html": b"old site"})

    with pytest.raises(PublishRefused, match=r"没有 --adopt 写的这些文件：indx\.html"):
        send(stand.open(), tree, book, adopt=frozenset({"index.html", "indx.html"}))


def test_a_new_page_never_overwrites_a_file_of_others(stand, tree, book):
    """A file that others put where our next story goes stops the publishing."""
    send(stand.open(), tree, book)
    host = stand.open()
    host.begin()
    host.write("stories/9.html", b"not ours")
    host.commit("by-hand")
    host.close()
    make_tree(tree, range(1, 10))

    with pytest.raises(PublishRefused, match=r"--adopt stories/9\.html"):
        send(stand.open(), tree, book)


def test_d28_a_site_that_lost_a_fifth_of_its_pages_is_not_sent(stand, tree, book):
    """D28: the old site stays until the number of vanishing pages is typed."""
    send(stand.open(), tree, book)
    before = stand.files()
    make_tree(tree, range(1, 6))

    with pytest.raises(PublishRefused, match="--confirm-fewer 3"):
        send(stand.open(), tree, book)
    with pytest.raises(PublishRefused, match="--confirm-fewer 3"):
        send(stand.open(), tree, book, confirmed=2)
    kept = stand.files()
    send(stand.open(), tree, book, confirmed=3)

    assert before == kept
    assert contents(tree) == stand.files()


def test_d29_former_styles_stay_for_two_releases(stand, tree, book):
    """D29: a page of release A in a reader's hands finds its style in B and C."""
    sheets = []
    for day in (1, 2, 3, 4):
        make_tree(tree, range(1, 9), day)
        send(stand.open(), tree, book)
        sheets.append({p for p in stand.files() if p.startswith("assets/")})

    assert [
        {style(1)},
        {style(1), style(2)},
        {style(1), style(2), style(3)},
        {style(2), style(3), style(4)},
    ] == sheets


def test_another_computer_knows_what_is_ours(stand, tree, tmp_path):
    """The record lies on the host: a new computer takes over without a question."""
    send(stand.open(), tree, tmp_path / "one")
    make_tree(tree, range(2, 10))

    receipt = send(stand.open(), tree, tmp_path / "two")

    assert contents(tree) == stand.files()
    assert ("stories/1.html",) == receipt.deleted


def test_what_is_known_of_one_folder_is_not_believed_of_another(stand_of, tree, book):
    """A changed folder in the settings is a first publishing again."""
    stand = stand_of("plain")
    _put_foreign(stand, {"index.html": b"old site"})
    Logbook(book, "elsewhere").keep_record(b"of another place")

    with pytest.raises(PublishRefused, match="第一次发布"):
        send(stand.open(), tree, book)


def test_a_damaged_record_stops_before_anything_is_touched(stand_of, tree, book):
    """Nobody guesses which files are ours."""
    stand = stand_of("plain")
    send(stand.open(), tree, book)
    host = stand.open()
    host.write(".gonghui.json.gz", b"damaged")

    with pytest.raises(PublishFailed, match=r"\.gonghui\.json\.gz 坏了"):
        send(stand.open(), tree, book)


def _hand_over(stand, files: dict[str, bytes]) -> None:
    """The host as others find it: nothing of ours, and their own files."""
    from publisher.hosts.folder import ReleaseFolder

    host = stand.open()
    if isinstance(host, ReleaseFolder):
        shutil.rmtree(host.base)
    else:
        for path in (*host.listing(), RECORD):
            host.delete(path)
    host.close()
    _put_foreign(stand, files)


def _put_foreign(stand, files: dict[str, bytes]) -> None:
    from publisher.hosts.folder import PlainFolder, ReleaseFolder

    host = stand.open()
    if isinstance(host, ReleaseFolder):
        site = host.base
        host = PlainFolder(site)
        stand.seen = lambda: contents(site)
    host.begin()
    for path, content in files.items():
        host.write(path, content)
    host.close()
