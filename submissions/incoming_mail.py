"""A mail as a unit sends it: whose it is, and the stories in it.

The subject says 单位+类别+标题; every document is a story, and a mail without one is a
story by its own words (domain: 3.5, D). Nothing here knows the network.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from newsroom.story import StoryKind
from newsroom.submission import Door, Submission
from newsroom.taxonomy import Unit, UnitRules
from newsroom.text import clean_text, fold
from newsroom.text_block import read_blocks
from page_reading.fragments import read_fragment
from submissions.entries import DOCUMENTS, PICTURES, TEXTS, read_entry
from submissions.found import FoundSubmission, KeepPicture, Scan, UnreadFolder
from submissions.letter_words import own_words, stories_in, without_courtesies
from submissions.pasted import read_pasted, submission_of, unit_named

MAX_STORIES = 20
QUOTE_LEFT_OUT = "邮件下面引用的旧信没有收"
FOOTER_LEFT_OUT = "邮件末尾签名里的电话、地址没有收"
WORDS_LEFT_OUT = "稿件在附件里，邮件正文里另有的话没有收，请看原件"
_LEAST_STORY = 40
_PARTS = re.compile(r"\s*[+＋]\s*|\s*[-－—_|｜/]\s*")
_AGAIN = re.compile(r"^(?:(?:转发|回复|答复|fwd?|re)\s*[:：]\s*)+", re.IGNORECASE)
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 80
_HOUR = 3600
_STORY_FILE = "邮件正文.txt"


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """A mail.

    ``sender`` is the bare address in small letters; ``attachments`` are names as
    sent and contents; ``raw`` is the whole mail, for sealing. ``has_quote`` says that
    an earlier letter was quoted below and is left out of ``text``, ``has_footer`` the
    same of contact lines. ``is_mere_answer``: a word of thanks, no story.
    """

    message_id: str
    sender: str
    subject: str
    text: str
    html: str
    attachments: tuple[tuple[str, bytes], ...]
    raw: bytes
    is_automatic: bool = False
    is_mere_answer: bool = False
    has_quote: bool = False
    has_footer: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a subject line says; what it does not say is None or empty."""

    unit: Unit | None
    kind: StoryKind | None
    title: str


@dataclass(frozen=True, slots=True)
class MailReading:
    """The stories of a mail, and sentences on what only a person can read."""

    stories: tuple[Submission, ...]
    problems: tuple[str, ...]


def read_subject(subject: str, units: UnitRules) -> Subject:
    """单位+类别+标题, in any order; signs other than + do as well."""
    subject = _AGAIN.sub("", clean_text(subject))
    unit: Unit | None = None
    kind: StoryKind | None = None
    rest: list[str] = []
    for part in filter(None, _PARTS.split(subject)):
        named = unit_named(part, units) if unit is None else None
        meant = _kind(part) if kind is None else None
        if named:
            unit = named
        elif meant:
            kind = meant
        else:
            rest.append(part)
    return Subject(unit, kind, subject if not unit and not kind else " ".join(rest))


def unit_of(
    letter: IncomingMail, senders: Mapping[str, str], units: UnitRules
) -> Unit | None:
    """The unit that sent a mail: by the list of senders, never by the subject alone.

    A sender of the list may hand in for the unit that the subject names only when the
    list says ``*``: that is the office itself.
    """
    listed = senders.get(letter.sender, "")
    if listed == "*":
        return read_subject(letter.subject, units).unit
    return units.unit(listed)


def read_mail(
    letter: IncomingMail,
    unit: Unit,
    *,
    units: UnitRules,
    now: datetime,
    keep_picture: KeepPicture,
) -> MailReading:
    """The stories of a mail, each with a key of its own that never changes.

    Args:
        letter: the mail.
        unit: whose it is.
        units: for blocks in the text that name their unit.
        now: the time of receipt.
        keep_picture: keeps a cleaned picture and gives its name.
    """
    subject = read_subject(letter.subject, units)
    found, problems = _read_stories(letter, unit, subject, units, now, keep_picture)
    stories = tuple(
        replace(
            story,
            key=_key(letter, index),
            unit_id=unit.id,
            door=Door.MAIL,
            received_at=now,
            kind=subject.kind or story.kind,
        )
        for index, story in enumerate(found)
    )
    return MailReading(stories, tuple(problems))


def _key(letter: IncomingMail, index: int) -> str:
    """Message-ID and the place in the mail; without one, the mail itself."""
    known = letter.message_id.strip() or hashlib.sha256(letter.raw).hexdigest()
    return hashlib.sha256(f"mail\n{known}\n{index}".encode()).hexdigest()


def _kind(words: str) -> StoryKind | None:
    return next((kind for kind in StoryKind if kind.value == words), None)


def _read_stories(  # noqa: PLR0913, PLR0917 - a mail and what is known of it
    letter: IncomingMail,
    unit: Unit,
    subject: Subject,
    units: UnitRules,
    now: datetime,
    keep_picture: KeepPicture,
) -> tuple[list[Submission], list[str]]:
    letter = _with_words(letter)
    words = letter.text
    if read_blocks(words):
        pasted = read_pasted(words, units=units, now=now)
        return [
            submission_of(story, unit, door=Door.MAIL, received_at=now)
            for story in pasted
        ], []
    stories: list[Submission] = []
    problems: list[str] = []
    scan = Scan(now, lambda _key, _base, _files: "", keep_picture)
    with tempfile.TemporaryDirectory(prefix="gonghui-mail-") as made:
        entries = _lay_out(Path(made), letter, unit, subject, words, now)
        for entry in entries:
            outcome = read_entry(entry, unit, scan)
            if isinstance(outcome, FoundSubmission):
                more = (*outcome.submission.could_not_read, *outcome.remarks)
                more += _left_out(letter) + _beside(letter, subject, outcome)
                stories.append(replace(outcome.submission, could_not_read=more))
            else:
                why = outcome.why if isinstance(outcome, UnreadFolder) else outcome
                problems.append(why)
    if problems and not stories and _has_documents(letter) and _is_story(letter.text):
        bare = replace(letter, attachments=_without_documents(letter))
        own, _ = _read_stories(bare, unit, subject, units, now, keep_picture)
        if own:
            return [_noted(story, problems) for story in own], []
    return stories, problems


