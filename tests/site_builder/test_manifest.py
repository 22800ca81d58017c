"""The manifest while another process reads the catalogue beside it."""

import sqlite3
from contextlib import closing

from site_builder.manifest import Noted, Standing, open_manifest, read_manifest

MANY = 3000
NOTED = Noted(Standing(7, 8), "key", bytes(1000))


def name(number):
    return f"stories/2026/{number:05d}.html"


def shared(path):
    """A manifest that another process may read, with notes of many files."""
    manifest = open_manifest(path)
    manifest.share()
    manifest.go_on()
    for number in reversed(range(MANY)):
        manifest.note(name(number), NOTED, 1)
    return manifest


def test_notes_wait_elsewhere_while_another_process_reads(tmp_path):
    """Many notes neither lock nor lengthen the file that another process reads."""
    path = tmp_path / "manifest.sqlite3"
    manifest = shared(path)

    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT COUNT(*) FROM story").fetchone() == (0,)
    assert path.stat().st_size < MANY * len(NOTED.links)

    manifest.close()


def test_notes_that_waited_are_kept_with_the_seal(tmp_path):
    """What waited stands in the sealed manifest as if it had been noted there."""
    path = tmp_path / "manifest.sqlite3"
    manifest = shared(path)
    manifest.settle()
    manifest.note("index.html", NOTED, 1)
    manifest.seal()
    manifest.close()

    with closing(read_manifest(path)) as kept:
        assert kept.paths() == ["index.html", *map(name, range(MANY))]
        assert kept.counts() == (MANY + 1, MANY + 1)
        assert kept.key(name(5)) == "key"


def test_notes_that_waited_are_forgotten_without_the_seal(tmp_path):
    """A build that is killed before its end leaves no manifest that is believed."""
    path = tmp_path / "manifest.sqlite3"
    shared(path).close()

    assert read_manifest(path) is None
