"""Pictures made anew: upright, without metadata, never a bomb (A08, A44-45, A51-54)."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from submissions.limits import MAX_PHOTO_BYTES
from submissions.pictures import (
    RATHER_SMALL,
    TOO_LONG,
    TOO_SMALL,
    CleanPicture,
    PictureRefused,
    clean_picture,
    not_a_picture,
)

MARK = b"<script>alert(1)</script>"


def photo(size=(1600, 1200)):
    """A picture of many colours, red in its upper left corner."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    picture = Image.merge(
        "RGB", (picture.getchannel(0), *picture.rotate(90).split()[:2])
    )
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 3, size[1] // 3), "red")
    return picture


def as_bytes(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(clean: CleanPicture):
    return Image.open(io.BytesIO(clean.data))


def exif_bytes(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = MARK.decode()
    exif.get_ifd(0x8825)[2] = (30.0, 25.0, 30.0)
    return exif.tobytes()


def png_header(width, height):
    """A PNG that claims a size and has no pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def test_a_large_photo_becomes_1280_long():
    """The long side is at most 1280 pixels, the shape stays."""
    clean = clean_picture(as_bytes(photo((4000, 3000))))

    assert (clean.width, clean.height, clean.extension) == (1280, 960, "jpg")
    assert opened(clean).size == (1280, 960)
    assert clean.warnings == ()


@pytest.mark.parametrize(
    ("size", "warnings"),
    [((799, 600), (TOO_SMALL,)), ((1279, 900), (RATHER_SMALL,)), ((1280, 900), ())],
)
def test_a_small_photo_is_kept_with_a_word(size, warnings):
    """A small photo is never blown up; the unit is asked for a better one."""
    clean = clean_picture(as_bytes(photo(size)))

    assert (clean.width, clean.height) == size
    assert clean.warnings == warnings


def test_a08_metadata_is_gone():
    """A08: EXIF, XMP and comment of a JPEG never get through."""
    data = as_bytes(photo(), exif=exif_bytes(), comment=MARK, xmp=MARK)
    assert MARK in data

    clean = clean_picture(data)

    assert MARK not in clean.data
    assert not opened(clean).getexif()
    assert "comment" not in opened(clean).info


def test_a08_text_of_a_png_is_gone():
    """A08: the text chunks of a PNG never get through."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", MARK.decode())
    flat = Image.new("RGB", (900, 900), "white")

    clean = clean_picture(as_bytes(flat, "PNG", pnginfo=text))

    assert clean.extension == "png"
    assert MARK not in clean.data


@pytest.mark.parametrize(
    "data",
    [b"MZ" + b"\0" * 99, MARK, b"<?php ?>", b"PK\x03\x04word", b"", b"<svg/>"],
)
def test_a44_what_is_no_picture_is_refused(data):
    """A44: the content decides, not the name."""
    with pytest.raises(PictureRefused, match="不是 JPG、PNG、WebP 或 HEIC"):
        clean_picture(data)


def test_a45_a_tail_glued_to_a_picture_is_gone():
    """A45: a picture that is also a page or an archive is only a picture after."""
    clean = clean_picture(as_bytes(photo()) + b"PK\x03\x04" + MARK)

    assert MARK not in clean.data
    assert b"PK\x03\x04" not in clean.data


@pytest.mark.parametrize("size", [(30000, 30000), (12000, 12000), (65000, 1000)])
def test_a51_a_bomb_is_refused_by_its_header(size):
    """A51: nothing is unpacked of a picture that claims too many pixels."""
    with pytest.raises(PictureRefused, match="像素"):
        clean_picture(png_header(*size))


def test_a51_a_file_too_large_is_refused():
    """A51: more than 25 MB is not even opened."""
    with pytest.raises(PictureRefused, match="25 MB"):
        clean_picture(b"\xff\xd8" + bytes(MAX_PHOTO_BYTES))


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "PPM", "ICO", "PDF"])
def test_a52_other_formats_are_refused(kind):
    """A52: only three of Pillow's many readers are ever used."""
    with pytest.raises(PictureRefused):
        clean_picture(as_bytes(photo((64, 64)), kind))


def test_a54_a_phones_heic_is_upright_and_says_nothing_of_its_owner():
    """A54: a HEIC photo is turned upright, and its place and phone are gone."""
    data = (Path(__file__).parent / "files" / "phone.heic").read_bytes()

    clean = clean_picture(data)

    made = Image.open(io.BytesIO(clean.data)).convert("RGB")
    assert (300, 400) == made.size
    assert ({}, False) == (dict(made.getexif()), b"SecretPhone" in clean.data)
    white = [made.getpixel(place)[1] > 200 for place in ((280, 20), (20, 380))]
    assert [True, False] == white


