"""The rule files checked against each other, and the newsroom's rules built.

:func:`rule_notes` says what one file says against another; :func:`build_rules`
gives :class:`newsroom.rules.Rules`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from config_faults import Fault, KeyPath, Section, key_name, line_of
from config_ledger import LedgerFile
from config_rule_files import (
    ChecksFile,
    HighlightFile,
    LeadersFile,
    NewsSettings,
    PersonalSettings,
    TemplatesFile,
    TiersFile,
    TopicsFile,
    UnitsFile,
)
from newsroom.points import OwnPoints
from newsroom.questions import Question, StoryTemplate
from newsroom.reminder import Reminder
from newsroom.rules import (
    Calendar,
    CheckRules,
    HighlightRules,
    ImportantRule,
    Leader,
    NewsRules,
    OutletRule,
    PartRule,
    PenaltyRule,
    PersonalRule,
    Rules,
    WrongPattern,
    WrongWord,
)
from newsroom.story import StoryKind
from newsroom.taxonomy import Tier, Topic, Unit, UnitKind, UnitRules

_TEMPLATE_WORD = re.compile(r"\{\{\s*(\w+)\s*\}\}|\{%\s*if\s+(\w+)\s*%\}")
_CONDITION = re.compile(r"\{%\s*if\s+\w+\s*%\}[^{]*(?:\{\{[^{]*)*\{%\s*endif\s*%\}")
_WORD = re.compile(r"\{\{\s*\w+\s*\}\}")
# Asked in this order: what happened before what makes it special.
_ASKED_FIRST = ("when", "place", "org")
_OTHER_TOPIC = "qita"
_GENERAL_TEMPLATE = "tongyong"


class RuleBook(Section):
    """Every rule file of an office, read."""

    units: UnitsFile
    topics: TopicsFile
    sources: TiersFile
    highlight: HighlightFile
    checks: ChecksFile
    ledger: LedgerFile
    templates: TemplatesFile
    leaders: LeadersFile

    @property
    def tiers(self) -> dict[str, Tier]:
        """The tiers of sources by id."""
        return {
            id_: Tier(id_, tier.name, tier.weight, tier.level)
            for id_, tier in self.sources.tier.items()
        }


Note = tuple[KeyPath, str, str, str]
"""A fault before its file is known: key, found, expected, mend."""


def rule_notes(book: RuleBook) -> Iterator[tuple[str, Note]]:
    """What one rule says against another: the name of the file, and the note."""
    yield from (("units", note) for note in _unit_notes(book.units))
    topics = [topic.id for topic in book.topics.topic]
    yield from (("topics", note) for note in repeated(("topic",), topics))
    if _OTHER_TOPIC in topics:
        path = ("topic", topics.index(_OTHER_TOPIC), "id")
        note = (path, "qita 是“其他”，不用写", "用别的编号", "换一个编号")
        yield "topics", note
    known = {*topics, _OTHER_TOPIC}
    news = book.sources.news
    yield from (
        ("sources", note)
        for note in (
            *unknown(("news", "rights_topics"), news.rights_topics, known, "主题"),
            *unknown(
                ("news", "elsewhere_tiers"),
                news.elsewhere_tiers,
                book.sources.tier,
                "层级",
            ),
        )
    )
    orders = [leader.order for leader in book.leaders.leader]
    yield from (("leaders", n) for n in repeated(("leader",), orders, "order"))
    yield from (("templates", n) for n in _template_notes(book.templates, known))


def _unit_notes(file: UnitsFile) -> Iterator[Note]:
    ids = [unit.id for unit in file.unit]
    towns = {unit.id for unit in file.unit if unit.kind is UnitKind.TOWN}
    yield from repeated(("unit",), ids)
    yield from repeated(("unit",), [unit.name for unit in file.unit], "name")
    for index, unit in enumerate(file.unit):
        parents = (unit.parent,) if unit.parent else ()
        others = [other for other in ids if other != unit.id]
        yield from unknown(("unit", index, "parent"), parents, others, "单位", one=True)
        homes = (unit.town,) if unit.town else ()
        yield from unknown(("unit", index, "town"), homes, towns, "镇街", one=True)


def _template_notes(file: TemplatesFile, topics: Iterable[str]) -> Iterator[Note]:
    ids = [template.id for template in file.template]
    yield from repeated(("template",), ids)
    known = [*topics, _GENERAL_TEMPLATE]
    for index, template in enumerate(file.template):
        path = ("template", index)
        yield from unknown((*path, "id"), (template.id,), known, "主题", one=True)
        words = {"unit", *file.common, *(key for key, _ in template.extra)}
        yield from unknown(
            (*path, "sample"), sorted(template.sample), words, "问题", one=True
        )
        for part, text in (
            ("titles", " ".join(template.titles)),
            ("skeleton", template.skeleton),
        ):
            used = {a or b for a, b in _TEMPLATE_WORD.findall(text)}
            yield from unknown(
                (*path, part), sorted(used - words), words, "问题", one=True
            )
            if "{" in _WORD.sub("", _CONDITION.sub(_inside, text)):
                yield (
                    (*path, part),
                    "有看不懂的花括号",
                    "只有 {{ 键 }} 和 {% if 键 %}…{% endif %}，条件里不再套条件",
                    "照 config/story_templates.toml 里别的模板写",
                )


def _inside(found: re.Match[str]) -> str:
    return _WORD.sub("", found[0]).partition("%}")[2].rpartition("{%")[0]


def story_templates(file: TemplatesFile) -> tuple[StoryTemplate, ...]:
    """The templates as the newsroom knows them: common questions around own ones."""
    common = {
        key: Question(key, one.ask, one.hint, one.required)
        for key, one in file.common.items()
    }
    first = [common[key] for key in _ASKED_FIRST if key in common]
    last = [one for key, one in common.items() if key not in _ASKED_FIRST]
    return tuple(
        StoryTemplate(
            template.id,
            template.name,
            (*first, *(Question(key, ask) for key, ask in template.extra), *last),
            template.titles,
            template.skeleton,
            tuple(template.sample.items()),
        )
        for template in file.template
    )


def repeated(
    path: KeyPath, values: Iterable[str | int], key: str = "id"
) -> Iterator[Note]:
    """A note for each value that stood before in the same list."""
    seen: Counter[str | int] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield (
                (*path, index, key),
                f"{value} 已经用过",
                "不重复",
                "改成没用过的，或删掉重复的一段",
            )


def unknown(
    path: KeyPath,
    values: Iterable[str],
    known: Iterable[str],
    noun: str,
    *,
    one: bool = False,
) -> Iterator[Note]:
    """A note for each value that names nothing known; ``one``: it is no list."""
    all_known = list(known)
    for index, value in enumerate(values):
        if value not in all_known:
            yield (
                path if one else (*path, index),
                f"没有 {value} 这个{noun}",
                f"是已有的{noun}：{'、'.join(all_known)}",
                "改对编号，或先把它加上",
            )


def inside_trees(folders: Mapping[KeyPath, Path], output: Path) -> Iterator[Note]:
    """A note for each folder of what is kept that lies among pages.

    What lies there is packed and published with them, and goes when they are made anew.
    """
    trees = [output / name for name in ("internal", "public")]
    for path, folder in folders.items():
        if any(folder.is_relative_to(tree) for tree in trees):
            yield (
                path,
                f"写的文件夹在网页里面（{folder}）",
                f"在 {output} 外面",
                "换一个别处的文件夹，并把已有的东西移过去：放在网页里会一起打包、发布",
            )


def fault_of(note: Note, file: Path, lines: Mapping[KeyPath, int]) -> Fault:
    """A note with its file and line."""
    path, found, expected, mend = note
    return Fault(file, key_name(path), line_of(path, lines), found, expected, mend)


def build_rules(  # noqa: PLR0913 - the parts of the office's settings, by name
    book: RuleBook,
    *,
    place: str,
    city: str,
    calendar: Calendar,
    reminders: tuple[Reminder, ...],
    public_phones: Iterable[str],
) -> Rules:
    """The office's rules as the newsroom knows them."""
    return Rules(
        units=_units(book.units, place, city),
        topics=tuple(
            Topic(t.id, t.name, t.weight, t.strong, t.weak, t.months, t.seed)
            for t in book.topics.topic
        ),
        highlight=_highlight(book.highlight),
        news=_news(book.sources.news),
        checks=_checks(book, frozenset(public_phones)),
        calendar=calendar,
        reminders=reminders,
        outlets=tuple(
            OutletRule(outlet.level, outlet.name, outlet.points, outlet.media)
            for outlet in book.ledger.level.values()
            if not outlet.own
        ),
        own_points=_own_points(book.ledger),
    )


