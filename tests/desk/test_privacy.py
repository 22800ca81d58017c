"""A person asks where they are named, and to be forgotten (domain: 8.3)."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.apps import apps
from docx import Document
from typer.testing import CliRunner

from newsroom.body import Body, Paragraph, plain_runs
from newsroom.errors import NewsroomError
from story_store.job_results import JobKind, ReadText
from story_store.privacy import ERASED, KEPT, NAMELESS
from workflow.cli import make_app
from workflow.office import Office
from workflow.privacy import erase_person, find_person, mask_of, read_name
from workflow.retention import remove_past

NAME = "李桂香"


@pytest.fixture
def named(house, picture):
    """A story that names her in text, caption, file and comment; its number."""
    document = Document()
    run = document.add_paragraph("9月18日，安福寺镇总工会走访职工李").add_run(
        "桂香家。"
    )
    run.bold = True
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    file.name = "李桂香一家.docx"
    number = house.number(
        text=f"9月18日，安福寺镇总工会走访职工{NAME}，送去慰问金2000元。",
        file=file,
        photo=picture(),
        author=NAME,
    )
    house.act("editor", number, "comment", text=f"{NAME}的事问过了")
    return number


def texts_of(house) -> str:
    """Every text that the store holds, by every table."""
    out = []
    for model in apps.get_app_config("story_store").get_models():
        rows = model.objects.using(house.store.alias).values()
        out.append(json.dumps(list(rows), default=str, ensure_ascii=False))
    return "\n".join(out)


def test_every_table_is_judged():
    """A table that nobody has judged fails here."""
    tables = {m.__name__ for m in apps.get_app_config("story_store").get_models()}

    assert tables == {*ERASED, *KEPT, *NAMELESS}


def test_every_place_is_found(house, named):
    """Text, versions, photos' names, drafts, steps, comments, the sealed original."""
    found = find_person(house.office, house.store, NAME)
    tables = {mention.table for mention in found.mentions}

    assert {"SubmissionRow", "CommentRow", "JobRow", "FormDraftRow"} <= tables
    assert (named,) == found.numbers
    assert any(file.path.endswith("-file.docx") for file in found.files)


def test_a_name_split_in_a_word_file_is_found(house, named):
    """Word cuts a name into runs; it is found all the same."""
    (house.store.folder / "originals").joinpath("x").mkdir()
    found = find_person(house.office, house.store, NAME)

    assert [file for file in found.files if "封存的原件" in file.fate]


def test_erasing_leaves_the_name_nowhere_that_is_not_told(house, named):
    """Masked in place, originals removed; what is done is logged without the name."""
    log = house.office.data / "logs" / "2026-09-21.jsonl"
    log.parent.mkdir(exist_ok=True)
    log.write_text(f'{{"title":"{NAME}"}}\n', encoding="utf-8")
    done = erase_person(house.office, house.store, NAME, at=house.clock())
    left = texts_of(house)
    (event,) = house.store.events()

    assert done.columns > 4
    assert (1, 1) == (done.originals, done.logs)
    assert NAME not in left
    assert "李某某" in house.store.submission(named).body.text
    assert ((), ()) == (done.left.mentions, done.left.files)
    assert named in event.what
    assert NAME not in event.what


def test_only_the_named_submission_of_two_is_changed(house, named):
    """Somebody else of the same name keeps theirs."""
    other = house.number("ds", text=f"董市镇职工{NAME}获得技能竞赛第一名，成绩98分。")
    erase_person(house.office, house.store, NAME, only=[named], at=house.clock())

    assert NAME not in house.store.submission(named).body.text
    assert NAME in house.store.submission(other).body.text


def test_a_correspondents_link_dies_with_their_name(house):
    """The chair who asks to be forgotten has no link and no phone any more."""
    house.number()
    erase_person(house.office, house.store, "李某文", at=house.clock())
    (link, _) = house.store.links()

    assert ("李某某", "", True) == (link.name, link.phone, link.revoked)
    assert 404 == house.browser().get(f"/s/{house.links['afs']}/").status_code


def test_an_editors_signature_stays_and_is_told(house, named):
    """Who signed is a record; the reason stands beside it."""
    house.act("editor", named, "sign")
    found = find_person(house.office, house.store, "何文")
    kept = {mention.table: mention.kept for mention in found.mentions if mention.kept}

    assert "签发记录要能追责，不改" == kept.get("ApprovalRow")


@pytest.mark.parametrize("name", ["", "李", "名" * 30])
def test_what_is_no_name_is_refused(name):
    """One character would mask half the paper."""
    with pytest.raises(NewsroomError, match="完整的姓名"):
        read_name(name)


def test_a_mask_is_as_long_as_the_name():
    """Offsets of findings stay."""
    assert ("李某某", "李某") == (mask_of("李桂香"), mask_of("李香"))


def test_the_command_only_lists_without_yes(house, named, monkeypatch):
    """A dry run changes nothing and says what would be done."""
    monkeypatch.setattr(
        "workflow.office.open_office", lambda *_args, **_named: house.office
    )
    monkeypatch.setattr(Office, "store", lambda _office: nullcontext(house.store))
    before = texts_of(house)
    told = CliRunner().invoke(make_app(), ["privacy", "erase", NAME]).output

    assert texts_of(house) == before
    assert "会盖住" in told
    assert "李某某" in told


def test_a_correspondents_phone_goes_with_their_name(house):
    """Neither the desk's note of whom to ask nor a kept draft has it any more."""
    number = house.number()
    before = house.store.review(number).phone
    erase_person(house.office, house.store, "李某文", at=house.clock())

    assert "13800001111" == before
    assert "13800001111" not in texts_of(house)


