"""Today's edition once issued and released: what the desk shows of its pages."""

from __future__ import annotations

import re

import pytest

from desk.guards import CSP

LATER = "9月19日，董市镇总工会指导3家企业签订集体合同，覆盖职工860人。"


@pytest.fixture
def issued(house):
    """Two signed stories in an internal edition whose pages are built."""
    numbers = [house.number(), house.number("ds", title="签下合同", text=LATER)]
    for number in numbers:
        house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    return numbers


def page(house, path, who="editor"):
    answer = house.browser(who).get(path)
    return answer.content.decode() if answer.status_code == 200 else ""


def move(house):
    """The first story of the plan goes down by one."""
    day = house.clock().date()
    seen = house.store.arrangement_mark(day)
    first = re.search(r'name="story" value="(\d+)"', page(house, "/desk/edition"))[1]
    told = {"day": day.isoformat(), "seen": seen, "story": first, "hand": "down"}
    answer = house.browser("editor").post("/desk/edition/shift", told, follow=True)
    assert "下移了一位" in answer.content.decode()


def headlines(text):
    return re.findall(r'class="plan-title"><b>([^<]+)</b>', text)


def test_after_the_release_the_released_order_is_shown(house, issued):
    """What was moved about and never issued is not what readers have."""
    before = headlines(page(house, "/desk/edition"))
    move(house)
    house.release()
    after = page(house, "/desk/edition")

    assert before == headlines(after)
    assert len(issued) == len(before)
    assert "撤销刚才的调整" not in after


@pytest.mark.parametrize("name", ["baosong.html", "lesson.html"])
def test_a_self_contained_page_works_through_the_desk(house, issued, name):
    """Its own script and style are let through by their hashes, nothing else is."""
    answer = house.browser("editor").get(f"/desk/paper/{name}")
    policy = answer.headers["Content-Security-Policy"]

    assert "'sha256-" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy


def test_a_page_that_is_none_of_ours_keeps_the_policy_of_the_desk(house, issued):
    """Feeds and calendars are no pages: the strict policy stands."""
    answer = house.browser("editor").get("/desk/paper/feeds/deadlines.ics")

    assert 200 == answer.status_code
    assert "text/calendar; charset=utf-8" == answer["Content-Type"]
    assert CSP == answer.headers["Content-Security-Policy"]


def test_every_link_of_the_internal_front_page_opens_at_the_desk(house, issued):
    """No page, download or calendar that is offered there is missing."""
    client = house.browser("editor")
    links = re.findall(r'href="([a-z][^":#]*)"', page(house, "/desk/paper/index.html"))
    missing = [
        link
        for link in sorted(set(links))
        if client.get(f"/desk/paper/{link}").status_code != 200
    ]

    assert links
    assert [] == missing


def test_a_link_of_the_preview_says_where_the_page_is(house):
    """The preview is the front page only; the way on is told."""
    house.sign_all(house.number())
    answer = house.browser("editor").get("/desk/preview/public/stories/2026/1.html")

    assert 404 == answer.status_code
    assert "预览只有首页" in answer.content.decode()


def test_a_link_of_the_preview_leads_to_a_page_that_is_there(house, issued):
    """Once built, the page of a story opens from the preview too."""
    name = "stories/2026/1.html"
    answer = house.browser("editor").get(f"/desk/preview/internal/{name}", follow=True)

    assert 200 == answer.status_code
    assert f"/desk/paper/{name}" == answer.request["PATH_INFO"]


def test_a_unit_with_its_first_story_today_is_not_silent(house, issued):
    """久未发声 names nobody whose report stands on the same page."""
    front = page(house, "/desk/paper/index.html")
    silent = front.partition('id="silent"')[2].partition("</section>")[0]

    assert "百里洲镇" in silent
    assert "安福寺镇<" not in silent
    assert "董市镇<" not in silent


def test_a_withdrawn_story_of_the_released_edition_is_marked(house, issued):
    """The edition of the day lists it, and says that it was taken back."""
    house.release()
    house.act("editor", issued[0], "withdraw", reason="当事人要求")
    told = page(house, "/desk/edition")

    assert 1 == told.count("已撤下</b>")
    assert len(issued) == len(headlines(told))


def test_faults_are_named_as_the_page_goes_down(house):
    """The first sentence leads to the first field, the last to the last."""
    answer = house.browser().post(f"/s/{house.links['afs']}/whole", {"title": "一件事"})
    box = answer.content.decode().partition('role="alert"')[2].partition("</div>")[0]
    fields = re.findall(r'href="#f-(\w+)"', box)

    assert ["when", "text", "author", "reviewer", "public", "phone"] == fields[:6]
