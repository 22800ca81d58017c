"""The steps of the web form: which screens there are, what each asks (domain: 3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from newsroom.drafting import Draft, make_draft
from newsroom.questions import Question, StoryTemplate
from newsroom.taxonomy import Unit

FREE = "free"
SAID = "said"
_GUIDED_STEPS = (
    ("when", "哪天、在哪？", ("when", "place", "org")),
    ("what", "做了什么，办成了什么？", ()),
    ("new", "有什么不一样？", ("new", "next")),
    ("quote", "职工说了什么？", ("quote", "quoter")),
)
_OWN_SCREEN = frozenset({"when", "place", "org", "new", "next", "quote", "quoter"})
_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")
_CLAUSE_ENDS = re.compile(r"[，,；;：:]")
_DAY = re.compile(r"\d{1,4}[年月]|[今昨前]天|近日")
_FEWEST, _MOST = 6, 30
_MARKS = re.compile(r"(〔还没写：[^〔〕]*〕)")
TALK = Question(
    SAID,
    "照着说：哪天、在哪、谁、干了什么、多少人、结果怎样",
    "点一下大框，用手机键盘上的话筒说；已有稿子的，从微信、Word 里复制过来粘贴就行",
    required=True,
)
FREE_WHEN = (
    Question("when", "哪一天？", "例：7月18日", required=True),
    Question("place", "在什么地方？", "村、企业、工地的全称", required=True),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its place among all, and what it asks."""

    id: str
    heading: str
    number: int
    total: int
    before: str
    after: str
    questions: tuple[Question, ...] = ()


def screens_of(template: StoryTemplate | None) -> tuple[Screen, ...]:
    """The screens of a topic in order; None means that the text is told freely."""
    asked = list(_guided(template) if template else _free())
    asked += [("photos", "有照片吗？", ()), ("draft", "看看草稿，改一改", ())]
    asked += [("send", "最后几项，就发送", ())]
    names = ["topic", *(name for name, _, _ in asked), "receipt"]
    return tuple(
        Screen(
            name,
            heading,
            number=place + 1,
            total=len(asked) + 1,
            before=names[place - 1],
            after=names[place + 1],
            questions=questions,
        )
        for place, (name, heading, questions) in enumerate(asked, start=1)
    )


def find_screen(template: StoryTemplate | None, name: str) -> Screen | None:
    """The screen of this name, None when the topic has none."""
    return next((s for s in screens_of(template) if s.id == name), None)


def missing_answers(screen: Screen, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions of a screen that must be answered and are not."""
    return tuple(
        q for q in screen.questions if q.required and not answers.get(q.key, "").strip()
    )


def draft_of(
    template: StoryTemplate | None, answers: Mapping[str, str], unit: Unit
) -> Draft:
    """What the answers make; told freely, the words as they stand."""
    if template is not None:
        return make_draft(template, answers, unit)
    said = "\n".join(filter(None, map(str.strip, answers.get(SAID, "").splitlines())))
    first, _, rest = said.partition("\n")
    if rest and len(first) <= _LONGEST_HEADING and not first.endswith(("。", "，")):
        return Draft((first,), rest, rest, ())
    return Draft(titles_in(first), said, said, ())


def titles_in(text: str) -> tuple[str, ...]:
    """Clauses of a text's first sentence that can stand as its headline, three at most.

    They are the words as they stand; one that only tells the day is no headline.
    """
    sentence = _SENTENCE_ENDS.split(text.strip(), maxsplit=1)[0]
    clauses = [clause.strip(" “”‘’") for clause in _CLAUSE_ENDS.split(sentence)]
    told = [sentence, *clauses] if _DAY.match(sentence) is None else clauses
    fit = (one for one in told if _FEWEST <= len(one) <= _MOST)
    return tuple(dict.fromkeys(fit))[:3]


def marked_pieces(text: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The paragraphs of a draft as pieces; True where a fact is missing."""
    return tuple(
        tuple((piece, bool(_MARKS.fullmatch(piece))) for piece in _split(line))
        for line in text.splitlines()
        if line.strip()
    )


def today_words(today: date) -> str:
    """E.g. ``9月21日``, offered as the day of the event."""
    return f"{today.month}月{today.day}日"


_LONGEST_HEADING = 40


def _split(line: str) -> list[str]:
    return [piece for piece in _MARKS.split(line) if piece]


def _guided(
    template: StoryTemplate,
) -> list[tuple[str, str, tuple[Question, ...]]]:
    asked = []
    for name, heading, keys in _GUIDED_STEPS:
        if keys:
            found = tuple(q for q in template.questions if q.key in keys)
        else:
            found = tuple(q for q in template.questions if q.key not in _OWN_SCREEN)
        asked.append((name, heading, found))
    return asked


def _free() -> list[tuple[str, str, tuple[Question, ...]]]:
    return [("when", "哪天、在哪？", FREE_WHEN), (SAID, "说给我听", (TALK,))]
