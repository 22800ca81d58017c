"""Accounts and links: made at the desk, from a table, printed, ended."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook

from newsroom.errors import NewsroomError
from workflow.correspondents import import_people, renew_cards, write_cards

BASE = "http://192.168.1.23:8352"


def table(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    book.close()
    return path


HEAD = ("单位", "姓名", "职务", "电话")


def test_a_table_makes_links_and_a_page_of_cards(house, tmp_path):
    """Each line a link; unknown units and known people are left out and named."""
    file = table(
        tmp_path / "报送人.xlsx",
        HEAD,
        ("安福寺镇", "王 某", "信息员", 13800002222),
        ("没有这个镇", "赵某", "", None),
        ("安福寺镇", "李某文", "工会主席", None),
    )
    made = import_people(house.office, house.store, file, BASE, at=house.clock())
    cards, skipped = made.cards, made.skipped
    page = write_cards(house.office, cards, at=house.clock())
    token = re.search(r"/s/([^/]+)/", cards[0].address)[1]

    assert ["王某"] == [card.name for card in cards]
    assert 2 == len(skipped)
    assert "没有叫“没有这个镇”的单位" in skipped[0]
    assert "<path d=" in page.read_text(encoding="utf-8")
    assert 200 == house.browser().get(f"/s/{token}/").status_code
    assert "13800002222" == house.store.find_link(token).phone


def test_what_is_no_table_is_a_sentence(house, tmp_path):
    """A wrong file or head says what is wanted."""
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"not a table")
    for file in (bad, table(tmp_path / "y.xlsx", ("甲", "乙"))):
        with pytest.raises(NewsroomError, match=r"xlsx|找到表头"):
            import_people(house.office, house.store, file, BASE, at=house.clock())


def test_new_cards_end_the_old_ones(house):
    """``gonghui cards`` renews the links of a unit; the old address is dead."""
    cards = renew_cards(house.office, house.store, "安福寺镇", BASE)

    assert 1 == len(cards)
    assert 404 == house.browser().get(f"/s/{house.links['afs']}/").status_code
    assert 200 == house.browser().get(f"/s/{house.links['ds']}/").status_code


def test_an_account_is_made_and_sets_its_own_password(house):
    """The administrator sees a one-use address, never a password."""
    page = house.browser("admin").post(
        "/desk/people/account",
        {"do": "add", "login": "liumin", "name": "刘敏", "roles": ["editor", "final"]},
    )
    address = re.search(r"/desk/welcome/[\w-]+", page.content.decode())[0]
    word = "夜班送清凉-第一名"
    house.browser().post(address, {"password": word, "again": word})
    client = house.browser()
    answer = client.post("/desk/login", {"login": "liumin", "password": word})

    assert 302 == answer.status_code
    assert "刘敏" in client.get("/desk/").content.decode()


def test_a_link_made_at_the_desk_shows_its_card_once(house):
    """The card stands on one page; the list knows no token."""
    client = house.browser("admin")
    page = client.post(
        "/desk/people/link",
        {"do": "add", "unit": "ds", "name": "钱某", "duty": "协理员", "phone": ""},
    ).content.decode()
    token = re.search(r"/s/([\w-]{40,})/", page)[1]

    assert "<path d=" in page
    assert 200 == house.browser().get(f"/s/{token}/").status_code
    assert token not in client.get("/desk/people").content.decode()


def test_the_lesson_and_the_health_page_are_open(house):
    """小课堂 and the health page need no sign-in and tell nothing private."""
    client = house.browser()

    assert "三分钟报一件事" in client.get("/lesson").content.decode()
    assert {"ok": True} == client.get("/health").json()
