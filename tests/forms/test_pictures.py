"""Photos of an edition: read once, upright, in the size that each form shows."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image

from newsroom.errors import NewsroomError
from site_builder.forms.pictures import Photos, suits


def photo(folder, size, *, turned=1, name="photo.jpg"):
    """A picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    drawn.save(folder / name, quality=90, exif=exif)
    return folder / name


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg.content))


def test_a_picture_is_no_wider_than_asked_and_never_enlarged(tmp_path):
    """What is big comes down to the width, what is small stays as it is."""
    photos = Photos()
    big = photo(tmp_path, (2400, 1600), name="big.jpg")
    small = photo(tmp_path, (300, 200), name="small.jpg")

    made = [photos.jpeg(file, width=900) for file in (big, small)]

    assert [(900, 600), (300, 200)] == [opened(one).size for one in made]


def test_a_photo_that_was_held_sideways_stands_upright(tmp_path):
    """As in the browser: the camera's note says what is up."""
    turned = photo(tmp_path, (1600, 1200), turned=6)

    made = opened(Photos().jpeg(turned, width=600))

    assert (600, 800) == made.size
    assert made.getpixel((300, 50))[0] > 200
    assert made.getpixel((300, 750))[2] > 200


@pytest.mark.parametrize("size", [(1600, 1067), (3000, 500), (500, 3000), (200, 100)])
def test_a_place_is_filled_by_any_shape(tmp_path, size):
    """Wide or tall, big or small: the middle of the photo fills its place."""
    file = photo(tmp_path, size)

    filled = Photos().filling(file, 496, 630)

    assert (496, 630) == filled.size
    assert filled.getpixel((20, 300))[0] > 200
    assert filled.getpixel((475, 300))[2] > 200


def test_the_order_of_the_forms_changes_no_picture(tmp_path):
    """A picture is the same file, whichever form asked for the photo first."""
    file, once, again = photo(tmp_path, (1600, 1067)), Photos(), Photos()
    again.filling(file, 968, 520)
    again.jpeg(file, width=1200)

    assert again.jpeg(file, width=900) == once.jpeg(file, width=900)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    """A broken picture is a sentence of the form that needs it."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")

    with pytest.raises(NewsroomError, match=r"图片 broken.jpg… 打不开"):
        Photos().jpeg(broken, width=900)


@pytest.mark.parametrize(
    ("size", "place", "fits"),
    [
        ((1600, 1067), (496, 630), True),
        ((480, 320), (1080, 460), True),
        ((600, 1200), (1080, 460), True),
        ((4000, 200), (496, 630), False),
        ((4000, 800), (496, 630), False),
        ((200, 4000), (968, 520), False),
        ((1, 1), (968, 520), False),
    ],
)
def test_a_crop_that_shows_a_sliver_or_blurs_is_not_made(tmp_path, size, place, fits):
    """A panorama, a long screen and a dot fill no place; an ordinary photo does."""
    assert fits is suits(photo(tmp_path, size), *place)


@pytest.mark.parametrize(
    ("size", "made"),
    [((4000, 200), (600, 200)), ((200, 4000), (200, 333)), ((900, 600), (900, 600))],
)
def test_extreme_shapes_are_cropped_to_the_nearest_that_is_borne(tmp_path, size, made):
    """A letter or a page never holds a thread of a picture."""
    file = photo(tmp_path, size)

    assert made == opened(Photos().jpeg(file, width=1200, ratios=(0.6, 3.0))).size


def test_a_scan_in_sixteen_bits_keeps_its_light(tmp_path):
    """A grey of 30,000 in 65,535 is a middle grey, not white."""
    Image.new("I;16", (600, 400), 30_000).save(tmp_path / "scan.png")

    grey = opened(Photos().jpeg(tmp_path / "scan.png", width=600)).getpixel((9, 9))

    assert 100 < grey[0] < 135
