"""The first day: no dead end before the first account, links that others can open."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

NEW = {"do": "add", "login": "liumin", "name": "刘敏"}
LINK = {"do": "add", "unit": "ds", "name": "钱某", "duty": "协理员", "phone": "139"}


@pytest.fixture
def admin(house):
    """The administrator's browser at the address that ``--lan`` shows."""
    return house.browser("admin")


def shown(answer):
    return answer.content.decode()


def events(house):
    return [one.what for one in house.store.events(limit=5)]


def test_whoever_set_a_password_is_told_and_signs_in(house, admin):
    """The page to sign in says that it is set, with the login already written."""
    page = shown(admin.post("/desk/people/account", NEW | {"roles": ["editor"]}))
    address = re.search(r"/desk/welcome/[\w-]+", page)[0]
    word = "夜班送清凉-第一名"
    answer = house.browser().post(
        address, {"password": word, "again": word}, follow=True
    )

    assert "密码设好了" in shown(answer)
    assert 'value="liumin"' in shown(answer)


def test_an_account_without_a_role_is_asked_for_one(house, admin):
    """What was typed stands in the form; nobody is made."""
    answer = admin.post("/desk/people/account", NEW)

    assert 422 == answer.status_code
    assert "请勾选他做什么" in shown(answer)
    assert 'value="liumin"' in shown(answer)
    assert "刘敏" not in [one.name for one in house.store.people()]


def test_a_link_without_a_name_keeps_what_was_typed(house, admin):
    """Unit, duty and phone stand in the form again."""
    before = len(house.store.links())
    page = shown(admin.post("/desk/people/link", LINK | {"name": " "}))

    assert "请选单位、写姓名" in page
    assert 'value="协理员"' in page
    assert '<option value="ds" selected>' in page
    assert before == len(house.store.links())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"do": "roles", "roles": ["editor", "final"]}, "何文的角色改为：编辑（初审）"),
        ({"do": "stop"}, "已停用何文的账号"),
        ({"do": "allow"}, "已恢复何文的账号"),
    ],
)
def test_the_log_of_accounts_is_in_our_words(house, admin, asked, words):
    """What was done stands in the log and is told."""
    told = asked | {"id": house.people["editor"].id}
    page = shown(admin.post("/desk/people/account", told, follow=True))

    assert words in page
    assert events(house)[0].startswith(words)


def test_what_was_refused_is_not_in_the_log(house, admin):
    """An administrator cannot stop themselves, and no log says that it was done."""
    before = events(house)
    told = {"do": "stop", "id": house.people["admin"].id}
    page = shown(admin.post("/desk/people/account", told, follow=True))

    assert "不能停用自己" in page
    assert before == events(house)


@pytest.mark.parametrize(
    ("host", "is_told"), [("127.0.0.1:8352", True), ("192.168.1.23:8352", False)]
)
def test_a_card_that_no_phone_can_open_says_so(
    house, admin, monkeypatch, host, is_told
):
    """A link to this very computer is of no use to anybody else."""
    hosts = [*settings.ALLOWED_HOSTS, host.partition(":")[0]]
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", hosts)
    card = shown(admin.post("/desk/people/link", LINK, headers={"host": host}))
    page = shown(admin.get("/desk/people", headers={"host": host}))

    assert is_told == ("手机和别的电脑打不开" in card)
    assert is_told == ("现在发出的链接和卡片，别人打不开" in page)
    assert f"http://{host}/s/" in card


@pytest.mark.parametrize(
    ("who", "words"), [("webmaster", "gonghui publish"), ("admin", "人员和链接")]
)
def test_whoever_signs_in_is_told_their_part(house, who, words):
    """Nobody is shown a refusal right after signing in; no story is shown either."""
    number = house.number()
    answer = house.browser(who).get("/desk/")

    assert 200 == answer.status_code
    assert words in shown(answer)
    assert number not in shown(answer)


def test_a_refused_page_is_no_news_for_the_office_computer(house, caplog):
    """The console of the desk stays free of English lines and of numbers."""
    caplog.set_level("DEBUG")
    answer = house.browser("editor").get("/desk/s/none/")

    assert 404 == answer.status_code
    assert [] == [one for one in caplog.records if one.name == "django.request"]
