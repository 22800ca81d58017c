"""The look at a tree's files by a child, while the build starts."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.manifest import lies_of
from site_builder.sweep import start_sweep

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def built(pictures, tmp_path, monkeypatch):
    """A tree that was just built: its folder and its manifest."""
    monkeypatch.setattr("site_builder.sweep.threading.active_count", lambda: 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    build(samples.given(pictures), tmp_path)
    return tmp_path / "out", tmp_path / "work/internal/manifest.sqlite3"


def build(given, folder, sweep=None):
    out, work = folder / "out", folder / "work"
    return build_site(given, Audience.INTERNAL, out, work, sweep)


def test_it_finds_what_was_touched(built):
    """The files that are not as the manifest says, and how that lies."""
    out, manifest = built
    (out / "index.html").write_bytes(b"x")
    (out / "404.html").unlink()

    swept = start_sweep(manifest, out).swept()

    assert {"index.html", "404.html"} == {*swept.doubted}
    assert lies_of(manifest) == swept.lies


def test_a_doubtful_manifest_is_not_believed(built):
    """Then it can tell nothing, and the build looks for itself."""
    out, manifest = built
    manifest.write_bytes(manifest.read_bytes()[:-1] + b"?")

    assert start_sweep(manifest, out).swept() is None


def test_what_a_child_found_before_another_build_does_not_count(
    built, pictures, tmp_path
):
    """The manifest is another one by now: the build looks for itself."""
    out, manifest = built
    stale = start_sweep(manifest, out).swept()
    (out / "404.html").write_bytes(b"x")
    build(samples.given(pictures, stories=samples.STORIES[1:]), tmp_path)
    (out / "404.html").write_bytes(b"x")
    sweep = SimpleNamespace(swept=lambda: stale)

    build(samples.given(pictures, stories=samples.STORIES[1:]), tmp_path, sweep)

    assert (out / "404.html").read_bytes() != b"x"


def test_a_child_that_nobody_asks_is_ended(built):
    """No process and no open pipe is left."""
    out, manifest = built
    sweep = start_sweep(manifest, out)
    pid = sweep.pid

    sweep.end()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert sweep.swept() is None


def test_beside_other_threads_no_child_is_made(built, monkeypatch):
    """A lock that another thread holds would stay shut in the child."""
    out, manifest = built
    monkeypatch.setattr("site_builder.sweep.threading.active_count", lambda: 2)

    assert start_sweep(manifest, out) is None
