"""The inbox taken in: read, kept and numbered, checked, put away with a receipt.

Each step may be cut off: the same files give the same key and number when they are
read again, and the checks go on from the state that was reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.personal_data import PREFIX
from newsroom.rules import Rules
from newsroom.story import Finding, FindingLevel
from newsroom.submission import Submission, SubmissionState
from newsroom.submission_checks import check_submission
from submissions.folder import FoundSubmission, make_town_folders, scan_inbox
from submissions.receipts import put_away, set_aside
from workflow.accepting import CHAIR_DECIDES, MACHINE

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

OPEN_STATES = frozenset(
    {
        SubmissionState.SUBMITTED,
        SubmissionState.CHECKED,
        SubmissionState.RETURNED,
        SubmissionState.FIRST_OK,
        SubmissionState.SECOND_OK,
        SubmissionState.HOLD,
    }
)


@dataclass(frozen=True, slots=True)
class InboxResult:
    """What was taken in, as checked; ``problems`` are sentences for the report."""

    received: tuple[Submission, ...]
    problems: tuple[str, ...]


def known_of(store: Store, received: Iterable[Submission]) -> tuple[Submission, ...]:
    """Those of which everybody may know: the chair's are in no list and no count."""
    known = {submission.number for submission in store.known_submissions()}
    return tuple(one for one in received if one.number in known)


def take_inbox(office: Office, store: Store) -> InboxResult:
    """Take in what the towns have put into the folder door since the last time."""
    # the reader of codes is loaded by those alone who take pictures in
    from submissions.picture_codes import keep_with_codes

    rules = office.settings.rules
    make_town_folders(office.inbox, rules.units)
    scan = scan_inbox(
        office.inbox,
        units=rules.units,
        now=office.now,
        keep_original=store.keep_original,
        keep_picture=keep_with_codes(store.keep_picture, store.keep_codes),
    )
    problems = list(scan.problems)
    received: list[Submission] = []
    for found in scan.found:
        is_new = not store.has_submission(found.submission.key)
        kept = store.add_submission(found.submission, day=office.now.date())
        kept = check_new(store, rules, kept, at=office.now)
        received += [kept] if is_new else []
        problems += _put_away(office, found, kept)
    for unread in scan.unread:
        problems += filter(None, [set_aside(office.inbox, unread, now=office.now)])
    left = store.submissions([SubmissionState.SUBMITTED])
    for submission in left:  # a run was cut off between keeping and checking
        check_new(store, rules, submission, at=office.now)
    return InboxResult(tuple(received), tuple(problems))


def _put_away(
    office: Office, found: FoundSubmission, kept: Submission
) -> tuple[str, ...]:
    moved = put_away(office.inbox, found, kept, now=office.now)
    return (moved,) if moved else ()


def check_new(
    store: Store, rules: Rules, submission: Submission, *, at: datetime
) -> Submission:
    """Check a submission just handed in; a grave finding returns it with the reason.

    What is the chair's to decide is not returned: it waits, and is never dropped.
    A submission past this step, or one whose photos and files are still being worked
    off, is given back as it stands.
    """
    if submission.state is not SubmissionState.SUBMITTED:
        return submission
    if store.has_open_jobs(submission.key):  # its photos are not ready yet
        return submission
    number = submission.number
    findings = check_submission(submission, rules)
    reason = reason_to_return(findings)
    with store.writing():
        store.keep_findings(number, findings)
        checked = store.move_submission(
            number,
            SubmissionState.CHECKED,
            by=MACHINE,
            at=at,
            reason=_summary(findings),
        )
        if not reason:
            return checked
        return store.move_submission(
            number, SubmissionState.RETURNED, by=MACHINE, at=at, reason=reason
        )


def refuse_unread(
    store: Store, submission: Submission, why: str, *, at: datetime
) -> Submission:
    """Give a story back whose only file cannot be read by anybody."""
    number = submission.number
    store.move_submission(
        number, SubmissionState.CHECKED, by=MACHINE, at=at, reason="文件没有读出来"
    )
    return store.move_submission(
        number,
        SubmissionState.RETURNED,
        by=MACHINE,
        at=at,
        reason=f"{why}。请把文字复制到“正文”里再发",
    )


def reason_to_return(findings: tuple[Finding, ...]) -> str:
    """Why the unit must mend a submission, and how; empty when it need not."""
    grave = [
        finding
        for finding in findings
        if finding.level is FindingLevel.BLOCK and finding.rule != CHAIR_DECIDES
    ]
    return "；".join(dict.fromkeys(map(_say, grave)))


def _say(finding: Finding) -> str:
    # The reason is kept and shown: it must not repeat a number or a child's name.
    words = "" if finding.rule.startswith(PREFIX) else f"「{finding.text}」"
    return f"{finding.why}{words}：{finding.suggestion or '请改写'}"


def _summary(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "没有发现问题"
    return f"发现 {len(findings)} 处"