def test_of_what_is_the_chairs_no_word_is_told(house):
    """Whoever looks for a name learns where it stands and nothing of the matter."""
    text = f"{house.text}\n职工{NAME}反映的事正在调解，属内部参阅。"
    number = house.number(title="某厂欠薪正在调解", text=text)
    found = find_person(house.office, house.store, NAME)
    words = {one.words for one in found.mentions if one.number == number}

    assert {"须主席定的稿件，内容不在这里显示"} == words


def test_the_phone_of_a_rejected_story_goes_from_the_form_too(house, named):
    """After its time neither the form nor a file that was read has the number."""
    house.act("editor", named, "decline", reason="late")
    jobs = house.store.jobs_of(house.store.submission(named).key)
    job = next(one for one in jobs if one.kind is JobKind.DOCUMENT)
    body = Body((Paragraph(plain_runs("电话13900002222，联系人李某。")),))
    text = ReadText("清凉包送到车间", body)
    house.store.end_job(job.key, job.state, at=house.clock(), text=text)
    house.clock.on(days=181)
    remove_past(replace(house.office, now=house.clock()), house.store)
    house.store.revoke_link(house.store.links()[0].id, at=house.clock())
    left = texts_of(house)

    assert "13800001111" not in left
    assert "13900002222" not in left
    assert "139****2222" in left


def test_erasing_opens_a_text_under_review_again(house, named):
    """The text is another: signatures are void, and the log says why."""
    house.act("editor", named, "sign")
    before = house.store.review(named)
    erase_person(house.office, house.store, NAME, at=house.clock())
    review = house.store.review(named)
    last = house.store.submission_steps(named)[-1]

    assert ("first_ok", 1) == (before.submission.state.value, len(before.approvals))
    assert ("checked", ()) == (review.submission.state.value, review.approvals)
    assert before.text_hash != review.text_hash
    assert ("按本人要求", "盖住姓名，文字有改动，重新三审") == (last.by, last.reason)


def test_a_page_that_stood_open_does_not_bring_the_name_back(house, named):
    """Whoever saves the former text is told that it was changed."""
    version = house.store.review(named).version
    erase_person(house.office, house.store, NAME, at=house.clock())
    told = {"title": "改题", "text": f"职工{NAME}", "version": version}
    house.browser("editor").post(f"/desk/s/{named}/edit", told)

    assert NAME not in texts_of(house)


def test_a_signed_text_stays_signed_and_says_so(house, named):
    """What is signed is masked in its place; a word for the colleagues tells it."""
    house.sign_all(named)
    erase_person(house.office, house.store, NAME, at=house.clock())
    words = [one.text for one in house.store.comments(named)]

    assert "final_ok" == house.state(named)
    assert "盖住了姓名，签名仍是原来文字的" in words
    assert NAME not in texts_of(house)


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "  "])
def test_a_name_with_blanks_is_found_and_masked(house, blank):
    """Tables and signature lines fill names up; the blanks stay where they were."""
    written = blank.join(NAME)
    number = house.number(text=f"{house.text}\n参加的有{written}和王某。")
    log = house.office.data / "logs" / "2026-09-21.jsonl"
    log.parent.mkdir(exist_ok=True)
    log.write_text(f"{written}\n", encoding="utf-8")
    found = find_person(house.office, house.store, NAME)
    erase_person(house.office, house.store, NAME, at=house.clock())
    text = house.store.submission(number).body.text

    assert (number,) == found.numbers
    assert written not in texts_of(house)
    assert all(name in text for name in (*"某", "参加的有李", "和王某"))
    assert written not in log.read_text(encoding="utf-8")


def test_a_name_only_in_the_original_takes_the_original_away(house):
    """An editor wrote it out of the text; the sealed file had it still."""
    number = house.number(text=f"{house.text}\n走访职工{NAME}。")
    told = {"title": "走访职工", "text": house.text}
    house.act("editor", number, "edit", **told)
    erase_person(house.office, house.store, NAME, at=house.clock())
    again = find_person(house.office, house.store, NAME)

    assert "" == house.store.submission(number).original
    assert ((), ()) == (again.mentions, again.files)


PLACES = [
    ("data", "logs/2026-09-21.jsonl", "utf-8"),
    ("data", "desk/note.txt", "utf-8"),
    ("data", "mail/sent.json", "utf-8"),
    ("data", "publish/journal.jsonl", "utf-8"),
    ("data", "forms/2026-09-21/a/index.txt", "gb18030"),
    ("data", "originals/web-x/file.doc", "utf-16-le"),
    ("output", "internal/index.html", "utf-8"),
    ("output", "public/index.html", "utf-8"),
    ("inbox", "需人工/李桂香.pdf", ""),
]


@pytest.mark.parametrize(("place", "path", "encoding"), PLACES)
def test_every_place_that_the_sentence_names_is_searched(house, place, path, encoding):
    """What is told of the search is true of files of each folder."""
    file = getattr(house.office, place) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(NAME.encode(encoding) if encoding else b"")
    found = find_person(house.office, house.store, NAME).files

    assert [path.rpartition("/")[2]] == [f.path.rpartition("/")[2] for f in found]
    assert found[0].fate


def test_the_settings_are_searched(house):
    """A leader's name of the office's own list is told of."""
    file = house.office.settings.path("config/leaders.toml")
    file.parent.mkdir()
    file.write_text(f"# {NAME}\n", encoding="utf-8")
    found = find_person(house.office, house.store, NAME).files

    assert ["设置和规则，不改：由改规则的人决定"] == [file.fate for file in found]
