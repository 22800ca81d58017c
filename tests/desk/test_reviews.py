"""三审三校 at the desk: who may, on which text, and what a change undoes."""

from __future__ import annotations

import io
import re

import pytest


def test_three_people_sign_the_same_text(house):
    """Editor, section head and leader sign; the story is ready for an edition."""
    number = house.number()
    house.sign_all(number)

    assert "final_ok" == house.state(number)
    story = house.store.story(house.store.submission(number).story_id)
    assert "1200份清凉包送到车间" == story.headline


def test_changing_one_character_opens_the_review_again(house):
    """A changed text is no longer the one that was signed (domain: 2.5, rule 1)."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    house.act("editor", number, "edit", title="1201份清凉包", text=house.text)

    assert "checked" == house.state(number)
    assert () == house.store.review(number).approvals


def test_the_same_person_never_signs_twice(house):
    """Someone with two roles signs one step only, unless the office is small."""
    number = house.number()
    both = house.people["editor"].roles | house.people["reviewer"].roles
    house.store.set_roles(house.people["editor"].id, both)
    house.act("editor", number, "sign")
    page = house.act("editor", number, "sign").content.decode()

    assert "first_ok" == house.state(number)
    assert "要由另一位同志办" in page


def test_an_old_page_signs_nothing(house):
    """Whoever looked at other words has not read these."""
    number = house.number()
    page = house.act("editor", number, "sign", hash="0" * 64).content.decode()

    assert "checked" == house.state(number)
    assert "不是最新的文字" in page


def test_an_important_story_waits_for_the_chair(house):
    """Class B: the chair, or the leader with the chair's written leave; read aloud."""
    number = house.number()
    house.act("editor", number, "weigh", item_class="B")
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    refused = house.act("final", number, "sign", read_aloud="yes").content.decode()
    unread = house.act("chair", number, "sign").content.decode()
    house.act("chair", number, "sign", read_aloud="yes")

    assert "书面委托" in refused
    assert "已通读全文" in unread
    assert "final_ok" == house.state(number)


def test_an_important_story_is_not_made_ordinary_on_the_way(house):
    """After the first review only the chair makes it ordinary again; it is noted."""
    number = house.number()
    house.act("editor", number, "weigh", item_class="B")
    house.act("editor", number, "sign")
    house.act("editor", number, "weigh", item_class="A")
    kept = house.store.review(number).item_class.value
    house.act("final", number, "weigh", item_class="A")

    assert ["B", "B"] == [kept, house.store.review(number).item_class.value]
    assert "类别改为 B 重要" == house.store.comments(number)[0].text


def test_what_is_the_chairs_is_in_no_list_of_others(house):
    """Class C: editors find it in no list, count, search, page or photo."""
    number = house.number(text=house.text + "\n这是内部资料。")
    seen = {
        who: house.browser(who).get("/desk/?tab=wait").content.decode()
        for who in ("editor", "reviewer", "final", "chair")
    }
    page = house.browser("editor").get(f"/desk/s/{number}/")
    found = house.browser("editor").get(f"/desk/?q={number}").content.decode()

    assert [False, False, True, True] == [number in text for text in seen.values()]
    assert "待办 <b>0</b>" in seen["editor"]
    assert 404 == page.status_code
    assert f">{number}" not in found


def test_the_chair_lets_it_go_on(house):
    """After the chair's recorded decision it goes the way of an important story."""
    number = house.number(text=house.text + "\n这是内部资料。")
    house.act("final", number, "sign")
    before = house.state(number)
    house.act("chair", number, "chair", decision="agree", words="可以公开")
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    house.act("chair", number, "sign", read_aloud="yes")

    assert "checked" == before
    assert "final_ok" == house.state(number)


