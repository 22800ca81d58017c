"""三审三校 as a table: which state a submission may move to (domain: section 2.5)."""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.errors import NotAllowed
from newsroom.submission import STATE_WORDS, SubmissionState

_S = SubmissionState

ALLOWED: dict[SubmissionState, frozenset[SubmissionState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.DROPPED}),
    _S.SUBMITTED: frozenset({_S.CHECKED}),
    _S.CHECKED: frozenset(
        {
            _S.FIRST_OK,
            _S.RETURNED,
            _S.MERGED,
            _S.DUPLICATE,
            _S.INTERNAL,
            _S.REJECTED,
        }
    ),
    _S.RETURNED: frozenset({_S.SUBMITTED, _S.DROPPED}),
    _S.FIRST_OK: frozenset({_S.SECOND_OK, _S.RETURNED, _S.REJECTED, _S.INTERNAL}),
    _S.SECOND_OK: frozenset(
        {_S.FINAL_OK, _S.RETURNED, _S.HOLD, _S.REJECTED, _S.INTERNAL}
    ),
    # Put off once more is another day for the same text.
    _S.HOLD: frozenset({_S.FINAL_OK, _S.HOLD, _S.REJECTED}),
    _S.FINAL_OK: frozenset({_S.PUBLISHED, _S.WITHDRAWN}),
    _S.PUBLISHED: frozenset({_S.CORRECTED, _S.WITHDRAWN, _S.ARCHIVED}),
    _S.CORRECTED: frozenset({_S.CORRECTED, _S.WITHDRAWN, _S.ARCHIVED}),
    # Taken back and shown again is a new signing.
    _S.WITHDRAWN: frozenset({_S.FINAL_OK, _S.ARCHIVED}),
    _S.INTERNAL: frozenset({_S.ARCHIVED}),
    _S.MERGED: frozenset({_S.ARCHIVED}),
    _S.DUPLICATE: frozenset({_S.ARCHIVED}),
    # One appeal by the submitter; the log shows whether it was used.
    _S.REJECTED: frozenset({_S.CHECKED, _S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
    _S.DROPPED: frozenset({_S.ARCHIVED}),
}

# The submitter, or whoever asks later, must be told why.
NEEDS_REASON = frozenset({_S.RETURNED, _S.REJECTED, _S.HOLD, _S.WITHDRAWN})

# A changed word opens the review again (domain: section 2.5, rule 1); a signed
# text is changed by taking it back first.
REOPENED_BY_CHANGE = frozenset({_S.FIRST_OK, _S.SECOND_OK, _S.HOLD})

# Where an editor may still change words.
CHANGEABLE = REOPENED_BY_CHANGE | {_S.CHECKED}

# What may stand in the public tree (domain: section 2.5, rule 3).
PUBLIC = frozenset({_S.FINAL_OK, _S.PUBLISHED, _S.CORRECTED})

# Until the desk has a door for each step, the office walks them in one go.
_OFFICE_PATH = (
    _S.SUBMITTED,
    _S.CHECKED,
    _S.FIRST_OK,
    _S.SECOND_OK,
    _S.FINAL_OK,
)


# How the one appeal of a unit begins in the log.
APPEAL = "请再看一次："


def may_appeal(state: SubmissionState, reasons: Iterable[str]) -> bool:
    """Whether a unit may still ask for another look at what was declined."""
    used = any(reason.startswith(APPEAL) for reason in reasons)
    return state is _S.REJECTED and not used


def check_move(
    before: SubmissionState, after: SubmissionState, *, by: str, reason: str = ""
) -> None:
    """Refuse a step that 三审三校 does not know, or that nobody answers for.

    Raises:
        NotAllowed: the step is not in the table, has no name, or lacks its reason.
    """
    if after not in ALLOWED[before]:
        words = "、".join(
            STATE_WORDS[s] for s in SubmissionState if s in ALLOWED[before]
        )
        raise NotAllowed(
            f"「{STATE_WORDS[before]}」不能直接变为「{STATE_WORDS[after]}」，"
            f"可以是：{words or '没有下一步'}"
        )
    if not by.strip():
        raise NotAllowed(f"「{STATE_WORDS[after]}」要写明经办人姓名")
    if after in NEEDS_REASON and not reason.strip():
        raise NotAllowed(f"「{STATE_WORDS[after]}」要写明理由")


def office_path(state: SubmissionState) -> tuple[SubmissionState, ...]:
    """The steps from here to 终审签发 when the office accepts in one go.

    Raises:
        NotAllowed: the state is no station of that path, or it is already signed.
    """
    if state not in _OFFICE_PATH[:-1]:
        raise NotAllowed(f"「{STATE_WORDS[state]}」的稿件不能直接采用")
    return _OFFICE_PATH[_OFFICE_PATH.index(state) + 1 :]