_KIND_FACTORS = {
    "jianxun": (StoryKind.BRIEF,),
    "dongtai": (StoryKind.NEWS,),
    "renwu": (StoryKind.PROFILE, StoryKind.CASE),
    "jingyan": (StoryKind.EXPERIENCE, StoryKind.RESEARCH),
}


def _own_points(file: LedgerFile) -> OwnPoints:
    month, day = map(int, file.year_ends.split("-"))
    own = next((level.points for level in file.level.values() if level.own), 0.0)
    return OwnPoints(
        each=own,
        factors={
            kind: one.factor
            for id_, one in file.kind_factor.items()
            for kind in _KIND_FACTORS.get(id_, ())
        },
        month_cap=file.cap.ben_month,
        first_share=file.joint.first,
        year_ends=(month, day),
    )


def _units(file: UnitsFile, place: str, city: str) -> UnitRules:
    units = tuple(Unit(**unit.model_dump()) for unit in file.unit)
    ambiguous, relative = frozenset(file.ambiguous), frozenset(file.relative)
    return UnitRules(units, ambiguous, relative, place, city)


def _highlight(file: HighlightFile) -> HighlightRules:
    choose = file.choose
    return HighlightRules(
        parts={n: PartRule(p.max, p.how, p.reason) for n, p in file.parts},
        penalties={n: PenaltyRule(p.points, p.when) for n, p in file.penalty},
        neutral_kinds=frozenset(file.neutral.kinds),
        neutral_people=file.neutral.people,
        neutral_photo=file.neutral.photo,
        top=choose.top,
        floor=choose.floor,
        per_unit_per_day=choose.per_unit_per_day,
        per_topic_per_day=choose.per_topic_per_day,
        fair_days=choose.fair_days,
        labels={name: label for name, label in file.labels if label},
    )


