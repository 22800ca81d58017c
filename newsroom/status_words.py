"""What a correspondent is told of a submission: daily words, no reviewers' names."""

from __future__ import annotations

from dataclasses import dataclass

from newsroom.submission import SubmissionState

_S = SubmissionState
STATIONS = ("报送", "机检", "初审", "复审", "终审", "发布")
_WORDS = {
    _S.DRAFT: "还没有发送",
    _S.SUBMITTED: "已收到",
    _S.CHECKED: "已收到，编辑审看中",
    _S.RETURNED: "请您补充",
    _S.FIRST_OK: "初审通过",
    _S.SECOND_OK: "复审通过",
    _S.HOLD: "暂缓",
    _S.FINAL_OK: "已签发，等着登出来",
    _S.PUBLISHED: "已采用",
    _S.CORRECTED: "已采用（有更正）",
    _S.WITHDRAWN: "已撤下",
    _S.INTERNAL: "已转内部参阅（不公开）",
    _S.MERGED: "已与其他单位合并采用",
    _S.DUPLICATE: "此事已报过",
    _S.REJECTED: "这次未采用",
    _S.ARCHIVED: "已归档",
    _S.DROPPED: "已放弃",
}
# How many stations lie behind.
_REACHED = {
    _S.DRAFT: 0,
    _S.SUBMITTED: 1,
    _S.CHECKED: 2,
    _S.RETURNED: 2,
    _S.FIRST_OK: 3,
    _S.SECOND_OK: 4,
    _S.HOLD: 4,
    _S.FINAL_OK: 5,
    _S.PUBLISHED: 6,
    _S.CORRECTED: 6,
}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """``words`` for the head of a card; ``reached`` of the six stations are done.

    ``reached`` is 0 where the row of stations says nothing (not used, merged).
    """

    words: str
    reached: int


def status_words(state: SubmissionState) -> StatusWords:
    """What the correspondent reads of this state (domain: 2.5, last column)."""
    return StatusWords(_WORDS[state], _REACHED.get(state, 0))
