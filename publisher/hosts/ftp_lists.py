"""What FTP servers answer when they are asked for the files of a folder.

Lines and names are on the wire as the server wrote them, a character a byte
(latin-1): one byte that is no UTF-8 must not end a publishing, and a folder is asked
for by the very bytes that it was told by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.faults import PublishFailed
from publisher.host import Remote
from publisher.names import readable

WIRE = "latin-1"
# drwxr-xr-x 2 owner group 4096 Nov 22 08:00 name
_UNIX = re.compile(
    r"(?P<kind>[-dlbcps])\S{8,}\s+(?:\d+\s+)?\S+\s+\S+\s+(?P<size>\d+)\s+"
    r"(?P<time>\S{1,8}\s+\S{1,6}\s+[\d:]{4,5}|\d{4}-\d\d-\d\d\s+[\d:]{5,8})\s"
    r"(?P<name>.+)",
    re.ASCII,
)
# 11-22-26  08:00AM       <DIR>          name
_DOS = re.compile(
    r"(?P<time>[\d/-]{8,10}\s+[\d:]{4,5}\s?(?:AM|PM)?)\s+"
    r"(?:(?P<dir><DIR>)|(?P<size>[\d,]+))\s+(?P<name>.+)",
    re.ASCII | re.IGNORECASE,
)
_NO_FILE = re.compile(r"\s*(?:\S+\s+\d+)?\s*", re.ASCII)  # "total 12", or nothing
Row = tuple[str, Remote | None]


def wire(text: str) -> str:
    """Words of ours as they go over the wire."""
    return text.encode().decode(WIRE)


def unwire(text: str) -> str:
    """Words of the server in characters."""
    return readable(text.encode(WIRE))


def rows_of(lines: Iterable[str]) -> list[Row]:
    """The names of a folder by the lines of LIST; None stands for a folder.

    Raises:
        PublishFailed: a line cannot be read. What is not seen might be overwritten.
    """
    found: list[Row] = []
    for line in lines:
        if _NO_FILE.fullmatch(line):
            continue
        row = read_line(line)
        if row is None:
            raise PublishFailed(
                f"看不懂主机的文件清单（{unwire(line)[:60]}），没有动任何文件。"
                "请把这一句发给程序的维护者；有 SFTP 的，先改用 sftp"
            )
        if row[0] not in {".", ".."}:
            found.append(row)
    return found


def read_line(line: str) -> Row | None:
    """A line of LIST as Unix and Windows servers write it; None for other lines.

    The second value is None for a folder.
    """
    found = _UNIX.fullmatch(line) or _DOS.fullmatch(line)
    if found is None:
        return None
    row = found.groupdict()
    name = found["name"]
    if row.get("dir") or row.get("kind") == "d":
        return name, None
    if row.get("kind") == "l":
        name = name.partition(" -> ")[0]
    # A time without seconds, or with a year in place of the hour later on, is no mark.
    return name, Remote(int(found["size"].replace(",", "")), "")


def rows_of_facts(rows: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Row]:
    """The names of a folder by the facts of MLSD; None stands for a folder."""
    for name, facts in rows:
        kind = facts.get("type", "").lower()
        if kind == "dir":
            yield name, None
        elif kind == "file" or kind.startswith("os.unix=s"):  # a link
            yield name, Remote(int(facts.get("size", "0")), facts.get("modify", ""))
