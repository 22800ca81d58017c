"""Names that others gave to their files, made fit for a sentence and a receipt."""

from __future__ import annotations

_KNOWN = ("utf-8", "gb18030")
_COMMON = (0xB0, 0xD7)  # lead bytes of the 3,755 common characters of GB 2312
_TWO_BYTES = range(0x80, 0x800)  # what UTF-8 writes in two bytes
_LATIN = range(0xC0, 0x250)


def readable(raw: bytes) -> str:
    """A name or sentence of a host in characters, whatever it was written in.

    Old Chinese hosts write GBK. Our own names are ASCII and come back as they are.
    """
    if (told := _short_gbk(raw)) is not None:
        return told
    for encoding in _KNOWN:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", "backslashreplace")


def _short_gbk(raw: bytes) -> str | None:
    """Common characters in GBK that could be Greek or Arabic in UTF-8 as well.

    The bytes of some short names (目录, 图) are good UTF-8 by chance. On a host of ours
    the Chinese reading is meant, but for an accent within a Latin word (café).
    """
    try:
        told, other = raw.decode("gb2312"), raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    foreign = [one for one in other if not one.isascii()]
    if not foreign or any(ord(one) not in _TWO_BYTES for one in foreign):
        return None
    leads = (one.encode("gb2312")[0] for one in told if not one.isascii())
    if any(not _COMMON[0] <= lead <= _COMMON[1] for lead in leads):
        return None
    return None if _is_latin(other) else told


def _is_latin(name: str) -> bool:
    """Whether all that is not ASCII are letters with accents beside plain letters."""
    beside = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return all(
        ord(one) in _LATIN and (_is_plain(before) or _is_plain(after))
        for before, one, after in beside
        if not one.isascii()
    )


def _is_plain(one: str) -> bool:
    return one.isascii() and one.isalpha()


def from_disk(path: str) -> str:
    """A path as the system told it: bytes that were no UTF-8 become readable."""
    return path if path.isascii() else readable(path.encode("utf-8", "surrogateescape"))
