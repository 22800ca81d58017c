"""What is past its time goes, is counted, and the rest stays (domain: 8.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import story_store.setup  # noqa: F401 - Django must be configured before its models
from newsroom.body import Body, Paragraph, Run
from newsroom.submission import Door, Submission, SubmissionState
from story_store.desk_models import (
    CommentRow,
    SubmissionDeskRow,
    SubmissionVersionRow,
)
from story_store.models import SubmissionRow
from tests.workflow.lively import TEXT, hand_in
from workflow.inbox import take_inbox
from workflow.office_state import Tidied, read_state
from workflow.retention import (
    clock_doubt,
    remove_past,
    take_counts,
    tidied_words,
    tidy,
)
from workflow.watching import upkeep_notes


def later(office, days):
    return replace(office, now=office.now + timedelta(days=days))


def keep_page(office, days):
    at = office.now - timedelta(days=days)
    folder = office.data / "pages" / f"{at:%Y}" / f"{at:%m}" / f"{at:%d}"
    folder.mkdir(parents=True)
    (folder / "lanmu-000001.warc.gz").write_bytes(b"pages")
    return folder


def test_raw_pages_go_after_their_days(office):
    """D40: raw pages older than [store] keep_pages go, by day, and are counted."""
    with office.store() as store:
        old = [keep_page(office, days) for days in (900, 731)]
        kept = [keep_page(office, days) for days in (730, 1)]
        tidied = tidy(office, store)
        again = tidy(office, store)

    assert Tidied(page_days=2, page_files=2) == tidied
    assert Tidied() == again
    assert not any(folder.exists() for folder in old)
    assert not old[0].parent.exists()
    assert all(folder.exists() for folder in kept)


@pytest.fixture
def rejected(office):
    """A submission with phones in it that was turned down."""
    phones = "联系人何某 13800138000，固话0717-4210000，编号0717421。"
    hand_in(office, "稿一", TEXT.replace("赛后，", phones))
    with office.store() as store:
        (one,) = take_inbox(office, store).received
        for state in (SubmissionState.RETURNED, SubmissionState.DROPPED):
            if store.submission(one.number).state is not state:
                store.move_submission(
                    one.number, state, by="何某", at=office.now, reason="不采用"
                )
    return one.number


def test_a_rejected_submission_keeps_no_phone_and_no_original(office, rejected):
    """After 180 days its original, its folder in 已收 and its phones are gone."""
    with office.store() as store:
        original = office.data / store.submission(rejected).original
        assert original.is_dir()
        assert Tidied() == tidy(later(office, 180), store)
        tidied = tidy(later(office, 181), store)
        kept = store.submission(rejected)

    assert (1, 2) == (tidied.rejected, tidied.phones)
    assert not original.exists()
    assert "" == kept.original
    assert "138****8000" in kept.body.text
    assert "0717-421****" in kept.body.text
    assert "编号0717421" in kept.body.text
    assert "36名焊工同台比武" in kept.title
    assert not list((office.inbox / "已收").glob("*/*/*"))
    with office.store() as store:
        assert len(store.submission_steps(rejected)) > 1


def test_an_adopted_original_stays_for_two_years(lively):
    """Until the year's assessment is closed the original stays; the text for good."""
    office = lively.office
    with office.store() as store:
        original = office.data / store.submission(lively.accepted).original
        assert Tidied() == remove_past(later(office, 730), store)
        tidied = remove_past(later(office, 731), store)
        kept = store.submission(lively.accepted)

    assert 1 == tidied.originals
    assert not original.exists()
    assert kept.body.text
    assert kept.photos
    assert all(store.picture_path(photo.file).is_file() for photo in kept.photos)


def test_what_waits_is_never_touched(lively):
    """A submission that nobody has judged keeps everything, however old."""
    office = lively.office
    with office.store() as store:
        original = office.data / store.submission(lively.waiting).original
        remove_past(later(office, 3000), store)

        assert original.is_dir()


