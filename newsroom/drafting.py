"""Answers become a draft: what was typed is put in order, and nothing is added.

Answers are data: they are set into the office's skeleton once and never read as a
template (reliability: A19). An empty answer drops its clause; where the skeleton
cannot do without it, a mark 〔还没写：…〕 stands in its place (domain: 3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsroom.questions import Question, StoryTemplate
from newsroom.taxonomy import Unit
from newsroom.text import clean_text

LONGEST_TITLE = 40
GOOD_TITLE = 30
MOST_TITLES = 3

_MARK = re.compile(r"〔还没写：[^〔〕]*〕")
_IF = re.compile(r"\{%\s*if\s+(\w+)\s*%\}(.*?)\{%\s*endif\s*%\}", re.DOTALL)
# A slot with the quotation marks around it: words that somebody said stay a quote.
_SLOT = re.compile(r"(“?)\{\{\s*(\w+)\s*\}\}(”?)")
_CLAUSE_END = re.compile(r"([，。；\n])")
_STRONG = "\n。；，"
_TAIL = "。；，、;, \t"
_QUOTES = "“”\"'「」『』 "
_STUTTER = ("将", "在", "为")
_MENDS = (
    (re.compile(r"([。！？])[，。；]+"), r"\1"),
    (re.compile(r"[，；]+([。！？])"), r"\1"),
    (re.compile(r"，{2,}"), "，"),
    (re.compile(r"([。！？]”)。"), r"\1"),
    (re.compile(r"^[，。；、]+"), ""),
)
GENERAL_TITLES = ("{{ unit }}：{{ result }}", "{{ unit }}：“{{ quote }}”")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the answers make.

    Attributes:
        titles: up to three suggestions, the best first; none when nothing fits.
        text: the paragraphs, one a line, with a mark where a fact is missing.
        plain: the same without marks: clauses that lack their facts are left out.
        missing: the questions whose answers the draft needs, or that are required,
            in the order in which they are asked.
    """

    titles: tuple[str, ...]
    text: str
    plain: str
    missing: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    words: str
    plain: str
    end: str
    is_fixed: bool = False


def make_draft(
    template: StoryTemplate, answers: Mapping[str, str], unit: Unit
) -> Draft:
    """The draft of a correspondent's answers.

    Args:
        template: the topic's questions and skeleton.
        answers: by the questions' keys; unknown keys and empty answers are left out.
        unit: the unit that hands in; its name fills ``unit``.
    """
    given = _clean_answers(template, answers, unit)
    missing: dict[str, Question] = {}
    clauses = [
        _fill(words, end, given, template, missing)
        for words, end in _clauses(_choose(template.skeleton, given))
    ]
    plain = _keep_ends(_without_empty_claims(clauses))
    return Draft(
        titles=_titles(template, given),
        text=_finish(clauses),
        plain=_finish(plain),
        missing=tuple(
            question
            for question in template.questions
            if question.key in missing
            or (question.required and question.key not in given)
        ),
    )


def missing_mark(question: Question) -> str:
    """The mark that stands where an answer is missing, e.g. 〔还没写：多少人？〕."""
    return f"〔还没写：{question.ask}〕"


def marks_in(text: str) -> tuple[str, ...]:
    """The marks that still stand in a text: it must not be sent with them."""
    return tuple(_MARK.findall(text))


def _clean_answers(
    template: StoryTemplate, answers: Mapping[str, str], unit: Unit
) -> dict[str, str]:
    given = {"unit": unit.name}
    for question in template.questions:
        answer = clean_text(answers.get(question.key, "")).rstrip(_TAIL)
        answer = _MARK.sub("", answer)
        if question.key == "quote":
            answer = answer.strip(_QUOTES).rstrip(_TAIL)
        if answer:
            given[question.key] = answer
    return given


def _choose(skeleton: str, given: Mapping[str, str]) -> str:
    """The skeleton with those conditional parts whose answer is there."""
    return _IF.sub(lambda found: found[2] if found[1] in given else "", skeleton)