def _news(news: NewsSettings) -> NewsRules:
    figures = news.model_dump(exclude={"rights_topics", "elsewhere_tiers"})
    return NewsRules(
        **figures,
        rights_topics=frozenset(news.rights_topics),
        elsewhere_tiers=frozenset(news.elsewhere_tiers),
    )


def _checks(book: RuleBook, public_phones: frozenset[str]) -> CheckRules:
    file = book.checks
    return CheckRules(
        wrong_words=tuple(
            WrongWord(wrong, right, level, file.wrong_words.unless.get(wrong, ()))
            for wrong, right, level in file.wrong_words.pairs
        ),
        claims=file.claims.words,
        claims_unless=file.claims.unless,
        cliches=file.cliche.words,
        chair_decides=file.chair_decides.words,
        placeholders=file.placeholder.regex,
        half_width=file.punct.half_width,
        unbalanced=file.punct.unbalanced,
        dots=file.punct.dots,
        comma_before_predicate=file.punct.comma_before_predicate,
        quote_in_title=file.punct.quote_in_title,
        personal=tuple(_personal(id_, rule) for id_, rule in file.pii.items()),
        public_phones=public_phones,
        leaders=tuple(Leader(**one.model_dump()) for one in book.leaders.leader),
        repeat=file.punct.repeat,
        doubled=file.punct.doubled,
        wrong_patterns=tuple(WrongPattern(*one) for one in file.wrong_words.patterns),
        claim_patterns=file.claims.patterns,
        important=tuple(
            ImportantRule(id_, one.why, one.regex)
            for id_, one in file.important.items()
        ),
    )


def _personal(id_: str, rule: PersonalSettings) -> PersonalRule:
    return PersonalRule(id=id_, **rule.model_dump(exclude={"how"}))
