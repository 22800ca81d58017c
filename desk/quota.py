"""How much a link and its unit may send; past it a sentence, and nothing is lost.

A link that got into wrong hands, or a phone gone wild, must not fill the office's
disk; who really has so much to send reaches the editors another way (A56, A76).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, dumps, loads

from desk.links import Sender
from newsroom.errors import NewsroomError
from story_store.links import FormDraft
from submissions.limits import (
    MEGABYTE,
    MOST_FILES_A_DAY,
    MOST_NEW_A_DAY,
    MOST_OPEN_DRAFTS,
    UNIT_DAY_BYTES,
)

LEAST_TIME = timedelta(seconds=3)
_DAY = timedelta(days=1)
_SALT = "gonghui.form.opened"


def begin_draft(sender: Sender, key: str | None = None) -> FormDraft:
    """A new draft of the sender, or the one of this key.

    Raises:
        NewsroomError: too many lie unsent, or too many were begun today.
    """
    store, link, now = sender.desk.store, sender.link.id, sender.desk.now()
    if key is None or not store.has_draft(link, key):
        if store.count_open_drafts(link) >= MOST_OPEN_DRAFTS:
            raise NewsroomError(
                f"没发的草稿已经有 {MOST_OPEN_DRAFTS} 份：请先发出或删掉几份，"
                "再写新的。手机里存的还在"
            )
        limits = {f"new:{link}": (MOST_NEW_A_DAY, _DAY)}
        if store.begin_attempt(limits, at=now) is not None:
            raise NewsroomError("今天新写的太多了，请明天再写；急事请打电话告诉编辑")
    return store.start_draft(link, at=now, key=key)


def refusal_of_file(sender: Sender, size: int) -> str:
    """Why a file of so many bytes is not taken today; empty when it is, and counted."""
    store, unit, now = sender.desk.store, sender.unit, sender.desk.now()
    if store.bytes_sent(unit.id, since=now - _DAY) + size > UNIT_DAY_BYTES:
        return (
            f"{unit.name}一天里发来的照片和文件满 "
            f"{UNIT_DAY_BYTES // MEGABYTE} MB 了，这个没有收："
            "文字照样能发，照片明天再补，急用的在微信里发给编辑"
        )
    limits = {f"file:{unit.id}": (MOST_FILES_A_DAY, _DAY)}
    if store.begin_attempt(limits, at=now) is not None:
        return (
            f"{unit.name}一天里发来的照片和文件太多了，这个没有收："
            "文字照样能发，照片明天再补，急用的在微信里发给编辑"
        )
    return ""


def sign_opening(sender: Sender) -> str:
    """When a page was opened, for the page to bear: nobody fills it in at once."""
    return dumps(sender.desk.now().isoformat(), salt=_SALT)


def refusal_of_haste(sender: Sender, opened: str) -> str:
    """Why a page is not taken that was filled in faster than any person types.

    Empty when it may be; a page that bears no moment of ours may be an old one.
    """
    try:
        at = datetime.fromisoformat(loads(opened, salt=_SALT))
    except (BadSignature, ValueError):
        return ""
    if sender.desk.now() - at >= LEAST_TIME:
        return ""
    return "发得太快了，像是机器填的：请停几秒，再点一次“发送”。写的都在"


def count_sending(sender: Sender) -> None:
    """Count one more story of the unit.

    Raises:
        NewsroomError: it has sent as many as it may in a day.
    """
    desk, key = sender.desk, f"send:{sender.unit.id}"
    since = desk.now() - _DAY
    if desk.store.attempts(key, since=since) >= desk.settings.desk.unit_daily:
        raise NewsroomError(
            f"{sender.unit.name}今天已经报了很多篇，请明天再发；急事请打电话。"
            "您写的已经替您存好"
        )
    desk.store.note_attempt(key, at=desk.now())
