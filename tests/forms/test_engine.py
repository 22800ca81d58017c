"""Typst in a process of its own: the same files, and an end that costs one form."""

from __future__ import annotations

import sys

import pytest
import samples

from newsroom.errors import NewsroomError
from site_builder.forms import engine, typesetting


@pytest.fixture
def order(tmp_path):
    template = tmp_path / "words.typ"
    template.write_text("工会 #metadata(1) <pages>", encoding="utf-8")
    return engine.Order(str(template), str(tmp_path), "{}", None, "pdf", 72.0, 0)


def test_what_is_set_apart_is_what_is_set_here(order):
    """The process changes nothing about the file."""
    assert engine.set_here(order) == engine.set_apart(order)


def test_an_engine_that_dies_is_the_fault_of_one_form(shelf, monkeypatch, tmp_path):
    """A process that ends without an answer is a sentence, not a traceback."""
    dying = tmp_path / "dying"
    dying.write_text("#!/bin/sh\necho gone >&2\nexit 7\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))

    with pytest.raises(NewsroomError, match="简报 PDF没有排成：排版程序意外退出"):
        typesetting.typeset(
            "briefing.typ",
            {},
            shelf,
            form="pdf",
            made_at=samples.NOW,
            name="简报 PDF",
        )