def _noted(story: Submission, problems: Sequence[str]) -> Submission:
    return replace(story, could_not_read=(*story.could_not_read, *problems))


def _is_story(words: str) -> bool:
    """Whether a letter says more by itself than that something is attached."""
    return len(fold(without_courtesies(words, ""))) >= _LEAST_STORY


def _has_documents(letter: IncomingMail) -> bool:
    return len(_without_documents(letter)) < len(letter.attachments)


def _without_documents(letter: IncomingMail) -> tuple[tuple[str, bytes], ...]:
    wanted = DOCUMENTS | TEXTS
    return tuple(f for f in letter.attachments if _ending(f[0]).lower() not in wanted)


def _beside(
    letter: IncomingMail, subject: Subject, found: FoundSubmission
) -> tuple[str, ...]:
    """That a letter with a document said more, and not what the document says."""
    if not _has_documents(letter) or not _is_story(letter.text):
        return ()
    own = fold(without_courtesies(letter.text, subject.title))
    is_same = own[:_LEAST_STORY] in fold(found.submission.body.text)
    return () if is_same else (WORDS_LEFT_OUT,)


def _with_words(letter: IncomingMail) -> IncomingMail:
    """The letter with words: those of its HTML where it has no others."""
    if letter.text.strip():
        return letter
    own = own_words(read_fragment(letter.html, "").text, letter.subject)
    return replace(
        letter, text=own.text, has_quote=own.has_quote, has_footer=own.has_footer
    )


def _left_out(letter: IncomingMail) -> tuple[str, ...]:
    said = ((letter.has_quote, QUOTE_LEFT_OUT), (letter.has_footer, FOOTER_LEFT_OUT))
    return tuple(words for is_so, words in said if is_so)


def _lay_out(  # noqa: PLR0913, PLR0917 - as above
    base: Path,
    letter: IncomingMail,
    unit: Unit,
    subject: Subject,
    words: str,
    now: datetime,
) -> list[Path]:
    """The mail as folders, a story each, as the folder door knows them."""
    files = list(_safe_names(letter.attachments))
    texts = [f for f in files if _ending(f[0]) in DOCUMENTS | TEXTS][:MAX_STORIES]
    others = [f for f in files if f not in texts]
    stories: list[list[tuple[str, bytes]]] = [[text] for text in texts]
    if not texts:
        pieces = stories_in(words, letter.subject)[:MAX_STORIES]
        own = [without_courtesies(piece, subject.title) for piece in pieces]
        stories = [[(_STORY_FILE, _titled(piece, subject, own))] for piece in own]
    for other in others:
        stories[_home(other[0], texts)].append(other)
    town = base / unit.id
    entries = []
    for number, story in enumerate(stories, 1):
        folder = town / f"{subject.title[:40] or '邮件来稿'}-{number}".replace("/", " ")
        folder.mkdir(parents=True)
        for name, content in story:
            (folder / name).write_bytes(content)
            moment = now.timestamp() - _HOUR
            os.utime(folder / name, (moment, moment))
        entries.append(folder)
    return entries


def _titled(piece: str, subject: Subject, pieces: Sequence[str]) -> bytes:
    """The words of the mail with the subject's title, when it is one story."""
    labelled = re.search(r"(?m)^\s*[【\[]?标题[】\]]?\s*[:：]", piece)
    head = f"标题：{subject.title[:60]}\n"
    first = clean_text(piece.strip().partition("\n")[0])
    is_titled = bool(labelled) or first == subject.title
    alone = len(pieces) == 1 and subject.title and not is_titled
    return ((head if alone else "") + piece).encode("utf-8", "replace")


def _home(name: str, texts: Sequence[tuple[str, bytes]]) -> int:
    """The story that a picture belongs to: the one whose name it begins with."""
    for index, (text, _) in enumerate(texts):
        stem = PurePosixPath(text).stem
        number = re.match(r"\d+", stem)
        if name.startswith(stem) or (number and re.match(rf"{number[0]}\D", name)):
            return index
    return 0


def _safe_names(
    attachments: Sequence[tuple[str, bytes]],
) -> Iterator[tuple[str, bytes]]:
    """The attachments under names that are only names, none twice (A43)."""
    seen: set[str] = set()
    for number, (name, content) in enumerate(attachments, 1):
        safe = _UNSAFE.sub(" ", clean_text(name)).strip(" .~$")
        if not safe or _RESERVED.match(safe):
            safe = f"附件{number} {safe}".strip()
        ending = _ending(safe)
        stem = safe.removesuffix(ending) if ending else safe
        kept = f"{stem[:_LONGEST_NAME]}{ending}"
        if kept.casefold() in seen:
            kept = f"{stem[:_LONGEST_NAME]}-{number}{ending}"
        seen.add(kept.casefold())
        yield kept, content


def _ending(name: str) -> str:
    found = PurePosixPath(name).suffix
    known = DOCUMENTS | TEXTS | PICTURES
    return found if found.lower() in known else found[:6]
