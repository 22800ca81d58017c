"""Making the forms of one edition: which there are, and what files each gives.

They are made beside each other, each in a thread: typst works in a process of its own
(``press.py``), and photos are made smaller outside Python's lock. So a maker is given
values only; what asks a database was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.group_text import group_text, sms_text
from site_builder.forms.content import Content, content_of
from site_builder.forms.docx import briefing_docx
from site_builder.forms.long_picture import long_pictures
from site_builder.forms.pdf import briefing_pdf
from site_builder.forms.pictures import Photos
from site_builder.forms.press import Press
from site_builder.forms.preview import public_preview
from site_builder.forms.share_cards import share_cards
from site_builder.forms.typesetting import Typesetter, texts_of
from site_builder.forms.wechat import wechat_files
from site_builder.given import Audience, SiteGiven
from site_builder.shown import show

Files = Iterator[tuple[str, bytes]]
# Forms that are made at once: one waits for typst; more would hold more photos.
_HANDS = 3
# Cards first: what typst drew of them is still to be made JPEGs.
_TURNS = ("cards", "docx", "wechat", "long", "pdf", "text")


@dataclass(frozen=True, slots=True)
class Bench:
    """What the forms of one edition are made from.

    Attributes:
        paper: as the audience of the paper sees it.
        content: as the public sees it: for groups, accounts and pictures.
        fonts: a folder with more fonts, or None.
        cards: the folder where share cards are kept.
        photos: the photos of all forms.
    """

    paper: Content
    content: Content
    fonts: Path | None
    cards: Path
    photos: Photos = field(default_factory=Photos)

    @property
    def edition(self) -> Edition:
        """The edition that all forms are of."""
        return self.paper.edition


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name on the command line, its word, and its maker.

    The maker gives the ends of file names (``pdf`` becomes ``2026-09-21.pdf``) and
    bytes. ``released`` is whether it is made for released editions only.
    """

    name: str
    word: str
    make: Callable[[Bench, Typesetter], Files]
    released: bool = False


@dataclass(frozen=True, slots=True)
class FormsMade:
    """What was made: file names and bytes by form, and a sentence for each failure."""

    files: dict[str, dict[str, bytes]]
    faults: dict[str, str]


def bench_of(
    given: SiteGiven,
    edition: Edition,
    audience: Audience,
    *,
    fonts: Path | None,
    cards: Path,
) -> Bench:
    """The bench of one edition; ``given`` holds it alone, with its stories."""
    preview = content_of(*public_preview(given, edition))
    if audience is Audience.PUBLIC:
        return Bench(preview, preview, fonts, cards)
    shown = show(given, audience)
    paper = content_of(shown.editions[0], shown)
    return Bench(paper, preview, fonts, cards)


def make_forms(bench: Bench, only: Iterable[str] = ()) -> FormsMade:
    """Make the forms that are named, all when none is; what fails costs itself only.

    Raises:
        NewsroomError: a name that is no form's.
    """
    wanted = list(only) or [form.name for form in FORMS]
    if unknown := [name for name in wanted if name not in {f.name for f in FORMS}]:
        known = "、".join(f"{form.name}（{form.word}）" for form in FORMS)
        raise NewsroomError(f"没有“{'、'.join(unknown)}”这种形式；有：{known}")
    is_out = bench.edition.release is not None
    forms = [f for f in FORMS if f.name in wanted and (is_out or not f.released)]
    made = FormsMade({}, {})
    with Press() as press, ThreadPoolExecutor(_HANDS) as threads:
        setter = Typesetter(press, bench.fonts, _letters(bench))
        started = sorted(forms, key=lambda form: _TURNS.index(form.name))
        works = {f.name: threads.submit(_files, f, bench, setter) for f in started}
    for form in FORMS:
        if form.name in works:
            _note(made, form.name, works[form.name])
    return made


def _letters(bench: Bench) -> frozenset[str]:
    """What the forms of the edition show, but for a few words of their own."""
    texts: list[str] = []
    for content in (bench.paper, bench.content):
        texts += texts_of(asdict(content.paper))
        entries = [asdict(one.entry) for one in content.entries]
        texts += texts_of(entries)
    return frozenset(c for text in texts for c in text)


def _files(form: Form, bench: Bench, setter: Typesetter) -> dict[str, bytes]:
    day = bench.edition.day.isoformat()
    return {_name(day, end): content for end, content in form.make(bench, setter)}


def _note(made: FormsMade, name: str, work: Future[dict[str, bytes]]) -> None:
    """Put down what became of a form."""
    try:
        made.files[name] = work.result()
    except NewsroomError as error:
        made.faults[name] = str(error)


def _name(day: str, end: str) -> str:
    return f"{day}-{end}" if "." in end else f"{day}.{end}"


def _pdf(bench: Bench, setter: Typesetter) -> Files:
    yield "pdf", briefing_pdf(bench.paper, setter)


def _docx(bench: Bench, _: Typesetter) -> Files:
    yield "docx", briefing_docx(bench.paper, bench.photos)


def _wechat(bench: Bench, _: Typesetter) -> Files:
    yield from wechat_files(bench.content, bench.photos)


def _long(bench: Bench, setter: Typesetter) -> Files:
    pages = long_pictures(bench.content, setter, bench.photos)
    for number, page in enumerate(pages, 1):
        yield f"long-{number}.png", page


def _cards(bench: Bench, setter: Typesetter) -> Files:
    yield from share_cards(bench.content, setter, bench.photos, bench.cards)


def _text(bench: Bench, _: Typesetter) -> Files:
    """群发文字 and 短信, each with its count, as a file to copy from."""
    content = bench.content
    office = content.shown.given.office.short_name
    group = group_text(content.edition, office_short=office, link=content.link)
    plain = group_text(
        content.edition, office_short=office, link=content.link, emoji=False
    )
    sms = sms_text(content.edition, office_short=office, link=content.link)
    yield "group.txt", (group + "\n").encode()
    yield "group-plain.txt", (plain + "\n").encode()
    yield "sms.txt", (sms.text + "\n").encode()


FORMS = (
    Form("pdf", "PDF", _pdf),
    Form("docx", "Word 文档", _docx),
    Form("wechat", "公众号文章", _wechat),
    Form("long", "长图", _long),
    Form("text", "群发文字和短信", _text),
    Form("cards", "分享卡片", _cards, released=True),
)
