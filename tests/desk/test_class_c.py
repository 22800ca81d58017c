"""Class C: what the chair must decide is known to the chair and the final reviewer."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from desk.office import open_desk, the_desk

TITLE = "某厂欠薪正在调解"


@pytest.fixture
def secret(house):
    """The number of a submission that only the chair may decide about."""
    text = house.text + "\n此事正在调解，属内部参阅。"
    return house.number(title=TITLE, text=text)


def screens(house, number):
    """Every list, count and search of the desk that an editor can open."""
    known = house.number("ds", title="董市镇签合同", text="另一件事。" + house.text)
    return (
        *("/desk/", "/desk/?tab=first", f"/desk/?q={number}", f"/desk/?q={TITLE}"),
        *("/desk/?unit=afs", "/desk/edition", "/desk/published"),
        *(f"/desk/s/{known}/", f"/desk/s/{known}/merge"),
        "/desk/preview/internal/index.html",
    )


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_no_screen_of_others_shows_it(house, secret, who):
    """Not its title, not its number, not its town in the filter."""
    browser = house.browser(who)
    leaks = []
    for path in screens(house, secret):
        page = browser.get(path).content.decode()
        page = page.replace(f'value="{secret}"', "").replace(f'value="{TITLE}"', "")
        if TITLE in page.partition("<main")[2] or f"/desk/s/{secret}" in page:
            leaks.append(path)

    assert [] == leaks


@pytest.mark.parametrize("name", ["", "form", "merge", "correct"])
def test_its_addresses_look_as_if_there_were_nothing(house, secret, name):
    """404, as for a number that was never given."""
    other = secret[:-2] + "99"
    editor = house.browser("editor")
    found = editor.get(f"/desk/s/{secret}/{name}")
    absent = editor.get(f"/desk/s/{other}/{name}")

    assert 404 == found.status_code == absent.status_code
    assert found.content == absent.content


def test_it_is_in_no_count(house, secret):
    """Inbox, badge and board say what they would say without it."""
    editor = house.browser("editor").get("/desk/").content.decode()
    chair = house.browser("chair").get("/desk/").content.decode()
    house.browser("editor").post("/desk/edition/issue")
    board = house.store.edition(house.clock().date()).board

    assert "待办 <b>0</b>" in editor
    assert "待办 <b>1</b>" in chair
    assert 0 == board.received


def test_no_page_of_either_tree_and_no_log_names_it(house, secret, caplog):
    """Whatever was clicked meanwhile."""
    caplog.set_level(logging.DEBUG)
    house.act("editor", secret, "sign")
    house.act("chair", secret, "chair", decision="internal", words="内部掌握")
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    files = [f for f in house.office.output.rglob("*") if f.is_file()]
    naming = [f.name for f in files if TITLE.encode() in f.read_bytes()]

    assert files
    assert [] == naming
    assert TITLE not in caplog.text
    assert not any(TITLE in event.what for event in house.store.events())


def test_the_chair_and_the_final_reviewer_find_it(house, secret):
    """In list and search."""
    for who in ("final", "chair"):
        assert TITLE in house.browser(who).get("/desk/").content.decode()


def test_the_chairs_word_was_for_the_text_that_was_read(house, secret):
    """A unit that hands in other words waits for the chair again."""
    house.act("chair", secret, "chair", decision="agree", words="同意公开")
    freed = house.store.review(secret).item_class
    house.act("editor", secret, "return", reason="result", questions="多少人？")
    told = {"title": TITLE, "version": house.store.review(secret).version}
    told["text"] = f"{house.text}\n又有一起事故，此事正在调解，属内部参阅。"
    house.browser().post(f"/s/{house.links['afs']}/r/{secret}/mend", told)
    again = house.store.review(secret)

    assert ("B", "C") == (freed.value, again.item_class.value)
    assert "checked" == again.submission.state.value


AGREED = "此事正在调解，属内部参阅。"


@pytest.fixture
def freed(house, secret):
    """The same one after the chair let its text out."""
    house.act("chair", secret, "chair", decision="agree", words="同意公开")
    return secret


def class_of(house, number):
    return house.store.review(number).item_class.value


def edit(house, number, text):
    return house.act("editor", number, "edit", title=TITLE, text=text)


def test_the_chairs_word_holds_while_other_sentences_change(house, freed):
    """An editor mends another line, and the sentence moves."""
    edit(house, freed, f"新的开头。\n{house.text}\n{AGREED}")
    house.act("editor", freed, "sign")

    assert ("B", "first_ok") == (class_of(house, freed), house.state(freed))


@pytest.mark.parametrize(
    "added",
    [
        "又有一起死亡事故。",
        "另一件也属内部参阅。",
        f"{AGREED[:-1]}，不得外传。",
    ],
)
def test_what_an_edit_adds_stops_again(house, freed, added):
    """Another word of the list, the same word elsewhere, the sentence changed."""
    page = edit(house, freed, f"{house.text}\n{AGREED}\n{added}").content.decode()
    stopped = class_of(house, freed), house.state(freed)
    house.act("editor", freed, "sign")

    assert ("C", "checked") == stopped
    assert "已转给主席" in page
    assert "checked" == house.state(freed)


def test_a_word_listed_since_stops_at_the_signature(house):
    """The office lists a word after the story came: the chair is asked first."""
    number = house.number(title=TITLE, text=house.text + "\n两家正在打官司。")
    desk = the_desk()
    rules = desk.settings.rules
    words = (*rules.checks.chair_decides, "打官司")
    checks = replace(rules.checks, chair_decides=words)
    settings = desk.settings.model_copy()
    settings._rules = replace(rules, checks=checks)
    open_desk(replace(desk, settings=settings))
    page = house.act("editor", number, "sign").content.decode()
    waits = class_of(house, number), house.state(number)
    house.act("chair", number, "chair", decision="agree", words="可以")
    house.act("editor", number, "sign")

    assert ("C", "checked") == waits
    assert TITLE not in page
    assert ("B", "first_ok") == (class_of(house, number), house.state(number))
