"""Bytes to text: the bytes are asked first, what the page declares second.

Chinese pages lie about their charset (a gb2312 declaration over UTF-8 bytes is the
most common lie), are cut in the middle of a character, or are pasted together from
two charsets. Order: byte order mark, valid UTF-8, then the candidate (declared, GB18030,
Big5, UTF-16) that leaves the fewest characters unread.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_REACH = 16_384
_REPLACED = "\ufffd"
# WHATWG labels: a page that says gb2312 or gbk is read as GB18030, which holds both.
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "utf-8",
    "utf8": "utf-8",
    "unicode": "utf-16-le",
    "utf-16": "utf-16-le",
}
# Characters that fill ordinary Chinese text: telling GB18030 from Big5 by them works
# because bytes of one read as the other give rare characters.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工"
    "也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物"
    "現實這個來國們對發會時為於動學經過說著後開關業長問門間東車見機電點數無從眾讓應當還與"
    "，。、：；（）《》“”0123456789"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text made of bytes.

    Attributes:
        text: the characters, U+FFFD where a byte could not be read.
        encoding: the Python name of the charset that was used.
        replaced: share of replaced characters among those beyond ASCII, 0 to 1.
        mixed: whether the bytes look pasted together from two charsets.
    """

    text: str
    encoding: str
    replaced: float = 0.0
    mixed: bool = False


@lru_cache(maxsize=1)  # who asks for a barrier first reads the same page next
def decode(body: bytes, content_type: str = "") -> Decoded:
    """The text of a page, whatever its header and meta tag claim.

    Args:
        body: the bytes as they came; a character cut off at the end is dropped.
        content_type: the HTTP header, empty when unknown.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], encoding)
    without_mark = _utf16_without_mark(body)
    if without_mark:
        return _decoded(body, without_mark)
    as_utf8 = _decoded(body, "utf-8")
    if not as_utf8.replaced:
        return as_utf8
    return _best(body, as_utf8, content_type)


def declared_charset(body: bytes, content_type: str = "") -> str | None:
    """The charset that HTTP header or page declare, as a Python codec name."""
    in_header = _IN_HEADER.search(content_type)
    in_meta = _IN_META.search(body[:_META_REACH])
    for name in (
        in_header and in_header[1],
        in_meta and in_meta[1].decode("ascii", "replace"),
    ):
        known = _codec(name) if name else None
        if known:
            return known
    return None


def _codec(name: str) -> str | None:
    name = _ALIASES.get(name.lower(), name.lower())
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Codecs such as "zip" or "rot13" turn no bytes into text.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _best(body: bytes, as_utf8: Decoded, content_type: str) -> Decoded:
    names = [declared_charset(body, content_type), "gb18030", "big5hkscs"]
    known = dict.fromkeys(name for name in names if name and name != "utf-8")
    tried = [as_utf8, *(_decoded(body, name) for name in known)]
    best = min(tried, key=_badness)
    return Decoded(best.text, best.encoding, best.replaced, _is_mixed(body))


def _badness(decoded: Decoded) -> float:
    """Unread characters weigh most; among clean readings, rare characters do."""
    beyond = [c for c in decoded.text[:60_000] if c > "\x7f"]
    if not beyond:
        return decoded.replaced
    rare = sum(c not in _COMMON for c in beyond) / len(beyond)
    return 10 * decoded.replaced + rare


def _decoded(body: bytes, encoding: str) -> Decoded:
    """Decode with replacement; a character cut off at the very end is dropped."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(body, final=False)
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    replaced = text.count(_REPLACED)
    genuine = body.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0
    unread = max(0, replaced - genuine)
    return Decoded(text, encoding, unread / beyond if beyond else 0.0)


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in the zero bytes beside its markup."""
    head = body[:_HEAD].lstrip(b" \t\r\n\x00") if body[:1] != b"\x00" else body[:_HEAD]
    if head.startswith(b"<\x00") and head.count(b"\x00", 1) >= _SOME_ZEROS:
        return "utf-16-le"
    if head.startswith(b"\x00<") and head.count(b"\x00") >= _SOME_ZEROS:
        return "utf-16-be"
    return None


_HEAD = 400
_SOME_ZEROS = 4


_UTF8_HAN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){4,}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]{8,}")


def _is_mixed(body: bytes) -> bool:
    """Whether stretches of Chinese in UTF-8 stand beside stretches in another charset.

    GB text also holds short byte rows that look like UTF-8; so a stretch counts only
    when it is wholly valid UTF-8 and long, and others of the page are wholly not.
    """
    valid = invalid = 0
    for match in _NOT_ASCII.finditer(body[:2_000_000]):
        stretch = match[0]
        if _UTF8_HAN.match(stretch) and _is_utf8(stretch):
            valid += len(stretch)
        elif not _is_utf8(stretch):
            invalid += len(stretch)
    # a single bad byte in a UTF-8 page spoils one stretch, not a tenth of them
    fewer, more = sorted((valid, invalid))
    return fewer > _STRETCH and fewer * _SHARE > more


_STRETCH = 100  # bytes: a page in one charset has next to none of the other
_SHARE = 20


def _is_utf8(stretch: bytes) -> bool:
    try:
        stretch.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
