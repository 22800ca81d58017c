"""Where nobody is left standing: dead links, half-typed days, weak stories."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.conftest import PAGE

WEAK = "昨天我们镇搞了送清凉，领导很重视，效果很好，大家都说好。"


def shown(answer) -> str:
    return answer.content.decode()


def topic(house, name="xiasong"):
    """A story begun on this topic: the client and the address of its first step."""
    client = house.browser()
    draft = client.post(f"/s/{house.links['afs']}/new").url
    return client, client.post(draft, {"topic": name}).url


def test_a_link_that_lost_its_last_stroke_still_opens(house):
    """Links are copied by hand: with the stroke or without, it is the same page."""
    token = house.links["afs"]

    answer = house.browser().get(f"/s/{token}")

    assert f"/s/{token}/" == answer.url
    assert "/desk/" == house.browser().get("/desk").url
    assert "/lesson" == house.browser().get("/lesson/").url


def test_a_dead_link_says_what_to_do_and_whom_to_ask(house):
    """A card that was renewed: another card, or the editor's phone."""
    answer = house.browser().get(f"/s/{house.links['afs'][:-2]}/")

    assert 404 == answer.status_code
    assert "请扫最新的卡片" in shown(answer)
    assert "0717-4200000" in shown(answer)


def test_a_used_invitation_says_so(house):
    """Whoever clicks it again is sent to the login, not into nothing."""
    answer = house.browser().get("/desk/welcome/used-up")

    assert 404 == answer.status_code
    assert "密码设好了的直接登录" in shown(answer)


def test_the_long_code_is_typed_once(house):
    """A password that is too short costs the password only."""
    code = house.store.invite("setup", at=house.clock(), lasts=timedelta(minutes=30))
    told = {"code": code, "login": "zheng2", "name": "郑某", "password": "12"}

    answer = house.browser().post("/desk/setup", told | {"again": "12"})

    assert 422 == answer.status_code
    assert f'value="{code}"' in shown(answer)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("昨天上午", "9月20日上午"), ("今天", "9月21日"), ("9月18日", "9月18日")],
)
def test_yesterday_is_kept_as_its_day(house, typed, kept):
    """The story is read on another day than it is written."""
    client, step = topic(house)

    client.post(step, {"when": typed, "place": "江口工地", "org": "镇总工会"})

    assert f'value="{kept}"' in shown(client.get(step))


def test_a_question_without_answer_is_named(house):
    """The fault names the question, as a sentence."""
    client, step = topic(house)

    answer = client.post(step, {"when": "9月18日", "place": "", "org": "镇总工会"})

    assert "“在什么地方？”还没有写" in shown(answer)


def test_the_notice_says_how_long(house):
    """What is kept, why, and for how many days, before the phone is asked."""
    page = shown(house.browser().get(f"/s/{house.links['afs']}/whole"))

    assert "180 天后删掉原件和电话" in page
    assert page.index("180 天后") < page.index('name="phone"')


def test_a_weak_story_brings_its_questions(house):
    """W1: the editor sees what to ask, and it stands in the return already."""
    number = house.number(title="送清凉", text=WEAK)
    editor = house.browser("editor")

    page = shown(editor.get(f"/desk/s/{number}/"))

    assert "具体做了什么、怎么做的？" in page
    assert page.count("多少人受益，办成了几件事？") == 2
    assert "缺 2 样" in shown(editor.get("/desk/"))


def test_a_new_administrator_is_told_the_first_steps(house):
    """An account that sees no stories still has something to do."""
    page = shown(house.browser("admin").get("/desk/"))

    assert "头一回用，照这几步办" in page
    assert "gonghui people import" in page


def test_the_receipt_names_the_paper_and_the_points(house):
    """Where it appeared is the paper's name, not the office's."""
    number = house.number()
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()

    page = shown(house.browser().get(f"/s/{house.links['afs']}/r/{number}"))

    assert "登在《工会之声》" in page
    assert page.index("+2") < page.index("登在《工会之声》")


def test_letters_that_were_lost_stop_a_story(house):
    """What an old file did not give must be written by hand, never published."""
    text = house.text + "\n职工龚\ufffd\ufffd说好。"

    answer = house.browser().post(
        f"/s/{house.links['afs']}/whole", PAGE | {"title": "送清凉", "text": text}
    )

    assert 422 == answer.status_code
    assert "\ufffd" in shown(answer)
