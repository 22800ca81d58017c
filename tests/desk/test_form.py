"""A correspondent's way: link, answers, photos, receipt, status, mending."""

from __future__ import annotations

import re
from urllib.parse import unquote

from newsroom.submission import SubmissionState


def start(house, topic="xiasong"):
    client = house.browser()
    base = f"/s/{house.links['afs']}"
    first = client.post(f"{base}/new")
    key = re.search(r"/d/([^/]+)/topic", first.url)[1]
    client.post(f"{base}/d/{key}/topic", {"topic": topic})
    return client, f"{base}/d/{key}"


SEND = {
    "author": "李某文",
    "reviewer": "陈某平",
    "phone": "13800001111",
    "public": "yes",
    "promise": "yes",
    "go": "on",
}


def test_the_personal_page_opens_by_the_link_alone(house):
    """The personal link opens the unit's page, without a password."""
    page = house.browser().get(f"/s/{house.links['afs']}/")

    assert 200 == page.status_code
    assert "李某文" in page.content.decode()
    assert "报一件事" in page.content.decode()


def test_a_story_told_freely_is_sent_in_five_screens(house, picture):
    """我只会说: day and place, the words, photos, draft, send, receipt."""
    client, base = start(house, "free")
    client.post(f"{base}/when", {"when": "9月18日", "place": "食品工业园"})
    client.post(f"{base}/said", {"said": f"清凉包送到车间\n{house.text}"})
    client.post(f"{base}/photos", {"photo": picture(), "go": "add"})
    client.post(
        f"{base}/photos",
        {"caption0": "职工领到清凉包", "credit0": "王某", "go": "on"},
    )
    draft = client.get(f"{base}/draft").content.decode()
    client.post(
        f"{base}/draft", {"title": "清凉包送到车间", "text": house.text, "go": "on"}
    )
    answer = client.post(f"{base}/send", SEND)

    assert "清凉包送到车间" in draft
    number = unquote(answer.url.rsplit("/", 1)[1])
    kept = house.store.submission(number)
    assert number.startswith("报0921-AFS-01")
    assert SubmissionState.CHECKED is kept.state
    assert "职工领到清凉包" == kept.photos[0].caption
    assert "2026-09-18" == kept.event_day.isoformat()
    assert number in client.get(answer.url).content.decode()


def test_answers_become_a_draft_with_yellow_marks(house):
    """What is not answered stands as a mark, and a mark is not sent."""
    client, base = start(house)
    client.post(
        f"{base}/when",
        {"when": "9月18日", "place": "食品工业园", "org": "安福寺镇总工会"},
    )
    client.post(
        f"{base}/what", {"goods": "清凉包1200份", "result": "1200名职工领到清凉包"}
    )
    page = client.get(f"{base}/draft").content.decode()
    marked = re.search(r'name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]
    refused = client.post(
        f"{base}/draft", {"title": "清凉", "text": marked, "go": "on"}
    )
    client.post(f"{base}/draft", {"title": "清凉", "text": marked, "go": "plain"})
    plain = client.get(f"{base}/draft").content.decode()

    assert "<mark>〔还没写：" in page
    assert 422 == refused.status_code
    assert "还有黄色的空" in refused.content.decode()
    assert "<mark>" not in plain


def test_a_required_answer_is_asked_for_and_the_others_stay(house):
    """An error is a sentence on top and at the field; nothing typed is lost."""
    client, base = start(house)
    page = client.post(f"{base}/when", {"when": "9月18日", "place": "", "org": "镇总"})
    words = page.content.decode()

    assert 422 == page.status_code
    assert "<title>请改一下：" in words
    assert 'href="#f-place"' in words
    assert 'value="镇总"' in words


def test_personal_data_is_named_before_sending(house):
    """An identity number stops the sending with what to do; the text stays."""
    client, base = start(house, "free")
    text = house.text + "\n困难职工身份证号420583199003071232。"
    page = client.post(f"{base}/draft", {"title": "走访", "text": text, "go": "on"})

    assert 422 == page.status_code
    assert "为保护职工隐私" in page.content.decode()


def test_a_returned_story_is_mended_and_sent_again(house):
    """The questions stand on the page; the mended text is checked anew."""
    number = house.number()
    house.act(
        "editor",
        number,
        "return",
        reason="result",
        questions="受益职工多少人？\n照片是谁拍的？",
    )
    client = house.browser()
    base = f"/s/{house.links['afs']}"
    own = client.get(f"{base}/").content.decode()
    page = client.get(f"{base}/r/{number}/mend").content.decode()
    client.post(
        f"{base}/r/{number}/mend",
        {
            "title": "1200份清凉包送到车间",
            "text": house.text + "\n受益1200人。",
            "version": 0,
        },
    )

    assert "请您补充" in own
    assert "受益职工多少人？" in page
    assert "checked" == house.state(number)
    assert "受益1200人" in house.store.submission(number).body.text
    assert 2 == len(house.store.text_versions(number))


def test_an_unsent_draft_waits_on_the_personal_page(house):
    """Closing the page loses nothing: 接着写."""
    client, base = start(house)
    client.post(f"{base}/when", {"when": "9月18日", "place": "园区", "org": "镇总工会"})

    assert "接着写" in client.get(f"/s/{house.links['afs']}/").content.decode()
