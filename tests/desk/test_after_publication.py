"""After publication: corrected by two, or taken back at once; readers are told."""

from __future__ import annotations

import zipfile

import pytest

from newsroom.signing import ItemClass
from workflow.forming import make_day_forms

NOTE = "原文“1200份”应为“1100份”，特此更正"


@pytest.fixture
def public(house):
    """The number of a story that stands in a released edition."""
    number = house.number()
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    assert "published" == house.state(number)
    return number


def pages(house, tree="public"):
    root = house.office.output / tree
    return {
        file.relative_to(root).as_posix(): file.read_text("utf-8")
        for file in root.rglob("*.html")
    }


def story_page(house, number):
    story_id = house.store.submission(number).story_id
    return pages(house)[f"stories/2026/{story_id}.html"]


def words_of_docx(file):
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml").decode()


def propose(house, number, **changes):
    told = {
        "title": "1100份清凉包送到车间",
        "text": house.text.replace("1200", "1100"),
        "note": NOTE,
        "reason": "镇里来电",
    }
    return house.act("editor", number, "correct/propose", **(told | changes))


def decide(house, who, number, act, **values):
    waiting = house.store.open_correction(number)
    mark = waiting.mark if waiting else ""
    return house.act(who, number, f"correct/{act}", **({"mark": mark} | values))


def test_until_it_is_signed_readers_see_what_stood(house, public):
    """A proposal changes nothing."""
    before = pages(house)
    propose(house, public)

    assert before == pages(house)
    assert "published" == house.state(public)


def test_a_signed_correction_stands_on_the_page_with_its_note(house, public):
    """New words, 本文已更正 on top, the note below; the front page follows."""
    propose(house, public)
    decide(house, "final", public, "agree")
    page, front = story_page(house, public), pages(house)["index.html"]

    assert "corrected" == house.state(public)
    assert "本文已更正" in page
    assert NOTE in page
    assert "1200份清凉包送到车间" not in page + front
    assert "1100份清凉包送到车间" in front
    assert "有更正" in front


def test_a_signed_correction_reaches_what_is_printed(house, public):
    """The Word file of the day says the right words, and no longer the wrong ones."""
    day = house.clock().date()
    (made,) = make_day_forms(house.office, house.store, day).files["docx"]
    assert "1200份清凉包送到车间" in words_of_docx(made)

    propose(house, public)
    decide(house, "final", public, "agree")

    assert "1100份清凉包送到车间" in words_of_docx(made)
    assert "1200份清凉包送到车间" not in words_of_docx(made)


def test_the_issued_edition_itself_is_not_changed(house, public):
    """What was signed on the day stays as it was signed."""
    before = house.store.edition(house.clock().date())
    propose(house, public)
    decide(house, "final", public, "agree")

    assert before == house.store.edition(house.clock().date())


def test_a_correction_takes_two(house, public):
    """Whoever wrote it does not sign it, whatever the roles."""
    final = house.people["final"]
    house.store.set_roles(final.id, final.roles | house.people["editor"].roles)
    told = {"title": "改题", "text": house.text, "note": NOTE, "reason": "改题"}
    house.act("final", public, "correct/propose", **told)
    page = decide(house, "final", public, "agree").content.decode()

    assert "更正要两个人" in page
    assert "published" == house.state(public)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"note": ""}, "更正说明"),
        ({"reason": ""}, "更正原因"),
        ({"title": "1200份清凉包送到车间", "text": None}, "没有改动"),
    ],
)
def test_a_correction_that_says_nothing_is_refused_with_the_words_kept(
    house, public, changes, sentence
):
    """What was typed is in the form again."""
    changes = {k: house.text if v is None else v for k, v in changes.items()}
    page = propose(house, public, **changes).content.decode()

    assert sentence in page
    assert changes.get("text", "1100份")[:5] in page
    assert house.store.open_correction(public) is None


