"""Boxes drawn over a picture: what is covered is gone for good, the rest stays."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from submissions.picture_edits import Box, edit_picture, read_boxes
from submissions.pictures import PictureRefused

SIDE = st.integers(-50, 1100)


def picture(size=(800, 600)) -> bytes:
    """Fine black and white stripes: any detail that is left would show."""
    image = Image.new("RGB", size, "white")
    for x in range(0, size[0], 2):
        image.paste("black", (x, 0, x + 1, size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def opened(clean) -> Image.Image:
    return Image.open(io.BytesIO(clean.data)).convert("RGB")


def test_under_a_cover_no_detail_is_left():
    """Stripes become one grey; outside the box they stand."""
    made = opened(edit_picture(picture(), None, [Box(250, 250, 500, 500)]))
    covered = {made.getpixel((x, 300))[0] for x in range(260, 540)}
    outside = {made.getpixel((x, 30))[0] for x in range(100)}

    assert max(covered) - min(covered) <= 8
    assert {0, 255} == outside


def test_a_crop_keeps_the_box():
    """Sizes are those of the box."""
    made = edit_picture(picture(), Box(0, 0, 500, 500), [])

    assert (400, 300) == (made.width, made.height) == opened(made).size


def test_covers_are_drawn_before_the_crop():
    """Both are told of the whole picture."""
    made = opened(
        edit_picture(picture(), Box(500, 0, 500, 1000), [Box(0, 0, 1000, 1000)])
    )

    assert {0, 255}.isdisjoint({made.getpixel((x, 100))[0] for x in range(100)})


@pytest.mark.parametrize(
    "text", ["1,2,3", "a,b,c,d", "0,0,0,10", "1000,0,10,10", "1,2,3,٤", "1e9,0,1,1"]
)
def test_what_is_no_box_is_refused(text):
    """With a sentence, not a trace."""
    with pytest.raises(PictureRefused):
        Box.read(text)


def test_too_many_boxes_are_refused():
    """Nobody draws so many by hand."""
    with pytest.raises(PictureRefused, match="30"):
        read_boxes(";".join(["0,0,10,10"] * 31))


@pytest.mark.parametrize(("crop", "covers"), [(None, []), (Box(0, 0, 10, 10), [])])
def test_nothing_or_next_to_nothing_is_refused(crop, covers):
    """A picture of a few pixels is none."""
    with pytest.raises(PictureRefused):
        edit_picture(picture(), crop, covers)


@settings(max_examples=40, deadline=None)
@given(SIDE, SIDE, SIDE, SIDE)
def test_any_four_numbers_are_a_box_inside_or_refused(left, top, width, height):
    """Never outside the picture, never empty."""
    try:
        box = Box.read(f"{left},{top},{width},{height}")
    except PictureRefused:
        return
    x, y, right, bottom = box.pixels((300, 200))

    assert 0 <= x < right <= 300
    assert 0 <= y < bottom <= 200