def test_a52_a_broken_heic_gets_advice():
    """A52: a video, or a broken photo of a phone, is refused with what to do."""
    with pytest.raises(PictureRefused, match="HEIC 照片（或视频）读不了"):
        clean_picture(b"\0\0\0\x18ftypheic" + bytes(99))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a53_of_a_moving_picture_the_first_frame(kind):
    """A53: frames beyond the first are never unpacked."""
    frames = [photo((900, 600)), Image.new("RGB", (900, 600), "black")] * 5
    data = as_bytes(frames[0], kind, save_all=True, append_images=frames[1:])

    clean = clean_picture(data)

    red, green, _ = opened(clean).convert("RGB").getpixel((20, 20))
    assert red > 200 > green


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a54_a_photo_stands_upright(orientation):
    """A54: the turn that EXIF asks for is done, and then EXIF is gone."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = photo((900, 600))
    if orientation in undo:
        lying = lying.transpose(undo[orientation])
    clean = clean_picture(as_bytes(lying, exif=exif_bytes(orientation), quality=95))

    assert (clean.width, clean.height) == (900, 600)
    red, green, _ = opened(clean).getpixel((60, 60))
    assert red > 200 > green
    assert not opened(clean).getexif()


def test_a_broken_exif_does_not_lose_the_photo():
    """EXIF that cannot be read is ignored."""
    clean = clean_picture(as_bytes(photo(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))

    assert clean.extension == "jpg"


def test_a_photo_cut_short_is_a_sentence():
    """A photo that was not copied whole is refused with what to do."""
    data = as_bytes(photo())

    with pytest.raises(PictureRefused, match="没有传完"):
        clean_picture(data[: len(data) // 2])


def test_a_drawing_stays_a_drawing():
    """A picture of few colours stays PNG, its colours as they were."""
    drawing = Image.new("RGB", (1600, 900), "white")
    ImageDraw.Draw(drawing).rectangle((100, 100, 1500, 800), "#b31b1b")

    clean = clean_picture(as_bytes(drawing, "PNG"))

    assert (clean.extension, clean.width) == ("png", 1280)
    assert opened(clean).convert("RGB").getpixel((640, 360)) == (0xB3, 0x1B, 0x1B)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "1", "RGBA", "I;16"])
def test_every_mode_becomes_plain_colours(mode):
    """Grey, palette, print colours and transparency all become plain RGB."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = photo((900, 600))
    picture = (
        Image.new("I;16", (900, 600), 30000) if mode == "I;16" else source.convert(mode)
    )

    clean = clean_picture(as_bytes(picture, kind))

    assert (clean.width, clean.height) == (900, 600)


def test_what_is_transparent_becomes_white():
    """A page is white: so is what a picture leaves open."""
    clean = clean_picture(as_bytes(Image.new("RGBA", (900, 600), (0, 0, 0, 0)), "PNG"))

    assert opened(clean).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_gives_the_same_bytes():
    """Cleaning is repeatable, so a picture is kept once."""
    data = as_bytes(photo())

    assert clean_picture(data) == clean_picture(data)


@given(st.data())
def test_damaged_bytes_never_crash(data):
    """Whatever is done to the bytes, it is a picture or a refusal."""
    whole = bytearray(DAMAGED[data.draw(st.sampled_from(sorted(DAMAGED)))])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(
            st.integers(0, 255)
        )

    try:
        clean = clean_picture(bytes(whole))
    except PictureRefused:
        return
    assert max(clean.width, clean.height) <= 1280


DAMAGED = {kind: as_bytes(photo((64, 48)), kind) for kind in ("JPEG", "PNG", "WEBP")}


@pytest.mark.parametrize(("deep", "shown"), [(0, 0), (30000, 117), (65535, 255)])
def test_a_grey_picture_of_sixteen_bits_keeps_its_light(deep, shown):
    """A scan in 16 bits is not washed out to white."""
    out = io.BytesIO()
    Image.new("I;16", (900, 700), deep).save(out, "PNG")
    clean = Image.open(io.BytesIO(clean_picture(out.getvalue()).data)).convert("L")

    assert shown == pytest.approx(clean.getpixel((5, 5)), abs=1)


def test_a_long_screenshot_is_told():
    """What nobody can read after it was made smaller is said; the picture stays."""
    out = io.BytesIO()
    Image.new("RGB", (360, 4320), "white").save(out, "PNG")
    clean = clean_picture(out.getvalue())

    assert (TOO_LONG,) == clean.warnings
    assert 1280 == clean.height


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"GIF89a", "GIF 图片"),
        (b"BM\x36\0", "BMP 图片"),
        (b"II*\0", "TIFF 或相机原片"),
        (b"\0\0\0\x14ftypqt  ", "这是视频"),
        (b"\0\0\0\x14ftypisom", "这是视频"),
        (b"\0\0\0\x1cftypavif", "AVIF 图片"),
        (b"\0\0\0\x18ftypheic", "HEIC 照片（或视频）读不了"),
        (b"", "不是 JPG、PNG"),
    ],
)
def test_another_kind_is_called_by_its_name(head, why):
    """Whoever sends a video or a GIF is told so, at the door and by the reader."""
    assert why in not_a_picture(head)


def test_a_phones_jpeg_of_two_pictures_is_a_jpeg():
    """A picture with its depth beside it (MPO) is read like any photo of a camera."""
    out = io.BytesIO()
    first, second = (Image.effect_noise((900, 700), 40) for _ in range(2))
    first.save(out, "MPO", save_all=True, append_images=[second])

    assert "jpg" == clean_picture(out.getvalue()).extension
