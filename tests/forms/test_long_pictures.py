import io
from dataclasses import replace

import pytest
import samples
from PIL import Image, ImageChops, ImageStat

from newsroom.edition import Column
from site_builder.forms.content import content_of
from site_builder.forms.long_picture import MOST_BYTES, long_pictures
from site_builder.forms.pictures import Photos
from site_builder.forms.preview import public_preview
from site_builder.forms.share_cards import share_cards


@pytest.fixture(scope="module")
def content(pictures):
    return content_of(*public_preview(samples.given(pictures), samples.ORDINARY))


def sizes(pages) -> list[tuple[int, int]]:
    return [Image.open(io.BytesIO(page)).size for page in pages]


def test_a_long_picture_is_1080_wide_and_within_its_cap(content, setter):
    """Each part is 1080 pixels wide and no bigger than groups still send."""
    made = long_pictures(content, setter, Photos())

    assert {1080} == {width for width, _ in sizes(made)}
    assert all(len(page) <= MOST_BYTES for page in made)


def test_a_long_day_is_cut_between_stories(pictures, setter):
    """Sixty stories are several parts, none much taller than eight thousand pixels."""
    stories = samples.sixty_stories()
    full = replace(
        samples.ORDINARY,
        columns=tuple(
            (column, tuple(samples.entry(s) for s in stories[n * 6 : n * 6 + 6]))
            for n, column in enumerate((Column.HIGHLIGHTS, Column.NEWS))
        ),
    )
    given = samples.given(pictures, full, stories=stories)

    made = long_pictures(content_of(*public_preview(given, full)), setter, Photos())

    assert all(height <= 8100 for _, height in sizes(made))


def test_the_same_edition_gives_the_same_picture(content, setter):
    """A long picture made twice is the same file."""
    assert long_pictures(content, setter, Photos()) == long_pictures(
        content, setter, Photos()
    )


def test_the_code_of_the_page_stands_only_with_an_address(content, setter):
    """Without a public page there is no QR code; with one the picture has it."""
    linked = replace(content, link="https://www.example.cn/days/2026-09-21.html")
    unlinked = replace(content, link="")

    assert long_pictures(linked, setter, Photos()) != long_pictures(
        unlinked, setter, Photos()
    )


def test_cards_are_made_of_own_stories_only(content, setter, tmp_path):
    """Each own story has a wide and a square card; news of others has none."""
    own = [one for one in content.entries if one.entry.own]

    cards = dict(share_cards(content, setter, Photos(), tmp_path))

    assert 2 * len(own) == len(cards)
    first = own[0].story.id
    assert [(1200, 630), (1080, 1080)] == sizes(
        [cards[f"card-{first}-og.jpg"], cards[f"card-{first}-square.jpg"]]
    )


def test_cards_are_kept_by_what_stands_on_them(content, setter, tmp_path):
    """A card is made once; a new headline makes a new one and leaves the others."""
    list(share_cards(content, setter, Photos(), tmp_path))
    before = {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()}

    list(share_cards(content, setter, Photos(), tmp_path))

    assert before == {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()}


def test_an_office_that_never_had_a_picture_gets_its_forms(setter, tmp_path):
    """The picture store's folder need not be there."""
    bare = samples.given(tmp_path / "none")

    made = long_pictures(
        content_of(*public_preview(bare, samples.ORDINARY)), setter, Photos()
    )

    assert {1080} == {width for width, _ in sizes(made)}


def test_a_card_shows_the_storys_photo_in_its_place(content, setter, tmp_path):
    """Both shapes have the photo where the template leaves room for it."""
    own = next(one for one in content.entries if one.entry.own and one.picture)
    photos = Photos()

    cards = dict(share_cards(content, setter, photos, tmp_path))

    for end, box in (("og", (704, 0, 1200, 630)), ("square", (0, 112, 1080, 572))):
        card = Image.open(io.BytesIO(cards[f"card-{own.story.id}-{end}.jpg"]))
        size = (box[2] - box[0], box[3] - box[1])
        photo = photos.filling(own.picture, *size)
        off = ImageStat.Stat(ImageChops.difference(card.crop(box), photo)).mean
        assert max(off) < 8
