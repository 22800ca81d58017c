"""The proof-reader over a submission: all of it that may be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsroom.body import Body, Paragraph, plain_runs
from newsroom.checks import check_text
from newsroom.link_finding import body_links, find_links
from newsroom.mends import told_mend
from newsroom.rules import CheckRules, Rules
from newsroom.story import Finding
from newsroom.submission import Submission

CHAIR_DECIDES = "chair_decides"
_SENTENCE_ENDS = "。！？\n"


def checked_text(submission: Submission) -> str:
    """All of a submission that may be printed, one paragraph a line, title first."""
    captions = [photo.caption for photo in submission.photos if photo.caption]
    pictures = [p.caption for p in submission.body.pictures if p.caption]
    named = (submission.place, submission.author)
    lines = (submission.title, submission.body.text, *captions, *pictures, *named)
    return "\n".join(filter(None, lines))


def check_submission(submission: Submission, rules: Rules) -> tuple[Finding, ...]:
    """What the proof-reader marks in a submission; offsets are of ``checked_text``.

    Every link is among it: somebody looks where it leads before it is signed.
    """
    text = checked_text(submission)
    found = check_text(
        text, rules.checks, on=submission.event_day, kind=submission.kind
    )
    links = find_links(text, body_links(submission.body))
    return tuple(sorted((*found, *links), key=lambda f: (f.start, f.end, f.rule)))


def finding_key(finding: Finding) -> str:
    """What names a finding in a form: its rule and its place."""
    return f"{finding.rule}:{finding.start}:{finding.end}"[:64]


def say_found(finding: Finding) -> str:
    """What is wrong with which words, the words named once."""
    named = f"“{finding.text}”"
    return finding.why if named in finding.why else f"{named}{finding.why}"


def finding_words(finding: Finding, text: str) -> str:
    """What names a finding wherever its sentence moves to: rule, words, sentence.

    ``text`` is the ``checked_text`` that it was found in.
    """
    first = max(text.rfind(end, 0, finding.start) for end in _SENTENCE_ENDS) + 1
    ends = [text.find(end, finding.end) for end in _SENTENCE_ENDS]
    last = min((at for at in ends if at >= 0), default=len(text))
    return f"{finding.rule}|{finding.text}|{text[first:last].strip()}"


def chairs_words(
    submission: Submission, findings: Iterable[Finding]
) -> tuple[str, ...]:
    """The places of a submission that only the chair may let out."""
    text = checked_text(submission)
    found = (f for f in findings if f.rule == CHAIR_DECIDES)
    return tuple(dict.fromkeys(finding_words(f, text) for f in found))


def right_word(finding: Finding, rules: CheckRules) -> str | None:
    """The words that may be put in place by one click, None when a person must write.

    Safe are the office's own list of wrong words, marks of the wrong width, a
    leader's name as listed, and 姓＋某 for a name.
    """
    for word in rules.wrong_words:
        if word.wrong == finding.text and word.right:
            return word.right
    return told_mend(finding.suggestion)


def mend_finding(
    submission: Submission, finding: Finding, right: str
) -> Submission | None:
    """The submission with the right word in place; None where it stands in no line.

    Paragraphs keep their other runs; captions, place and names are not touched.
    """
    title = submission.title
    if finding.end <= len(title):
        mended = title[: finding.start] + right + title[finding.end :]
        return replace(submission, title=mended)
    lines = submission.body.text.split("\n")
    start = finding.start - len(title) - 1
    for line in lines:
        if 0 <= start < len(line):
            body = _mend_line(submission.body, line, start, finding.text, right)
            return replace(submission, body=body) if body else None
        start -= len(line) + 1
    return None


def _mend_line(body: Body, line: str, at: int, wrong: str, right: str) -> Body | None:
    """The body with the word of one plain paragraph put right, None when it is not."""
    if line[at : at + len(wrong)] != wrong:
        return None
    mended = Paragraph(plain_runs(line[:at] + right + line[at + len(wrong) :]))
    blocks = list(body.blocks)
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block == Paragraph(plain_runs(line)):
            blocks[place] = mended
            return Body(tuple(blocks))
    return None
