"""A story's share cards as its page names them: for other sites, groups and WeChat."""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.story import Story
from site_builder.card_shelf import OG, SIZES, THUMB
from site_builder.standpoint import Standpoint
from site_builder.views import PictureView, ShareCardView

WECHAT_LEAST = 300  # pixels; smaller pictures stand beside no shared link


def share_card_view(
    story: Story, pictures: Iterable[PictureView], at: Standpoint
) -> ShareCardView | None:
    """The cards of a story; None before they were made, and in the office's tree."""
    cards = at.shown.cards.of(story.id)
    if not cards.keys() >= SIZES.keys():
        return None
    base = at.shown.given.site.base_url.rstrip("/")
    width, height = SIZES[OG]
    is_seen = any(map(_is_taken, pictures))
    return ShareCardView(
        image=f"{base}/{cards[OG].address.path}" if base else None,
        width=width,
        height=height,
        alt=f"分享图：{story.headline}",
        href=at.href(cards[OG].address),
        thumb=None if is_seen else at.href(cards[THUMB].address),
        thumb_side=SIZES[THUMB][0],
    )


def _is_taken(picture: PictureView) -> bool:
    sides = (picture.width or WECHAT_LEAST, picture.height or WECHAT_LEAST)
    return min(sides) >= WECHAT_LEAST
