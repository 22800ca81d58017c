"""Photos at the desk: cropped and blurred by hand, moved, left out, taken back."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from newsroom.submission import Photo
from submissions.pictures import clean_picture

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def with_photos(house, picture):
    """The number of a submission with two photos."""
    number = house.number()
    review = house.store.review(number)
    photos = []
    for colour in ((200, 30, 30), (30, 30, 200)):
        clean = clean_picture(picture(colour=colour).read())
        kept = house.store.keep_picture(clean.data, clean.extension)
        photos.append(_photo(kept, clean))
    house.store.change_text(
        number,
        version=review.version,
        title=review.submission.title,
        body=review.submission.body,
        photos=tuple(photos),
        findings=(),
        by="何文",
        at=house.clock(),
    )
    return number


def _photo(kept, clean):
    return Photo(kept, clean.width, clean.height, "职工领取清凉包", "李某文")


def files(house, number):
    return [photo.file for photo in house.store.submission(number).photos]


def change(house, number, **values):
    told = {"photo": files(house, number)[0]} | values
    told |= {"version": house.store.review(number).version}
    return house.act("editor", number, "photo-change", **told)


def test_a_cover_makes_a_new_picture_and_opens_the_review(house, with_photos):
    """The picture that was sent stays where it was; caption and credit too."""
    house.act("editor", with_photos, "sign")
    before = house.store.submission(with_photos).photos[0]
    change(house, with_photos, covers="100,100,300,300")
    after = house.store.submission(with_photos).photos[0]

    assert before.file != after.file
    assert (before.caption, before.credit) == (after.caption, after.credit)
    assert "checked" == house.state(with_photos)
    assert house.store.picture_path(before.file).is_file()


def test_a_crop_says_the_new_size(house, with_photos):
    """What pages show has the size that it has."""
    change(house, with_photos, crop="0,0,500,500")
    photo = house.store.submission(with_photos).photos[0]
    data = house.store.picture_path(photo.file).read_bytes()

    assert (
        Image.open(io.BytesIO(data)).size == (photo.width, photo.height) == (640, 480)
    )


def test_percents_do_for_whoever_cannot_draw(house, with_photos):
    """The form works without a script."""
    told = {"kind": "crop", "left": "0", "top": "0", "width": "50", "height": "50"}
    change(house, with_photos, **told)

    assert 640 == house.store.submission(with_photos).photos[0].width


def test_the_picture_that_was_sent_comes_back(house, with_photos):
    """After any number of changes."""
    first = files(house, with_photos)[0]
    change(house, with_photos, covers="100,100,300,300")
    change(house, with_photos, crop="0,0,800,800")
    told = {"photo": files(house, with_photos)[0]}
    told |= {"version": house.store.review(with_photos).version}
    house.act("editor", with_photos, "photo-restore", **told)

    assert first == files(house, with_photos)[0]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "还没有画框"),
        ({"crop": "0,0,20,20"}, "太小了"),
        ({"crop": "x"}, "框没有画好"),
        ({"left": "-1", "top": "0", "width": "5", "height": "5"}, "0 到 100"),
    ],
)
def test_a_bad_box_is_told_and_changes_nothing(house, with_photos, values, sentence):
    """The page with the picture comes back."""
    before = files(house, with_photos)
    page = change(house, with_photos, **values).content.decode()

    assert sentence in page
    assert "裁剪和打码" in page
    assert before == files(house, with_photos)


def test_photos_are_moved_left_out_and_taken_back(house, with_photos):
    """Order is as the page shows it; what was left out is one click away."""
    first, second = files(house, with_photos)

    def act(name, **values):
        version = house.store.review(with_photos).version
        page = house.act("editor", with_photos, name, version=version, **values)
        return page.content.decode()

    act("captions", forward=second, caption0="甲", caption1="乙")
    moved = [(p.file, p.caption) for p in house.store.submission(with_photos).photos]
    page = act("captions", away=second, caption0="乙", caption1="甲")
    left = files(house, with_photos)
    act("photo-back", photo=second)

    assert [(second, "乙"), (first, "甲")] == moved
    assert "撤下的照片 1 张" in page
    assert [first] == left
    assert [first, second] == files(house, with_photos)


def test_a_signed_photo_is_not_changed(house, with_photos):
    """After 终审 it is corrected or withdrawn, not changed."""
    house.sign_all(with_photos)
    before = files(house, with_photos)
    page = change(house, with_photos, covers="0,0,300,300").content.decode()

    assert "现在不能改" in page
    assert before == files(house, with_photos)


def test_another_storys_photo_is_not_there(house, with_photos):
    """The photo must be of this submission."""
    other = house.number("ds", text="另一件事。" + house.text)
    name = files(house, with_photos)[0]
    answer = house.browser("editor").get(f"/desk/s/{other}/photo/{name}/edit")

    assert 404 == answer.status_code


@pytest.mark.browser
@pytest.mark.slow
def test_a_face_is_covered_with_a_finger(house, with_photos, visit):
    """On a phone: a box is dragged over the photo, saved, and the pixels are gone."""
    before = files(house, with_photos)[0]
    page = visit.page(
        f"/desk/s/{with_photos}/photo/{before}/edit", who="editor", view=PHONE
    )
    page.locator("canvas").wait_for()
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=4)
    page.mouse.up()
    page.get_by_text("打码 1 处").wait_for()
    visit.shot(page, "photo-phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("button", name="存这张照片").click()
    page.get_by_text("照片改好了").wait_for()
    visit.shot(page, "story-phone")

    assert before != files(house, with_photos)[0]
    assert PHONE["width"] >= width
    assert [] == visit.faults
