"""The parts of a mail as the mail programs of units make them: words, files, names.

Headers and names in raw GBK, GB2312 that is GB18030, parts without a character set,
pictures without a name, mails inside mails: all that is read; nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from newsroom.text import clean_text

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
_LEAST_PICTURE = 10_000  # below that it is a mail program's ornament


@dataclass(frozen=True, slots=True)
class MailParts:
    """What a mail holds: plain words, HTML, and files by name."""

    text: str
    html: str
    files: tuple[tuple[str, bytes], ...]


def read_parts(message: Message) -> MailParts:
    """The words and files of a mail, those of mails inside it too."""
    texts: list[str] = []
    pages: list[str] = []
    files: list[tuple[str, bytes]] = []
    for part in _leaves(message):
        content = _payload(part)
        name = part_name(part)
        kind = part.get_content_type()
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        if kind in {"text/plain", "text/html"} and not is_file:
            words = decode_words(content, part.get_content_charset())
            (texts if kind == "text/plain" else pages).append(words)
        elif name or (kind.startswith("image/") and len(content) >= _LEAST_PICTURE):
            ending = kind.partition("/")[2].replace("jpeg", "jpg")
            files.append((name or f"文中图片{len(files) + 1}.{ending}", content))
    text = "\n\n".join(filter(None, map(str.strip, texts)))
    return MailParts(text, "\n".join(pages), tuple(files))


def header_words(message: Message, name: str) -> str:
    """A header as words, whatever it was written in; empty when there is none."""
    raw = next((v for n, v in message.raw_items() if n.lower() == name.lower()), "")
    return clean_text(decoded(str(raw)))


def part_name(part: Message) -> str:
    """The name of a file as sent (RFC 2231, RFC 2047 or raw), empty without one."""
    name = part.get_filename("")
    if "\ufffd" in name or not name.isascii():
        name = _raw_name(part) or name
    return decoded(name)


def decoded(text: str) -> str:
    """Encoded words and raw bytes of any Chinese encoding, as words."""
    try:
        raw = text.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return text
    if not raw.isascii():
        return decode_words(raw, None)
    try:
        pieces = decode_header(text)
    except HeaderParseError:
        return text
    return "".join(
        piece if isinstance(piece, str) else decode_words(piece, charset)
        for piece, charset in pieces
    )


def decode_words(data: bytes, charset: str | None) -> str:
    """Bytes as words: by what is declared, else UTF-8, else GB18030."""
    named = (charset or "").lower()
    for trial in (_WIDER.get(named, named), "utf-8", "gb18030"):
        if not trial:
            continue
        try:
            return data.decode(trial)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("gb18030", "replace")


def _leaves(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if not part.is_multipart():
            yield part


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _raw_name(part: Message) -> str:
    """The name between its quotation marks, where the header is in raw bytes."""
    for header, value in part.raw_items():
        if header.lower() in {"content-disposition", "content-type"}:
            found = re.search(r'(?:file)?name="?([^";]+)"?', str(value))
            if found:
                return found[1]
    return ""
