"""What a link and its unit may send (A56): a kind sentence, and nothing is lost."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import replace

import pytest

from submissions.limits import MOST_FILES_A_DAY, MOST_NEW_A_DAY, MOST_OPEN_DRAFTS
from workflow.retention import remove_past, tidied_words


@pytest.fixture
def base(house):
    return f"/s/{house.links['afs']}"


def begin(house, base):
    """A draft with something in it, by the form; its key."""
    client = house.browser()
    key = client.post(f"{base}/new").url.split("/")[4]
    client.post(f"{base}/d/{key}/topic", {"topic": "free"})
    return key


def parcel(house, base, key, **told):
    return house.browser().post(f"{base}/parcel", {"key": key} | told)


@pytest.fixture
def full(house, base):
    """As many unsent drafts as a link may have."""
    return [begin(house, base) for _ in range(MOST_OPEN_DRAFTS)]


def test_a_link_has_so_many_unsent_drafts_and_no_more(house, base, full):
    """By each way of beginning one; what lies there can still be gone on with."""
    ways = [
        house.browser().post(f"{base}/new"),
        house.browser().post(f"{base}/whole", {"title": "又一篇", "text": house.text}),
        parcel(house, base, str(uuid.uuid4()), part="story", story="{}"),
    ]
    on = house.browser().get(f"{base}/d/{full[0]}/topic")

    assert [409] * 3 == [page.status_code for page in ways]
    assert all("没发的草稿已经有 20 份" in page.content.decode() for page in ways)
    assert 200 == on.status_code


def test_a_draft_less_makes_room_for_a_new_one(house, base, full):
    """Thrown away or sent."""
    house.browser().post(f"{base}/d/{full[0]}/drop")

    assert 302 == house.browser().post(f"{base}/new").status_code


def test_another_link_is_not_touched(house, full):
    """The limit is the link's own."""
    other = f"/s/{house.links['ds']}"

    assert 302 == house.browser().post(f"{other}/new").status_code


def test_beginning_and_dropping_in_a_loop_ends(house, base):
    """So many new ones a day, whatever becomes of them; tomorrow goes on."""
    link = house.store.links()[0].id
    for _ in range(MOST_NEW_A_DAY):
        house.store.note_attempt(f"new:{link}", at=house.clock())
    page = house.browser().post(f"{base}/new")
    house.clock.on(days=1, minutes=1)
    tomorrow = house.browser().post(f"{base}/new")

    assert "今天新写的太多了" in page.content.decode()
    assert 302 == tomorrow.status_code


@pytest.fixture
def nearly(house, base, picture, monkeypatch):
    """A draft whose photo has used up most of the unit's day; its key."""
    file = picture()
    size = len(file.getvalue())
    monkeypatch.setattr("desk.quota.UNIT_DAY_BYTES", size + size // 2)
    key = begin(house, base)
    house.browser().post(f"{base}/d/{key}/photos", {"photo": file})
    return key


def send_photo(house, base, key, file):
    return house.browser().post(
        f"{base}/d/{key}/photos",
        {"photo": file},
        headers={"accept": "application/json"},
    )


def test_a56_a_units_day_is_so_many_megabytes(house, base, nearly, picture):
    """One more is not taken, with a sentence; words go on, and tomorrow photos too."""
    other = picture(colour=(1, 2, 3))
    told = send_photo(house, base, nearly, other).json()
    words = house.browser().post(
        f"{base}/d/{nearly}/draft", {"title": "标题", "text": house.text, "go": "on"}
    )
    house.clock.on(days=1, minutes=1)
    other.seek(0)
    tomorrow = send_photo(house, base, nearly, other).json()

    assert 1 == told["count"]
    assert "这个没有收：文字照样能发" in told["faults"][0]
    assert 302 == words.status_code
    assert (2, []) == (tomorrow["count"], tomorrow["faults"])


def test_the_same_photo_again_costs_nothing(house, base, nearly):
    """A dying line sends it twice."""
    (job,) = house.store.jobs_of(f"web-{nearly}")
    same = io.BytesIO((house.store.folder / job.file).read_bytes())
    same.name = "again.jpg"
    told = send_photo(house, base, nearly, same).json()

    assert (1, []) == (told["count"], told["faults"])


def test_another_unit_has_a_day_of_its_own(house, nearly, picture):
    """What one town sends takes nothing from another."""
    other = f"/s/{house.links['ds']}"
    told = send_photo(house, other, begin(house, other), picture()).json()

    assert (1, []) == (told["count"], told["faults"])


def test_many_small_files_end_too(house, base, picture):
    """Counted, whatever their size."""
    for _ in range(MOST_FILES_A_DAY):
        house.store.note_attempt("file:afs", at=house.clock())
    told = send_photo(house, base, begin(house, base), picture()).json()

    assert "照片和文件太多了" in told["faults"][0]


def test_a_draft_that_is_never_sent_goes_after_its_time(house, base, picture):
    """With its photos, counted in the report; what was sent stays."""
    number = house.number()
    key = begin(house, base)
    send_photo(house, base, key, picture())
    sealed = house.store.folder / "originals" / f"web-{key}"
    assert sealed.is_dir()
    young = begin(house, base)
    house.clock.on(days=179)
    house.browser().post(f"{base}/d/{young}/topic", {"topic": "free"})
    house.clock.on(days=2)
    tidied = remove_past(replace(house.office, now=house.clock()), house.store)
    left = [draft.key for draft in house.store.open_drafts(1)]

    assert 1 == tidied.drafts
    assert "1 份没发的草稿" in tidied_words(tidied)
    assert [young] == left
    assert not sealed.exists()
    assert () == house.store.jobs_of(f"web-{key}")
    assert house.store.submission(number)


def test_a_parcel_of_a_known_key_goes_on_at_the_limit(house, base):
    """A story whose first photo came through is sent to its end."""
    key = str(uuid.uuid4())
    parcel(house, base, key, part="story", story=json.dumps({"title": "标题"}))
    for _ in range(MOST_OPEN_DRAFTS - 1):
        begin(house, base)
    again = parcel(house, base, key, part="story", story=json.dumps({"title": "标题"}))

    assert "没发的草稿" not in again.content.decode()
