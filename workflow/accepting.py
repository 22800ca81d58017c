"""Taking a submission, or returning it: three steps, each with a name (domain: 2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.checks import holds_excerpt, is_held_back
from newsroom.errors import NotAllowed
from newsroom.review import office_path
from newsroom.rules import Rules
from newsroom.story import Finding, Story, StoryState
from newsroom.submission import Submission, SubmissionState
from newsroom.submission_checks import check_submission, checked_text
from newsroom.understanding import understand_submission

if TYPE_CHECKING:
    from story_store.store import Store

CHAIR_DECIDES = "chair_decides"
MACHINE = "机检"
_AROUND = 18


class HeldBack(NotAllowed):
    """A submission that may not be taken: ``places`` says where and why."""

    def __init__(self, submission: Submission, places: tuple[Place, ...]) -> None:
        self.submission = submission
        self.places = places
        self.is_chairs = any(f.rule == CHAIR_DECIDES for f in submission.findings)
        words = "、".join(dict.fromkeys(place.why for place in places))
        super().__init__(f"{submission.number} 不能采用：{words}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: the words around it, and how far in it begins.

    ``before`` are the words of ``line`` up to the finding.
    """

    line: str
    before: str
    why: str
    mend: str


def stopping(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with which a submission cannot be taken."""
    return tuple(f for f in findings if is_held_back([f]) or holds_excerpt([f]))


def places_of(text: str, findings: Iterable[Finding]) -> tuple[Place, ...]:
    """The places of findings in their text, as people find them."""
    return tuple(_place(text, finding) for finding in findings)


def _place(text: str, finding: Finding) -> Place:
    first = text.rfind("\n", 0, finding.start) + 1
    last = text.find("\n", finding.end)
    start = max(first, finding.start - _AROUND)
    end = min(len(text) if last < 0 else last, finding.end + _AROUND)
    dots = "…" if start > first else ""
    line = dots + text[start:end].replace("\n", " ")
    before = dots + text[start : finding.start]
    return Place(line, before, finding.why, finding.suggestion or "请改写这一处")


def accept_submission(  # noqa: PLR0913 - who takes what, by which rules, when
    store: Store,
    rules: Rules,
    number: str,
    *,
    by: str,
    at: datetime,
    chair: str | None = None,
) -> Story:
    """Take a submission: 初审, 复审, 终审 in one go, then its story for the edition.

    The steps come first: cut off in between, the same command finishes the job and
    nothing unsigned can be chosen. ``chair`` names the chair who agreed where a word
    is theirs to decide.

    Raises:
        HeldBack: personal data, a placeholder or another grave finding stands in it.
        NotAllowed: its state does not allow it, or the submitter wants it not public.
        NotFound: there is no such submission.
    """
    submission = store.submission(number)
    findings = check_submission(submission, rules)
    submission = store.keep_findings(submission.number, findings)
    grave = stopping(findings)
    if chair is not None:
        grave = tuple(f for f in grave if f.rule != CHAIR_DECIDES)
    if grave:
        raise HeldBack(submission, places_of(checked_text(submission), grave))
    if not submission.public:
        raise NotAllowed(
            f"{submission.number} 报送时注明不公开，不能采用到简报；"
            "请与报送单位商量，同意公开后重新报送"
        )
    reason = f"{chair.strip()}（主席）同意公开" if chair else "命令行一次办理"
    if chair:
        mark = store.review(submission.number).mark
        store.chair_agrees(submission.number, mark=mark, words=reason)
    for state in _steps(submission):
        store.move_submission(submission.number, state, by=by, at=at, reason=reason)
    signed = store.submission(submission.number)
    story = understand_submission(signed, rules)
    if chair and story.state is StoryState.HELD:
        story = replace(
            story, state=StoryState.INGESTED, held_reason=None, excerpt=story.abstract
        )
    return store.save_story(story, [])


def _steps(submission: Submission) -> Sequence[SubmissionState]:
    if submission.state is SubmissionState.FINAL_OK and submission.story_id is None:
        return ()
    return office_path(submission.state)


def return_submission(
    store: Store, number: str, *, by: str, at: datetime, reason: str
) -> Submission:
    """Return a submission to its unit with the reason.

    Raises:
        NotAllowed: its state does not allow it, or the reason is empty.
    """
    submission = store.submission(number)
    if submission.state is SubmissionState.SUBMITTED:
        checked = SubmissionState.CHECKED
        store.move_submission(submission.number, checked, by=MACHINE, at=at)
    returned = SubmissionState.RETURNED
    return store.move_submission(
        submission.number, returned, by=by, at=at, reason=reason
    )
