"""A79: a QR code in a photo is shown with where it leads, and answered for by name."""

from __future__ import annotations

import io
import re
import shutil

import pytest
import segno
from PIL import Image

from desk import findings
from submissions.picture_codes import codes_in
from workflow.inbox import take_inbox

WHERE = "https://pay.example.org/abc"


def photo_with(*codes, angle=0, size=(1600, 1200)):
    """A photo with printed codes, as a phone would send it."""
    image = Image.effect_noise(size, 30).convert("RGB")
    for n, said in enumerate(codes):
        made = io.BytesIO()
        segno.make(said, error="m", micro=False).save(made, kind="png", scale=6)
        code = (
            Image.open(made)
            .convert("RGB")
            .rotate(angle, expand=True, fillcolor="white")
        )
        image.paste(code, (100 + 600 * n, 200))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    out.seek(0)
    out.name = "照片.jpeg"
    return out


@pytest.mark.parametrize("angle", [0, 12, 90, 180])
def test_a_code_is_read_however_it_stands(tmp_path, angle):
    """Turned or askew, in a noisy JPEG."""
    file = tmp_path / "a.jpg"
    file.write_bytes(photo_with(WHERE, angle=angle).getvalue())

    assert (WHERE,) == codes_in(file)


def test_every_code_of_a_photo_is_read(tmp_path):
    """Each is a link of its own; the same one twice is one."""
    file = tmp_path / "a.jpg"
    file.write_bytes(photo_with(WHERE, "工会驿站").getvalue())

    assert {WHERE, "工会驿站"} == set(codes_in(file))


def test_a_photo_without_a_code_says_nothing(tmp_path, picture):
    """No false alarm over noise."""
    file = tmp_path / "a.jpg"
    file.write_bytes(picture().getvalue())

    assert () == codes_in(file)


@pytest.fixture
def coded(house):
    """The number of a story with such a photo."""
    return house.number(photo=photo_with(WHERE))


def test_the_editor_sees_where_it_leads_and_answers_for_it(house, coded):
    """No signature before somebody has looked; then it passes, with the name."""
    page = house.browser("editor").get(f"/desk/s/{coded}/").content.decode()
    refused = house.act("editor", coded, "sign").content.decode()
    stopped = house.state(coded)
    (key,) = re.findall(r'name="finding" value="(photo_code[^"]+)"', page)
    house.act("editor", coded, "tick", finding=key)
    house.act("editor", coded, "sign")

    assert WHERE in page
    assert "第 1 张照片里有二维码" in page
    assert "我核对过" in refused
    assert ("checked", "first_ok") == (stopped, house.state(coded))


@pytest.fixture
def unread(monkeypatch):
    """Whoever opens a story may not search a photo any more."""

    def search(path):
        pytest.fail(f"searched while somebody waits: {path}")

    monkeypatch.setattr(findings, "codes_in", search)


def test_whoever_opens_the_story_waits_for_no_photo(house, coded, unread):
    """The codes were read by the worker when the photo was taken in."""
    page = house.browser("editor").get(f"/desk/s/{coded}/").content.decode()

    assert WHERE in page


def test_the_codes_of_a_folder_are_read_when_it_is_taken_in(house, unread):
    """The folder door reads them too; so does the mail, by the same keeper."""
    place = house.office.inbox / "安福寺镇" / "9月20日 驿站开放"
    place.mkdir(parents=True)
    (place / "稿件.txt").write_text(house.text, encoding="utf-8")
    (place / "照片1.jpg").write_bytes(photo_with(WHERE).getvalue())
    (kept,) = take_inbox(house.office, house.store).received
    page = house.browser("editor").get(f"/desk/s/{kept.number}/").content.decode()

    assert WHERE in page


def test_codes_that_nobody_kept_are_read_again(house, coded):
    """Photos of before, and those of a restored backup, are searched when seen."""
    shutil.rmtree(house.store.folder / "picture_codes")
    page = house.browser("editor").get(f"/desk/s/{coded}/").content.decode()

    assert WHERE in page


def test_a_covered_code_is_no_warning_any_more(house, coded):
    """裁剪打码 over it: the new picture has no code."""
    photo = house.store.submission(coded).photos[0]
    told = {"photo": photo.file, "covers": "0,0,1000,1000"}
    told["version"] = house.store.review(coded).version
    house.act("editor", coded, "photo-change", **told)
    page = house.browser("editor").get(f"/desk/s/{coded}/").content.decode()

    assert photo.file != house.store.submission(coded).photos[0].file
    assert WHERE not in page