def _clauses(skeleton: str) -> Iterable[tuple[str, str]]:
    """The clauses with the mark that ends each; answers are not yet in them."""
    parts = [*_CLAUSE_END.split(skeleton), ""]
    return zip(parts[::2], parts[1::2], strict=True)


def _fill(
    words: str,
    end: str,
    given: Mapping[str, str],
    template: StoryTemplate,
    missing: dict[str, Question],
) -> _Clause:
    """A clause with its answers; ``missing`` learns what it lacks."""
    keys = [key for _, key, _ in _SLOT.findall(words)]
    lacking = [key for key in keys if key not in given]
    for key in lacking:
        question = template.question(key) or Question(key, key)
        missing[key] = question

    def put(found: re.Match[str]) -> str:
        opening, key, closing = found.groups()
        answer = given.get(key)
        if answer is None:
            return opening + missing_mark(missing[key]) + closing
        answer = _no_stutter(words[: found.start()], answer)
        return opening + _closed(answer, closing) + closing

    whole = _SLOT.sub(put, words)
    if not lacking:
        return _Clause(whole, whole, end, is_fixed=not keys)
    # What was answered stays even where its clause cannot.
    kept = "".join(
        opening + _closed(given[key], closing) + closing
        for opening, key, closing in _SLOT.findall(words)
        if key in given
    )
    return _Clause(whole, kept, end)


def _closed(answer: str, closing: str) -> str:
    """A quote ends before its closing mark: “管够。”; other answers stay."""
    ends = not closing or answer.endswith(("。", "！", "？", "…", "!", "?"))
    return answer if ends else f"{answer}。"


def _no_stutter(before: str, answer: str) -> str:
    """The answer without the word that the skeleton says already: 将 + 将推广."""
    for word in _STUTTER:
        if before.endswith(word) and answer.startswith(word) and answer != word:
            return answer[len(word) :]
    return answer


def _without_empty_claims(clauses: Iterable[_Clause]) -> list[_Clause]:
    """The plain clauses; fixed words go where their sentence has lost all its facts."""
    kept: list[_Clause] = []
    sentence: list[_Clause] = []
    for clause in clauses:
        sentence.append(replace(clause, words=clause.plain))
        if clause.end != "，":
            facts = [one for one in sentence if not one.is_fixed]
            if facts and not any(one.words.strip() for one in facts):
                sentence = [replace(one, words="") for one in sentence]
            kept += sentence
            sentence = []
    return kept


def _keep_ends(clauses: list[_Clause]) -> list[_Clause]:
    """Empty clauses left out; a sentence that loses its last clause still ends."""
    kept: list[_Clause] = []
    for clause in clauses:
        if clause.words.strip():
            kept.append(clause)
        elif kept and _is_stronger(clause.end, kept[-1].end):
            end = clause.end if clause.end != "\n" else kept[-1].end + "\n"
            kept[-1] = replace(kept[-1], end=end)
    return kept


def _is_stronger(end: str, before: str) -> bool:
    return bool(end) and (not before or _STRONG.index(end) < _STRONG.index(before[-1]))


def _finish(clauses: Iterable[_Clause]) -> str:
    """The text with its punctuation mended, empty lines gone."""
    text = "".join(clause.words + clause.end for clause in clauses)
    return "\n".join(filter(None, map(_mend, text.split("\n"))))


def _mend(line: str) -> str:
    line = line.strip()
    for pattern, right in _MENDS:
        line = pattern.sub(right, line)
    return f"{line.rstrip('，；')}。" if line.endswith(("，", "；")) else line


def _titles(template: StoryTemplate, given: Mapping[str, str]) -> tuple[str, ...]:
    made = [
        _SLOT.sub(lambda found: found[1] + given[found[2]] + found[3], title)
        for title in (*template.titles, *GENERAL_TITLES)
        if all(key in given for _, key, _ in _SLOT.findall(title))
    ]
    fitting = [title for title in dict.fromkeys(made) if _is_title(title)]
    best = sorted(fitting, key=lambda title: len(title) > GOOD_TITLE)
    return tuple(best[:MOST_TITLES])


def _is_title(title: str) -> bool:
    return len(title) <= LONGEST_TITLE and not set("！!。\n") & set(title)
