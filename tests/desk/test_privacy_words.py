"""What ``gonghui privacy`` says: our words, and what an issued edition still has."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from story_store.privacy import KEPT, KEPT_WORDS
from workflow.cli import make_app
from workflow.office import Office

NAME = "李桂香"


@pytest.fixture
def said(house, monkeypatch):
    """Runs ``gonghui privacy`` on the house; gives what it says."""

    def run(*words):
        monkeypatch.setattr(
            "workflow.office.open_office", lambda *_args, **_named: house.office
        )
        monkeypatch.setattr(Office, "store", lambda _office: nullcontext(house.store))
        return CliRunner().invoke(make_app(), ["privacy", *words]).output

    return run


@pytest.fixture
def issued(house):
    """A story that names somebody, signed and in the issued edition."""
    number = house.number(text=f"{house.text}\n职工{NAME}说：“心里踏实。”")
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    return house.store.submission(number)


def test_every_table_that_stays_has_a_word():
    """No name of a table is ever shown."""
    assert set(KEPT) == set(KEPT_WORDS)


def test_what_is_found_is_told_in_words(said, issued):
    """Neither tables nor the marks of a record; files of one kind in one line."""
    told = said("find", NAME)

    assert "已出的期次：" in told
    assert f"职工{NAME}说" in told
    assert not re.search(r"\w+Row\b|[{}\[\]\\]|\w\":", told)
    assert 1 == told.count("网页：盖住或撤稿后自动重做")


def test_what_an_issued_edition_still_names_is_told_with_its_command(said, issued):
    """Masking leaves the edition as it was issued: the way to end that is given."""
    told = said("erase", NAME, "--yes")

    assert f"《{issued.title}》" in told
    assert f"gonghui withdraw {issued.story_id} --by 姓名" in told
    assert "自动重做" not in told
    assert "run.json" not in told


def test_of_a_withdrawn_story_nothing_is_asked_any_more(house, said, issued):
    """Its pages are gone, so no command is offered."""
    house.act("editor", issued.number, "withdraw", reason="当事人要求")
    told = said("erase", NAME, "--yes")

    assert "gonghui withdraw" not in told.partition("还登着")[2]
    assert "还登着" not in told
