"""What is written down of a publishing, and what an unchanged one costs."""

from __future__ import annotations

import hashlib
import json
import sys

import pytest

from publisher.hosts.folder import ReleaseFolder
from publisher.logbook import Logbook, Receipt
from publisher.tree import read_release

trees = sys.modules["publisher_tests_trees"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


def test_a_receipt_says_what_travelled_when_and_by_whom(stand_of, tree, book):
    """The receipt on the disk holds the facts."""
    stand = stand_of("plain")
    receipt = send(stand.open(), tree, book)

    (file,) = (book / "receipts").iterdir()
    told = json.loads(file.read_text(encoding="utf-8"))
    sums = {p: hashlib.sha256(c).hexdigest() for p, c in contents(tree).items()}
    whole = "".join(f"{path}\0{sums[path]}\n" for path in sorted(sums))
    assert ("main", "何某") == (told["host"], told["by"])
    assert hashlib.sha256(whole.encode()).hexdigest() == told["release"]
    assert list(receipt.sent) == told["sent"]
    assert trees.NOW.isoformat() == told["at"]


def test_receipts_of_one_second_stand_in_their_order(tmp_path):
    """The last one by name is the newest, whatever its release is called."""
    book = Logbook(tmp_path, "main")
    moments = [trees.NOW.replace(microsecond=part) for part in (100_000, 900_000)]

    names = [
        book.keep_receipt(Receipt("main", release, "何某", at)).name
        for release, at in zip(("f" * 64, "0" * 64), moments, strict=True)
    ]

    assert sorted(names) == names


def test_an_unchanged_site_is_seen_without_reading_a_file(tmp_path, monkeypatch):
    """Sizes and times tell that nothing changed: no content is read, here or there."""
    tree = make_tree(tmp_path / "tree", range(40))
    memory = tmp_path / "memory.json"
    read_release(tree, memory)
    send(ReleaseFolder(tmp_path / "site"), tree, tmp_path / "book", memory=memory)
    monkeypatch.setattr("publisher.tree.hash_file", lambda file: pytest.fail(str(file)))

    host = ReleaseFolder(tmp_path / "site")
    monkeypatch.setattr(host, "send", lambda *_: pytest.fail("sent"))
    receipt = send(host, tree, tmp_path / "book", memory=memory)

    assert not receipt.changed
