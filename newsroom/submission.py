"""What a correspondent hands in, and the states it goes through (domain: 2.5, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from newsroom.body import Body
from newsroom.story import Finding, StoryKind

WAITING = "wait-"


class Door(Enum):
    """The five doors into one inbox."""

    WEB_FORM = "网页表单"
    WECHAT = "微信粘贴"
    MAIL = "邮件"
    FOLDER = "文件夹"
    TYPED = "代录"


class SubmissionState(Enum):
    """The states of 三审三校; codes and words of domain.md 2.5."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    RETURNED = "returned"
    FIRST_OK = "first_ok"
    SECOND_OK = "second_ok"
    HOLD = "hold"
    FINAL_OK = "final_ok"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    INTERNAL = "internal"
    MERGED = "merged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    ARCHIVED = "archived"
    DROPPED = "dropped"


STATE_WORDS = {
    SubmissionState.DRAFT: "草稿",
    SubmissionState.SUBMITTED: "已报送",
    SubmissionState.CHECKED: "机检完成",
    SubmissionState.RETURNED: "退回补充",
    SubmissionState.FIRST_OK: "初审通过",
    SubmissionState.SECOND_OK: "复审通过",
    SubmissionState.HOLD: "缓发",
    SubmissionState.FINAL_OK: "终审签发",
    SubmissionState.PUBLISHED: "已发布",
    SubmissionState.CORRECTED: "已更正",
    SubmissionState.WITHDRAWN: "已撤下",
    SubmissionState.INTERNAL: "转内部参阅",
    SubmissionState.MERGED: "并入综合稿",
    SubmissionState.DUPLICATE: "重复",
    SubmissionState.REJECTED: "未采用",
    SubmissionState.ARCHIVED: "已归档",
    SubmissionState.DROPPED: "已放弃",
}


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a submission, kept upright and without metadata.

    ``file`` is its name in the picture store (``sha256.ext``), sizes are pixels. One
    that is still being worked off has the key of its job instead, and no size.
    """

    file: str
    width: int
    height: int
    caption: str | None = None
    credit: str | None = None
    original_name: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it is still being worked off and cannot be shown."""
        return self.file.startswith(WAITING)


@dataclass(frozen=True, slots=True)
class Submission:
    """One story as handed in, numbered, with its original kept sealed.

    ``number`` is empty until the store gives one. ``key`` makes the door idempotent:
    the same key never makes a second submission. ``original`` names the sealed
    originals, relative to the data folder. ``could_not_read`` tells the editor what
    was left unread. ``joint_units`` reported the same event and share the credit.
    """

    key: str
    unit_id: str
    title: str
    body: Body
    door: Door
    received_at: datetime
    number: str = ""
    kind: StoryKind = StoryKind.NEWS
    event_day: date | None = None
    place: str | None = None
    author: str | None = None
    filled_by: str | None = None
    reviewer: str | None = None
    photos: tuple[Photo, ...] = ()
    public: bool = True
    original: str = ""
    could_not_read: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    state: SubmissionState = SubmissionState.SUBMITTED
    story_id: int | None = None
    joint_units: tuple[str, ...] = ()
