"""Corrected or withdrawn while another run is at the trees: done by itself."""

from __future__ import annotations

import re

import pytest

from workflow import desk_office, desk_pages, forming, page_changes, remaking
from workflow.desk_office import make_desk
from workflow.desk_work import work_off
from workflow.run_lock import run_lock
from workflow.withdrawing import NotCleared

HEADLINE = "1200份清凉包送到车间"
RIGHT = "1100份清凉包送到车间"
_PLAIN = ("docx", "text")  # what needs no typesetting


@pytest.fixture
def public(house, monkeypatch):
    """A released story at a desk whose worker is away; nobody waits for the lock."""
    real = forming.make_forms
    monkeypatch.setattr(forming, "make_forms", lambda bench, _=(): real(bench, _PLAIN))
    number = house.number()
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    for module, name in (
        (desk_pages, "_WAIT"),
        (desk_office, "_WAIT"),
        (page_changes, "_PATIENCE"),
        (remaking, "_PATIENCE"),
    ):
        monkeypatch.setattr(module, name, 0)
    hosts = ["testserver", "127.0.0.1"]
    make_desk(house.office, house.store, now=house.clock, hosts=hosts, wake=_asleep)
    return number


def _asleep():
    pass


def work(house) -> int:
    return work_off(house.office, house.store, now=house.clock, worker="w")


def morning(house):
    """The morning's run at the trees."""
    return run_lock(house.office.data, house.clock())


def withdraw(house, number):
    return house.act("editor", number, "withdraw", reason="当事人要求").content.decode()


def propose(house, number):
    text = house.text.replace("1200", "1100")
    told = {"title": RIGHT, "text": text, "note": "原文数字有误", "reason": "来电"}
    house.act("editor", number, "correct/propose", **told)


def agree(house, number):
    mark = house.store.open_correction(number).mark
    return house.act("final", number, "correct/agree", mark=mark).content.decode()


def naming(house, headline) -> list[str]:
    """The pages of both trees that show a headline."""
    files = [f for f in house.office.output.rglob("*.html") if f.is_file()]
    return sorted(f.name for f in files if headline in f.read_text(encoding="utf-8"))


def page(house, path="published", who="editor") -> str:
    return house.browser(who).get(f"/desk/{path}").content.decode()


def test_a_withdrawal_is_noted_while_the_morning_runs_and_done_after_it(house, public):
    """The person is told; the story is withdrawn at once, its pages by the worker."""
    with morning(house):
        said = withdraw(house, public)
        during = naming(house, HEADLINE)
        listed, on_story = page(house), page(house, f"s/{public}/")
        work(house)
        still = page(house)
    house.clock.on(minutes=1)
    work(house)

    assert "已登记撤下" in said
    assert "等它跑完自动换，不用再点" in said
    assert during
    assert "withdrawn" == house.state(public)
    for shown in (listed, on_story, still):
        assert f"《{HEADLINE}》的撤下已登记，网页还没有换" in shown
    assert [] == naming(house, HEADLINE)
    assert "网页还没有换" not in page(house)
    assert "网页还没有换" not in page(house, f"s/{public}/")


def told(house, number) -> tuple[str, str]:
    """What the unit is told, and how its own page names the story."""
    words = re.search(r'<p id="told">(.*?)</p>', page(house, f"s/{number}/"), re.DOTALL)
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()
    return words[1].split("：")[0], next(
        w for w in ("正在撤下", "已撤下") if f">{w}<" in own
    )


def test_the_unit_is_not_told_that_it_is_gone_while_the_pages_show_it(house, public):
    """已从网站撤下 is said when both trees say so, not when it is only noted."""
    with morning(house):
        withdraw(house, public)
        during = told(house, public)
    house.clock.on(minutes=1)
    work(house)

    assert (f"{public} 正在从网站撤下", "正在撤下") == during
    assert (f"{public} 已从网站撤下", "已撤下") == told(house, public)


def test_a_correction_is_signed_while_the_morning_runs_and_shown_after_it(
    house, public
):
    """No signature is lost, and nobody signs twice."""
    propose(house, public)
    with morning(house):
        said = agree(house, public)
        during = naming(house, RIGHT)
        listed = page(house, "edition")
    work(house)

    assert "更正已签发" in said
    assert "不用再点" in said
    assert [] == during
    assert f"《{RIGHT}》的更正已登记，网页还没有换" in listed
    assert [] == naming(house, HEADLINE)
    assert naming(house, RIGHT)
    assert "网页还没有换" not in page(house, "edition")


def test_what_was_put_off_often_is_still_done(house, public):
    """Waiting for another run counts as no try, however long it takes."""
    with morning(house):
        withdraw(house, public)
        for _ in range(6):
            house.clock.on(minutes=1)
            work(house)
    house.clock.on(minutes=1)
    work(house)

    assert [] == naming(house, HEADLINE)
    assert () == house.store.pages_owed()


def test_a_desk_killed_after_the_signature_is_made_up_for(house, public, monkeypatch):
    """The pages are owed in the transaction that withdraws; the next worker pays."""

    def killed(*_, **__):
        raise SystemExit

    monkeypatch.setattr(desk_pages, "change_pages", killed)
    with pytest.raises(SystemExit):
        withdraw(house, public)
    before = naming(house, HEADLINE)
    work(house)

    assert before
    assert "withdrawn" == house.state(public)
    assert [] == naming(house, HEADLINE)


def test_pages_that_cannot_be_changed_are_told_and_tried_again_by_hand(
    house, public, monkeypatch
):
    """Three tries by itself, then 再试一次; the reason stands on the page."""
    real, tries = page_changes.clear_pages, []

    def held(*_, **__):
        tries.append(house.clock())
        raise NotCleared("这些文件里还有它，正被别的程序打开：a.pdf。请关掉那个程序")

    monkeypatch.setattr(page_changes, "clear_pages", held)
    said = withdraw(house, public)
    for _ in range(5):
        house.clock.on(minutes=6)
        work(house)
    told = page(house)
    monkeypatch.setattr(page_changes, "clear_pages", real)
    key = str(house.store.submission(public).story_id)
    asked = {"day": key, "page": "published"}
    house.browser("editor").post("/desk/edition/forms", asked)
    work(house)

    assert "正被别的程序打开：a.pdf" in said
    assert 1 + 3 == len(tries)
    assert "网页没有换成：这些文件里还有它，正被别的程序打开：a.pdf" in told
    assert f'value="{key}"' in told
    assert "再试一次" in told
    assert [] == naming(house, HEADLINE)
    assert "网页没有换成" not in page(house)


def test_a_later_change_is_not_done_with_an_earlier_one(house, public, monkeypatch):
    """Withdrawn while the pages are being changed: they are changed once more."""
    real = page_changes.build_trees
    propose(house, public)

    def build_then_withdraw(office, store):
        reports = real(office, store)
        monkeypatch.setattr(page_changes, "build_trees", real)
        store.ask_pages(house.store.submission(public).story_id, at=house.clock())
        return reports

    monkeypatch.setattr(page_changes, "build_trees", build_then_withdraw)
    agree(house, public)
    (owed,) = house.store.pages_owed()
    work(house)

    assert 2 == owed.asked
    assert () == house.store.pages_owed()


def test_issuing_while_the_morning_runs_says_what_to_do(house, public):
    """In the editor's words; nothing that was arranged is lost."""
    with morning(house):
        client = house.browser("editor")
        said = client.post("/desk/edition/issue", follow=True).content.decode()

    assert "还没有跑完，这一步现在办不了：等几分钟再点一次" in said
