"""Outbound links looked at night by night, on a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newsroom.body import Paragraph, Run
from newsroom.errors import NewsroomError
from newsroom.link_care import LinkState
from tests.crawler import hostile
from tests.workflow import many_sites
from workflow.link_checks import check_links, dead_links, trust_link
from workflow.run_lock import run_lock

SALE = (
    "<html><head><title>彩票走势 注册送礼</title></head><body>"
    "<p>每日返利，天天开奖，快来加入我们。</p></body></html>"
).encode()


@pytest.fixture
def site(many):
    """An office after a morning with one source of three articles."""
    made = many(many_sites.site("aa"), "aa")
    made.morning()
    return made


def night(site, day: int = 0, **more):
    """The check in the evening of so many days later."""
    now = site.office.now + timedelta(days=day, hours=15)
    return check_links(replace(site.office, now=now), **more)


def url(site, number: int) -> str:
    return f"{site.server.base}/aa/news/{number}.html"


def page_of(site, address: str) -> str:
    """The page of the story that was first published at an address."""
    story = next(s for s in site.stories() if s.first.url == address)
    root = site.office.output / "internal" / "stories"
    return next(root.glob(f"*/{story.id}.html")).read_text("utf-8")


def test_good_links_stay_and_are_asked_once_a_day(site):
    """Nothing changes, and a second check of a day asks nothing."""
    first = night(site)
    asked = len(site.server.requests)
    second = night(site)

    assert (first.looked, first.opened, first.dead, first.changed) == (3, 3, (), ())
    assert second.looked == 0
    assert asked == len(site.server.requests)


def test_a_link_dead_on_two_days_keeps_its_words_only(site):
    """One 404 changes nothing, a second takes the link away; a good look brings it."""
    gone = url(site, 2)
    before = site.server.pages["/aa/news/2.html"]
    site.server.pages["/aa/news/2.html"] = hostile.status(404)

    assert not night(site).dead
    assert gone in page_of(site, gone)
    (dead,) = night(site, 1).dead
    assert dead.note.state is LinkState.DEAD
    assert f'href="{gone}"' not in page_of(site, gone)
    assert "原网页已经打不开" in page_of(site, gone)
    assert f'href="{url(site, 1)}"' in page_of(site, url(site, 1))

    site.server.pages["/aa/news/2.html"] = before
    assert not night(site, 2).dead
    assert f'href="{gone}"' in page_of(site, gone)


def test_a_page_that_sells_something_else_is_no_longer_linked(site):
    """The address answers 200, but with another subject."""
    site.server.pages["/aa/news/3.html"] = SALE

    night(site)
    report = night(site, 1)

    assert [one.note.state for one in report.dead] == [LinkState.HIJACKED]
    assert "彩票" in report.dead[0].note.found


def test_refusals_and_slow_answers_prove_nothing(site):
    """A firewall's 403 on two days leaves the link alone, and says it waits."""
    site.server.pages["/aa/news/1.html"] = hostile.status(403)

    night(site)
    report = night(site, 1)

    assert not report.dead
    assert report.waiting >= 1


def test_a_new_reading_of_a_story_keeps_what_the_check_found(site):
    """A morning that reads the article again does not bring the dead link back."""
    site.server.pages["/aa/news/2.html"] = hostile.status(404)
    night(site)
    night(site, 1)

    site.morning(2)

    assert f'href="{url(site, 2)}"' not in page_of(site, url(site, 2))


def test_an_editor_may_bring_a_link_back(site):
    """What a person found good stands again at once, and is not judged anew."""
    site.server.pages["/aa/news/3.html"] = SALE
    night(site)
    night(site, 1)

    trust_link(site.office, url(site, 3))

    assert f'href="{url(site, 3)}"' in page_of(site, url(site, 3))
    assert not night(site, 2).dead
    with site.office.store() as store:
        assert dead_links(store) == ()


def test_a_link_that_came_back_while_somebody_edited_stays(site):
    """A story saved as it was read before the link recovered does not drop it again."""
    gone, before = url(site, 2), site.server.pages["/aa/news/2.html"]
    site.server.pages["/aa/news/2.html"] = hostile.status(404)
    night(site)
    night(site, 1)
    (read_before,) = (s for s in site.stories() if s.first.url == gone)
    site.server.pages["/aa/news/2.html"] = before
    night(site, 2)

    with site.office.store() as store:
        saved = store.save_story(replace(read_before, headline="改过的标题"), ())
        kept = store.story(saved.id)

    assert (gone,) == read_before.dead_links
    assert ("改过的标题", ()) == (kept.headline, kept.dead_links)


def test_a_dead_link_of_a_merged_story_stays_dead(site):
    """What another story knew to be dead comes along when it is put into this one."""
    gone = url(site, 2)
    site.server.pages["/aa/news/2.html"] = hostile.status(404)
    night(site)
    night(site, 1)
    (other,) = (s for s in site.stories() if s.first.url == url(site, 1))

    with site.office.store() as store:
        kept = store.save_story(replace(other, dead_links=(gone,)), ())

    assert (gone,) == kept.dead_links


def test_an_unknown_link_cannot_be_trusted(site):
    """The sentence says where the known ones are listed."""
    with pytest.raises(NewsroomError, match="没有检查过这个链接"):
        trust_link(site.office, "http://else.example.cn/")


def test_older_stories_take_turns_within_a_month(site):
    """Sixty days on, thirty nights look at every link at least once."""
    night(site)
    looked = [night(site, 60 + day).looked for day in range(30)]

    assert sum(looked) >= 3


def link_to(site, story, address: str) -> None:
    """Let a story's text lead to an address too."""
    told = Paragraph((Run("详见原网页", href=address),))
    with site.office.store() as store:
        body = replace(story.body, blocks=(*story.body.blocks, told))
        store.save_story(replace(story, body=body), ())


def test_a_link_of_two_stories_comes_back_in_both(site):
    """Trusting an address brings it back wherever it was dropped."""
    gone = url(site, 3)
    other = next(s for s in site.stories() if s.first.url == url(site, 1))
    link_to(site, other, gone)
    site.server.pages["/aa/news/3.html"] = hostile.status(404)
    night(site)
    night(site, 1)
    assert f'href="{gone}"' not in page_of(site, url(site, 1))

    trust_link(site.office, gone)

    assert f'href="{gone}"' in page_of(site, url(site, 1))
    assert f'href="{gone}"' in page_of(site, gone)


def test_what_was_found_is_kept_while_another_run_goes_on(site):
    """Hours of asking are not lost because somebody builds at their end."""
    busy = run_lock(site.office.data, site.office.now)
    with busy, pytest.raises(NewsroomError, match="正在进行"):
        night(site)

    with site.office.store() as store:
        assert len(store.link_notes()) == 3


def test_trust_given_while_hosts_are_asked_is_kept(site):
    """The check takes hours; what an editor says meanwhile is not written over."""
    gone = url(site, 3)
    site.server.pages["/aa/news/3.html"] = SALE
    night(site)

    def trust(progress):
        if progress.state == "done":
            trust_link(site.office, gone)

    night(site, 1, on_progress=trust)

    with site.office.store() as store:
        assert store.link_notes([gone])[gone].trusted
    assert f'href="{gone}"' in page_of(site, gone)


@pytest.mark.parametrize(
    "address", ["http://wx_gh.example.cn/a", "http://[2001:db8::1]/a", "http://a/"]
)
def test_an_odd_host_stops_no_check(site, address):
    """One strange address in one text must not keep all others from being looked at."""
    (story, *_) = site.stories()
    link_to(site, story, address)

    assert night(site).opened == 3
