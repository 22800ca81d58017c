"""Typst in a process of its own: the same files, and an end that costs one form."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict, replace

import pytest
import samples

from newsroom.errors import NewsroomError
from site_builder.forms import engine, typesetting
from site_builder.forms.press import Press


@pytest.fixture
def order(tmp_path):
    template = tmp_path / "words.typ"
    template.write_text("工会 #metadata(1) <pages>", encoding="utf-8")
    return engine.Order(str(template), str(tmp_path), "{}", None, "pdf", 72.0, 0)


@pytest.fixture
def press():
    with Press() as press:
        yield press


def test_what_is_set_apart_is_what_is_set_here(order, press):
    """The process changes nothing about the file, whatever it set before."""
    picture = replace(order, form="png")

    set_apart = [press.set(one) for one in (order, picture, order)]

    assert [engine.set_here(one) for one in (order, picture, order)] == set_apart


def test_the_process_answers_orders_in_turn(order):
    """A line of JSON and the files behind it, for each line that was asked."""
    lines = [json.dumps(told) for told in (asdict(order), {engine.FACES: None})]
    answered = io.BytesIO()

    engine.serve(io.BytesIO("\n".join(lines).encode()), answered)

    answered.seek(0)
    note = json.loads(answered.readline())
    (made,) = (answered.read(size) for size in note["sizes"])
    assert engine.set_here(order).files == (made,)
    assert [] != json.loads(answered.readline())[engine.FACES]


def test_a_template_that_typst_refuses_is_a_fault_and_no_end(order, press, tmp_path):
    """The next form is set as if nothing had been."""
    wrong = tmp_path / "wrong.typ"
    wrong.write_text("#nothing()", encoding="utf-8")

    refused = press.set(replace(order, template=str(wrong)))

    assert "unknown variable" in refused.fault
    assert press.set(order) == engine.set_here(order)


def test_an_engine_that_dies_is_the_fault_of_one_form(
    setter, press, monkeypatch, tmp_path
):
    """A process that ends without an answer is a sentence; the next form has a new."""
    dying = tmp_path / "dying"
    dying.write_text("#!/bin/sh\necho gone >&2\nexit 7\n")
    dying.chmod(0o755)
    told = {"form": "pdf", "made_at": samples.NOW, "name": "简报 PDF"}
    shelf, broken = setter.shelf, typesetting.Typesetter(press)
    monkeypatch.setattr(typesetting, "find_fonts", lambda *_: shelf)
    monkeypatch.setattr(sys, "executable", str(dying))

    with pytest.raises(NewsroomError, match="简报 PDF没有排成：排版程序意外退出"):
        typesetting.typeset("briefing.typ", {}, broken, **told)
    monkeypatch.undo()

    assert press.faces(None)


def test_a_press_that_cannot_start_says_what_to_look_at(
    order, press, monkeypatch, tmp_path
):
    """No program or no memory is a fault in words, and the next form tries anew."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))

    refused = press.set(order)
    with pytest.raises(NewsroomError, match="排版程序启动不了，请看内存和磁盘"):
        press.faces(None)
    monkeypatch.undo()

    assert refused.fault.startswith("排版程序启动不了，请看内存和磁盘")
    assert press.set(order).fault is None
