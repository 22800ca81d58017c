"""Withdrawing a story: off every host, out of every form, with proof."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.errors import NewsroomError
from newsroom.story import StoryState
from publisher.logbook import Logbook
from tests.workflow.two_hosts import files, the_story
from workflow.cli import run
from workflow.former_places import former_places
from workflow.office import Office
from workflow.withdrawing import read_number, withdraw_story


def test_withdraw_takes_a_story_off_every_host_with_proof(published, capsys):
    """Gone from page, lists, feeds and pictures; the receipts list its absence."""
    number = the_story(published)
    with published.store() as store:
        headline = store.story(number).headline
    root = published.settings.folder / "host"
    before = files(root / "wangpan")
    named = [path for path, content in before.items() if headline.encode() in content]

    code = run(
        [
            *("withdraw", f"stories/2026/{number}.html", "--by", "何某"),
            *("--reason", "当事人要求", "--config", str(published.settings.file)),
        ]
    )

    told = capsys.readouterr().out
    after = files(root / "wangpan")
    receipts = sorted((published.data / "publish" / "ben" / "receipts").iterdir())
    absent = json.loads(receipts[-1].read_text(encoding="utf-8"))["absent"]
    assert code == 0
    assert len(named) > 3
    assert [] == [p for p, content in after.items() if headline.encode() in content]
    assert not [path for path in after if path.startswith("pictures/")]
    assert files(root / "ben" / "current") == after
    assert f"stories/2026/{number}.html" in absent
    assert "读回核对，主机上已没有" in told


def test_a_place_of_former_days_is_named(published, capsys):
    """A host that was moved, or left the settings, still holds the story."""
    number = the_story(published)
    file = published.settings.file
    text = file.read_text(encoding="utf-8")
    moved = text.replace('folder = "host/ben"', 'folder = "host/new"')
    file.write_text(moved.split('[[hosts]]\nname = "wangpan"')[0], encoding="utf-8")
    config = ["--config", str(file)]
    run(["publish", *config])
    capsys.readouterr()

    asked = ["withdraw", str(number), "--by", "何某", "--reason", "当事人要求"]
    code = run([*asked, *config])
    told = capsys.readouterr().out
    shutil.rmtree(published.settings.folder / "host" / "ben")
    run([*asked, *config])
    after = capsys.readouterr().out

    assert code == 0
    assert "本机文件夹 host/ben，现在的设置里没有它" in told
    assert "本机文件夹 host/wangpan，现在的设置里没有它" in told
    assert "host/new，" not in told
    assert "host/ben，" not in after


def test_another_login_is_no_other_place(published):
    """What changed is who comes, not where."""
    folder = published.data / "publish" / "far"
    old = ("sftp", "www.example.cn", "", "/www")
    Logbook(folder, "as he", old).keep_record(b"")
    now = published.settings.hosts[0].model_copy(
        update={
            "name": "far",
            "kind": "ftps",
            "address": "www.example.cn",
            "folder": "/www",
            "user": "li",
        }
    )
    settings = published.settings.model_copy(update={"hosts": (now,)})
    Logbook(folder, now.where, now.place)

    same = former_places(replace(published, settings=settings))
    other = former_places(published)

    assert same == ("本机文件夹 host/ben", "本机文件夹 host/wangpan")
    assert other == ("SFTP www.example.cn /www",)


def test_nobody_goes_back_to_a_release_with_a_withdrawn_story(published, capsys):
    """The store keeps the old releases, and blocks those that hold the story."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]
    run(["withdraw", str(number), "--by", "何某", "--reason", "当事人要求", *config])
    capsys.readouterr()

    code = run(["publish", "--rollback", *config])

    assert code == 40
    assert "已撤下" in capsys.readouterr().err


def test_a_withdrawal_stands_in_the_history(published):
    """Who and why, in the story's own history; the story is still in the store."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]
    run(["withdraw", str(number), "--by", "何某", "--reason", "当事人要求", *config])

    with published.store() as store:
        last = store.story_history(number)[-1]

    assert (StoryState.WITHDRAWN, "何某：当事人要求") == (last.after, last.reason)


def test_a_withdrawal_wants_a_name_and_a_reason(published, capsys):
    """An empty reason changes nothing."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]

    code = run(["withdraw", str(number), "--by", "何某", "--reason", " ", *config])

    assert code == 1
    assert "写明经办人和理由" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("128", 128),
        ("stories/2026/128.html", 128),
        ("https://www.example.cn/stories/2026/128.html#top", 128),
    ],
)
def test_a_story_is_named_by_number_or_page(text, number):
    """What a webmaster has at hand will do."""
    assert number == read_number(text)


def words_of_docx(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml").decode()


def take_back(published: Office, number: int) -> None:
    with published.store() as store:
        withdraw_story(published, store, number, by="何某", reason="当事人要求")


def test_a_withdrawn_story_leaves_the_pdf_and_the_word_file(published):
    """What readers print and keep is made anew without it, in both trees."""
    number = the_story(published)
    with published.store() as store:
        headline = store.story(number).headline
    day = published.now.date().isoformat()
    docx = published.output / "internal" / "briefing" / f"{day}.docx"
    pdf = published.output / "public" / "briefing" / f"{day}.pdf"
    before = pdf.read_bytes()
    assert headline in words_of_docx(docx)

    take_back(published, number)

    assert headline not in words_of_docx(docx)
    assert pdf.read_bytes() not in {before, b""}


def test_a_form_that_cannot_be_made_anew_is_gone(published, monkeypatch):
    """Better no PDF than one with a story that was taken back."""
    number = the_story(published)

    def fail(*_args, **_more):
        raise NewsroomError("没有字体")

    monkeypatch.setattr("workflow.forming.make_day_forms", fail)
    take_back(published, number)

    assert not list(published.output.rglob("briefing/*.pdf"))
    assert not list(published.output.rglob("briefing/*.docx"))
