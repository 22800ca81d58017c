"""From an article or a submission to a story: tags, abstract, checks, appearances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from newsroom.abstracts import make_abstract
from newsroom.addresses import canonical_address
from newsroom.article import CHINA, Article
from newsroom.body import Block, Body, Picture
from newsroom.checks import (
    check_foreign_text,
    check_text,
    holds_excerpt,
    is_held_back,
)
from newsroom.digests import with_digest
from newsroom.events import find_event_day
from newsroom.publications import in_order
from newsroom.quarantine import quarantine_reason
from newsroom.rules import Rules
from newsroom.source import Source
from newsroom.story import Appearance, Finding, Story, StoryKind, StoryState
from newsroom.submission import Photo, Submission
from newsroom.tagging import tag_topics, tag_units
from newsroom.taxonomy import Level, Tag, UnitRules
from newsroom.text import squeeze

_NEAR_LEVELS = frozenset({Level.CITY, Level.COUNTY, Level.TOWNSHIP})
_RANKS = {
    Level.NATIONAL: 4,
    Level.PROVINCIAL: 3,
    Level.CITY: 2,
    Level.COUNTY: 1,
    Level.TOWNSHIP: 0,
}
_ELSEWHERE = "tashan"
_SENDER = 10.0

UNDATED = "没有发布日期"
NOT_PUBLIC = "报送人选择不公开"
# Reliability F43: so short a text is often a reading that went wrong.
LEAST_TEXT = 80
LEAST_WORDS = 20
THIN = "读到的正文不足80字，摘录暂不展示，请打开原文核对"
NO_TEXT = "页面没有文字，只有图片或附件"


def understand_article(
    article: Article,
    source: Source,
    rules: Rules,
    *,
    first_seen: datetime,
    listed: datetime | None = None,
) -> Story:
    """The story that this article tells, with id 0, not yet in the store.

    Args:
        article: what the page says.
        source: where it was found.
        rules: the office's rules.
        first_seen: when we first had it.
        listed: the date on the list or feed, taken when the page shows none.
    """
    published = article.published or listed
    text = article.body.text
    near, city = _place_of(source, rules.units)
    event_day = find_event_day(text, published)
    findings = _findings(article, source, rules, event_day)
    grave = _stops_whole_text(findings)
    abstract = make_abstract(article.body)
    story = Story(
        id=0,
        headline=article.headline,
        state=StoryState.INGESTED,
        body=article.body,
        first_seen=first_seen,
        published=published,
        has_time=article.has_time and article.published is not None,
        event_day=event_day,
        abstract=abstract,
        excerpt=_excerpt(abstract, article, source, rules),
        own=source.own and grave is None,
        source_line=article.source_line,
        byline=article.byline,
        units=tag_units(
            article.headline, text, rules.units, source_city=city, near=near
        ),
        topics=tag_topics(article.headline, text, rules.topics),
        appearances=(_appearance(article, source, first_seen, published),),
        attachments=article.attachments,
        findings=findings,
        notes=_notes(article, published, grave if source.own else None),
    )
    return with_digest(_held(story, rules))


def understand_submission(sub: Submission, rules: Rules) -> Story:
    """The story that a correspondent handed in; the unit is the sender's.

    It is held when the sender asked not to be published, when something in it is the
    chair's to decide, or when it holds personal data or a placeholder.
    """
    body = _with_photos(sub.body, sub.photos)
    text = body.text
    findings = check_text(
        f"{sub.title}\n{text}", rules.checks, on=sub.event_day, kind=sub.kind
    )
    held = _why_held(sub, findings)
    abstract = make_abstract(body)
    place = rules.units.place
    named = tag_units(sub.title, text, rules.units, source_city=place, near=True)
    senders = _senders(sub)
    story = Story(
        id=sub.story_id or 0,
        headline=sub.title,
        state=StoryState.HELD if held else StoryState.INGESTED,
        body=body,
        first_seen=sub.received_at,
        event_day=sub.event_day or find_event_day(text, sub.received_at),
        abstract=abstract,
        excerpt="" if held else abstract,
        own=True,
        kind=sub.kind,
        byline=sub.author,
        reviewer=sub.reviewer,
        units=(*senders, *(t for t in named if t.id not in {s.id for s in senders})),
        topics=tag_topics(sub.title, text, rules.topics),
        submission_number=sub.number or None,
        findings=findings,
        held_reason=held,
    )
    return with_digest(story)


def add_reprint(
    story: Story,
    article: Article,
    source: Source,
    first_seen: datetime,
    *,
    rules: Rules | None = None,
) -> Story:
    """The story with one more publication.

    Publications stand in order of time, the first one flagged. With ``rules``, when
    the new one turns out to be the earliest, a crawled story takes its headline and
    body from there; a submission keeps its own words always. A publication by a
    higher level leaves the evidence of 上级采用 in the notes.
    """
    added = _appearance(article, source, first_seen, article.published)
    address = canonical_address(article.url)
    others = [a for a in story.appearances if canonical_address(a.url) != address]
    ordered = in_order([*others, added])
    is_earliest = not story.is_submission and ordered[0].url == added.url and others
    if is_earliest and rules is not None:
        told = understand_article(article, source, rules, first_seen=first_seen)
        story = replace(
            told,
            id=story.id,
            state=story.state,
            first_seen=min(story.first_seen, first_seen),
            notes=story.notes,
        )
    evidence = adoption_evidence(story, added)
    notes = story.notes
    if evidence and evidence not in notes:
        notes = (*notes, evidence)
    return with_digest(replace(story, appearances=ordered, notes=notes))


def adoption_evidence(story: Story, appearance: Appearance) -> str | None:
    """「上级采用：…」 when a higher level carries our story, else None."""
    own_level = _RANKS[Level.TOWNSHIP]
    if not story.is_submission:
        first = story.first
        if first is None or _RANKS[first.level] > _RANKS[Level.COUNTY]:
            return None
        own_level = _RANKS[first.level]
    if _RANKS[appearance.level] <= own_level:
        return None
    day = appearance.published or appearance.first_seen
    shown = day.astimezone(CHINA).date()
    return f"上级采用：{appearance.source_name}，{shown.isoformat()}，{appearance.url}"


def _senders(sub: Submission) -> tuple[Tag, ...]:
    """The unit that handed it in, then those whose reports were merged into it."""
    joint = (Tag(unit_id, _SENDER, ("联合报送",)) for unit_id in sub.joint_units)
    return (Tag(sub.unit_id, _SENDER, ("报送单位",)), *joint)


def _place_of(source: Source, units: UnitRules) -> tuple[bool, str | None]:
    """Whether the source is near, and which city 全市 means in its mouth."""
    if source.city:
        return source.city in {units.place, units.city}, source.city
    if source.tier.id == _ELSEWHERE or source.level not in _NEAR_LEVELS:
        return False, None
    return True, units.city if source.level is Level.CITY else units.place


def _excerpt(abstract: str, article: Article, source: Source, rules: Rules) -> str:
    if not source.excerpt or article.reprint_banned or _text_note(article):
        return ""
    found = check_foreign_text(f"{article.headline}\n{abstract}", rules.checks)
    return "" if holds_excerpt(found) else abstract


def _findings(
    article: Article, source: Source, rules: Rules, event_day: date | None
) -> tuple[Finding, ...]:
    """All checks over what the office publishes in full, the grave ones over the rest.

    Others' wording is theirs: only personal data and gaps keep it from being shown.
    """
    text = f"{article.headline}\n{article.body.text}"
    if source.own:
        return check_text(text, rules.checks, on=event_day)
    return check_foreign_text(text, rules.checks)


def _stops_whole_text(findings: tuple[Finding, ...]) -> Finding | None:
    """What keeps a crawled text of our own from being published in full.

    What the chair decides is no reason: the page is public already.
    """
    grave = (f for f in findings if f.rule != "chair_decides")
    return is_held_back(grave) or holds_excerpt(findings)


def _notes(
    article: Article, published: datetime | None, grave: Finding | None
) -> tuple[str, ...]:
    notes = [_text_note(article)]
    if grave is not None:
        notes.append(f"“{grave.text}”{grave.why}：原网页改好以前不登全文")
    if published is None:
        notes.append(UNDATED)
    elif article.published is None:
        notes.append("页面没有日期，按列表或订阅中的日期")
    return tuple(filter(None, notes))


def _text_note(article: Article) -> str:
    """What is to be said of a text that is missing or very short, else nothing."""
    length = len(squeeze(article.body.text))
    if length >= LEAST_TEXT:
        return ""
    shown = article.body.pictures or article.attachments
    return NO_TEXT if shown and length < LEAST_WORDS else THIN


def _held(story: Story, rules: Rules) -> Story:
    """A headline with personal data, or spam of a hacked page, is shown nowhere."""
    finding = holds_excerpt(check_foreign_text(story.headline, rules.checks))
    reason = quarantine_reason(story.headline, story.body.text)
    if finding is not None:
        reason = f"标题里有{finding.why}，不能展示"
    if reason is None:
        return story
    return replace(
        story, state=StoryState.HELD, held_reason=reason, excerpt="", own=False
    )


def _why_held(sub: Submission, findings: tuple[Finding, ...]) -> str | None:
    chair = next((f for f in findings if f.rule == "chair_decides"), None)
    if chair is not None:
        return f"文中有“{chair.text}”，须由主席决定能否公开"
    if not sub.public:
        return NOT_PUBLIC
    if sub.kind is StoryKind.INTERNAL:
        return "内部情况，不公开"
    finding = holds_excerpt(findings)
    return f"“{finding.text}”：{finding.why}" if finding else None


def _with_photos(body: Body, photos: tuple[Photo, ...]) -> Body:
    """The kept pictures in the place of those the text names, the rest at the end."""
    blocks: list[Block] = []
    left = list(photos)
    for block in body.blocks:
        kept = _kept(block, left) if isinstance(block, Picture) else None
        if kept is None:
            blocks.append(block)
        else:
            left.remove(kept)
            blocks.append(_picture(kept))
    return Body((*blocks, *map(_picture, left)))


def _kept(block: Picture, photos: list[Photo]) -> Photo | None:
    names = {block.src, block.src.rsplit("/", 1)[-1]}
    return next((p for p in photos if names & {p.file, p.original_name} - {""}), None)


def _picture(photo: Photo) -> Picture:
    return Picture(
        src=photo.file,
        caption=photo.caption,
        credit=photo.credit,
        width=photo.width,
        height=photo.height,
    )


def _appearance(
    article: Article,
    source: Source,
    first_seen: datetime,
    published: datetime | None,
) -> Appearance:
    return Appearance(
        source_id=source.id,
        source_name=source.name,
        level=source.level,
        url=article.url,
        headline=article.headline,
        first_seen=first_seen,
        published=published,
        source_line=article.source_line,
        is_first=True,
    )