def test_a_grave_finding_stops_the_first_review(house):
    """A block passes only with the final reviewer's reason."""
    number = house.number(
        text=house.text.replace("安福寺镇总工会", "安福寺镇总工会和董市镇")
    )
    house.act("editor", number, "edit", title="支江送清凉", text=house.text)
    stopped = house.act("editor", number, "sign").content.decode()
    key = "wrong_word:0:2"
    house.act("editor", number, "fix", finding=key)

    assert "请改掉" in stopped
    assert "枝江送清凉" == house.store.submission(number).title


def test_one_may_undo_ones_own_last_step(house):
    """Ten minutes, one's own, and only while nobody has acted since."""
    number = house.number()
    house.act("editor", number, "decline", reason="late")
    other = house.act("reviewer", number, "undo").content.decode()
    house.act("editor", number, "undo")

    assert "只能撤销自己" in other
    assert "checked" == house.state(number)


def test_a_step_cannot_be_undone_the_next_hour(house):
    """After ten minutes it stands."""
    number = house.number()
    house.act("editor", number, "decline", reason="late")
    house.clock.on(minutes=11)
    house.act("editor", number, "undo")

    assert "rejected" == house.state(number)


def test_hold_needs_a_day_to_come(house):
    """缓发 is until a day; the unit is told which."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    house.act("final", number, "hold", until="2026-09-20")
    before = house.state(number)
    house.act("final", number, "hold", until="2026-09-25")
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()

    assert "second_ok" == before
    assert "暂缓，预计9月25日" in own


def test_a_signature_on_paper_is_recorded_by_name(house):
    """The printed form carries the hash; the leader's name counts, not the clerk's."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    form = house.browser("editor").get(f"/desk/s/{number}/form").content.decode()
    house.act("editor", number, "paper", signer="何文", confirm="yes")
    before = house.state(number)
    house.act(
        "editor",
        number,
        "paper",
        signer="向书平",
        signed_on="2026-09-21",
        confirm="yes",
    )
    signed = house.store.review(number).approvals[-1]

    assert "信息发布审批表" in form
    assert "second_ok" == before
    assert ("向书平", True) == (signed.name, signed.paper)
    assert "final_ok" == house.state(number)


@pytest.mark.parametrize("who", ["webmaster", "admin"])
def test_who_has_no_business_with_texts_reads_none(house, who):
    """The webmaster and the keeper of accounts see no submission."""
    number = house.number()

    assert 403 == house.browser(who).get(f"/desk/s/{number}/").status_code


def test_the_edition_is_arranged_issued_and_released_by_two(house):
    """Pin and drop with a reason; the issuer does not release; the public tree is."""
    number = house.number()
    house.sign_all(number)
    story_id = str(house.store.submission(number).story_id)
    editor = house.browser("editor")
    told = {
        "story": story_id,
        "hand": "pin",
        "column": "NEWS",
        "place": "1",
        "reason": "当天最要紧",
        "day": "2026-09-21",
    }
    editor.post("/desk/edition/arrange", told)
    early = house.release()
    editor.post("/desk/edition/issue")
    refused = house.release("editor")
    house.release()
    edition = house.store.edition(house.clock().date())

    assert "今天还没有出内部版" in early.content.decode()
    assert 403 == refused.status_code
    assert ["1200份清凉包送到车间"] == [
        e.headline for c, es in edition.columns if c.name == "NEWS" for e in es
    ]
    assert ("何文", "向书平") == (edition.release.edited_by, edition.release.signed_by)
    assert (house.office.output / "public" / "index.html").is_file()
    assert "published" == house.state(number)


def test_what_was_asked_is_taken_back_with_the_return(house):
    """An undone return asks the unit nothing, an undone hold names no day."""
    number = house.number()
    house.act("editor", number, "return", reason="result", questions="多少人？")
    house.act("editor", number, "undo")
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    house.act("final", number, "hold", until="2026-09-25")
    house.act("final", number, "undo")
    page = house.browser("final").get(f"/desk/s/{number}/").content.decode()

    assert "多少人？" not in own
    assert "second_ok" == house.state(number)
    assert "<span>缓发到" not in page


