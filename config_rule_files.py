"""What the rule files that config.toml names may say: one frozen model a file."""

from __future__ import annotations

import re
import string
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from config_faults import Section, file_name, office_error
from newsroom.story import FindingLevel, StoryKind
from newsroom.taxonomy import Level, UnitKind

_REASON_WORDS = frozenset({"n", "p", "k", "d", "item", "media"})
_FULL_SCORE = 100


def _reason(text: str) -> str:
    """A printed reason; the program fills in nothing but its own words."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        names = {"…"}
    if names - _REASON_WORDS:
        known = "、".join("{" + word + "}" for word in sorted(_REASON_WORDS))
        raise office_error(
            f'写的是 "{text}"', f"花括号里只有 {known}", "改对花括号里的字"
        )
    return text


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,31}$"), AfterValidator(file_name)]
Word = Annotated[str, Field(min_length=1)]
Words = tuple[Word, ...]
Reason = Annotated[str, AfterValidator(_reason)]


class TierSettings(Section):
    """[tier.ID] a rank of sources."""

    name: str = Field(min_length=1, description="给读者看的名称")
    level: Level = Field(description="级别，从全国到镇街")
    weight: float = Field(ge=0, le=1, description="排要闻时的分量")


class NewsSettings(Section):
    """[news] how 要闻 and the lesser columns are filled."""

    freshness: tuple[Annotated[float, Field(gt=0, le=1)], ...] = Field(
        min_length=1, description="按工作日的新鲜程度，从今天起"
    )
    county_factor: float = Field(ge=1, le=3, description="写到本县的加成")
    city_factor: float = Field(ge=1, le=3, description="写到上级市的加成")
    per_source: int = Field(ge=1, description="同一来源最多几条")
    per_topic: int = Field(ge=1, description="同一主题最多几条")
    top: int = Field(ge=1, le=20, description="要闻最多几条")
    rights_top: int = Field(ge=0, description="维权服务最多几条")
    rights_topics: Words = Field(description="归入维权服务的主题")
    elsewhere_top: int = Field(ge=0, description="他山之石最多几条")
    elsewhere_tiers: Words = Field(default=(), description="归入他山之石的层级")
    thin_day: int = Field(ge=0, description="少于几条就加本周回顾")
    first_run_days: int = Field(ge=1, le=30, description="第一次运行往回取几天")
    first_run_articles: int = Field(ge=1, le=50, description="第一次运行每源最多几篇")


class TiersFile(Section):
    """config/sources.toml: the tiers of sources and the rules of 要闻."""

    tier: dict[Id, TierSettings] = Field(min_length=1, description="来源层级")
    news: NewsSettings = Field(description="要闻规则")


class UnitSettings(Section):
    """[[unit]] a town, bureau, park or trade union."""

    id: Id = Field(description="编号，定了不要改")
    name: str = Field(min_length=2, description="名称")
    union: str = Field(min_length=2, description="工会全称")
    kind: UnitKind = Field(description="类别：镇街、园区、局、行业、机关")
    aliases: Words = Field(default=(), description="其他叫法")
    villages: Words = Field(default=(), description="村和社区")
    code: str | None = Field(default=None, description="行政区划代码")
    parent: str | None = Field(default=None, description="上级单位的编号")
    town: str | None = Field(default=None, description="所在镇街的编号")
    ranked: bool = Field(default=True, description="是否参加排名")
    enabled: bool = Field(default=True, description="是否在用")


class UnitsFile(Section):
    """config/units.toml: the units and how they are recognised."""

    ambiguous: Words = Field(default=(), description="不单独作数的村名")
    relative: Words = Field(default=(), description="指来源所在市的词")
    unit: tuple[UnitSettings, ...] = Field(min_length=1, description="单位")


class TopicSettings(Section):
    """[[topic]] a theme of union work."""

    id: Id = Field(description="编号")
    name: str = Field(min_length=2, description="名称")
    weight: float = Field(ge=0, le=1, description="今年的重点程度")
    strong: Words = Field(min_length=1, description="强词，每个 3 分")
    weak: Words = Field(default=(), description="弱词，每个 1 分")
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(
        default=(), description="预计在哪几个月，空表示全年"
    )
    seed: str = Field(default="", description="依据，给人看")


class TopicsFile(Section):
    """config/topics.toml: the topics and their words."""

    topic: tuple[TopicSettings, ...] = Field(min_length=1, description="主题")


class PartSettings(Section):
    """[parts.ID] a part of the highlight score."""

    max: float = Field(ge=0, le=100, description="最高分")
    how: str = Field(min_length=2, description="怎样算，给人看")
    reason: Reason = Field(description="印出来的理由")


class PartsSettings(Section):
    """[parts] the ten parts of the highlight score."""

    fresh: PartSettings = Field(description="时效")
    numbers: PartSettings = Field(description="数据")
    people: PartSettings = Field(description="人物")
    photo: PartSettings = Field(description="图片")
    unique: PartSettings = Field(description="独特")
    policy: PartSettings = Field(description="契合")
    upper: PartSettings = Field(description="上级采用")
    silent: PartSettings = Field(description="久未发声")
    complete: PartSettings = Field(description="要素齐全")
    benefit: PartSettings = Field(description="受益职工")

    @model_validator(mode="after")
    def _full_score(self) -> PartsSettings:
        total = sum(getattr(self, name).max for name in type(self).model_fields)
        if total != _FULL_SCORE:
            raise office_error(
                f"各部分最高分加起来是 {total:g}", "正好 100", "调整各部分的 max"
            )
        return self


class NeutralSettings(Section):
    """[neutral] fixed points for kinds that must hide names and faces."""

    kinds: tuple[StoryKind, ...] = Field(description="哪些体裁")
    people: float = Field(ge=0, description="人物给几分")
    photo: float = Field(ge=0, description="图片给几分")


class PenaltySettings(Section):
    """[penalty.ID] points taken, and when."""

    points: float = Field(le=0, description="扣几分，负数")
    when: str = Field(min_length=2, description="什么时候扣，给人看")


class PenaltiesSettings(Section):
    """[penalty] the five penalties."""

    stale: PenaltySettings = Field(description="旧闻")
    leaders: PenaltySettings = Field(description="领导多于职工")
    cliche: PenaltySettings = Field(description="套话")
    claim: PenaltySettings = Field(description="没有依据的“首个”“最”")
    blocked: PenaltySettings = Field(description="有没处理的禁止项")


class ChooseSettings(Section):
    """[choose] how many highlights a day, and whose turn it is."""

    top: int = Field(ge=1, le=20, description="每天最多几条")
    floor: float = Field(ge=0, le=100, description="低于这个分不登")
    per_unit_per_day: int = Field(ge=1, description="同一单位一天最多几条")
    per_topic_per_day: int = Field(ge=1, description="同一主题一天最多几条")
    fair_days: int = Field(ge=1, description="多少天没展示就优先")
    pin_needs_reason: bool = Field(default=True, description="置顶、撤下必须写理由")


class LabelsSettings(Section):
    """[labels] the plain words that readers may see in place of a score."""

    unique: str = Field(default="", description="独特")
    benefit: str = Field(default="", description="受益职工")
    upper: str = Field(default="", description="上级采用")


class HighlightFile(Section):
    """config/highlight.toml: the score of 基层亮点."""

    parts: PartsSettings = Field(description="十个部分，最高分合计 100")
    neutral: NeutralSettings = Field(description="案例的固定分")
    penalty: PenaltiesSettings = Field(description="扣分")
    choose: ChooseSettings = Field(description="怎样选")
    labels: LabelsSettings = Field(default=LabelsSettings(), description="公开的标签")


class WrongWordsSettings(Section):
    """[wrong_words] wrong and right words, each with its level."""

    pairs: tuple[tuple[Word, str, FindingLevel], ...] = Field(
        description='一组 ["错的", "对的", "级别"]'
    )
    unless: dict[str, Words] = Field(default={}, description="例外的长词")
    patterns: tuple[tuple[re.Pattern[str], str, FindingLevel], ...] = Field(
        default=(), description='看上下文的错词：一组 [\'规则\', "对的", "级别"]'
    )


class ClaimsSettings(Section):
    """[claims] words that need evidence."""

    words: Words = Field(description="要有依据的词")
    patterns: tuple[re.Pattern[str], ...] = Field(
        default=(), description="要有依据的说法，写成规则"
    )
    unless: dict[str, Words] = Field(default={}, description="例外的长词")


class WordsSettings(Section):
    """[cliche], [chair_decides] a list of words."""

    words: Words = Field(description="词表")


class ImportantSettings(Section):
    """[important.ID] what a story is proposed as important for."""

    why: str = Field(min_length=2, description="为什么重要")
    regex: tuple[re.Pattern[str], ...] = Field(description="怎样写到的")


class PlaceholderSettings(Section):
    """[placeholder] what was not filled in."""

    regex: tuple[re.Pattern[str], ...] = Field(description="没填完的写法")


class PunctSettings(Section):
    """[punct] punctuation that a proof-reader points at."""

    half_width: re.Pattern[str] = Field(description="汉字之间的半角标点")
    unbalanced: tuple[Annotated[str, Field(min_length=2, max_length=2)], ...] = Field(
        description="要成对的标点"
    )
    dots: re.Pattern[str] = Field(description="不规范的省略号")
    comma_before_predicate: re.Pattern[str] = Field(description="多余的顿号")
    quote_in_title: re.Pattern[str] = Field(description="书名号里的引号错位")
    repeat: re.Pattern[str] | None = Field(default=None, description="叠字")
    doubled: re.Pattern[str] | None = Field(
        default=None, description="连着写了两个的标点"
    )


class PersonalSettings(Section):
    """[pii.ID] a kind of personal data: by pattern, or by words."""

    name: str = Field(min_length=1, description="叫什么，给人看")
    level: FindingLevel = Field(description="级别：block、warn、hint")
    regex: re.Pattern[str] | None = Field(default=None, description="规则")
    words: Words = Field(default=(), description="词表")
    unless: Words = Field(default=(), description="例外的长词")
    check: Literal["GB 11643 mod 11-2", "Luhn"] | None = Field(
        default=None, description="校验位的算法"
    )
    skip_if_followed_by: re.Pattern[str] | None = Field(
        default=None, description="后面跟着这些就不算"
    )
    how: str = Field(default="", description="说明，给人看")

    @model_validator(mode="after")
    def _finds_something(self) -> PersonalSettings:
        if self.regex is None and not self.words:
            raise office_error("没有写查什么", "有 regex 或 words", "加上其中一项")
        return self


class ChecksFile(Section):
    """config/checks.toml: what the proof-reader knows."""

    wrong_words: WrongWordsSettings = Field(description="错词")
    claims: ClaimsSettings = Field(description="要有依据的话")
    cliche: WordsSettings = Field(description="套话")
    chair_decides: WordsSettings = Field(description="须由主席定的")
    important: dict[Id, ImportantSettings] = Field(
        default={}, description="建议列为重要（B 类）的，编辑点一下定"
    )
    placeholder: PlaceholderSettings = Field(description="没填完的地方")
    punct: PunctSettings = Field(description="标点")
    pii: dict[Id, PersonalSettings] = Field(description="个人信息")


class LeaderSettings(Section):
    """[[leader]] a leader as the office lists them."""

    name: str = Field(min_length=2, description="姓名")
    title: str = Field(min_length=2, description="职务全称")
    since: date = Field(description="任职日期")
    until: date | None = Field(default=None, description="离任日期，在任不写")
    order: int = Field(ge=1, description="排名先后")
    short: Words = Field(default=(), description="可用的简称")
    wrong: Words = Field(default=(), description="常见的错写")

    @model_validator(mode="after")
    def _in_order(self) -> LeaderSettings:
        if self.until is not None and self.until < self.since:
            raise office_error(
                f"离任 {self.until} 早于任职 {self.since}", "离任在任职之后", "改对日期"
            )
        return self


class LeadersFile(Section):
    """config/leaders.toml: the office's own list; it ships empty."""

    leader: tuple[LeaderSettings, ...] = Field(default=(), description="领导")


class QuestionSettings(Section):
    """[common] KEY = {...} a question for every topic."""

    ask: str = Field(min_length=2, description="问句")
    hint: str = Field(default="", description="提示")
    required: bool = Field(default=False, description="必答")


class TemplateSettings(Section):
    """[[template]] the further questions of a topic and its draft."""

    id: Id = Field(description="主题编号，或 tongyong")
    name: str = Field(min_length=2, description="名称")
    extra: tuple[tuple[Word, Word], ...] = Field(
        default=(), description='另问的问题 ["键", "问句"]'
    )
    titles: Words = Field(min_length=1, description="备选标题")
    skeleton: str = Field(min_length=2, description="草稿")
    sample: dict[Id, Word] = Field(default={}, description="范文：各个问题的回答，可空")


class TemplatesFile(Section):
    """config/story_templates.toml: questions and the skeletons of drafts."""

    common: dict[Id, QuestionSettings] = Field(description="都问的问题")
    template: tuple[TemplateSettings, ...] = Field(min_length=1, description="模板")