def test_masking_spares_file_names_and_addresses(office):
    """A number in a picture's name or an address is no phone."""
    name = "a13800138000b" + "0" * 51 + ".jpg"
    words = f"见 http://a.example.cn/13800138000.html 和 {name}，电话138 0013 8000"
    body = Body((Paragraph((Run(words),)),))
    with office.store() as store:
        one = store.add_submission(
            Submission("k", "afs", "稿", body, Door.FOLDER, office.now),
            day=office.now.date(),
        )
        masked = store.mask_phones(one.number)
        text = store.submission(one.number).body.text

    assert 1 == masked
    assert words.replace("138 0013 8000", "138 **** 8000") == text


def test_the_counts_are_told_once(office):
    """What the night removed stands in the next report, and in no later one."""
    with office.store() as store:
        keep_page(office, 900)
        tidy(office, store)

    assert Tidied(page_days=1, page_files=1) == read_state(office.data).tidied
    assert "1 天的原始网页（1 个文件）" in tidied_words(take_counts(office))
    assert "" == tidied_words(take_counts(office))


def test_what_the_desk_noted_of_a_person_goes_too(office, rejected):
    """The phone on the desk, earlier texts and words between colleagues are masked."""
    with office.store() as store:
        rows = SubmissionRow.objects.using(store.alias)
        row = rows.get(number=rejected)
        common = {"submission": row, "by": "何某", "at": office.now}
        SubmissionDeskRow.objects.using(store.alias).create(
            submission=row, phone="13800138000"
        )
        SubmissionVersionRow.objects.using(store.alias).create(
            **common, number=0, title="稿", body="电话13800138000", photos=""
        )
        CommentRow.objects.using(store.alias).create(**common, text="打13800138000问")
        tidied = tidy(later(office, 181), store)
        text = SubmissionVersionRow.objects.using(store.alias).get().body
        word = CommentRow.objects.using(store.alias).get().text
        desk = SubmissionDeskRow.objects.using(store.alias).get()

    assert 3 == tidied.phones
    assert ("电话138****8000", "打138****8000问", "") == (text, word, desk.phone)


def test_forms_that_the_site_no_longer_carries_go_but_every_pdf_stays(office):
    """Word and pictures of days before the newest sixty go; they can be made anew."""
    days = [office.now.date() - timedelta(days=n) for n in range(62)]
    for day in days:
        folder = office.data / "releases" / day.isoformat() / "internal"
        folder.mkdir(parents=True)
        for ending in (".pdf", ".docx", "-long-1.png"):
            (folder / f"{day}{ending}").write_bytes(b"x")

    with office.store() as store:
        tidied = tidy(office, store)

    left = sorted((office.data / "releases").glob("*/*/*"))
    assert tidied.forms == 4
    assert len([file for file in left if file.suffix == ".pdf"]) == 62
    assert len(left) == 62 * 3 - 4
    assert "可随时重新生成" in tidied_words(tidied)


def test_d16_a_clock_that_jumped_ahead_removes_nothing(lively):
    """D16: years ahead all would be past its time; the report asks for the date."""
    ahead = later(lively.office, 4000)
    keep_page(lively.office, 1)
    with ahead.store() as store:
        assert Tidied() == tidy(ahead, store)
        notes = upkeep_notes(ahead, store)

    assert (lively.office.data / "pages").is_dir()
    assert any("上一次运行是 2026-09-21" in note for note in notes)


def test_after_a_pause_the_office_tidies_once_it_is_seen_at_work(lively):
    """Five days of runs are no slip of the clock."""
    office = lively.office
    with office.store() as store:
        doubts = []
        for day in range(400, 406):
            store.start_run(later(office, day).now.date(), later(office, day).now)
            doubts.append(bool(clock_doubt(store, later(office, day).now)))
        assert "" == clock_doubt(store, later(office, 1).now)

    assert [True] * 4 + [False] * 2 == doubts
