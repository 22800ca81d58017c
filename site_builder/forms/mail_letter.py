"""The edition as a mail: text and HTML, with the highlights' pictures inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from site_builder.forms.content import Content, FormEntry, story_link
from site_builder.forms.pictures import FormPicture, Photos
from site_builder.render import make_environment

_WIDTH, _RATIOS = 560, (0.6, 3.0)
_TALLEST = 480  # of a portrait on the screen, so that a photo is never a screen high
_MOST_PICTURES = 5
_MOST_BYTES = 120_000
_WHITE = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """One entry in the mail; ``cid`` names its picture, empty for none.

    ``width`` is what the picture takes on a screen that has room: mail programs heed a
    width and pass over a ``max-height``.
    """

    headline: str
    words: str
    source: str
    href: str
    cid: str
    caption: str
    width: int = _WIDTH


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its recipient: the same for everybody.

    ``pictures`` are (content id, JPEG) in the order of the text.
    """

    subject: str
    text: str
    html: str
    pictures: tuple[tuple[str, bytes], ...]


def letter_of(content: Content, *, reply_to: str) -> Letter:
    """The mail of an edition, as the public sees it.

    ``reply_to`` is the address that takes replies and cancellations.
    """
    pictured = [one for one in content.entries if one.picture][:_MOST_PICTURES]
    pictures = _pictures(pictured, content)
    columns = [
        (column.name, [_entry(one, content, pictures) for one in column.entries])
        for column in content.columns
    ]
    paper = content.paper
    values = {
        "paper": paper,
        "columns": columns,
        "link": content.link,
        "office": paper.publisher.removesuffix("编"),
        "why": _why(reply_to),
    }
    environment = make_environment()
    return Letter(
        subject=f"{paper.title}{paper.subtitle} {paper.day} {paper.number}",
        text=_plain(content, columns, reply_to),
        html=environment.get_template("mail/letter.html").render(values),
        pictures=tuple((cid, one.content) for cid, one in pictures.values()),
    )


def _pictures(
    pictured: list[FormEntry], content: Content
) -> dict[int, tuple[str, FormPicture]]:
    """The pictures' content ids and bytes, by the entry that each belongs to."""
    photos = Photos(_WIDTH, 1)
    return {
        id(one): (
            f"p{n}.{content.edition.day}",
            photos.jpeg(
                one.picture, width=_WIDTH, most_bytes=_MOST_BYTES, ratios=_RATIOS
            ),
        )
        for n, one in enumerate(pictured, 1)
        if one.picture
    }


def message_of(
    letter: Letter,
    *,
    sender: Address,
    recipient: Address,
    message_id: str,
    sent: datetime,
) -> EmailMessage:
    """The letter to one person, as sent at this time: nobody sees another's address."""
    message = EmailMessage()
    message["Subject"] = _WHITE.sub(" ", letter.subject)
    message["From"], message["To"] = sender, recipient
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = (
        f"<mailto:{sender.addr_spec}?subject=unsubscribe%20gonghui>"
    )
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    page = message.get_payload()[1]  # type: ignore[index]  # the typing of payloads is loose
    for cid, jpeg in letter.pictures:
        page.add_related(  # type: ignore[union-attr]  # see above
            jpeg, "image", "jpeg", cid=f"<{cid}>", disposition="inline"
        )
    return message


def _plain(
    content: Content, columns: list[tuple[str, list[LetterEntry]]], reply_to: str
) -> str:
    """The same words for readers that show no HTML."""
    paper = content.paper
    lines = [f"{paper.title}{paper.subtitle}　{paper.number}　{paper.day}"]
    lines += [paper.banner] if paper.banner else []
    lines += ["", f"今日导读：{paper.lead}"] if paper.lead else []
    for name, entries in columns:
        lines += ["", f"【{name}】"]
        for number, entry in enumerate(entries, 1):
            lines += ["", f"{number}. {entry.headline}"]
            rest = (entry.words, f"（{entry.source}）", entry.href)
            lines += [f"   {words}" for words in rest if words]
    lines += ["", paper.more] if paper.more else []
    for heading, paragraphs in paper.notes:
        lines += ["", f"{heading.partition('、')[2]}：{' '.join(paragraphs)}"]
    lines += ["", f"网页版：{content.link}"] if content.link else []
    return "\n".join([*lines, "", paper.signatures, _why(reply_to), ""])


def _why(reply_to: str) -> str:
    return (
        "您收到这封邮件，是因为在单位的订阅名单里。"
        f"不想再收，请回信到 {reply_to}，写“退订”。"
    )


def _entry(
    one: FormEntry, content: Content, pictures: dict[int, tuple[str, FormPicture]]
) -> LetterEntry:
    first = one.story.first
    outside = first.url if first and not one.entry.own else ""
    cid, picture = pictures.get(id(one), ("", None))
    return LetterEntry(
        headline=one.item.headline,
        words=one.item.words,
        source=one.item.source.removeprefix("（").removesuffix("）"),
        href=story_link(one.story, content) or outside,
        cid=cid,
        caption=one.caption or "配图",
        width=_shown_width(picture) if picture else _WIDTH,
    )


def _shown_width(picture: FormPicture) -> int:
    return min(_WIDTH, round(_TALLEST * picture.width / picture.height))
