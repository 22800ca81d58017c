import os
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import pytest
import samples

from newsroom.errors import NewsroomError
from site_builder import course, crew, second
from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.manifest import read_manifest
from site_builder.second import Second

OTHER = samples.SITE.model_copy(update={"banner": "别的"})
SEND, SEND_PARTS = Second._send, Second._send_parts


@pytest.fixture
def many(pictures, monkeypatch):
    """More stories than a batch holds, given to a build that two processes make."""
    monkeypatch.setattr(crew, "MANY", 1)
    monkeypatch.setattr(crew, "_cores", lambda: 2)
    monkeypatch.setattr(course, "BATCH", 5)
    return samples.given(pictures, stories=samples.STORIES + samples.SIXTY_STORIES)


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file()
    }


def noted(folder):
    manifest = read_manifest(folder / "internal/manifest.sqlite3")
    sql = "SELECT path, size, key, links FROM file ORDER BY path"
    rows = manifest.connection.execute(sql).fetchall()
    manifest.close()
    return rows


def refuse():
    """Settings that somebody saves just now."""
    raise NewsroomError("设置读不进去")


@pytest.mark.parametrize(
    "again",
    [
        lambda given: partial(nullcontext, given),
        lambda given: partial(nullcontext, replace(given, site=OTHER)),
        lambda given: refuse,
        lambda given: partial(os._exit, 3),
    ],
    ids=["works", "has other settings", "cannot read", "dies"],
)
def test_two_processes_make_what_one_makes(many, tmp_path, again, capfd):
    """The same bytes and the same notes, also where the second process fails."""
    alone, both = tmp_path / "alone", tmp_path / "both"
    one = build_site(many, Audience.INTERNAL, alone, tmp_path / "work1")
    shared = replace(many, again=again(many))
    two = build_site(shared, Audience.INTERNAL, both, tmp_path / "work2")

    assert one == two
    assert tree(alone) == tree(both)
    assert noted(tmp_path / "work1") == noted(tmp_path / "work2")
    assert "Traceback" not in capfd.readouterr().err


def test_the_second_process_does_its_part(many, tmp_path, monkeypatch):
    """Most batches are made by one of the two, none by both."""
    sent = []
    monkeypatch.setattr(
        "site_builder.second.Second._send",
        lambda self, jobs: sent.extend(jobs) or SEND(self, jobs),
    )
    shared = replace(many, again=partial(nullcontext, many))

    report = build_site(shared, Audience.INTERNAL, tmp_path / "o", tmp_path / "w")

    assert sent
    assert len(tree(tmp_path / "o")) == report.written


@pytest.mark.parametrize("most", [0, 1, 4])
def test_texts_of_the_search_are_written_by_either(many, tmp_path, monkeypatch, most):
    """The same files, whether all, some or none of them wait for the other process."""
    sent = []
    monkeypatch.setattr(second, "MOST_PARTS", most)
    monkeypatch.setattr(second, "A_FEW", 1)
    monkeypatch.setattr(
        Second,
        "_send_parts",
        lambda self: sent.extend(self._parts) or SEND_PARTS(self),
    )
    shared = replace(many, again=partial(nullcontext, many))
    build_site(many, Audience.INTERNAL, tmp_path / "alone", tmp_path / "work1")

    build_site(shared, Audience.INTERNAL, tmp_path / "both", tmp_path / "work2")

    assert bool(sent) is (most > 0)
    assert tree(tmp_path / "alone") == tree(tmp_path / "both")