@pytest.mark.parametrize(
    ("who", "act", "values"),
    [("final", "refuse", {"words": "数字没有错"}), ("editor", "cancel", {})],
)
def test_refused_or_taken_back_nothing_changes_but_it_is_remembered(
    house, public, who, act, values
):
    """The history shows who, and the next correction can be written."""
    before = pages(house)
    propose(house, public)
    decide(house, who, public, act, **values)

    assert before == pages(house)
    assert 1 == len(house.store.corrections(public))
    assert house.store.open_correction(public) is None


def test_personal_data_is_not_corrected_into_the_page(house, public):
    """The checks hold for a correction as for a first text."""
    propose(house, public, text=house.text + "\n联系人张某13800138000。")
    page = decide(house, "final", public, "agree").content.decode()

    assert "必须改掉" in page
    assert "published" == house.state(public)


def test_withdrawn_it_is_gone_and_the_place_says_so(house, public):
    """Page, feeds and search; the day keeps a line; the unit reads the reason."""
    house.act("editor", public, "withdraw", reason="当事人要求")
    files = pages(house)
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()
    root = house.office.output / "public"
    left = [f for f in root.rglob("*") if f.is_file() and _names(f)]

    assert "withdrawn" == house.state(public)
    assert f"stories/2026/{house.store.submission(public).story_id}.html" not in files
    assert "这里有1篇稿件已撤下。" in files["index.html"]
    assert [] == left
    assert "已撤下" in own
    assert "当事人要求" in own


def _names(file):
    return "清凉包送到车间".encode() in file.read_bytes()


def test_it_is_not_withdrawn_without_a_reason(house, public):
    """Nor twice."""
    page = house.act("editor", public, "withdraw", reason=" ").content.decode()
    house.act("final", public, "withdraw", reason="当事人要求")
    again = house.act("final", public, "withdraw", reason="当事人要求")

    assert "请写为什么撤下" in page
    assert "已经撤下了" in again.content.decode()


def test_signed_again_it_stands_where_it_stood(house, public):
    """By the final reviewer, under the very same words."""
    before = pages(house)["index.html"]
    house.act("editor", public, "withdraw", reason="核实一下")
    denied = house.act("editor", public, "again", words="核实无误").status_code
    house.act("final", public, "again", words="核实无误")

    assert 403 == denied
    assert "final_ok" == house.state(public)
    assert before == pages(house)["index.html"]


def test_after_publication_an_important_story_is_the_chairs(house, public):
    """A correction and a second signature of class B wait for the chair."""
    house.store.set_class(public, ItemClass.IMPORTANT)
    propose(house, public)
    decide(house, "final", public, "agree")
    kept = house.state(public)
    house.act("editor", public, "withdraw", reason="核实一下")
    house.act("final", public, "again", words="核实无误")
    down = house.state(public)
    house.act("chair", public, "again", words="核实无误")

    assert ("published", "withdrawn") == (kept, down)
    assert "final_ok" == house.state(public)


def test_the_list_of_what_is_public_leads_to_each(house, public):
    """By edition, with its state; anything there can be withdrawn by number."""
    editor = house.browser("editor")
    page = editor.get("/desk/published").content.decode()
    story_id = house.store.submission(public).story_id
    told = {"story": str(story_id), "reason": "重复"}
    after = editor.post("/desk/published/withdraw", told, follow=True).content.decode()

    assert "1200份清凉包送到车间" in page
    assert "已撤下" in after
    assert "withdrawn" == house.state(public)


def test_a_withdrawn_text_is_changed_and_reviewed_three_times(house, public):
    """The old signatures are void; signed anew it may be chosen again."""
    house.act("editor", public, "withdraw", reason="数字有误")
    house.act("editor", public, "rework", words="改数字")
    void = house.store.review(public).approvals
    text = house.text.replace("1200", "1100")
    house.act("editor", public, "edit", title="1100份清凉包送到车间", text=text)
    house.sign_all(public)
    story = house.store.story(house.store.submission(public).story_id)

    assert () == void
    assert "final_ok" == house.state(public)
    assert ("1100份清凉包送到车间", "ingested") == (story.headline, story.state.value)