def on_paper(house, number, signer, **more):
    told = {"signer": signer, "signed_on": "2026-09-21", "confirm": "yes"}
    return house.act("editor", number, "paper", **(told | more)).content.decode()


def test_the_photo_of_the_signed_form_is_kept(house, picture):
    """It belongs to the signature and only this story shows it."""
    number, other = house.number(), house.number("ds", text="又。" + house.text)
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    page = on_paper(house, number, "向书平", scan=picture())
    (name,) = re.findall(r"photo/([0-9a-f]{64}[.]jpg)", page)[:1]
    editor = house.browser("editor")

    assert "看签好的纸表" in page
    assert 200 == editor.get(f"/desk/s/{number}/photo/{name}").status_code
    assert 404 == editor.get(f"/desk/s/{other}/photo/{name}").status_code


def test_what_is_no_photo_signs_nothing(house):
    """A wrong file is told, and the story waits as before."""
    number = house.number()
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    file = io.BytesIO(b"MZ\x90")
    file.name = "表.jpg"
    page = on_paper(house, number, "向书平", scan=file)

    assert "不是 JPG" in page
    assert "second_ok" == house.state(number)


def test_an_important_story_is_signed_on_paper_by_the_chair(house):
    """Paper is no way around class B."""
    number = house.number()
    house.act("editor", number, "weigh", item_class="B")
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    refused = on_paper(house, number, "向书平")
    before = house.state(number)
    on_paper(house, number, "周立")

    assert "重要稿件由主席签字" in refused
    assert ["second_ok", "final_ok"] == [before, house.state(number)]


def test_what_opened_a_review_again_is_not_undone(house):
    """A text changed after signatures never gets back the state that they gave it."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    house.act("editor", number, "edit", title="1201份清凉包", text=house.text)
    house.act("editor", number, "undo")

    assert "checked" == house.state(number)


def test_nobody_signs_on_paper_before_the_reviews_of_this_text(house):
    """Even where the state says so: 初审 and 复审 must stand under these very words."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")
    submission = house.store.submission(number)
    rows = type(house.store._submission_row(number)).objects
    rows.filter(number=number).update(title=f"{submission.title}！")
    told = {"signer": "向书平", "signed_on": "2026-09-21", "confirm": "yes"}
    page = house.act("editor", number, "paper", **told).content.decode()

    assert "还没有初审和复审签过" in page
    assert "second_ok" == house.state(number)


def test_a_text_that_came_back_the_same_is_signed_anew_by_the_same_three(house):
    """Signatures from before it was declined count no more, so nobody is shut out."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "decline", reason="late")
    token, mark = house.links["afs"], house.store.review(number).mark
    house.clock.on(minutes=20)
    appeal = f"/s/{token}/r/{number}/appeal"
    house.browser().post(appeal, {"mark": mark, "words": "当天就报了"})
    before = house.store.review(number).approvals
    house.sign_all(number)

    assert () == before
    assert "final_ok" == house.state(number)


def test_a_signature_and_the_story_of_it_are_kept_together(house, monkeypatch):
    """If the story cannot be kept, nothing is signed: no signed text is lost."""
    number = house.number()
    house.act("editor", number, "sign")
    house.act("reviewer", number, "sign")

    def fails(*_):
        raise OSError

    monkeypatch.setattr("desk.sign_views.save_signed", fails)
    house.act("final", number, "sign")

    assert "second_ok" == house.state(number)


def test_a_changed_word_does_not_make_an_important_story_ordinary(house):
    """Open again for its new text, it is still the chair's to make ordinary."""
    number = house.number()
    house.act("editor", number, "weigh", item_class="B")
    house.act("editor", number, "sign")
    house.act("editor", number, "edit", title="1201份清凉包", text=house.text)
    house.act("editor", number, "weigh", item_class="A")

    assert "checked" == house.state(number)
    assert "B" == house.store.review(number).item_class.value
