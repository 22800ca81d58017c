"""What is said to a correspondent at each step, ready to copy (domain: 3.7).

Daily words only, at most 70 characters where the facts allow: a long headline is
shortened, never a number or a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsroom.status_words import status_words
from newsroom.submission import Submission, SubmissionState
from newsroom.text import clean_text

LONGEST = 70
_HEADLINE = 14
_COUNTED = "①②③④⑤⑥⑦⑧⑨"
_HAN = "零一两三四五六七八九"


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A unit's month: what it sent, what was taken, its points and its place.

    ``tied`` says that others hold the same place; ``focus`` is next month's topic.
    """

    month: int
    sent: int
    taken: int
    points: float
    place: int
    group: str = "镇街"
    tied: bool = False
    focus: str = ""


def received_text(submission: Submission, unit_name: str, *, office: str) -> str:
    """已收到, with the number; ``office`` is the short name, e.g. ``枝江工会``."""
    before = f"【{office}】已收到：{unit_name}《"
    after = f"》，编号 {submission.number}，今天内答复。"
    return before + _fit(submission.title, LONGEST - len(before + after)) + after


def seen_before_text(submission: Submission, *, office: str) -> str:
    """The same text has come before: its number, and that nothing is lost."""
    before, after = (
        f"【{office}】《",
        f"》已经收过，编号 {submission.number}，不用再发。",
    )
    return before + _fit(submission.title, LONGEST - len(before + after)) + after


def kept_for_a_person_text(*, office: str) -> str:
    """A file of an old kind came: it is kept, an editor reads it (domain: 3.6)."""
    return (
        f"【{office}】您发的是老格式文件，我们已收到，编辑会手工处理。"
        "下次可以把文字直接复制到这里。"
    )


def returned_text(number: str, questions: Sequence[str], link: str = "") -> str:
    """请补充, with the questions counted; the link is added where there is one."""
    asked = [clean_text(question) for question in questions]
    if len(asked) == 1:
        words = f"{number} 请补充：{asked[0]}"
    else:
        marked = "".join(
            f"{_COUNTED[n] if n < len(_COUNTED) else f'（{n + 1}）'}{question}"
            for n, question in enumerate(asked)
        )
        words = f"{number} 请补充{_count(len(asked))}处：{marked}"
    ending = "" if words.endswith(("。", "？", "！")) else "。"
    return f"{words}{ending}{f'点开补：{link}' if link else ''}"


def adopted_text(
    number: str,
    *,
    points: float | None = None,
    month_count: int | None = None,
    total: float | None = None,
    link: str = "",
) -> str:
    """恭喜: taken by the union's site; figures that are not known are left out."""
    given = "" if points is None else f"（+{_points(points)}分）"
    parts = [f"恭喜！{number} 已被市总工会网站采用{given}"]
    if month_count is not None:
        parts.append(f"本月第{month_count}篇")
    if total is not None:
        parts.append(f"累计{_points(total)}分")
    return f"{'，'.join(parts)}。{f'看这里：{link}' if link else ''}"


def upper_adopted_text(
    headline: str, outlet: str, *, points: float | None = None
) -> str:
    """好消息: an outlet above has carried the unit's story."""
    given = "" if points is None else f"（+{_points(points)}分）"
    before, after = "好消息：您报的《", f"》被{outlet}刊发{given}。"
    return before + _fit(headline, LONGEST - len(before + after)) + after


def not_adopted_text(number: str, reason: str, hint: str = "") -> str:
    """未采用, with the reason and one hint for the next time."""
    better = f"下次{_ended(hint)}" if hint else ""
    return f"{number} 这次未采用：{_ended(reason)}{better}"


def internal_text(number: str) -> str:
    """It goes to the chair of the office only."""
    return f"{number} 已转市总工会主席参阅，不对外公开。"


def passed_text(number: str, state: SubmissionState) -> str:
    """初审 or 复审 passed, or signed: on its way."""
    return f"{number} {status_words(state).words}，办好了再告诉您。"


def held_text(number: str, until: date | None) -> str:
    """缓发, with the day that is meant."""
    day = f"，预计{until.month}月{until.day}日" if until else ""
    return f"{number} 暂缓登出{day}，不是没采用。"


def withdrawn_text(number: str, reason: str, *, is_waiting: bool = False) -> str:
    """已撤下, with the reason; ``is_waiting`` while the pages still show it."""
    done = "正在从网站撤下" if is_waiting else "已从网站撤下"
    return f"{number} {done}：{_ended(reason)}"


def merged_text(number: str) -> str:
    """Put into another unit's report of the same event; both get the credit."""
    return f"{number} 和另一家报的是同一件事，已并成一篇，两家都署名、都计分。"


def duplicate_text(number: str, reason: str) -> str:
    """此事已报过, with the number of the one that came before."""
    return f"{number} {_ended(reason or '此事已报过')}有了新进展请再报。"


def monthly_text(name: str, unit_name: str, figures: MonthFigures) -> str:
    """The month of a unit, e.g. 向主席：7月安福寺镇报5篇、用4篇、得11.5分……."""
    tied = "（并列）" if figures.tied else ""
    focus = f"下月重点：{figures.focus}。" if figures.focus else ""
    return (
        f"{name}：{figures.month}月{unit_name}报{figures.sent}篇、"
        f"用{figures.taken}篇、得{_points(figures.points)}分，"
        f"{figures.group}第{figures.place}{tied}。{focus}"
    )


def reminder_text(name: str, unit_name: str, hints: Sequence[str], link: str) -> str:
    """A friendly word to a unit that has long been silent (domain: 3.4)."""
    asked = "".join(f"{_COUNTED[n]}{hint}" for n, hint in enumerate(hints[:3]))
    had = f"近期有没有：{asked}？" if asked else ""
    return f"{name}您好，{unit_name}这个月还没有报送。{had}点开就能写：{link}"


def _fit(headline: str, room: int) -> str:
    headline = clean_text(headline)
    room = max(room, _HEADLINE)
    return headline if len(headline) <= room else f"{headline[: room - 1]}…"


def _count(number: int) -> str:
    return _HAN[number] if number < len(_HAN) else f" {number} "


def _points(points: float) -> str:
    return f"{points:g}"


def _ended(words: str) -> str:
    words = clean_text(words)
    return words if words.endswith(("。", "！", "？")) else f"{words}。"
