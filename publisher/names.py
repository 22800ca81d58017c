"""Names that others gave to their files, made fit for a sentence and a receipt."""

from __future__ import annotations

_KNOWN = ("utf-8", "gb18030")


def readable(raw: bytes) -> str:
    """A name or sentence of a host in characters, whatever it was written in.

    Old Chinese hosts write GBK. Our own names are ASCII and come back as they are.
    """
    for encoding in _KNOWN:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", "backslashreplace")


def from_disk(path: str) -> str:
    """A path as the system told it: bytes that were no UTF-8 become readable."""
    return path if path.isascii() else readable(path.encode("utf-8", "surrogateescape"))
