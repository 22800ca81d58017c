"""Attacks by many at once and by old pages (A62-A64)."""

from __future__ import annotations

import threading


def test_a62_sent_sixteen_times_at_once_it_is_one(house):
    """A62: double taps and resends give one submission and the same receipt."""
    base = f"/s/{house.links['afs']}"
    key = house.browser().post(f"{base}/new").url.split("/")[4]
    told = {
        "key": key,
        "when": "9月18日",
        "title": "清凉包",
        "text": house.text,
        "author": "李",
        "reviewer": "陈",
        "phone": "13800001111",
        "public": "yes",
        "promise": "yes",
    }
    answers = at_once(house, lambda c: c.post(f"{base}/whole", told))

    assert {302} == {a.status_code for a in answers}
    assert 1 == len({a.url for a in answers})
    assert 1 == len(house.store.submissions())


def test_a63_of_sixteen_judgements_one_counts(house):
    """A63: compare-and-set; the losers are told who was faster."""
    number = house.number()
    mark = house.store.review(number).mark
    told = {"mark": mark, "reason": "late"}
    answers = at_once(
        house,
        lambda c: c.post(f"/desk/s/{number}/decline", told),
        who="editor",
    )
    steps = house.store.submission_steps(number)

    assert {302} == {a.status_code for a in answers}
    assert 1 == sum(step.after.value == "rejected" for step in steps)


def test_a63_of_two_texts_none_is_lost(house):
    """A63: the slower editor gets both texts, who and when, and nothing is stored."""
    number = house.number()
    house.act("editor", number, "edit", title="先存的标题", text=house.text)
    late = house.browser("reviewer").post(
        f"/desk/s/{number}/edit",
        {"version": 0, "title": "后存的标题", "text": house.text + "\n后写的话"},
    )
    words = late.content.decode()

    assert 409 == late.status_code
    assert "何文 在 08:00 改过" in words
    assert "后写的话" in words
    assert "先存的标题" == house.store.submission(number).title


def at_once(house, ask, who=None, count=16):
    from django.db import connections

    clients = [house.browser(who) for _ in range(count)]
    gate = threading.Barrier(count)
    answers = []

    def run(client):
        gate.wait()
        answers.append(ask(client))
        connections.close_all()

    threads = [threading.Thread(target=run, args=(c,)) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a64_an_old_form_gives_the_text_back(house):
    """A64: a page that is too old is refused, and what was typed can be copied."""
    client = house.browser(enforce_csrf_checks=True)
    page = client.post(f"/s/{house.links['afs']}/whole", {"text": "写了很久的话"})

    assert 403 == page.status_code
    assert "写了很久的话" in page.content.decode()
